import type {
  Application,
  EcsDeployment,
  KubernetesDeployment,
  ServerlessDeployment,
  TestReport,
} from "../definitions/application";
import * as names from "../names";
import type { Platform } from "../settings/settings";
import { artifacts } from "./application-plan";
import type {
  CommonJobPlan,
  DeployJobPlan,
  ImageJobPlan,
  PackageJobPlan,
  PublishJobPlan,
  ReportPlan,
  TestJobPlan,
} from "./job-plan";
import type { EcsTarget, KubernetesTarget, ServerlessTarget, Target } from "./target";

/** What most jobs are content with. */
const small = {
  buildspecValues: {},
  computeType: "BUILD_GENERAL1_SMALL",
  buildImage: "aws/codebuild/amazonlinux-x86_64-standard:6.0",
  privileged: false,
  reports: [],
} as const satisfies Partial<CommonJobPlan>;

/** Runs the application's tests. `pipelines` are those whose source it reads. */
export function testJob(
  application: Application,
  project: string,
  pipelines: readonly string[],
): TestJobPlan {
  return {
    ...small,
    kind: "test",
    project,
    buildspec: "test.yaml",
    buildspecValues: { test: application.test },
    timeoutMinutes: 30,
    variables: {},
    reads: pipelines.map((pipeline) => names.artifactPrefix(pipeline, artifacts.source)),
    writes: [],
    reports: application.test.reports.map((report) => reportPlan(project, report)),
  };
}

function reportPlan(project: string, report: TestReport): ReportPlan {
  return {
    ...report,
    group: names.reportGroupName(project, report.name),
    type: report.format === "JUNITXML" ? "TEST" : "CODE_COVERAGE",
  };
}

/** Builds the image once, scans it, pushes it by digest and renders what each environment deploys. */
export function imageJob(
  platform: Platform,
  application: Application,
  deployment: EcsDeployment | KubernetesDeployment,
  targets: readonly Target[],
): ImageJobPlan {
  return {
    ...small,
    kind: "image",
    project: names.projectName(application.name, "image"),
    repository: names.repositoryName(application.name),
    buildspec: `image-${deployment.kind}.yaml`,
    timeoutMinutes: 60,
    computeType: "BUILD_GENERAL1_MEDIUM",
    privileged: true,
    ...between(application, artifacts.source, artifacts.image),
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
            SLIPWAY_ENVIRONMENTS: environmentNames(targets),
          }),
    },
  };
}

/** Packages a Serverless Framework service once for every environment. The application's plugins run here. */
export function packageJob(
  application: Application,
  deployment: ServerlessDeployment,
  targets: readonly Target[],
): PackageJobPlan {
  return {
    ...small,
    kind: "package",
    project: names.projectName(application.name, "package"),
    buildspec: "package-serverless.yaml",
    timeoutMinutes: 60,
    ...between(application, artifacts.source, artifacts.bundle),
    variables: {
      SLIPWAY_DIRECTORY: deployment.directory,
      SLIPWAY_ENVIRONMENTS: environmentNames(targets),
    },
  };
}

/** Judges what was packaged, which is data to it, and writes it to every environment's prefix. */
export function publishJob(
  platform: Platform,
  application: Application,
  targets: readonly Target[],
): PublishJobPlan {
  const { reads, writes } = between(application, artifacts.bundle, artifacts.package);
  return {
    ...small,
    kind: "publish",
    project: names.projectName(application.name, "publish"),
    buildspec: "publish-serverless.yaml",
    timeoutMinutes: 60,
    reads,
    writes: [
      ...writes,
      ...targets.map(({ environment }) => names.packagePrefix(environment.name, application.name)),
    ],
    variables: {
      SLIPWAY_APPLICATION: application.name,
      SLIPWAY_ENVIRONMENTS: environmentNames(targets),
      SLIPWAY_ARTIFACT_BUCKET: names.artifactBucketName(platform),
      SLIPWAY_KMS_KEY_ALIAS: names.artifactKeyAlias,
    },
  };
}

/** Enters one environment's account and deploys what was built; runs no code of the application. */
export function deployJob(platform: Platform, application: Application, target: Target): DeployJobPlan {
  const { environment, kind } = target;
  const pipelines = trackPipelines(application, environment.name);
  const built = kind === "serverless" ? artifacts.package : artifacts.image;
  return {
    ...small,
    kind: "deploy",
    project: names.deployProjectName(application.name, environment.name),
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

function environmentNames(targets: readonly Target[]): string {
  return targets.map(({ environment }) => environment.name).join(" ");
}

/** Reads one artifact and writes another, in each pipeline that leads to environments. */
function between(
  application: Application,
  input: string,
  output: string,
): Pick<CommonJobPlan, "reads" | "writes"> {
  const pipelines = trackPipelines(application);
  return {
    reads: pipelines.map((pipeline) => names.artifactPrefix(pipeline, input)),
    writes: pipelines.map((pipeline) => names.artifactPrefix(pipeline, output)),
  };
}

/** The pipelines that lead to environments, or to the one named. */
export function trackPipelines(application: Application, environment?: string): string[] {
  return application.tracks
    .filter((track) => environment === undefined || track.environments.includes(environment))
    .map((track) => names.pipelineName(application.name, track.name));
}
