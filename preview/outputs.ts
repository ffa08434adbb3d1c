import { isObject, isUnknown, knownText, reveal, type Properties, type Value } from "./values";

/**
 * What AWS and its provider answer for a new resource in a form that is known beforehand, by resource type.
 * `{name}` is an input, `{path|/}` an input with the value that AWS takes when it is left out; `{account}`, `{region}`,
 * `{partition}` and `{dns}` are those of the provider. An output with a part that is not known is not known.
 * ARN forms: the resource types tables of the AWS Service Authorization Reference; ids: the Import sections of the
 * provider's documentation.
 */
const TEMPLATES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "aws:cloudformation/stackSet:StackSet": { id: "{name}" },
  "aws:cloudtrail/trail:Trail": { arn: "arn:{partition}:cloudtrail:{region}:{account}:trail/{name}" },
  "aws:cloudwatch/eventBus:EventBus": {
    id: "{name}",
    arn: "arn:{partition}:events:{region}:{account}:event-bus/{name}",
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    id: "{name}",
    arn: "arn:{partition}:logs:{region}:{account}:log-group:{name}",
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": { id: "{name}" },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    id: "{name}",
    arn: "arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}",
  },
  "aws:codebuild/project:Project": same("arn:{partition}:codebuild:{region}:{account}:project/{name}"),
  "aws:codebuild/reportGroup:ReportGroup": same(
    "arn:{partition}:codebuild:{region}:{account}:report-group/{name}",
  ),
  "aws:codepipeline/pipeline:Pipeline": {
    id: "{name}",
    arn: "arn:{partition}:codepipeline:{region}:{account}:{name}",
  },
  "aws:dynamodb/table:Table": {
    id: "{name}",
    arn: "arn:{partition}:dynamodb:{region}:{account}:table/{name}",
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": { id: "{repository}", registryId: "{account}" },
  "aws:ecr/repository:Repository": {
    id: "{name}",
    arn: "arn:{partition}:ecr:{region}:{account}:repository/{name}",
    registryId: "{account}",
    repositoryUrl: "{account}.dkr.ecr.{region}.{dns}/{name}",
  },
  "aws:ecr/repositoryPolicy:RepositoryPolicy": { id: "{repository}", registryId: "{account}" },
  "aws:ecs/cluster:Cluster": same("arn:{partition}:ecs:{region}:{account}:cluster/{name}"),
  "aws:eks/accessEntry:AccessEntry": { id: "{clusterName}:{principalArn}" },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    id: "{clusterName}#{principalArn}#{policyArn}",
  },
  "aws:eks/cluster:Cluster": { id: "{name}", arn: "arn:{partition}:eks:{region}:{account}:cluster/{name}" },
  "aws:iam/group:Group": { id: "{name}", arn: "arn:{partition}:iam::{account}:group{path|/}{name}" },
  "aws:iam/instanceProfile:InstanceProfile": {
    id: "{name}",
    arn: "arn:{partition}:iam::{account}:instance-profile{path|/}{name}",
  },
  "aws:iam/policy:Policy": same("arn:{partition}:iam::{account}:policy{path|/}{name}"),
  "aws:iam/role:Role": { id: "{name}", arn: "arn:{partition}:iam::{account}:role{path|/}{name}" },
  "aws:iam/rolePolicy:RolePolicy": { id: "{role}:{name}" },
  "aws:iam/user:User": { id: "{name}", arn: "arn:{partition}:iam::{account}:user{path|/}{name}" },
  "aws:kms/alias:Alias": { id: "{name}", arn: "arn:{partition}:kms:{region}:{account}:{name}" },
  "aws:lambda/function:Function": {
    id: "{name}",
    arn: "arn:{partition}:lambda:{region}:{account}:function:{name}",
    invokeArn:
      "arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/" +
      "arn:{partition}:lambda:{region}:{account}:function:{name}/invocations",
  },
  "aws:s3/bucket:Bucket": {
    id: "{bucket}",
    arn: "arn:{partition}:s3:::{bucket}",
    bucketDomainName: "{bucket}.s3.{dns}",
    bucketRegionalDomainName: "{bucket}.s3.{region}.{dns}",
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": { id: "{bucket}" },
  "aws:s3/bucketLogging:BucketLogging": { id: "{bucket}" },
  "aws:s3/bucketNotification:BucketNotification": { id: "{bucket}" },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": { id: "{bucket}" },
  "aws:s3/bucketPolicy:BucketPolicy": { id: "{bucket}" },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": { id: "{bucket}" },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    id: "{bucket}",
  },
  "aws:s3/bucketVersioning:BucketVersioning": { id: "{bucket}" },
  "aws:sns/topic:Topic": { ...same("arn:{partition}:sns:{region}:{account}:{name}"), owner: "{account}" },
  "aws:sns/topicPolicy:TopicPolicy": { id: "{arn}", owner: "{account}" },
  "aws:sqs/queue:Queue": {
    id: "https://sqs.{region}.{dns}/{account}/{name}",
    url: "https://sqs.{region}.{dns}/{account}/{name}",
    arn: "arn:{partition}:sqs:{region}:{account}:{name}",
  },
};

