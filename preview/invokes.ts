import { UNKNOWN } from "./preview-document";
import { awsFacts } from "./outputs";
import { ProblemError } from "./problems";
import { isObject, knownText, type Properties, type Value } from "./values";

/** What the answer to a function call may depend on. */
export interface InvokeContext {
  /** Inputs of the provider that the call goes to. */
  readonly provider: Properties;
  /** Undefined when the stack holds no such resource. */
  readonly resource: (urn: string) => Properties | undefined;
  readonly stackOutputs: (name: string) => Promise<Properties>;
}

type Answer = (args: Properties, context: InvokeContext) => Properties | Promise<Properties>;

/**
 * Functions whose answer follows from config alone. A part of an answer that only AWS knows is unknown.
 * Shapes: the result types of @pulumi/aws.
 */
const ANSWERS: Readonly<Record<string, Answer>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": (_, { provider }) => {
    const account = required("aws:index/getCallerIdentity:getCallerIdentity", "account", provider);
    return { id: account, accountId: account, arn: UNKNOWN, userId: UNKNOWN };
  },
  "aws:index/getPartition:getPartition": (args, { provider }) => {
    const token = "aws:index/getPartition:getPartition";
    const partition = required(token, "partition", provider, args["region"]);
    const dnsSuffix = required(token, "dns", provider, args["region"]);
    return {
      id: partition,
      partition,
      dnsSuffix,
      reverseDnsPrefix: dnsSuffix.split(".").reverse().join("."),
    };
  },
  "aws:index/getRegion:getRegion": (args, { provider }) => {
    const token = "aws:index/getRegion:getRegion";
    const region = required(token, "region", provider, args["region"] ?? args["name"]);
    const endpoint = `ec2.${region}.${required(token, "dns", provider, region)}`;
    return { id: region, name: region, region, endpoint, description: UNKNOWN };
  },
  "aws:index/getArn:getArn": (args) => {
    const arn = knownText(args["arn"]) ?? "";
    const [prefix, partition, service, region, account, ...resource] = arn.split(":");
    if (prefix !== "arn" || resource.length === 0) {
      throw new ProblemError({
        message: `aws:index/getArn:getArn was called with ${JSON.stringify(arn)}, which is no ARN.`,
      });
    }
    const parts = {
      partition: partition ?? "",
      service: service ?? "",
      region: region ?? "",
      account: account ?? "",
    };
    return { id: arn, arn, ...parts, resource: resource.join(":") };
  },
  "aws:index/getDefaultTags:getDefaultTags": (_, { provider }) => {
    const parsed = JSON.parse(knownText(provider["defaultTags"]) ?? "{}") as Value;
    return { id: UNKNOWN, tags: (isObject(parsed) ? parsed["tags"] : undefined) ?? {} };
  },
  "pulumi:pulumi:getResource": (args, { resource }) => {
    const urn = knownText(args["urn"]) ?? "";
    const state = resource(urn);
    if (state === undefined) throw new Error(`unknown resource ${urn}`);
    return state;
  },
  "pulumi:pulumi:readStackOutputs": (args, { stackOutputs }) => stackOutputs(knownText(args["name"]) ?? ""),
};

/**
 * The answer to a function call of the program.
 * @throws ProblemError when only AWS could answer: a preview without credentials must not guess.
 */
export async function answerInvoke(
  token: string,
  args: Properties,
  context: InvokeContext,
): Promise<Properties> {
  const answer = ANSWERS[token];
  if (answer === undefined) throw unanswerable(token);
  return answer(args, context);
}

function unanswerable(token: string): ProblemError {
  return new ProblemError({
    message:
      `The program calls ${token}, which asks the cloud. An offline preview has no credentials and no network, ` +
      `so it cannot know the answer, and a made-up one could hide a mistake.`,
    remedy: `Take the value from config instead. Answered offline: ${Object.keys(ANSWERS).sort().join(", ")}.`,
  });
}

function required(
  token: string,
  fact: "account" | "region" | "partition" | "dns",
  provider: Properties,
  region?: Value,
): string {
  const value = awsFacts(provider, region)[fact];
  if (value !== undefined) return value;
  const key = fact === "account" ? "aws:allowedAccountIds with exactly one account id" : "aws:region";
  throw new ProblemError({
    message: `The program calls ${token}, and the stack does not say which ${fact === "account" ? "account" : "region"} it is for.`,
    remedy: `Set ${key} in the stack's config, or on the provider that the call names.`,
  });
}
