/**
 * Who a statement lets in once its conditions are taken into account: a condition on the caller narrows `*` or a
 * whole account down to a network, an organization, an account or a named principal.
 */
import type { Context } from "../document/context";
import type { Condition, PrincipalEntry, Statement } from "../document/statement";
import { hasWildcard, matches, withoutVariables } from "../document/wildcard";
import { isLooseValue, operatorOf, weakness } from "./conditions";

/** From nobody in particular to one principal. */
export type Confinement = "none" | "network" | "organization" | "account" | "principal";

const ORDER: readonly Confinement[] = ["none", "network", "organization", "account", "principal"];

export function confinesAtLeast(level: Confinement, needed: Confinement): boolean {
  return ORDER.indexOf(level) >= ORDER.indexOf(needed);
}

/** What a principal is. */
export type PrincipalKind =
  | "everyone"
  | "account"
  | "principal"
  | "loose"
  | "service"
  | "oidc"
  | "saml"
  | "cognito"
  | "federation"
  | "canonical";

const PUBLIC_IDENTITY_PROVIDERS = /^(accounts\.google\.com|graph\.facebook\.com|www\.amazon\.com)$/i;

export function principalKind({ kind, value }: PrincipalEntry): PrincipalKind {
  const text = withoutVariables(value);
  if (kind === "Service") return hasWildcard(value) ? "everyone" : "service";
  if (kind === "CanonicalUser") return "canonical";
  if (kind === "Federated") return federation(text);
  if (/^[*?]+$/.test(text)) return "everyone";
  if (/^\d{12}$/.test(text)) return "account";
  if (/[*?]/.test(text)) return /^arn:[^:]*:(iam|sts)::\d{12}:/.test(text) ? "loose" : "everyone";
  return /^arn:[^:]+:iam::\d{12}:root$/.test(text) ? "account" : "principal";
}

