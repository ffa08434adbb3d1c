import type { ApplicationPeople, Trigger } from "../definitions/application";
import type { DeploymentWindow } from "../settings/settings";
import type { ChatRule } from "./chat";
import type { JobPlan } from "./job-plan";
import type { ContainerTarget } from "./target";

/** Everything that is made in the CI/CD account for one application, as plain data: names are final, nothing is unknown. */
export interface ApplicationPlan {
  readonly application: string;
  /** `owner/repository` of the source code. */
  readonly sourceRepository: string;
  /** E-mail addresses of the team, told of this application's releases. */
  readonly notifications: readonly string[];
  /** What chat channels hear of its pipelines. */
  readonly chatRules: readonly ChatRule[];
  /** Whose its roles for people are, as far as the application says. */
  readonly people: ApplicationPeople;
  /** Present when the application builds an image. */
  readonly images?: ImagesPlan;
  readonly jobs: readonly JobPlan[];
  readonly pipelines: readonly PipelinePlan[];
}

/** Artifact names have at most 10 characters: CodePipeline cuts them there in the keys that policies name. */
export const artifacts = {
  source: "Source",
  /** What the image or the package job made, where code of the application may have run: nobody has judged it. */
  bundle: "Bundle",
  /** What was judged and published, of containers and of packages. */
  image: "Image",
  package: "Package",
} as const;

/** The repository of an application's images. */
export interface ImagesPlan {
  readonly repository: string;
  /** Where the images run; only these environments may pull them. */
  readonly targets: readonly ContainerTarget[];
  /** How many builds stay that were deployed nowhere. Tags are immutable, so every build is one. */
  readonly keptBuilds: number;
  /** How many images stay of those that were deployed to an environment, by its name. */
  readonly keptDeployments: Readonly<Record<string, number>>;
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
  /** The stage waits outside until the window opens, and fails when that takes longer than `timeoutMinutes`. */
  readonly window?: DeploymentWindow & { readonly timeoutMinutes: number };
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
  /** Artifacts that the job is given; the first is its source folder. */
  readonly inputs: readonly [string, ...string[]];
  readonly output?: string;
  /** Later actions read what the job exports as `#{<namespace>.<NAME>}`: CodePipeline keeps it, no job can change it. */
  readonly namespace?: string;
  /** Environment variables that differ with every execution; CodePipeline puts in their values. */
  readonly variables: Readonly<Record<string, string>>;
}
