import { createHash } from "node:crypto";

/** Where an ARN belongs. */
export interface Account {
  /** Twelve digits. */
  readonly accountId: string;
  readonly region: string;
}

/** What names in the CI/CD account are made from. */
export interface Organization {
  /** AWS Organizations id, `o-` and 10 to 32 characters. */
  readonly organizationId: string;
  readonly cicd: Account;
}

/**
 * Every name and ARN that two accounts, two stacks or a policy must agree on. All of them follow from settings and
 * definitions alone, so they are known before anything is deployed.
 *
 * The longest application (40) and environment (16) names leave every name below its limit, in particular IAM's
 * 64 characters for roles; test/names.test.ts proves it.
 */
export const limits = {
  applicationName: 40,
  environmentName: 16,
  trackName: 20,
  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  roleName: 64,
  /** https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html */
  pipelineName: 100,
  /** CodePipeline cuts the pipeline's and the artifact's name to this in the keys of artifact objects. */
  artifactPrefix: 20,
  artifactName: 10,
  /** https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html */
  projectName: 150,
  reportGroupName: 128,
} as const;

/** Of the deploy jobs of all environments; each environment has a path below it. */
const deployments = "/slipway/deploy/";

/** Role paths. They carry rights: who can make a role below one of them holds what the path is trusted with. */
export const paths = {
  platform: "/slipway/",
  pipeline: "/slipway/pipeline/",
  job: "/slipway/job/",
  deployments,
  deploy: (environment: string): string => `${deployments}${environment}/`,
  execution: "/slipway/execution/",
  namespace: "/slipway/namespace/",
  people: "/slipway/people/",
  chat: "/slipway/chat/",
} as const;

export const doorRoleName = "CICDCrossAccountRole";
export const boundaryName = "slipway-boundary";
export const artifactKeyAlias = "alias/slipway-artifacts";
export const approvalTopicName = "slipway-approvals";
export const statusTopicName = "slipway-status";
export const notificationKeyAlias = "alias/slipway-notifications";
export const chatRoleName = "slipway-chat";

/** The tags that say whose a role session is. Policies compare them, so whoever sets them decides over access. */
export const tagKeys = { application: "Application", deploymentKind: "DeploymentKind" } as const;

/** On everything that the platform makes. Never a tag that policies compare: those stand where they are meant. */
export const platformTags = { ManagedBy: "slipway" } as const;

/** On what belongs to one application. */
export function applicationTags(application: string): Record<string, string> {
  return { ...platformTags, [tagKeys.application]: application };
}

/** On a role that deploys an application: the two tags that the cross-account role compares. */
export function deployTags(application: string, deploymentKind: string): Record<string, string> {
  return { ...applicationTags(application), [tagKeys.deploymentKind]: deploymentKind };
}

/** What a name of ours may put behind an application's name; no application may be called like another with one of them. */
export const reservedSuffixes = [
  "test",
  "image",
  "package",
  "publish",
  "deploy",
  "pipeline",
  "pr",
  "cloudformation",
  "task",
  "task-execution",
  "approver",
  "starter",
  "reader",
] as const;

/** `aws`, `aws-cn` or `aws-us-gov`: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partition(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** An ARN in this account and its region; for services without a region in their ARNs use the functions below. */
export function arn(account: Account, service: string, resource: string): string {
  return `arn:${partition(account.region)}:${service}:${account.region}:${account.accountId}:${resource}`;
}

export function iamArn(account: Account, resource: string): string {
  return `arn:${partition(account.region)}:iam::${account.accountId}:${resource}`;
}

/** `path` begins and ends with a slash. */
export function roleArn(account: Account, path: string, name: string): string {
  return iamArn(account, `role${path}${name}`);
}

export function rootArn(account: Account): string {
  return iamArn(account, "root");
}

export function doorRoleArn(environment: Account): string {
  return roleArn(environment, paths.platform, doorRoleName);
}

export function boundaryArn(environment: Account): string {
  return iamArn(environment, `policy${paths.platform}${boundaryName}`);
}

/**
 * The bucket's name ends with a hash of the organization's id, so that a stranger cannot take the name first.
 * Every grant on it also asks for `aws:ResourceAccount`.
 */
export function artifactBucketName(organization: Organization): string {
  const { accountId, region } = organization.cicd;
  return `slipway-artifacts-${accountId}-${region}-${shortHash(organization.organizationId)}`;
}

export function bucketArn(organization: Organization): string {
  return `arn:${partition(organization.cicd.region)}:s3:::${artifactBucketName(organization)}`;
}

export function pipelineArns(cicd: Account, pipelines: readonly string[]): string[] {
  return pipelines.map((pipeline) => arn(cicd, "codepipeline", pipeline));
}

/** Unique in the 20 characters that CodePipeline uses as prefix of the pipeline's artifacts: longer names end in a hash. */
export function pipelineName(application: string, track: string): string {
  const name = `${application}-${track}`;
  return name.length <= limits.artifactPrefix ? name : `${name.slice(0, 13)}-${shortHash(name)}`;
}

export function pullRequestPipelineName(application: string): string {
  return pipelineName(application, "pr");
}

/** A CodeBuild project; its role carries the same name. */
export function testProjectName(application: string): string {
  return `${application}-test`;
}

/** The log of all tracks' jobs of one kind. */
export function trackLogName(application: string, kind: TrackJob): string {
  return `${application}-${kind}`;
}

/** What makes of a commit what is released. */
export type TrackJob = "image" | "package" | "publish";