function federation(value: string): PrincipalKind {
  if (/[*?]/.test(value)) return "everyone";
  if (/:oidc-provider\//.test(value) || PUBLIC_IDENTITY_PROVIDERS.test(value)) return "oidc";
  if (/^cognito-identity\.amazonaws\.com$/i.test(value)) return "cognito";
  return /:saml-provider\//.test(value) ? "saml" : "federation";
}

/** The account of an ARN or account principal, if it names one. */
export function accountNamedIn(value: string): string | undefined {
  return /^(?:arn:[^:]*:[^:]*:[^:]*:)?(\d{12})(?:$|:)/.exec(value)?.[1];
}

/** How far callers are confined, and why conditions that look like it do not confine them. */
export interface Confined {
  readonly level: Confinement;
  readonly why: readonly string[];
}

/** How far the conditions of a statement confine its callers. */
export function confinement(statement: Statement, context: Context): Confined {
  let level: Confinement = "none";
  const why: string[] = [];
  if (statement.conditionsUnknown) return { level: "principal", why };
  for (const condition of statement.conditions) {
    const key = CALLER_KEYS.find(({ pattern }) => pattern.test(condition.key));
    if (key === undefined) continue;
    const reason =
      foreignOrganization(condition, context) ??
      (key.weakness === undefined ? weakCaller(condition, statement) : key.weakness(condition));
    if (reason !== undefined) why.push(`${condition.operator} ${condition.key}: ${reason}`);
    else if (confinesAtLeast(key.level(condition), level)) level = key.level(condition);
  }
  return { level, why };
}

/** The operators of a Deny that leave in only who is named, and the positive ones they stand for. */
const TURNED: ReadonlyMap<string, string> = new Map([
  ["stringnotequals", "StringEquals"],
  ["stringnotlike", "StringLike"],
  ["arnnotequals", "ArnEquals"],
  ["arnnotlike", "ArnLike"],
  ["notipaddress", "IpAddress"],
]);

/**
 * How far the denials of the same document confine an Allow: one that denies everybody but the callers of a network
 * or an organization confines as a condition on the Allow would. It must have no other condition, which would make
 * it deny less, and cover the actions that are allowed.
 */
export function confinedByDenial(
  allowed: Statement,
  statements: readonly Statement[],
  context: Context,
): Confinement {
  const levels = statements
    .filter((statement) => deniesOthers(statement, allowed))
    .map((statement) => {
      const conditions = statement.conditions.map((condition) => ({
        ...condition,
        // ...IfExists denies as well when the key is absent: it only widens what is denied.
        operator: TURNED.get(operatorOf(condition.operator).name) ?? "",
      }));
      return confinement({ ...statement, conditions }, context).level;
    });
  return levels.reduce((best, level) => (confinesAtLeast(level, best) ? level : best), "none");
}

function deniesOthers(statement: Statement, allowed: Statement): boolean {
  const { effect, conditions, principals, actions } = statement;
  const [only] = conditions;
  if (effect !== "Deny" || conditions.length !== 1 || only === undefined) return false;
  const { name, set } = operatorOf(only.operator);
  if (set !== undefined || !TURNED.has(name)) return false;
  const everybody =
    principals.length > 0 && principals.every((principal) => principalKind(principal) === "everyone");
  return (
    everybody && allowed.actions.every(({ value }) => actions.some((denied) => matches(denied.value, value)))
  );
}

interface CallerKey {
  readonly pattern: RegExp;
  readonly level: (condition: Condition) => Confinement;
  /** A key whose values are judged in its own way. */
  readonly weakness?: (condition: Condition) => string | undefined;
}

const always = (level: Confinement) => (): Confinement => level;

/** The condition keys that say something about the caller. */
const CALLER_KEYS: readonly CallerKey[] = [
  { pattern: /^aws:(PrincipalArn|SourceArn)$/i, level: arnLevel },
  {
    pattern:
      /^aws:(PrincipalAccount|SourceAccount|SourceOwner)$|^kms:CallerAccount$|^s3:DataAccessPointAccount$/i,
    level: always("account"),
  },
  {
    pattern: /^aws:(PrincipalOrgID|PrincipalOrgPaths|SourceOrgID|SourceOrgPaths)$/i,
    level: always("organization"),
  },
  {
    pattern: /^aws:(userid|FederatedProvider)$|^s3:DataAccessPointArn$|^lambda:EventSourceToken$/i,
    level: always("principal"),
  },
  {
    pattern: /^aws:(SourceVpc|SourceVpce|SourceVpcArn)$|^elasticfilesystem:AccessPointArn$/i,
    level: always("network"),
  },
  { pattern: /^aws:(SourceIp|VpcSourceIp)$/i, level: always("network"), weakness: weakNetwork },
  // AWS services put the ARN they work for into the encryption context.
  { pattern: /^kms:EncryptionContext:aws:[^:]+:arn$/i, level: arnLevel },
  { pattern: /^elasticfilesystem:AccessedViaMountTarget$/i, level: always("network"), weakness: weakBoolean },
];

/** An ARN with a named resource confines to it; with an open one, to its account. */
function arnLevel(condition: Condition): Confinement {
  return condition.values.some((value) => isLooseValue(value)) ? "account" : "principal";
}

function weakCaller(condition: Condition, statement: Statement): string | undefined {
  const isArn = /Arn$/i.test(condition.key);
  if (isArn && condition.values.every(namesAccount) && (condition.values.length > 0 || condition.unknown)) {
    return weakness({ ...condition, values: ["arn:aws:iam::123456789012:role/named"] }, statement);
  }
  return weakness(condition, statement);
}

/** S3 bucket ARNs carry no account: the bucket's name is then what must be told. */
function namesAccount(value: string): boolean {
  const text = withoutVariables(value);
  return accountNamedIn(text) !== undefined || (/^arn:[^:]*:s3:::/i.test(text) && !isLooseValue(value));
}

function weakBoolean(condition: Condition): string | undefined {
  const operator = operatorOf(condition.operator);
  if (operator.ifExists) return "...IfExists is also true when the key is absent";
  const isTrue =
    operator.name === "bool" && condition.values.every((value) => value.toLowerCase() === "true");
  return isTrue ? undefined : "it does not demand the value true";
}

/** Fewer bits than this, and an address range is a good part of the Internet. */
const SHORTEST_MASK_V4 = 8;
const SHORTEST_MASK_V6 = 24;

/** Why an address condition confines to no network: negated, optional, or so wide that it is the Internet. */
function weakNetwork(condition: Condition): string | undefined {
  const operator = operatorOf(condition.operator);
  if (operator.ifExists) return "...IfExists is also true when the key is absent";
  if (operator.name !== "ipaddress") return "its operator does not say where the caller is";
  if (condition.values.length === 0 && !condition.unknown) return "it has no value";
  const wide = condition.values.find((value) => {
    const mask = Number(value.split("/")[1] ?? "128");
    return Number.isNaN(mask) || mask < (value.includes(":") ? SHORTEST_MASK_V6 : SHORTEST_MASK_V4);
  });
  return wide === undefined ? undefined : "its address range is a large part of the Internet";
}

/** An organization that is not ours, where the pack was told which ones are. */
function foreignOrganization({ key, values }: Condition, { organizations }: Context): string | undefined {
  if (organizations.length === 0 || !/^aws:(PrincipalOrgID|SourceOrgID)$/i.test(key)) return undefined;
  return values.some((value) => !organizations.includes(value))
    ? "it is an organization that is not ours"
    : undefined;
}

/**
 * Whether a principal is the account of the resource itself. Where that account is not known, a key's policy is taken
 * to name its own, since it must (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html).
 */
export function isOwnAccount(principal: PrincipalEntry, { account, service }: Context): boolean {
  if (principalKind(principal) !== "account") return false;
  return account === undefined ? service === "kms" : accountNamedIn(principal.value) === account;
}
