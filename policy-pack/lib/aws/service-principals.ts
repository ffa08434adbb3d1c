/**
 * Which AWS services must be held to their source. When a service calls with its own principal on a customer's
 * behalf, aws:SourceAccount and aws:SourceArn tell whose behalf; without them anybody can send the service here
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html).
 */

/**
 * Services that assume a role and whose guide documents the source keys for the role's trust. Others pass a role
 * on at the caller's request, so that iam:PassRole already keeps it in the account, or do not document the keys.
 */
const DOCUMENTED_IN_TRUST = new Set(
  [
    "codebuild", // codebuild/latest/userguide/cross-service-confused-deputy-prevention.html
    "events", // eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
    "scheduler", // scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
    "pipes", // eventbridge/latest/userguide/eb-pipes-permissions.html
    "states", // step-functions/latest/dg/procedure-create-iam-role.html
    "bedrock", // bedrock/latest/userguide/agents-permissions.html
    "backup",
    "config",
    "firehose",
    "vpc-flow-logs", // vpc/latest/userguide/flow-logs-iam-role.html
    "logs", // AmazonCloudWatch/latest/logs/SubscriptionFilters.html
    "sagemaker",
    "glue",
    "transfer",
    "ssm",
    "chatbot",
  ].map((name) => `${name}.amazonaws.com`),
);

/** Services that do not send the keys to resource policies, or send them only sometimes. */
const NOT_SENT_TO_RESOURCES = new Set(
  [
    "ec2",
    "edgelambda",
    "delivery.logs", // takes aws:SourceAccount on buckets; older deliveries do not send it
    "logdelivery.elasticloadbalancing",
    "replicator.lambda",
    "organizations",
    "elasticmapreduce",
    "autoscaling",
    "codepipeline",
    "cloudformation",
  ].map((name) => `${name}.amazonaws.com`),
);

/** Whether the service's guide documents the source keys for the trust policy of a role that it assumes. */
export function documentsSourceInTrust(principal: string): boolean {
  return DOCUMENTED_IN_TRUST.has(worldwideName(principal));
}

/** Whether the service always sends the source keys when it calls a resource. */
export function sendsSourceToResources(principal: string): boolean {
  return !NOT_SENT_TO_RESOURCES.has(worldwideName(principal));
}

/** `logs.eu-west-1.amazonaws.com` and `s3.amazonaws.com.cn` are logs and s3. */
function worldwideName(principal: string): string {
  return principal
    .toLowerCase()
    .replace(/\.cn$/, "")
    .replace(/\.[a-z]{2}(-[a-z]+)+-\d\.amazonaws\.com$/, ".amazonaws.com");
}