/**
 * What one track builds with. A track has projects, and so roles, of its own: a build of one branch can overwrite nothing
 * that another track waits with. Long names are cut before the kind, which stays readable for policies.
 */
export function trackProjectName(application: string, track: string, kind: TrackJob): string {
  const stem = `${application}-${track}`;
  const room = limits.roleName - kind.length - 1;
  return `${stem.length <= room ? stem : `${stem.slice(0, room - 7)}-${shortHash(stem)}`}-${kind}`;
}

export function deployProjectName(application: string, environment: string): string {
  return `${application}-deploy-${environment}`;
}

export function pullRequestProjectName(application: string): string {
  return `${application}-pr-test`;
}

/** Jobs of one kind share a log over all tracks, each writing streams that begin with its project's name and a slash. */
export function logGroupName(log: string): string {
  return `/aws/codebuild/${log}`;
}

export function pipelineRoleName(application: string): string {
  return `${application}-pipeline`;
}

/** For people of the application's team: approve its releases, start them by hand, read its pipelines, logs and reports. */
export function approverRoleName(application: string): string {
  return `${application}-approver`;
}

export function starterRoleName(application: string): string {
  return `${application}-starter`;
}

export function readerRoleName(application: string): string {
  return `${application}-reader`;
}

/** A channel of Slack or Microsoft Teams, by the id that the service gave it. */
export interface ChatChannel {
  readonly service: "slack" | "teams";
  readonly id: string;
}

/**
 * AWS's configuration of a channel, of which an account may have one. The id of a channel of Teams holds characters that no
 * name may have, so its hash stands for it.
 */
export function chatConfigurationName({ service, id }: ChatChannel): string {
  return service === "slack" ? `slipway-${id}` : `slipway-teams-${hash(id).slice(0, 16)}`;
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awschatbot.html */
export function chatConfigurationArn({ region, accountId }: Account, channel: ChatChannel): string {
  const type = channel.service === "slack" ? "slack-channel" : "microsoft-teams-channel";
  const name = chatConfigurationName(channel);
  return `arn:${partition(region)}:chatbot::${accountId}:chat-configuration/${type}/${name}`;
}

/** What an application's own channels hear of one of its pipelines. */
export function chatRuleName(pipeline: string): string {
  return pipeline;
}

/** What the platform's own channels hear of the pipeline's approvals. No pipeline's name holds an underscore. */
export function approvalChatRuleName(pipeline: string): string {
  return `${pipeline}_approvals`;
}

export function reportGroupName(project: string, report: string): string {
  return `${project}-${report}`;
}

export function repositoryName(application: string): string {
  return `slipway/${application}`;
}

/**
 * What tags of images begin with that were deployed to an environment; the image's digest follows. The dots keep `prod` and
 * `prod-eu` apart.
 */
export function deployedTagPrefix(environment: string): string {
  return `deployed.${environment}.`;
}

/** `<account>.dkr.ecr.<region>.amazonaws.com/<name>`: https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html */
export function repositoryUri(organization: Organization, application: string): string {
  const { accountId, region } = organization.cicd;
  const suffix = partition(region) === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return `${accountId}.dkr.ecr.${region}.${suffix}/${repositoryName(application)}`;
}

/** Key prefix of all artifacts of a pipeline, without a trailing slash. */
export function pipelinePrefix(pipeline: string): string {
  return pipeline.slice(0, limits.artifactPrefix);
}

/** Key prefix of a pipeline's artifact, without a trailing slash. */
export function artifactPrefix(pipeline: string, artifact: string): string {
  return `${pipelinePrefix(pipeline)}/${artifact.slice(0, limits.artifactName)}`;
}

/** Key prefix of all that an environment's account reads, without a trailing slash. */
export function environmentPrefix(environment: string): string {
  return `packages/${environment}`;
}

/** Key prefix of what one application has for an environment's account to read, without a trailing slash. */
export function packagePrefix(environment: string, application: string): string {
  return `${environmentPrefix(environment)}/${application}`;
}

/** CloudFormation stack, ECS service and task family; Lambda functions, roles and tables begin with it and a hyphen. */
export function workloadName(application: string, environment: string): string {
  return `${application}-${environment}`;
}

export function workloadLogGroupName(application: string, environment: string): string {
  return `/slipway/${workloadName(application, environment)}`;
}

/** What CloudFormation works with in the environment's account. */
export function cloudFormationRoleName(application: string): string {
  return `${application}-cloudformation`;
}

export function cloudFormationRoleArn(environment: Account, application: string): string {
  return roleArn(environment, paths.execution, cloudFormationRoleName(application));
}

export function taskRoleName(application: string): string {
  return `${application}-task`;
}

export function taskRoleArn(environment: Account, application: string): string {
  return roleArn(environment, paths.execution, taskRoleName(application));
}

export function taskExecutionRoleName(application: string): string {
  return `${application}-task-execution`;
}

export function taskExecutionRoleArn(environment: Account, application: string): string {
  return roleArn(environment, paths.execution, taskExecutionRoleName(application));
}

/** Deploys into the application's Kubernetes namespace; the namespace has the same name. */
export function namespaceRoleName(application: string): string {
  return application;
}

export function namespaceRoleArn(environment: Account, application: string): string {
  return roleArn(environment, paths.namespace, namespaceRoleName(application));
}

/** Service control policy of an account of the platform. */
export function guardrailName(account: string): string {
  return `slipway-${account}`;
}

/** Six hexadecimal characters: keeps cut names apart, is no secret. */
function shortHash(text: string): string {
  return hash(text).slice(0, 6);
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
