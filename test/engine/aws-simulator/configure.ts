/** Whose account the provider works in: credentials, a role to assume, and the accounts that the stack allows. */
import { object, text, type Props, type Value } from "./values";
import type { Configuration } from "./provider";
import type { World } from "./world";

/** Settings of the provider that mean nothing to simulated accounts, or are read here. Any other is an error. */
const known = [
  "region",
  "allowedAccountIds",
  "forbiddenAccountIds",
  "assumeRoles",
  "defaultTags",
  "maxRetries",
  "profile",
  "version",
  "skipCredentialsValidation",
  "skipRegionValidation",
  "skipMetadataApiCheck",
];

export function configure(world: World, given: Props, environment: NodeJS.ProcessEnv): Configuration {
  const config = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, plain(value)]));
  const stray = Object.keys(config).find((name) => !known.includes(name));
  if (stray !== undefined)
    throw new Error(`The AWS simulator does not know the provider setting aws:${stray}.`);
  const region = text(config["region"]) || (environment["AWS_REGION"] ?? "");
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) throw new Error(`invalid AWS Region: ${region}`);
  const caller = callerOf(world, config["assumeRoles"], environment);
  const allowed = config["allowedAccountIds"];
  const forbidden = config["forbiddenAccountIds"];
  if (
    (Array.isArray(allowed) && !allowed.includes(caller.account)) ||
    (Array.isArray(forbidden) && forbidden.includes(caller.account))
  ) {
    throw new Error(`AWS account ID not allowed: ${caller.account}`);
  }
  const tags = object(object(config["defaultTags"])["tags"]);
  return { account: caller.account, principal: caller.arn, region, defaultTags: tags };
}

function callerOf(
  world: World,
  assumeRoles: Value | undefined,
  environment: NodeJS.ProcessEnv,
): { account: string; arn: string } {
  const key = environment["AWS_ACCESS_KEY_ID"] ?? "";
  const caller = world.credentials[key];
  if (caller === undefined) {
    throw new Error(
      "No valid credential sources found. api error InvalidClientTokenId: The security token included in the request is invalid.",
    );
  }
  const roles = Array.isArray(assumeRoles) ? assumeRoles.map(object) : [];
  const last = roles.at(-1);
  if (last === undefined) return caller;
  const arn = text(last["roleArn"]);
  const account = /^arn:aws[a-z-]*:iam::(\d{12}):role\//.exec(arn)?.[1] ?? "";
  if (world.accounts[account] === undefined)
    throw new Error(
      `Cannot assume IAM Role. api error AccessDenied: User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
    );
  return { account, arn };
}

/** Lists and objects of a provider's settings travel as JSON in a string. */
function plain(value: Value): Value {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  return JSON.parse(value) as Value;
}
