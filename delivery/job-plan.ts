import type { DeploymentKind, TestReport } from "../definitions/application";
import type { Environment } from "../settings/settings";
import type { BuildspecFile, BuildspecValues } from "./buildspec";

/** A CodeBuild project with its role, log group and report groups, as plain data: a union by what the job is for. */
export type JobPlan =
  TestJobPlan | ImageJobPlan | PackageJobPlan | PublishImageJobPlan | PublishPackagesJobPlan | DeployJobPlan;

/** Runs the application's own tests, and so code that the application wrote. */
export interface TestJobPlan extends CommonJobPlan {
  readonly kind: "test";
}

/** Builds the application's container image into a file; what it builds is judged by nobody yet. */
export interface ImageJobPlan extends CommonJobPlan {
  readonly kind: "image";
  /** Name of the ECR repository that the job asks whether the source was built before. */
  readonly repository: string;
}

/** Packages a Serverless Framework service for every environment, and so runs plugins of the application. */
export interface PackageJobPlan extends CommonJobPlan {
  readonly kind: "package";
}

/** Judges the image that was built and pushes it; runs no code of the application. */
export interface PublishImageJobPlan extends CommonJobPlan {
  readonly kind: "publishImage";
  /** The pipeline whose run it judges. */
  readonly pipeline: string;
  /** Name of the ECR repository that the image is pushed to. */
  readonly repository: string;
}

/** Judges what was packaged and publishes it for every environment; runs no code of the application. */
export interface PublishPackagesJobPlan extends CommonJobPlan {
  readonly kind: "publishPackages";
  /** The pipeline whose run it judges. */
  readonly pipeline: string;
}

/** Deploys into one environment, through its cross-account role; runs no code of the application. */
export interface DeployJobPlan extends CommonJobPlan {
  readonly kind: "deploy";
  /** Name of the ECR repository whose image it deploys and marks as deployed; absent for what is no container. */
  readonly repository?: string;
  readonly environment: Environment;
  readonly deploymentKind: DeploymentKind;
  /** Pipelines in which a person approves before this job: it asks who that was. */
  readonly approvedPipelines: readonly string[];
}

/** What every kind of job has. */
export interface CommonJobPlan {
  /** Name of the CodeBuild project; its role carries the same name. */
  readonly project: string;
  /** Names the log group that it writes to (`logGroupName`); jobs of one kind share it over all tracks. */
  readonly log: string;
  /** File in buildspecs/. */
  readonly buildspec: BuildspecFile;
  /** What the application decides about the buildspec. */
  readonly buildspecValues: BuildspecValues;
  readonly timeoutMinutes: number;
  /** https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-compute-types.html */
  readonly computeType: "BUILD_GENERAL1_SMALL" | "BUILD_GENERAL1_MEDIUM";
  /** The image that the job runs in: https://docs.aws.amazon.com/codebuild/latest/userguide/ec2-compute-images.html */
  readonly buildImage: string;
  /** Only where images are built: Docker needs it. */
  readonly privileged: boolean;
  /** Plain-text environment variables: names and ARNs, never a secret. */
  readonly variables: Readonly<Record<string, string>>;
  /** Key prefixes of the artifact bucket, without a trailing slash. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly reports: readonly ReportPlan[];
}

export interface ReportPlan extends TestReport {
  /** Name of the report group. */
  readonly group: string;
  readonly type: "TEST" | "CODE_COVERAGE";
}
