import { type Account, tagKeys } from "../names";
import type { Platform, SourceConnection } from "./settings";
import { findCredentials, type FoundCredential } from "../input/credentials";
import { type Checked, type Place, problem, type Problem } from "../input/problem";
import { alternatives, credentialSentence, didYouMean, nearest, quote } from "../input/wording";
import { regionFault } from "./platform-schema";
import { regions } from "./regions";
import { type Connection, connectionArn, type Kind, kindKeys, kinds, sharedKeys } from "./keys";

/** What Pulumi hands to the program, and where it is written. */
export interface RawConfig {
  /** By full key (`slipway:stack`); text as it stands, everything else as JSON: the form of `pulumi.runtime.allConfig`. */
  readonly values: Readonly<Record<string, string>>;
  /** Full keys whose values are encrypted in the stack file. */
  readonly secretKeys: readonly string[];
  /** Finds a value, or the key `sub` in it; without a path, the key itself. Undefined where the file is not known. */
  readonly locate: (key: string, path?: readonly PropertyKey[], sub?: string) => Place | undefined;
  readonly projectFile: string;
  readonly stackFile: string;
  /** Full keys that the stack file itself sets. */
  readonly stackKeys: readonly string[];
  /** The stack files that exist. */
  readonly stackFiles: readonly string[];
}

export const namespace = "slipway:";

export function kindOf(config: RawConfig): Kind | Problem {
  const { values, locate, stackFile, stackFiles } = config;
  const key = `${namespace}stack`;
  const written = values[key];
  const kind = kinds.find((name) => name === written);
  if (kind !== undefined) return kind;
  if (written !== undefined) {
    return problem(
      `${key}: ${quote(written)} is not a kind of stack.`,
      didYouMean(written, kinds),
      locate(key, []),
    );
  }
  if (!stackFiles.includes(stackFile)) {
    const others = stackFiles.length === 0 ? "none" : stackFiles.join(", ");
    return problem(`There is no ${stackFile}, so this stack has no settings of its own.`, [
      `Stack files here: ${others}.`,
      `Make ${stackFile} with ${key}: ${alternatives(kinds)}, or select another stack.`,
    ]);
  }
  return problem(
    `${key} is missing.`,
    [`Wanted: the kind of the stack, ${alternatives(kinds)}.`, `Add it under config: in ${stackFile}.`],
    { file: stackFile },
  );
}

/** Keys that nothing reads, that stand in the wrong file, or that are for another kind of stack. */
export function keyProblems(config: RawConfig, kind: Kind | undefined): Problem[] {
  const { values, locate, stackKeys, stackFile, projectFile } = config;
  return Object.keys(values).flatMap((key) => {
    const place = locate(key);
    const separator = key.indexOf(":");
    const [space, name] = [key.slice(0, separator + 1), key.slice(separator + 1)];
    if (space !== namespace) return foreignKeyProblems(key, space, name, place);
    if (Object.hasOwn(sharedKeys, name) && stackKeys.includes(key)) {
      const message = `${key} is shared by all stacks, but ${stackFile} sets it for itself.`;
      return [problem(message, [`Set it in ${projectFile} alone.`], place)];
    }
    if (knownKeys(kind).includes(key)) return [];
    const owner = kinds.find((other) => Object.hasOwn(kindKeys[other], name));
    if (owner !== undefined && kind !== undefined) {
      const message = `${key} is for stacks of kind ${owner}, and this one is of kind ${kind}.`;
      return [problem(message, [`Remove it from ${stackFile}.`], place)];
    }
    return [problem(`${quote(key)} is not a setting.`, didYouMean(key, knownKeys(kind)), place)];
  });
}

/** Other namespaces belong to Pulumi and its providers, so only one that looks like a misspelling of our own is refused. */
function foreignKeyProblems(key: string, space: string, name: string, place: Place | undefined): Problem[] {
  if (nearest(space, [namespace]) === undefined) return [];
  return [problem(`${quote(key)} is not a setting.`, [`Did you mean ${namespace}${name}?`], place)];
}

function knownKeys(kind: Kind | undefined): string[] {
  const keysOfKind = (kind === undefined ? kinds : [kind]).flatMap((name) => Object.keys(kindKeys[name]));
  return ["stack", ...keysOfKind, ...Object.keys(sharedKeys)].map((name) => `${namespace}${name}`);
}

/** Provider settings that are credentials: https://www.pulumi.com/registry/packages/aws/installation-config/ */
const credentialKeys = ["aws:accessKey", "aws:secretKey", "aws:token"];

/** Credentials in plain text, and plain settings that are encrypted. */
export function secretProblems({ values, secretKeys, locate }: RawConfig): Problem[] {
  return Object.entries(values).flatMap(([key, text]) => {
    if (secretKeys.includes(key)) {
      return key.startsWith(namespace) ? [encryptedProblem(key, locate(key, []))] : [];
    }
    const credentials: readonly FoundCredential[] = credentialKeys.includes(key)
      ? [{ path: [], kind: "a credential" }]
      : findCredentials(decode(text));
    return credentials.map((credential) =>
      problem(
        credentialSentence({ ...credential, path: [key, ...credential.path] }),
        [
          "Remove it, revoke it where it was issued, and give Pulumi short-lived credentials by its environment.",
        ],
        locate(key, credential.path, credential.key),
      ),
    );
  });
}