/** Types whose answer depends on whether an input is there at all. */
const SPECIAL: Readonly<Record<string, (inputs: Properties) => Readonly<Record<string, string>>>> = {
  "aws:cloudwatch/eventRule:EventRule": ({ eventBusName }) =>
    onDefaultBus(eventBusName)
      ? { id: "{name}", arn: "arn:{partition}:events:{region}:{account}:rule/{name}" }
      : {
          id: "{eventBusName}/{name}",
          arn: "arn:{partition}:events:{region}:{account}:rule/{eventBusName}/{name}",
        },
  "aws:cloudwatch/eventTarget:EventTarget": ({ eventBusName }) =>
    onDefaultBus(eventBusName) ? { id: "{rule}-{targetId}" } : { id: "{eventBusName}-{rule}-{targetId}" },
  "aws:ssm/parameter:Parameter": ({ name }) => ({
    id: "{name}",
    arn: `arn:{partition}:ssm:{region}:{account}:parameter${knownText(name)?.startsWith("/") === true ? "" : "/"}{name}`,
  }),
};

function onDefaultBus(name: Value | undefined): boolean {
  return name === undefined || name === null || name === "default";
}

function same(arn: string): Readonly<Record<string, string>> {
  return { id: arn, arn };
}

export interface Computed {
  /** "" when it is known only after deployment. */
  readonly id: string;
  /** The inputs, and what is known of the rest. */
  readonly outputs: Properties;
}

/**
 * What a new resource will answer, as far as it is known before deployment.
 * @param provider the inputs of the resource's provider
 * @param knownId the id of a resource that exists already, "" for a new one
 */
export function computedOutputs(
  type: string,
  inputs: Properties,
  provider: Properties,
  knownId: string,
): Computed {
  const templates = SPECIAL[type]?.(inputs) ?? TEMPLATES[type] ?? {};
  const given = { ...inferredFromId(templates["id"], knownId), ...inputs };
  const facts = { ...awsFacts(provider, given["region"]), ...knownTexts(given) };
  const found = Object.entries(templates).flatMap(([key, template]) => {
    const text = fill(template, facts, given);
    return text === undefined ? [] : [[key, text] as const];
  });
  const { id = "", ...outputs } = Object.fromEntries(found);
  const arn = knownId.startsWith("arn:") ? { arn: knownId } : {};
  return { id: isUnknown(knownId) ? "" : knownId || id, outputs: { ...given, ...outputs, ...arn } };
}

function inferredFromId(template: string | undefined, knownId: string): Properties {
  const input = /^\{(\w+)\}$/.exec(template ?? "")?.[1];
  return input === undefined || knownId === "" || isUnknown(knownId) ? {} : { [input]: knownId };
}

function knownTexts(inputs: Properties): Record<string, string> {
  const texts = Object.entries(inputs).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && !isUnknown(entry[1]),
  );
  return Object.fromEntries(texts);
}

/** @returns undefined when a part is not known; a fallback is for an input that is left out, not for an unknown one. */
function fill(template: string, facts: Facts, given: Properties): string | undefined {
  const valueOf = (key: string, fallback?: string): string | undefined =>
    facts[key] ?? (given[key] === undefined || given[key] === null ? fallback : undefined);
  const parts = [...template.matchAll(/\{(\w+)(?:\|([^}]*))?\}/g)];
  const values = parts.map(([, key = "", fallback]) => valueOf(key, fallback));
  if (values.includes(undefined)) return undefined;
  return parts.reduce((text, [part], index) => text.replace(part, () => values[index] ?? ""), template);
}

type Facts = Readonly<Record<string, string | undefined>>;

/** Account, region and partition that a provider works in, as far as its inputs say. */
export function awsFacts(provider: Properties, resourceRegion?: Value): Partial<Record<AwsFact, string>> {
  const region = text(resourceRegion) ?? text(provider["region"]);
  const account = accountOf(provider);
  return {
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region, partition: partitionOf(region), dns: dnsSuffixOf(region) }),
  };
}

type AwsFact = "account" | "region" | "partition" | "dns";

/** https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  if (region.startsWith("eusc-")) return "aws-eusc";
  return "aws";
}

function dnsSuffixOf(region: string): string {
  if (region.startsWith("cn-")) return "amazonaws.com.cn";
  return region.startsWith("eusc-") ? "amazonaws.eu" : "amazonaws.com";
}

/** Providers receive everything that is not a string as JSON. */
function accountOf(provider: Properties): string | undefined {
  const allowed = list(provider["allowedAccountIds"]);
  if (allowed.length === 1) return text(allowed[0]);
  const last = list(provider["assumeRoles"]).at(-1);
  const role = isObject(last) ? text(last["roleArn"]) : undefined;
  return role?.split(":")[4];
}

function list(value: Value | undefined): readonly Value[] {
  const plain = reveal(value);
  if (Array.isArray(plain)) return plain as readonly Value[];
  if (typeof plain !== "string" || isUnknown(plain)) return [];
  try {
    const parsed = JSON.parse(plain) as Value;
    return Array.isArray(parsed) ? (parsed as readonly Value[]) : [];
  } catch {
    return [];
  }
}

function text(value: Value | undefined): string | undefined {
  return knownText(value) || undefined;
}
