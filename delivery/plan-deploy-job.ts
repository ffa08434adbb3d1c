import type { Application } from "../definitions/application";
import * as names from "../names";
import type { Platform } from "../settings/settings";
import { artifacts } from "./application-plan";
import type { DeployJobPlan } from "./job-plan";
import { accepting, manifestsOf, smallJob, trackPipelines } from "./plan-jobs";
import type { EcsTarget, KubernetesTarget, ServerlessTarget, Target } from "./target";

/** Enters one environment's account and deploys what was built; runs no code of the application. */
export function deployJob(platform: Platform, application: Application, target: Target): DeployJobPlan {
  const { environment, kind } = target;
  const pipelines = trackPipelines(application, environment.name);
  const built = kind === "serverless" ? artifacts.package : artifacts.image;
  const project = names.deployProjectName(application.name, environment.name);
  return {
    ...smallJob,
    kind: "deploy",
    project,
    log: project,
    ...(kind !== "serverless" && { repository: names.repositoryName(application.name) }),
    environment,
    deploymentKind: kind,
    approvedPipelines: environment.approval ? pipelines : [],
    buildspec: `deploy-${kind}.yaml`,
    timeoutMinutes: 60,
    variables: {
      SLIPWAY_APPLICATION: application.name,
      SLIPWAY_ENVIRONMENT: environment.name,
      SLIPWAY_ENVIRONMENT_ACCOUNT: environment.accountId,
      SLIPWAY_ENVIRONMENT_REGION: environment.region,
      SLIPWAY_DOOR_ROLE_ARN: names.doorRoleArn(environment),
      SLIPWAY_DEPLOYMENT_KIND: kind,
      ...accepting(releasedFiles(target)),
      ...deploymentVariables(platform, application.name, target),
    },
    reads: [
      ...pipelines.map((pipeline) => names.artifactPrefix(pipeline, built)),
      ...(kind === "serverless" ? [names.packagePrefix(environment.name, application.name)] : []),
    ],
    writes: [],
  };
}

function deploymentVariables(
  platform: Platform,
  application: string,
  target: Target,
): Readonly<Record<string, string>> {
  switch (target.kind) {
    case "serverless":
      return serverlessVariables(platform, application, target);
    case "ecs":
      return ecsVariables(application, target);
    case "kubernetes":
      return kubernetesVariables(application, target);
    default:
      return target satisfies never;
  }
}

function serverlessVariables(
  platform: Platform,
  application: string,
  { environment, deployment }: ServerlessTarget,
): Readonly<Record<string, string>> {
  return {
    SLIPWAY_STACK_NAME: names.workloadName(application, environment.name),
    SLIPWAY_EXECUTION_ROLE_ARN: names.cloudFormationRoleArn(environment, application),
    SLIPWAY_ARTIFACT_BUCKET: names.artifactBucketName(platform),
    SLIPWAY_HEALTH_PATH: deployment.healthPath,
  };
}

function ecsVariables(
  application: string,
  { environment, deployment, ecs }: EcsTarget,
): Readonly<Record<string, string>> {
  return {
    SLIPWAY_CLUSTER: ecs.cluster,
    SLIPWAY_SERVICE: names.workloadName(application, environment.name),
    SLIPWAY_TASK_ROLE_ARN: names.taskRoleArn(environment, application),
    SLIPWAY_TASK_EXECUTION_ROLE_ARN: names.taskExecutionRoleArn(environment, application),
    SLIPWAY_SUBNETS: ecs.subnetIds.join(","),
    SLIPWAY_SECURITY_GROUPS: ecs.securityGroupIds.join(","),
    SLIPWAY_DESIRED_COUNT: String(deployment.desiredCount),
    SLIPWAY_LOG_GROUP: names.workloadLogGroupName(application, environment.name),
  };
}

function kubernetesVariables(
  application: string,
  { environment, eks }: KubernetesTarget,
): Readonly<Record<string, string>> {
  return {
    SLIPWAY_CLUSTER: eks.cluster,
    SLIPWAY_NAMESPACE: application,
    SLIPWAY_NAMESPACE_ROLE_ARN: names.namespaceRoleArn(environment, application),
  };
}

/** What the publish job left for an environment. */
function releasedFiles(target: Target): string[] {
  switch (target.kind) {
    case "serverless":
      return [`package/${target.environment.name}/package.json`];
    case "ecs":
      return ["image.json", "imagedefinitions.json", "task-definition.json"];
    case "kubernetes":
      return ["image.json", manifestsOf(target)];
    default:
      return target satisfies never;
  }
}
