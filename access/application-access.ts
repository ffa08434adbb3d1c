import type { ApplicationPlan, ImagesPlan } from "../delivery/application-plan";
import type { JobPlan } from "../delivery/job-plan";
import type { ContainerTarget } from "../delivery/target";
import type { PolicyDocument } from "../iam/document";
import * as jobRole from "../iam/job-role";
import * as pipelineRole from "../iam/pipeline-role";
import { type ImagePuller, repositoryPolicy } from "../iam/repository";
import * as names from "../names";
import type { CicdSettings, Platform } from "../settings/settings";
import { approvalsOf, planPeople } from "./people-access";
import { type ConnectedRolePlan, type RolePlan, shortestSession } from "./role-plan";

/** Who may do what for one application in the CI/CD account. It shares none of this with another application. */
export interface ApplicationAccess {
  readonly plan: ApplicationPlan;
  readonly jobs: readonly JobAccess[];
  readonly pipelineRole: ConnectedRolePlan;
  /** For members of IAM Identity Center's permission sets. */
  readonly people: readonly RolePlan[];
  /** Absent where the application builds no image. */
  readonly images?: ImageAccess;
}

/** The repository of an application's images, and who may pull them. */
export interface ImageAccess {
  readonly application: string;
  readonly plan: ImagesPlan;
  readonly policy: PolicyDocument;
}

/** A job with the role that it works under. */
export interface JobAccess {
  readonly job: JobPlan;
  readonly role: RolePlan;
}

export function planApplicationAccess(settings: CicdSettings, plan: ApplicationPlan): ApplicationAccess {
  const { platform } = settings;
  return {
    plan,
    jobs: plan.jobs.map((job) => ({ job, role: planJobRole(platform, plan.application, job) })),
    pipelineRole: planPipelineRole(settings, plan),
    people: planPeople(platform, plan),
    ...(plan.images && { images: planImageAccess(platform, plan.application, plan.images) }),
  };
}

/** The roles of one application in the CI/CD account. */
export function rolesOfApplication({ jobs, pipelineRole, people }: ApplicationAccess): RolePlan[] {
  return [pipelineRole, ...jobs.map(({ role }) => role), ...people];
}

/** What a role may do with the source connection, once the connection's ARN is known. */
export function connectionPolicy(role: ConnectedRolePlan, connectionArn: string): PolicyDocument {
  return pipelineRole.sourcePermissions(connectionArn, role.sourceRepository);
}

function planJobRole(platform: Platform, application: string, job: JobPlan): RolePlan {
  return {
    key: job.project,
    name: job.project,
    path: job.kind === "deploy" ? names.paths.deploy(job.environment.name) : names.paths.job,
    description: `Job ${job.project}`,
    trust: jobRole.jobTrust(platform, job.project),
    policies: { job: jobPermissions(platform, job) },
    tags:
      job.kind === "deploy"
        ? names.deployTags(application, job.deploymentKind)
        : names.applicationTags(application),
    maxSessionSeconds: shortestSession,
  };
}

function jobPermissions(platform: Platform, job: JobPlan): PolicyDocument {
  const rights = { ...job, reportGroups: job.reports.map(({ group }) => group) };
  switch (job.kind) {
    case "test":
    case "package":
      return jobRole.artifactJobPermissions(platform, rights);
    case "publishPackages":
      return jobRole.publishPackagesPermissions(platform, job.pipeline, rights);
    case "image":
      return jobRole.imageJobPermissions(platform, job.repository, rights);
    case "publishImage":
      return jobRole.publishImagePermissions(platform, job.repository, job.pipeline, rights);
    case "deploy":
      return jobRole.deployJobPermissions(platform, job.environment, {
        ...rights,
        approvedPipelines: job.approvedPipelines,
        ...(job.repository !== undefined && { repository: job.repository }),
      });
    default:
      return job satisfies never;
  }
}

function planPipelineRole(settings: CicdSettings, plan: ApplicationPlan): ConnectedRolePlan {
  const { platform, confusedDeputyConditions } = settings;
  const pipelines = plan.pipelines.map(({ name }) => name);
  return {
    key: names.pipelineRoleName(plan.application),
    name: names.pipelineRoleName(plan.application),
    path: names.paths.pipeline,
    description: `Pipelines of ${plan.application}`,
    trust: pipelineRole.pipelineTrust(platform, pipelines, confusedDeputyConditions),
    policies: {
      pipeline: pipelineRole.pipelinePermissions(platform, {
        pipelines,
        projects: plan.jobs.map(({ project }) => project),
        approvals: approvalsOf(plan).length > 0,
      }),
    },
    sourceRepository: plan.sourceRepository,
    tags: names.applicationTags(plan.application),
    maxSessionSeconds: shortestSession,
  };
}

function planImageAccess(platform: Platform, application: string, plan: ImagesPlan): ImageAccess {
  const pullers = plan.targets.map((target) => imagePuller(application, target));
  return { application, plan, policy: repositoryPolicy(platform, pullers) };
}

/** On ECS the task execution role pulls the image; on Kubernetes the role of the cluster's nodes. */
function imagePuller(application: string, target: ContainerTarget): ImagePuller {
  const { environment } = target;
  return {
    environment,
    roleArn:
      target.kind === "ecs"
        ? names.taskExecutionRoleArn(environment, application)
        : names.roleArn(environment, "/", target.eks.nodeRole),
  };
}