function encryptedProblem(key: string, place: Place | undefined): Problem {
  return problem(
    `${key} is encrypted, but names and policies are made of it, which all may read.`,
    [`Set it in plain text: pulumi config set --plaintext ${key} <value>.`],
    place,
  );
}

/**
 * Default tags of the provider reach every role, also the cross-account role of an environment (CICDCrossAccountRole), and
 * the two tags that policies compare would make that role one of an application.
 */
export function defaultTagProblems({ values, locate }: RawConfig): Problem[] {
  const key = "aws:defaultTags";
  const defaultTags = decode(values[key] ?? "null");
  const tags =
    typeof defaultTags === "object" && defaultTags !== null && "tags" in defaultTags
      ? defaultTags.tags
      : undefined;
  if (typeof tags !== "object" || tags === null) return [];
  return Object.values(tagKeys)
    .filter((tag) => tag in tags)
    .map((tag) =>
      problem(
        `${key}.tags.${tag}: this tag decides whose role is whose, so it cannot be a default.`,
        ["Remove it: the platform sets it where it belongs. Other tags are welcome."],
        locate(key, ["tags"], tag),
      ),
    );
}

export function toConnection(
  { arn, name, providerType }: Connection,
  cicd: Account,
  locate: (path: readonly PropertyKey[]) => Place | undefined,
): Checked<SourceConnection> {
  const wanted = `Wanted: ${kindKeys.cicd.connection.description ?? ""}`;
  const fault = (message: string): { problems: Problem[] } => ({
    problems: [problem(message, [wanted], locate(["connection"]))],
  });
  if (arn === undefined) {
    if (name !== undefined && providerType !== undefined) return { value: { name, providerType } };
    return fault("slipway:connection is incomplete.");
  }
  if (name !== undefined || providerType !== undefined) {
    return fault("slipway:connection names a connection that exists, and one to make.");
  }
  const [, region, accountId] = connectionArn.exec(arn) ?? [];
  if (region === cicd.region && accountId === cicd.accountId) return { value: { arn } };
  return {
    problems: [
      problem(
        `slipway:connection.arn: ${quote(arn)} is not in the account and region of the pipelines.`,
        [
          `Wanted: a connection in account ${cicd.accountId} and region ${cicd.region}, as slipway:cicd says.`,
        ],
        locate(["connection", "arn"]),
      ),
    ],
  };
}

/** The provider's settings must name this stack's account and region, so that wrong credentials deploy nothing. */
export function accountProblems(config: RawConfig, account: Account, owner: string): Problem[] {
  return [
    ...repeatProblems(config, "aws:region", account.region, owner),
    ...repeatProblems(config, "aws:allowedAccountIds", [account.accountId], owner),
  ];
}

export function managementAccountProblems(
  config: RawConfig,
  managementAccountId: string,
  { cicd, environments }: Platform,
): Problem[] {
  const { values, locate } = config;
  const key = `${namespace}managementAccountId`;
  const problems = repeatProblems(config, "aws:allowedAccountIds", [managementAccountId], key);
  // AWS Organizations is global, but the provider needs a region.
  const region = values["aws:region"];
  if (region === undefined) {
    problems.push(...repeatProblems(config, "aws:region", "us-east-1", "AWS"));
  } else if (!regions.includes(region)) {
    const [message = "", ...details] = regionFault(region).split("\n");
    problems.push(problem(`aws:region: ${message}`, details, locate("aws:region", [])));
  }
  const accounts = [{ ...cicd, name: "the CI/CD account" }, ...environments];
  const owner = accounts.find(({ accountId }) => accountId === managementAccountId);
  if (owner === undefined) return problems;
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
  const remedy = "Keep the platform out of the management account: service control policies do not bind it.";
  const message = `${key}: ${quote(managementAccountId)} is the account of ${owner.name} too.`;
  return [...problems, problem(message, [remedy], locate(key, []))];
}

/** A value that the provider's settings must repeat. */
function repeatProblems(
  { values, locate, stackFile }: RawConfig,
  key: string,
  value: string | readonly string[],
  owner: string,
): Problem[] {
  const remedy = `Write in ${stackFile}: ${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`;
  const text = values[key];
  if (text === undefined) return [problem(`${key} is missing.`, [remedy], { file: stackFile })];
  const actual = decode(text);
  if (JSON.stringify(actual) === JSON.stringify(value)) return [];
  const message = `${key}: ${quote(actual)} is not ${quote(value)}, as ${owner} says.`;
  return [problem(message, [remedy], locate(key, []))];
}

/** A value of Pulumi's config: text is taken as it is, everything else is read as JSON. */
export function decode(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
