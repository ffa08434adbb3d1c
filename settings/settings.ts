import type { Account } from "../names";

/** What the platform team decides once for all stacks (`config:` of Pulumi.yaml). */
export interface Platform {
  /** AWS Organizations id, `o-` and 10 to 32 characters: every trust between accounts also asks for it. */
  readonly organizationId: string;
  readonly cicd: Account;
  /** In the order in which a release passes through them. Each has an account of its own. */
  readonly environments: readonly Environment[];
  /** IAM role names (without path) that run `pulumi up`, and that may break the glass, in every account. */
  readonly platformRole: string;
  readonly breakGlassRole: string;
  readonly notifications: Notifications;
  /** Absent where nobody is told in chat. */
  readonly chat?: Chat;
  readonly people: People;
}

export interface Environment extends Account {
  readonly name: string;
  /** Production-like: releases queue up and are never overtaken. */
  readonly production: boolean;
  /** A person must say yes before a release enters. */
  readonly approval?: Approval;
  /** Releases enter only while the window is open. */
  readonly deploymentWindow?: DeploymentWindow;
  /** Where applications of kind `ecs` run. The environment stack makes the cluster. */
  readonly ecs?: EcsPlatform;
  /** Where applications of kind `kubernetes` run. The cluster exists already; its access entries are made here. */
  readonly eks?: EksPlatform;
}

export interface Approval {
  /** Minutes until an unanswered approval fails: 5 to 86,400 (60 days). */
  readonly timeoutMinutes: number;
}

export interface DeploymentWindow {
  /** Quartz cron expression, as the CodePipeline rule DeploymentWindow takes it. */
  readonly cron: string;
  /** IANA time zone. */
  readonly timeZone: string;
}

export interface EcsPlatform {
  readonly cluster: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

export interface EksPlatform {
  readonly cluster: string;
  /** Name of the IAM role (without path) of the cluster's nodes: they pull the images. */
  readonly nodeRole: string;
}

export interface Notifications {
  /** E-mail addresses that are asked for approvals. */
  readonly approvals: readonly string[];
  /** E-mail addresses that hear of failed and finished releases of every application. */
  readonly status: readonly string[];
}

/** Where AWS's chat application may speak, one or both. */
export interface Chat {
  readonly slack?: SlackWorkspace;
  readonly teams?: MicrosoftTeam;
}

/** Channels that hear of every application, beside the e-mail addresses. */
export interface PlatformChannels {
  /** Ids of channels that hear that a release waits for an approval. */
  readonly approvals: readonly string[];
  /** Ids of channels that hear of finished and failed releases and of the account's alarms. */
  readonly status: readonly string[];
}

export interface SlackWorkspace extends PlatformChannels {
  /** `T` and capital letters and digits. */
  readonly workspaceId: string;
}

export interface MicrosoftTeam extends PlatformChannels {
  readonly tenantId: string;
  readonly teamId: string;
}

/** IAM Identity Center permission sets whose members may take the roles for people. */
export interface People {
  /** Region of IAM Identity Center: part of its roles' path, except in us-east-1. */
  readonly identityCenterRegion: string;
  readonly approverPermissionSet: string;
  /** Who starts releases by hand; without it nobody does, unless an application names its own. */
  readonly starterPermissionSet?: string;
  readonly readerPermissionSet: string;
}

/** Where the sources come from: a connection made by hand once (its ARN), or one that the stack makes. */
export type SourceConnection =
  | { readonly arn: string }
  | { readonly name: string; readonly providerType: "GitHub" | "GitLab" | "Bitbucket" };

/** The stack in the CI/CD account. */
export interface CicdSettings {
  readonly stack: "cicd";
  readonly platform: Platform;
  readonly connection: SourceConnection;
  /** Days that CodeBuild logs are kept; one of the values CloudWatch Logs accepts. */
  readonly logRetentionDays: number;
  /** Days that pipeline artifacts are kept. */
  readonly artifactRetentionDays: number;
  /**
   * Ask for `aws:SourceAccount` and `aws:SourceArn` in the trust of roles that CodePipeline and CloudFormation assume.
   * Neither service documents that it sends them for every call; turn off should a release fail to assume its role.
   */
  readonly confusedDeputyConditions: boolean;
}

/** The stack in one environment's account. */
export interface EnvironmentSettings {
  readonly stack: "environment";
  readonly platform: Platform;
  readonly environment: Environment;
  readonly logRetentionDays: number;
  readonly confusedDeputyConditions: boolean;
}

/** The stack in the organization's management account, or in the account that administers its policies. */
export interface OrganizationSettings {
  readonly stack: "organization";
  readonly platform: Platform;
  /** Twelve digits; none of the platform's own accounts. */
  readonly managementAccountId: string;
}

export type Settings = CicdSettings | EnvironmentSettings | OrganizationSettings;
