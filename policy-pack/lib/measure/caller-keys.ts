/**
 * The condition keys that say something about the caller, and how far one of their values confines. Each key has a
 * form of full values, such as the twelve digits of an account. A wildcard inside what the form fixes leaves it open
 * who is meant: for those keys AWS knows no use of wildcards at all
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sensitive).
 */
import { isIP } from "node:net";
import type { Condition } from "../document/statement";
import { VARIABLE, withoutVariables } from "../document/wildcard";
import { operatorOf } from "./conditions";
import { accountNamedIn } from "./principal-kinds";
import { namesWorldwide } from "./reach";

/** From nobody in particular to one principal. */
export type Confinement = "none" | "network" | "organization" | "account" | "principal";

const ORDER: readonly Confinement[] = ["none", "network", "organization", "account", "principal"];

export function confinesAtLeast(level: Confinement, needed: Confinement): boolean {
  return ORDER.indexOf(level) >= ORDER.indexOf(needed);
}

/** The narrower of several; without any, nobody in particular. */
export function narrowest(levels: readonly Confinement[]): Confinement {
  return levels.reduce((best, level) => (confinesAtLeast(level, best) ? level : best), "none");
}

/** The wider of several; without any, one principal: where there is no way in, there is none to be closed. */
export function widest(levels: readonly Confinement[]): Confinement {
  return levels.reduce((worst, level) => (confinesAtLeast(level, worst) ? worst : level), "principal");
}

export interface CallerKey {
  readonly pattern: RegExp;
  /** What a full value is, in words. */
  readonly form: string;
  /** How far a full value confines, and a value that is not known yet. */
  readonly full: Confinement;
  /** How far a value confines; `none` if it leaves open who is meant. */
  readonly level: (value: string) => Confinement;
  /** Why the operator says nothing, for keys that are not compared with text. */
  readonly weakness?: (condition: Condition) => string | undefined;
}

/** A key whose values are whole or nothing: their beginning is the same for everybody. */
const whole = (pattern: RegExp, full: Confinement, form: string): CallerKey => ({
  pattern,
  form,
  full,
  level: (value) => (isOpen(value) ? "none" : full),
});

const ACCOUNT = "an account of twelve digits";
const ARN = "an ARN with its account, or that of one bucket";
const ORGANIZATION_PATH = "a path that begins with the whole id of an organization";

/** The condition keys that say something about the caller. */
export const CALLER_KEYS: readonly CallerKey[] = [
  {
    pattern: /^aws:(PrincipalArn|SourceArn)$|^s3:DataAccessPointArn$/i,
    form: ARN,
    full: "principal",
    level: arnLevel,
  },
  whole(
    /^aws:(PrincipalAccount|SourceAccount|SourceOwner)$|^kms:CallerAccount$|^s3:DataAccessPointAccount$/i,
    "account",
    ACCOUNT,
  ),
  whole(/^aws:(PrincipalOrgID|SourceOrgID)$/i, "organization", "the whole id of an organization"),
  {
    pattern: /^aws:(PrincipalOrgPaths|SourceOrgPaths)$/i,
    form: ORGANIZATION_PATH,
    full: "organization",
    level: organizationPathLevel,
  },
  {
    pattern: /^aws:userid$/i,
    form: "a whole id, before a colon if a session's name follows",
    full: "principal",
    level: userIdLevel,
  },
  {
    pattern: /^aws:FederatedProvider$/i,
    form: "the ARN of an identity provider",
    full: "principal",
    level: (value) => (accountNamedIn(withoutVariables(value)) === undefined ? "none" : arnLevel(value)),
  },
  whole(/^lambda:EventSourceToken$/i, "principal", "a whole token"),
  whole(/^aws:SourceVpc$/i, "network", "the whole id of a VPC"),
  whole(/^aws:SourceVpce$/i, "network", "the whole id of an endpoint"),
  {
    pattern: /^aws:SourceVpcArn$|^elasticfilesystem:AccessPointArn$/i,
    form: "an ARN with its account",
    full: "network",
    level: (value) => (arnLevel(value) === "none" ? "none" : "network"),
  },
  {
    pattern: /^aws:(SourceIp|VpcSourceIp)$/i,
    form: "an address range small enough to be a network",
    full: "network",
    level: networkLevel,
    weakness: (condition) =>
      unlessOperator(condition, "ipaddress", "its operator does not say where the caller is"),
  },
  // AWS services put the ARN they work for into the encryption context.
  {
    pattern: /^kms:EncryptionContext:aws:[^:]+:arn$/i,
    form: ARN,
    full: "principal",
    level: arnLevel,
  },
  {
    pattern: /^elasticfilesystem:AccessedViaMountTarget$/i,
    form: "true",
    full: "network",
    level: (value) => (value.toLowerCase() === "true" ? "network" : "none"),
    weakness: (condition) => unlessOperator(condition, "bool", "it does not demand the value true"),
  },
];

