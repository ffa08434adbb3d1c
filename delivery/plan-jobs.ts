import type {
  Application,
  EcsDeployment,
  KubernetesDeployment,
  ServerlessDeployment,
  TestReport,
  Track,
} from "../definitions/application";
import * as names from "../names";
import type { Platform } from "../settings/settings";
import { artifacts } from "./application-plan";
import type {
  CommonJobPlan,
  ImageJobPlan,
  PackageJobPlan,
  PublishImageJobPlan,
  PublishPackagesJobPlan,
  ReportPlan,
  TestJobPlan,
} from "./job-plan";
import { trackStart } from "./track-start";
import type { Target } from "./target";

/** What most jobs are content with. */
export const smallJob = {
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
    ...smallJob,
    kind: "test",
    project,
    log: project,
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

/** Builds the image once, into a file; code of the application runs here, in the containers that BuildKit starts. */
export function imageJob(
  platform: Platform,
  application: Application,
  track: Track,
  deployment: EcsDeployment | KubernetesDeployment,
  targets: readonly Target[],
): ImageJobPlan {
  return {
    ...smallJob,
    ...ofTrack(application, track, "image"),
    kind: "image",
    repository: names.repositoryName(application.name),
    buildspec: `image-${deployment.kind}.yaml`,
    timeoutMinutes: 60,
    computeType: "BUILD_GENERAL1_MEDIUM",
    privileged: true,
    ...between(application, track, [artifacts.source], artifacts.bundle),
    variables: {
      SLIPWAY_APPLICATION: application.name,
      ...imageVariables(platform, application, deployment),
      ...(deployment.kind === "ecs"
        ? taskVariables(deployment)
        : { SLIPWAY_CHART: deployment.chart, SLIPWAY_ENVIRONMENTS: environmentNames(targets) }),
    },
  };
}

/**
 * Judges the image that was built, which is data to it, pushes it under the hash of the source, and writes what each
 * environment deploys. Docker holds the image, so that what is scanned is what is pushed.
 */
export function publishImageJob(
  platform: Platform,
  application: Application,
  track: Track,
  deployment: EcsDeployment | KubernetesDeployment,
  targets: readonly Target[],
): PublishImageJobPlan {
  return {
    ...smallJob,
    ...ofTrack(application, track, "publish"),
    kind: "publishImage",
    pipeline: names.pipelineName(application.name, track.name),
    repository: names.repositoryName(application.name),
    buildspec: `publish-${deployment.kind}.yaml`,
    timeoutMinutes: 60,
    privileged: true,
    ...between(application, track, [artifacts.bundle, artifacts.source], artifacts.image),
    variables: {
      SLIPWAY_APPLICATION: application.name,
      ...imageVariables(platform, application, deployment),
      ...(deployment.kind === "ecs"
        ? taskVariables(deployment)
        : { SLIPWAY_ENVIRONMENTS: environmentNames(targets) }),
      ...startVariables(track),
      // The image is missing where the source was built before: then the registry has it.
      ...accepting(["image.tar?", ...(deployment.kind === "kubernetes" ? targets.map(manifestsOf) : [])]),
    },
  };
}

function imageVariables(
  platform: Platform,
  application: Application,
  { dockerfile, context }: EcsDeployment | KubernetesDeployment,
): Readonly<Record<string, string>> {
  return {
    SLIPWAY_REPOSITORY_URI: names.repositoryUri(platform, application.name),
    SLIPWAY_DOCKERFILE: dockerfile,
    SLIPWAY_CONTEXT: context,
  };
}

function taskVariables({ containerName, taskDefinition }: EcsDeployment): Readonly<Record<string, string>> {
  return { SLIPWAY_CONTAINER_NAME: containerName, SLIPWAY_TASK_DEFINITION: taskDefinition };
}

/** Packages a Serverless Framework service once for every environment. The application's plugins run here. */
export function packageJob(
  application: Application,
  track: Track,
  deployment: ServerlessDeployment,
  targets: readonly Target[],
): PackageJobPlan {
  return {
    ...smallJob,
    ...ofTrack(application, track, "package"),
    kind: "package",
    buildspec: "package-serverless.yaml",
    timeoutMinutes: 60,
    ...between(application, track, [artifacts.source], artifacts.bundle),
    variables: {
      SLIPWAY_DIRECTORY: deployment.directory,
      SLIPWAY_ENVIRONMENTS: environmentNames(targets),
    },
  };
}

/** Judges what was packaged, which is data to it, and writes it to the prefix of every environment of the track. */
export function publishPackagesJob(
  platform: Platform,
  application: Application,
  track: Track,
  targets: readonly Target[],
): PublishPackagesJobPlan {
  const { reads, writes } = between(application, track, [artifacts.bundle], artifacts.package);
  return {
    ...smallJob,
    ...ofTrack(application, track, "publish"),
    kind: "publishPackages",
    pipeline: names.pipelineName(application.name, track.name),
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
      ...accepting(
        targets.flatMap(({ environment }) =>
          ["code.zip", "template.json", "names.json"].map((file) => `bundle/${environment.name}/${file}`),
        ),
      ),
      ...startVariables(track),
      SLIPWAY_ARTIFACT_BUCKET: names.artifactBucketName(platform),
      SLIPWAY_KMS_KEY_ALIAS: names.artifactKeyAlias,
    },
  };
}

/** For the judgement of how a run was started. */
function startVariables(track: Track): Readonly<Record<string, string>> {
  const { branchPattern, words } = trackStart(track.trigger);
  return {
    SLIPWAY_BRANCH_PATTERN: branchPattern,
    SLIPWAY_STARTS: words,
  };
}

function ofTrack(
  { name }: Application,
  track: Track,
  kind: names.TrackJob,
): Pick<CommonJobPlan, "project" | "log"> {
  return {
    project: names.trackProjectName(name, track.name, kind),
    log: names.trackLogName(name, kind),
  };
}

/** What is applied in an environment: written by the image job, judged by the publish job. */
export function manifestsOf({ environment }: Target): string {
  return `manifests/${environment.name}.json`;
}

/** The only files that accept-artifact.sh takes out of a job's artifact. */
export function accepting(files: readonly string[]): Readonly<Record<string, string>> {
  return { SLIPWAY_FILES: files.join(" ") };
}

function environmentNames(targets: readonly Target[]): string {
  return targets.map(({ environment }) => environment.name).join(" ");
}

/** Reads artifacts and writes another, in the track's own pipeline. */
function between(
  application: Application,
  track: Track,
  inputs: readonly string[],
  output: string,
): Pick<CommonJobPlan, "reads" | "writes"> {
  const pipeline = names.pipelineName(application.name, track.name);
  return {
    reads: inputs.map((input) => names.artifactPrefix(pipeline, input)),
    writes: [names.artifactPrefix(pipeline, output)],
  };
}

/** The pipelines that lead to environments, or to the one named. */
export function trackPipelines(application: Application, environment?: string): string[] {
  return application.tracks
    .filter((track) => environment === undefined || track.environments.includes(environment))
    .map((track) => names.pipelineName(application.name, track.name));
}
