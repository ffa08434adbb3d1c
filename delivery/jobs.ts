import type { Application, EcsDeployment, KubernetesDeployment } from "../definitions/application";
import * as names from "../names";
import type { Environment, Platform } from "../settings/settings";
import { artifacts, type JobPlan } from "./plan";

/** Runs the application's tests. `pipelines` are those whose source it reads. */
export function testJob(application: Application, project: string, pipelines: readonly string[]): JobPlan {
  return {
    kind: "test",
    project,
    buildspec: "test.yaml",
    timeoutMinutes: 30,
    privileged: false,
    variables: {},
    reads: pipelines.map((pipeline) => names.artifactPrefix(pipeline, artifacts.source)),
    writes: [],
    reports: application.test.reports.map((report) => ({
      ...report,
      group: names.reportGroupName(project, report.name),
    })),
  };
}

/** Builds the image once, scans it, pushes it by digest and renders what each environment deploys. */
export function imageJob(
  platform: Platform,
  application: Application,
  deployment: EcsDeployment | KubernetesDeployment,
  environments: readonly Environment[],
): JobPlan {
  const project = names.projectName(application.name, "image");
  return {
    kind: "image",
    project,
    buildspec: `image-${deployment.kind}.yaml`,
    timeoutMinutes: 60,
    privileged: true,
    ...throughSource(application, artifacts.image),
    reports: [],
    variables: {
      SLIPWAY_APPLICATION: application.name,
      SLIPWAY_REPOSITORY_URI: names.repositoryUri(platform, application.name),
      SLIPWAY_DOCKERFILE: deployment.dockerfile,
      SLIPWAY_CONTEXT: deployment.context,
      ...(deployment.kind === "ecs"
        ? {
            SLIPWAY_CONTAINER_NAME: deployment.containerName,
            SLIPWAY_TASK_DEFINITION: deployment.taskDefinition,
          }
        : {
            SLIPWAY_CHART: deployment.chart,
            SLIPWAY_ENVIRONMENTS: environments.map(({ name }) => name).join(" "),
          }),
    },
  };
}

/** Packages a Serverless Framework service once and writes it to every environment's prefix. */
export function packageJob(
  platform: Platform,
  application: Application,
  environments: readonly Environment[],
): JobPlan {
  const project = names.projectName(application.name, "package");
  const { reads, writes } = throughSource(application, artifacts.package);
  return {
    kind: "package",
    project,
    buildspec: "package-serverless.yaml",
    timeoutMinutes: 60,
    privileged: false,
    reads,
    writes: [
      ...writes,
      ...environments.map((environment) => names.packagePrefix(environment.name, application.name)),
    ],
    reports: [],
    variables: {
      SLIPWAY_APPLICATION: application.name,
      SLIPWAY_DIRECTORY:
        application.deployment.kind === "serverless" ? application.deployment.directory : ".",
      SLIPWAY_ENVIRONMENTS: environments.map(({ name }) => name).join(" "),
      SLIPWAY_ARTIFACT_BUCKET: names.artifactBucketName(platform),
      SLIPWAY_KMS_KEY_ALIAS: names.artifactKeyAlias,
    },
  };
}

/** Passes one environment's door and deploys what was built; runs no code of the application. */
export function deployJob(platform: Platform, application: Application, environment: Environment): JobPlan {
  const { deployment } = application;
  const project = names.deployProjectName(application.name, environment.name);
  const serverless = deployment.kind === "serverless";
  const pipelines = trackPipelines(application, environment.name);
  return {
    kind: "deploy",
    project,
    environment,
    deploymentKind: deployment.kind,
    buildspec: `deploy-${deployment.kind}.yaml`,
    timeoutMinutes: 60,
    privileged: false,
    variables: {
      SLIPWAY_APPLICATION: application.name,
      SLIPWAY_ENVIRONMENT: environment.name,
      SLIPWAY_ENVIRONMENT_ACCOUNT: environment.accountId,
      SLIPWAY_ENVIRONMENT_REGION: environment.region,
      SLIPWAY_DOOR_ROLE_ARN: names.doorRoleArn(environment),
      SLIPWAY_DEPLOYMENT_KIND: deployment.kind,
      ...deploymentVariables(platform, application, environment),
    },
    reads: [
      ...pipelines.map((pipeline) =>
        names.artifactPrefix(pipeline, serverless ? artifacts.package : artifacts.image),
      ),
      ...(serverless ? [names.packagePrefix(environment.name, application.name)] : []),
    ],
    writes: [],
    reports: [],
  };
}

function deploymentVariables(
  platform: Platform,
  application: Application,
  environment: Environment,
): Record<string, string> {
  const { deployment, name } = application;
  const workload = names.workloadName(name, environment.name);
  switch (deployment.kind) {
    case "serverless":
      return {
        SLIPWAY_STACK_NAME: workload,
        SLIPWAY_EXECUTION_ROLE_ARN: names.roleArn(
          environment,
          names.paths.execution,
          names.cloudFormationRoleName(name),
        ),
        SLIPWAY_ARTIFACT_BUCKET: names.artifactBucketName(platform),
        SLIPWAY_HEALTH_PATH: deployment.healthPath,
      };
    case "ecs": {
      const { cluster, subnetIds, securityGroupIds } = required(environment.ecs, name, environment, "ecs");
      return {
        SLIPWAY_CLUSTER: cluster,
        SLIPWAY_SERVICE: workload,
        SLIPWAY_TASK_ROLE_ARN: names.roleArn(environment, names.paths.execution, names.taskRoleName(name)),
        SLIPWAY_TASK_EXECUTION_ROLE_ARN: names.roleArn(
          environment,
          names.paths.execution,
          names.taskExecutionRoleName(name),
        ),
        SLIPWAY_SUBNETS: subnetIds.join(","),
        SLIPWAY_SECURITY_GROUPS: securityGroupIds.join(","),
        SLIPWAY_DESIRED_COUNT: String(deployment.desiredCount),
        SLIPWAY_LOG_GROUP: names.workloadLogGroupName(name, environment.name),
      };
    }
    case "kubernetes":
      return {
        SLIPWAY_CLUSTER: required(environment.eks, name, environment, "eks").cluster,
        SLIPWAY_NAMESPACE: name,
        SLIPWAY_NAMESPACE_ROLE_ARN: names.roleArn(
          environment,
          names.paths.namespace,
          names.namespaceRoleName(name),
        ),
      };
    default:
      return deployment satisfies never;
  }
}

/** Definitions are checked against the platform before they are planned. */
function required<T>(value: T | undefined, application: string, environment: Environment, key: string): T {
  if (value === undefined)
    throw new Error(`${application} leads to ${environment.name}, which has no ${key} settings`);
  return value;
}

/** Reads the source and writes an artifact, in each pipeline that leads to environments. */
function throughSource(application: Application, output: string): Pick<JobPlan, "reads" | "writes"> {
  const pipelines = trackPipelines(application);
  return {
    reads: pipelines.map((pipeline) => names.artifactPrefix(pipeline, artifacts.source)),
    writes: pipelines.map((pipeline) => names.artifactPrefix(pipeline, output)),
  };
}

/** The pipelines that lead to environments, or to the one named. */
export function trackPipelines(application: Application, environment?: string): string[] {
  return application.tracks
    .filter((track) => environment === undefined || track.environments.includes(environment))
    .map((track) => names.pipelineName(application.name, track.name));
}