/**
 * The keys that say whose resource is meant. They confine where a policy limits and does not grant: what is reached
 * through an endpoint may be anybody's.
 */
export const OWNER_KEYS: readonly CallerKey[] = [
  whole(/^aws:ResourceOrgID$/i, "organization", "the whole id of an organization"),
  {
    pattern: /^aws:ResourceOrgPaths$/i,
    form: ORGANIZATION_PATH,
    full: "organization",
    level: organizationPathLevel,
  },
  whole(/^(aws|s3):ResourceAccount$/i, "account", ACCOUNT),
];

function unlessOperator(condition: Condition, needed: string, reason: string): string | undefined {
  const { name, ifExists } = operatorOf(condition.operator);
  if (ifExists) return "...IfExists is also true when the key is absent";
  return name === needed ? undefined : reason;
}

/**
 * Whether a value leaves its end open. A policy variable does, unless it tells about the resource: what it tells about
 * the caller is true of every caller.
 */
function isOpen(value: string): boolean {
  const text = value.replaceAll(/\$\{aws:Resource(Account|OrgID)\}/gi, "0");
  return text === "" || /[*?]/.test(withoutVariables(text)) || withoutVariables(text).includes(VARIABLE);
}

/** An ARN with a named resource confines to it; with an open one, to its account. */
function arnLevel(value: string): Confinement {
  const text = withoutVariables(value.replaceAll(/\$\{aws:ResourceAccount\}/gi, "000000000000"));
  if (!/^arn:/i.test(text)) return isOpen(value) ? "none" : "principal";
  if (accountNamedIn(text) === undefined) return namesWorldwide(value) ? "principal" : "none";
  return namesOne(text.split(":").slice(5).join(":")) ? "principal" : "account";
}

/** Whether the resource part of an ARN names something: in full, or by the beginning of a name. */
function namesOne(resource: string): boolean {
  const wildcard = resource.search(/[*?]/);
  if (wildcard < 0) return resource !== "";
  const name = resource.slice(0, wildcard).replace(/^[a-z-]+[/:]/i, "");
  return name.includes(VARIABLE) || name.length >= SHORTEST_NAME;
}

/** A beginning of fewer characters does not tell names apart. */
const SHORTEST_NAME = 3;

/** `o-a1b2c3d4e5/*`: the organization's id must be whole, what is below it may be open. */
function organizationPathLevel(value: string): Confinement {
  const [organization = "", ...below] = value.split("/");
  return below.length > 0 && !isOpen(organization) ? "organization" : "none";
}

/** `AROA…:session`, `AIDA…`, `123456789012:name`: the id before the colon must be whole. */
function userIdLevel(value: string): Confinement {
  const [id = "", ...session] = value.split(":");
  if (isOpen(id)) return "none";
  const isAccount = /^\d{12}$/.test(id) && isOpen(session.join(":"));
  return isAccount ? "account" : "principal";
}

/** Fewer bits than this, and an address range is a good part of the Internet. */
const SHORTEST_MASK_V4 = 8;
const SHORTEST_MASK_V6 = 24;

function networkLevel(value: string): Confinement {
  const [address = "", mask = "128"] = value.split("/");
  const version = isIP(address);
  const shortest = version === 6 ? SHORTEST_MASK_V6 : SHORTEST_MASK_V4;
  return version !== 0 && /^\d+$/.test(mask) && Number(mask) >= shortest ? "network" : "none";
}
