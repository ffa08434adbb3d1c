import { isObject, isUnknown, knownText, reveal, type Properties, type Value } from "./values";

/**
 * The outputs of a new resource that follow from its inputs, by resource type. In a template, `{name}` stands for the input
 * `name`, and `{path|/}` for the input `path` with the default that AWS takes; `{account}`, `{region}`, `{partition}` and
 * `{dns}` are those of the provider. An output stays unknown when a part of its template is unknown.
 * ARN forms: the resource types tables of the AWS Service Authorization Reference; ids: the Import sections of the
 * provider's documentation.
 */
const TEMPLATES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": chatConfiguration("slack-channel"),
  "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration":
    chatConfiguration("microsoft-teams-channel"),
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
  "aws:codebuild/project:Project": idAndArn("arn:{partition}:codebuild:{region}:{account}:project/{name}"),
  "aws:codebuild/reportGroup:ReportGroup": idAndArn(
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
  "aws:ecs/cluster:Cluster": idAndArn("arn:{partition}:ecs:{region}:{account}:cluster/{name}"),
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
  "aws:iam/policy:Policy": idAndArn("arn:{partition}:iam::{account}:policy{path|/}{name}"),
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
  "aws:sns/topic:Topic": { ...idAndArn("arn:{partition}:sns:{region}:{account}:{name}"), owner: "{account}" },
  "aws:sns/topicPolicy:TopicPolicy": { id: "{arn}", owner: "{account}" },
  "aws:sqs/queue:Queue": {
    id: "https://sqs.{region}.{dns}/{account}/{name}",
    url: "https://sqs.{region}.{dns}/{account}/{name}",
    arn: "arn:{partition}:sqs:{region}:{account}:{name}",
  },
};

/** Resource types whose templates depend on the inputs. */
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

function idAndArn(arn: string): Readonly<Record<string, string>> {
  return { id: arn, arn };
}

function chatConfiguration(type: string): Readonly<Record<string, string>> {
  const chatConfigurationArn = `arn:{partition}:chatbot::{account}:chat-configuration/${type}/{configurationName}`;
  return { id: chatConfigurationArn, chatConfigurationArn };
}

export interface Computed {
  /** Empty when the id is known only after deployment. */
  readonly id: string;
  /** The inputs, and the other outputs that are known already. */
  readonly outputs: Properties;
}

/**
 * The id and the outputs of a new resource, as far as they are known before deployment.
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
  const knownInputs = { ...inferredFromId(templates["id"], knownId), ...inputs };
  const facts = { ...awsFacts(provider, knownInputs["region"]), ...knownTexts(knownInputs) };
  const entries = Object.entries(templates).flatMap(([key, template]) => {
    const text = fill(template, facts, knownInputs);
    return text === undefined ? [] : [[key, text] as const];
  });
  const { id = "", ...outputs } = Object.fromEntries(entries);
  const arn = knownId.startsWith("arn:") ? { arn: knownId } : {};
  return { id: isUnknown(knownId) ? "" : knownId || id, outputs: { ...knownInputs, ...outputs, ...arn } };
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

/**
 * A template with its parts filled in; undefined when a part is unknown. The default of a part is taken where its input is not
 * set, not where the input's value is unknown.
 */
function fill(template: string, facts: Facts, inputs: Properties): string | undefined {
  const valueOf = (key: string, fallback?: string): string | undefined =>
    facts[key] ?? (inputs[key] === undefined || inputs[key] === null ? fallback : undefined);
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
