import type { TestReport, Trigger } from "../definitions/application";
import type { JobKind } from "../names";
import type { BuildspecFile } from "./buildspec";
import type { DeploymentWindow, Environment } from "../settings/settings";

/** Everything that is made in the CI/CD account for one application, as plain data: names are final, nothing is unknown. */
export interface ApplicationPlan {
  readonly application: string;
  readonly repository: string;
  /** Asked for when the application builds an image: who pulls it, and from which environments. */
  readonly images?: { readonly kind: "ecs" | "kubernetes"; readonly environments: readonly Environment[] };
  readonly jobs: readonly JobPlan[];
  readonly pipelines: readonly PipelinePlan[];
}

/** Artifact names have at most 10 characters: CodePipeline cuts them there in the keys that policies name. */
export const artifacts = { source: "Source", image: "Image", package: "Package" } as const;

/** A CodeBuild project with its role, log group and report groups. */
export interface JobPlan {
  readonly kind: JobKind;
  readonly project: string;
  /** The environment that a deploy job leads to. */
  readonly environment?: Environment;
  /** The `DeploymentKind` tag of a deploy job's role. */
  readonly deploymentKind?: string;
  /** File in buildspecs/. */
  readonly buildspec: BuildspecFile;
  readonly timeoutMinutes: number;
  /** Only where images are built: Docker needs it. */
  readonly privileged: boolean;
  /** Plain-text environment variables: names and ARNs, never a secret. */
  readonly variables: Readonly<Record<string, string>>;
  /** Key prefixes of the artifact bucket, without a trailing slash. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly reports: readonly (TestReport & { readonly group: string })[];
}

export interface PipelinePlan {
  readonly name: string;
  readonly track: string;
  /** QUEUED where production is at the end: there no release overtakes another. */
  readonly executionMode: "QUEUED" | "SUPERSEDED";
  readonly start: PipelineStart;
  readonly stages: readonly StagePlan[];
}

export type PipelineStart =
  | { readonly kind: "push"; readonly trigger: Trigger }
  | { readonly kind: "pullRequest"; readonly branches: readonly string[] };

export interface StagePlan {
  readonly name: string;
  /** The stage waits outside until the window opens. */
  readonly window?: DeploymentWindow;
  /** What happens after a failed action: stop, or go back to the last release that succeeded here. */
  readonly onFailure: "FAIL" | "ROLLBACK";
  readonly actions: readonly ActionPlan[];
}

export type ActionPlan = SourceActionPlan | ApprovalActionPlan | JobActionPlan;

export interface SourceActionPlan {
  readonly kind: "source";
  readonly name: string;
  readonly repository: string;
  readonly branch: string;
  readonly output: string;
}

export interface ApprovalActionPlan {
  readonly kind: "approval";
  readonly name: string;
  /** What the approver is told; CodePipeline puts in the variables. */
  readonly message: string;
  /** 5 to 86,400. */
  readonly timeoutMinutes: number;
}

export interface JobActionPlan {
  readonly kind: "job";
  readonly name: string;
  readonly category: "Test" | "Build";
  readonly project: string;
  readonly runOrder: number;
  readonly input: string;
  readonly output?: string;
  /** Environment variables that differ with every execution; CodePipeline puts in their values. */
  readonly variables: Readonly<Record<string, string>>;
}
