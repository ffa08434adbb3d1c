import { deliveryQuotas } from "./delivery-quotas";
import { identityQuotas } from "./identity-quotas";
import { ask, docs, UNREAD, type Quota } from "./quota";

const eventBridge = {
  service: "EventBridge",
  scope: "region",
  source: `${docs}/eventbridge/latest/userguide/eb-quota.html`,
  read: "2026-11-21",
} as const;

const sns = {
  service: "SNS",
  scope: "region",
  source: `${docs}/general/latest/gr/sns.html`,
  read: UNREAD,
} as const;

const otherQuotas = {
  rules: {
    ...eventBridge,
    name: "Rules per event bus",
    limit: 300,
    unit: "rules",
    adjustable: true,
    remedy: `${ask}; af-south-1 and eu-south-1 begin with 100.`,
  },
  targets: {
    ...eventBridge,
    name: "Targets per rule",
    limit: 5,
    unit: "targets",
    adjustable: false,
    remedy: "Let the rule speak to one topic, and subscribe to that.",
  },
  eventPattern: {
    ...eventBridge,
    name: "Event pattern size",
    limit: 2048,
    unit: "characters",
    adjustable: true,
    remedy: `${ask}, or split the rule in two.`,
  },
  topics: {
    ...sns,
    name: "Standard topics per account",
    limit: 100_000,
    unit: "topics",
    adjustable: true,
    remedy: `${ask}.`,
  },
  subscriptions: {
    ...sns,
    name: "Subscriptions per standard topic",
    limit: 12_500_000,
    unit: "subscriptions",
    adjustable: true,
    remedy: `${ask}.`,
  },
  filtersOfTopic: {
    ...sns,
    name: "Filter policies per topic",
    limit: 200,
    unit: "filter policies",
    adjustable: true,
    remedy: `${ask}, or let applications be told in chat channels instead of by e-mail.`,
  },
  filters: {
    ...sns,
    name: "Filter policies per account",
    limit: 10_000,
    unit: "filter policies",
    adjustable: true,
    remedy: `${ask}.`,
  },
  topicPolicy: {
    ...sns,
    name: "Topic policy size",
    limit: 30_720,
    unit: "bytes",
    adjustable: false,
    source: `${docs}/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html`,
    remedy: "Name fewer publishers; a pattern of their ARNs does for many.",
  },
  bucketPolicy: {
    service: "S3",
    scope: "region",
    name: "Bucket policy size",
    limit: 20_480,
    unit: "bytes",
    adjustable: false,
    source: `${docs}/AmazonS3/latest/userguide/add-bucket-policy.html`,
    read: "2026-11-21",
    remedy: "Have fewer environments in one CI/CD account: each adds a statement.",
  },
  lifecycleRules: {
    service: "S3",
    scope: "region",
    name: "Lifecycle rules per bucket",
    limit: 1000,
    unit: "rules",
    adjustable: false,
    source: `${docs}/AmazonS3/latest/API/API_LifecycleConfiguration.html`,
    read: "2026-11-26",
    remedy: "Let one rule do for many prefixes.",
  },
  logGroups: {
    service: "CloudWatch Logs",
    scope: "region",
    name: "Log groups",
    limit: 1_000_000,
    unit: "log groups",
    adjustable: true,
    source: `${docs}/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html`,
    read: "2026-11-26",
    remedy: `${ask}.`,
  },
  services: {
    service: "ECS",
    scope: "region",
    name: "Services per cluster",
    limit: 5000,
    unit: "services",
    adjustable: false,
    source: `${docs}/AmazonECS/latest/developerguide/service-quotas.html`,
    read: UNREAD,
    remedy: "Deploy some applications into another cluster or account.",
  },
  stacks: {
    service: "CloudFormation",
    scope: "region",
    name: "Stacks",
    limit: 2000,
    unit: "stacks",
    adjustable: true,
    source: `${docs}/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html`,
    read: UNREAD,
    remedy: `${ask}, or give some applications another account.`,
  },
} as const satisfies Readonly<Record<string, Quota>>;

/** Every quota of AWS, and every hard size, that the platform's resources come near, by the name that counts.ts uses. */
export const quotas = { ...identityQuotas, ...deliveryQuotas, ...otherQuotas } as const;

export type QuotaName = keyof typeof quotas;
