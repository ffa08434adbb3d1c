/** Limits that AWS holds the platform to, in one place. Defaults; `world.json` may raise what AWS lets one raise. */
export const quotas = {
  /** Characters, white space not counted: IAM, "IAM and AWS STS quotas" (2026-11). */
  trustPolicy: 2048,
  inlinePoliciesOfRole: 10_240,
  managedPolicy: 6144,
  managedPoliciesOfRole: 20,
  rolesPerAccount: 1000,
  tagsPerResource: 50,
  /** Bytes: S3, "Adding a bucket policy". */
  bucketPolicy: 20_480,
  /** Bytes: KMS, "Quotas". */
  keyPolicy: 32_768,
  /** Characters: Amazon ECR API, SetRepositoryPolicy. */
  repositoryPolicy: 10_240,
  /** Bytes: Amazon SNS, "Quotas". */
  topicPolicy: 30_720,
  /** Characters and counts: Amazon EventBridge, "Quotas". */
  eventPattern: 2048,
  rulesPerBus: 300,
  targetsPerRule: 5,
  /** Developer Tools console, "Quotas for notifications". */
  notificationRules: 1000,
  /** AWS CodePipeline, "Quotas". */
  pipelinesPerRegion: 1000,
  actionsPerStage: 50,
  stagesPerPipeline: 50,
  triggersPerPipeline: 50,
  patternsPerFilter: 8,
  actionValue: 1000,
  /** AWS CodeBuild, "Quotas". */
  projectsPerRegion: 5000,
  reportGroupsPerRegion: 5000,
  /** Developer Tools console, "Quotas for connections". */
  connectionsPerAccount: 250,
  /** CloudWatch Logs, "Quotas". */
  logResourcePoliciesPerRegion: 10,
  /** Characters and counts: AWS Organizations, "Quotas" (2026-11). */
  serviceControlPolicy: 10_240,
  resourceControlPolicy: 5120,
  serviceControlPoliciesPerTarget: 10,
} as const;

export type Quota = keyof typeof quotas;
