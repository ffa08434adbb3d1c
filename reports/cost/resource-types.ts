/**
 * For every type of resource that the program makes, whether it costs. A type that stands nowhere here is reported as
 * not priced, never as free.
 */

/** Types that are counted, and under which service. */
export const pricedTypes: ReadonlySet<string> = new Set([
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:codebuild/project:Project",
  "aws:codepipeline/pipeline:Pipeline",
  "aws:ecr/repository:Repository",
  "aws:ecs/cluster:Cluster",
  "aws:kms/key:Key",
  "aws:s3/bucket:Bucket",
  "aws:secretsmanager/secret:Secret",
  "aws:sns/topicSubscription:TopicSubscription",
]);

const iam = "IAM is free of charge.";
const bucketSetting = "A setting of the bucket; what lies in the bucket is counted.";
const imageSetting = "A setting of the repository; the images in it are counted.";
const events = "Rules on AWS's own management events are free on the default event bus.";
const chat = "The service is free; only the topics that feed it are paid for.";

/** Types that cost nothing, and why. */
export const freeTypes: Readonly<Record<string, string>> = {
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": chat,
  "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration": chat,
  "aws:cloudwatch/eventRule:EventRule": events,
  "aws:cloudwatch/eventTarget:EventTarget": events,
  "aws:codebuild/reportGroup:ReportGroup": "Reports are part of the build; without export nothing is stored.",
  "aws:codeconnections/connection:Connection": "Connections are free of charge.",
  "aws:codestarnotifications/notificationRule:NotificationRule": chat,
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": imageSetting,
  "aws:ecr/repositoryPolicy:RepositoryPolicy": imageSetting,
  "aws:eks/accessEntry:AccessEntry": "A setting of the cluster, which is not this program's.",
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation":
    "A setting of the cluster, which is not this program's.",
  "aws:iam/policy:Policy": iam,
  "aws:iam/role:Role": iam,
  "aws:iam/rolePolicy:RolePolicy": iam,
  "aws:kms/alias:Alias": "A name of the key, which is counted.",
  "aws:organizations/policy:Policy": "AWS Organizations is free of charge.",
  "aws:organizations/policyAttachment:PolicyAttachment": "AWS Organizations is free of charge.",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucketSetting,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketSetting,
  "aws:s3/bucketPolicy:BucketPolicy": bucketSetting,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketSetting,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": bucketSetting,
  "aws:s3/bucketVersioning:BucketVersioning": `${bucketSetting} So are its versions.`,
  "aws:sns/topic:Topic": "Publishing is free for the first million requests a month; e-mails are counted.",
  "aws:sns/topicPolicy:TopicPolicy": "A setting of the topic.",
};

/** What no number here covers. */
export const notIncluded: readonly string[] = [
  "what the applications use and store beyond ECS tasks: traffic, functions, tables, load balancers, logs",
  "clusters, networks and NAT gateways that exist already",
  "data transfer between regions and to the internet",
  "the bootstrap's bucket and key of Pulumi's state (one KMS key and some MB)",
  "a CloudTrail trail, AWS support, taxes, discounts",
];
