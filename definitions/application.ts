/** One application: the checked content of `applications/<name>.yaml`, with every default filled in. */
export interface Application {
  readonly name: string;
  /** `owner/repository` behind the source connection. */
  readonly repository: string;
  /** E-mail addresses of the team, told of this application's releases. */
  readonly notifications: readonly string[];
  /** Channels of the team that hear the same, and that a release waits for an approval. */
  readonly chat?: ApplicationChat;
  readonly test: TestDefinition;
  readonly deployment: Deployment;
  /** What the application's own roles may be given, from the list in iam/capabilities.ts. */
  readonly capabilities: readonly Capability[];
  /** One pipeline for each. */
  readonly tracks: readonly Track[];
  /** Runs the tests of pull requests against these branches, in a pipeline without any right to deploy. */
  readonly pullRequests?: { readonly branches: readonly string[] };
  /** Whose its roles for people are, where it is not for the platform to say. */
  readonly people?: ApplicationPeople;
}

/** Ids of channels in the platform's Slack workspace and Microsoft team; at least one. */
export interface ApplicationChat {
  readonly slack?: readonly string[];
  readonly teams?: readonly string[];
}

/** Who may take an application's roles for people. What is left out is as the platform's settings have it. */
export interface ApplicationPeople {
  readonly approvers?: Members;
  readonly starters?: Members;
  readonly readers?: Members;
}

/** At least one of the two. */
export interface Members {
  /** Name of an IAM Identity Center permission set, in place of the platform's. */
  readonly permissionSet?: string;
  /** Attributes for access control of IAM Identity Center, all of which a member must have, by key. */
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface TestDefinition {
  /** CodeBuild runtime versions, for example `{ nodejs: "22" }`. */
  readonly runtimes: Readonly<Record<string, string>>;
  readonly install: readonly string[];
  readonly commands: readonly string[];
  readonly reports: readonly TestReport[];
}

export interface TestReport {
  readonly name: string;
  /** Path of the report file in the repository. */
  readonly file: string;
  readonly format: "JUNITXML" | "COBERTURAXML" | "CLOVERXML";
}

export type Deployment = ServerlessDeployment | EcsDeployment | KubernetesDeployment;

export type DeploymentKind = Deployment["kind"];

export interface ServerlessDeployment {
  readonly kind: "serverless";
  /** Folder of serverless.yml in the repository. */
  readonly directory: string;
  /** Path that must answer 200 after a deployment. */
  readonly healthPath: string;
}

export interface ContainerBuild {
  readonly dockerfile: string;
  /** Folder that is sent to `docker build`. */
  readonly context: string;
}

export interface EcsDeployment extends ContainerBuild {
  readonly kind: "ecs";
  readonly containerName: string;
  /** Path of the task definition's template in the repository. */
  readonly taskDefinition: string;
  readonly desiredCount: number;
}

export interface KubernetesDeployment extends ContainerBuild {
  readonly kind: "kubernetes";
  /** Folder of the Helm chart in the repository. */
  readonly chart: string;
}

/** What an application may ask for, by the kind of its deployment; iam/capabilities.ts says what each one grants. */
export const capabilitiesOf = {
  serverless: ["lambda", "http-api", "rest-api", "dynamodb", "sqs", "secrets"],
  ecs: ["dynamodb", "sqs", "secrets"],
  kubernetes: [],
} as const satisfies Record<Deployment["kind"], readonly string[]>;

export type Capability = (typeof capabilitiesOf)[Deployment["kind"]][number];

/** Which commits start a pipeline, and the environments it leads to, in the platform's order. */
export interface Track {
  readonly name: string;
  readonly trigger: Trigger;
  readonly environments: readonly string[];
}

/** Glob patterns as CodePipeline reads them, 1 to 8 in a list, at most 255 characters each. */
export interface Trigger {
  readonly branches: Patterns;
  readonly paths: Patterns;
  readonly tags: Patterns;
}

export interface Patterns {
  readonly includes: readonly string[];
  readonly excludes: readonly string[];
}

/** Whether there is anything to filter by. */
export function hasPatterns({ includes, excludes }: Patterns): boolean {
  return includes.length + excludes.length > 0;
}

/** Whether some track of the application leads to the environment. */
export function leadsTo(application: Application, environment: string): boolean {
  return application.tracks.some((track) => track.environments.includes(environment));
}
