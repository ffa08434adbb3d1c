import type { Application } from "../../definitions/application";
import { planApplication } from "../../delivery/delivery-plan";
import type { JobPlan } from "../../delivery/plan";
import { permissionsBoundary } from "../../iam/boundary";
import type { PolicyDocument } from "../../iam/document";
import { doorPermissions } from "../../iam/door";
import * as execution from "../../iam/execution-roles";
import * as jobRole from "../../iam/job-role";
import * as people from "../../iam/people";
import * as pipelineRole from "../../iam/pipeline-role";
import * as names from "../../names";
import type { Environment, Platform } from "../../settings/settings";

/** One session that somebody or something can have, with all that it is allowed. */
export interface Session {
  readonly of: string;
  readonly name: string;
  readonly documents: readonly PolicyDocument[];
  /** Keys that AWS sets from the session itself. */
  readonly context: Readonly<Record<string, string>>;
  /** Where the session lives, by account. */
  readonly accountId: string;
}

const connection =
  "arn:aws:codeconnections:eu-west-1:111111111111:connection/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

/** Every session of one application: its jobs, its pipelines, its people, and what lies behind each door. */
export function sessionsOf(platform: Platform, application: Application): Session[] {
  const plan = planApplication(platform, application);
  const pipelines = plan.pipelines.map((pipeline) => pipeline.name);
  const cicd = (name: string, ...documents: PolicyDocument[]): Session => ({
    of: application.name,
    name,
    documents,
    context: {},
    accountId: platform.cicd.accountId,
  });
  return [
    cicd(
      names.pipelineRoleName(application.name),
      pipelineRole.pipelinePermissions(platform, {
        pipelines,
        projects: plan.jobs.map((job) => job.project),
        approvals: true,
      }),
      pipelineRole.sourcePermissions(connection, application.repository),
    ),
    ...plan.jobs.map((job) => cicd(job.project, jobPermissions(platform, application, job))),
    cicd(
      names.approverRoleName(application.name),
      people.approverPermissions(
        platform,
        pipelines,
        pipelines.map((pipeline) => ({ pipeline, stage: "Approve_Prod", action: "Approve" })),
      ),
    ),
    cicd(
      names.readerRoleName(application.name),
      people.readerPermissions(platform, {
        pipelines,
        projects: plan.jobs.map((job) => job.project),
        reportGroups: plan.jobs.flatMap((job) => job.reports.map(({ group }) => group)),
      }),
    ),
    ...platform.environments
      .filter(({ name }) => application.tracks.some((track) => track.environments.includes(name)))
      .flatMap((environment) => sessionsIn(platform, environment, application)),
  ];
}

function jobPermissions(platform: Platform, application: Application, job: JobPlan): PolicyDocument {
  const rights = { ...job, reportGroups: job.reports.map(({ group }) => group) };
  if (job.kind === "image") return jobRole.imageJobPermissions(platform, application.name, rights);
  if (job.kind === "deploy" && job.environment) {
    return jobRole.deployJobPermissions(platform, job.environment, rights);
  }
  return jobRole.testJobPermissions(platform, rights);
}

function sessionsIn(platform: Platform, environment: Environment, application: Application): Session[] {
  const { kind } = application.deployment;
  const own = { "aws:PrincipalTag/Application": application.name };
  const here = (name: string, document: PolicyDocument, context: Record<string, string> = own): Session => ({
    of: application.name,
    name: `${environment.name}: ${name}`,
    documents: [document],
    context,
    accountId: environment.accountId,
  });
  const task = execution.taskPermissions(environment, application);
  return [
    here("door", doorPermissions(platform, environment), {
      ...own,
      "aws:PrincipalTag/DeploymentKind": kind,
    }),
    here("boundary", permissionsBoundary(environment)),
    ...(kind === "serverless"
      ? [here("cloudformation", execution.cloudFormationPermissions(platform, environment, application))]
      : []),
    ...(kind === "ecs"
      ? [
          here("task execution", execution.taskExecutionPermissions(platform, environment, application.name)),
          ...(task ? [here("task", task)] : []),
        ]
      : []),
    ...(kind === "kubernetes" && environment.eks
      ? [here("namespace", execution.namespacePermissions(environment, environment.eks.cluster))]
      : []),
  ];
}
