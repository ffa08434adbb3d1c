/**
 * Who may do what in the simulated accounts: AWS's policy evaluation over the documents as they are stored there
 * (IAM user guide, "Policy evaluation logic"): an explicit deny wins; within an account an identity or a resource
 * policy allows; across accounts both must; a boundary limits what identity policies allow. Service control policies
 * and sessions' own policies are left out.
 */
import { parseDocument, type Condition, type DocumentKind, type Statement } from "./documents";
import { attachmentType, policyType, rolePolicyType, roleType } from "./types/iam";
import { object, text } from "./values";
import type { Accounts, Stored } from "./world";

/** Condition keys of a request; a list for keys with many values. Names are compared without regard to case. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

export interface Request {
  /** ARN of a role in the simulated accounts. */
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Context;
  /** The policy of the resource itself with the ids of its principals, where it has one. */
  readonly resourcePolicy?: ResourcePolicy;
}

export interface ResourcePolicy {
  readonly account: string;
  readonly statements: readonly Statement[];
  /** Principal name → id that AWS stored for it. */
  readonly principals: Readonly<Record<string, string>>;
  /** A trust policy or a repository policy: statements name no resource. */
  readonly anyResource: boolean;
}

/** The policy of a stored object: the document in `property`. */
export function policyOf(
  stored: Stored,
  property: string,
  kind: DocumentKind,
  anyResource = false,
): ResourcePolicy {
  return {
    account: stored.account,
    statements: parseDocument(text(stored.props[property]), kind, "Malformed"),
    principals: stored.principals,
    anyResource,
  };
}

/** Whether AWS would let the role do it. */
export function isAllowed(accounts: Accounts, request: Request): boolean {
  const role = findRole(accounts, request.role);
  if (role === undefined) return false;
  const context = lowerCase({ ...principalContext(accounts, role), ...request.context });
  const identity = identityStatements(accounts, role);
  const boundary = boundaryStatements(accounts, role);
  const resource = request.resourcePolicy;
  const applies = (statement: Statement): boolean => matches(statement, request, context, false);
  const appliesThere = (statement: Statement): boolean =>
    resource !== undefined &&
    matches(statement, request, context, resource.anyResource) &&
    isPrincipal(statement, resource, role);
  const all = [...identity, ...(boundary ?? [])];
  if (all.some((statement) => statement.effect === "Deny" && applies(statement))) return false;
  const there = resource?.statements ?? [];
  if (there.some((statement) => statement.effect === "Deny" && appliesThere(statement))) return false;
  const byIdentity =
    identity.some((statement) => statement.effect === "Allow" && applies(statement)) &&
    (boundary?.some((statement) => statement.effect === "Allow" && applies(statement)) ?? true);
  const granting = there.filter((statement) => statement.effect === "Allow" && appliesThere(statement));
  if (resource === undefined) return byIdentity;
  if (resource.account !== role.account || resource.anyResource) return byIdentity && granting.length > 0;
  // Within one account a statement that names the role (not just the account) needs no identity policy beside it.
  return (
    byIdentity || granting.some((statement) => (statement.principals?.["AWS"] ?? []).includes(request.role))
  );
}

/** Whether the service may assume the role, with what the service says of itself. */
export function serviceMayAssume(
  accounts: Accounts,
  roleArn: string,
  service: string,
  context: Context,
): boolean {
  const role = findRole(accounts, roleArn);
  if (role === undefined) return false;
  const request: Request = { role: roleArn, action: "sts:AssumeRole", resource: roleArn };
  const statements = parseDocument(text(role.props["assumeRolePolicy"]), "trust", "Malformed");
  const apply = statements.filter(
    (statement) =>
      (statement.principals?.["Service"] ?? []).includes(service) &&
      matches(statement, request, lowerCase(context), true),
  );
  return apply.some(({ effect }) => effect === "Allow") && !apply.some(({ effect }) => effect === "Deny");
}

function findRole(accounts: Accounts, arn: string): Stored | undefined {
  const [, account = "", name = ""] = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  const found = accounts.get(account, roleType, name);
  return found?.props["arn"] === arn ? found : undefined;
}

function identityStatements(accounts: Accounts, role: Stored): Statement[] {
  const inline = accounts.list(role.account, rolePolicyType).filter(({ props }) => props["role"] === role.id);
  const attached = accounts
    .list(role.account, attachmentType)
    .filter(({ props }) => props["role"] === role.id)
    .map(({ props }) => accounts.get(role.account, policyType, text(props["policyArn"])))
    .filter((policy) => policy !== undefined);
  return [...inline, ...attached].flatMap(({ props }) =>
    parseDocument(text(props["policy"]), "identity", "Malformed"),
  );
}

function boundaryStatements(accounts: Accounts, role: Stored): Statement[] | undefined {
  const arn = text(role.props["permissionsBoundary"]);
  if (arn === "") return undefined;
  const policy = accounts.get(role.account, policyType, arn);
  return policy === undefined ? [] : parseDocument(text(policy.props["policy"]), "identity", "Malformed");
}

function principalContext(accounts: Accounts, role: Stored): Context {
  const tags = Object.entries(object(role.props["tagsAll"])).map(([key, value]): [string, string] => [
    `aws:PrincipalTag/${key}`,
    text(value),
  ]);
  return {
    "aws:PrincipalArn": text(role.props["arn"]),
    "aws:PrincipalAccount": role.account,
    "aws:PrincipalOrgID": accounts.world.organizationId,
    "aws:PrincipalType": "AssumedRole",
    "aws:SecureTransport": "true",
    ...Object.fromEntries(tags),
  };
}

const lowerCase = (context: Context): Context =>
  Object.fromEntries(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));

function isPrincipal(
  { principals, notPrincipals }: Statement,
  policy: ResourcePolicy,
  role: Stored,
): boolean {
  const named = (principals?.["AWS"] ?? []).some((name) => {
    if (name === "*" || name === role.account || name === `arn:aws:iam::${role.account}:root`) return true;
    // AWS compares ids: a role made again under the old name is somebody else.
    return name === role.props["arn"] && policy.principals[name] === role.props["uniqueId"];
  });
  return named !== notPrincipals;
}

function matches(
  statement: Statement,
  { action, resource }: Request,
  context: Context,
  anyResource: boolean,
): boolean {
  const acts =
    statement.actions.some((pattern) => like(pattern, action, true)) ||
    (statement.notActions.length > 0 && !statement.notActions.some((pattern) => like(pattern, action, true)));
  const resources = statement.resources.map((pattern) => substitute(pattern, context));
  const reaches =
    anyResource ||
    resources.some((pattern) => pattern !== undefined && like(pattern, resource)) ||
    (statement.notResources.length > 0 &&
      !statement.notResources.some((pattern) => like(substitute(pattern, context) ?? "", resource)));
  return acts && reaches && statement.conditions.every((condition) => holds(condition, context));
}

/** Marks a character that a policy wrote as `${*}`: itself, not a wildcard. From Unicode's private use area. */
const literal = "\uE000";

/** A policy with its variables filled in; undefined when one has no value, for then it matches nothing. */
function substitute(pattern: string, context: Context): string | undefined {
  const missing: string[] = [];
  const filled = pattern.replaceAll(/\$\{([^}]+)\}/g, (_, variable: string) => {
    if (["*", "?", "$"].includes(variable)) return `${literal}${variable}`;
    const value = context[variable.toLowerCase()];
    if (typeof value === "string") return value;
    missing.push(variable);
    return "";
  });
  return missing.length > 0 ? undefined : filled;
}

function like(pattern: string, value: string, ignoreCase = false): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll(new RegExp(`${literal}([*?])`, "g"), "\\$1")
    .replaceAll(/(?<!\\)\*/g, ".*")
    .replaceAll(/(?<!\\)\?/g, ".");
  return new RegExp(`^${source}$`, ignoreCase ? "is" : "s").test(value);
}

/** Whether a condition is fulfilled by a request with this context, its keys in small letters. */
export function holds({ operator, key, values }: Condition, context: Context): boolean {
  const [, set, plain = "", ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/.exec(operator) ?? [];
  const given = context[key.toLowerCase()];
  if (plain === "Null") return values.includes(String(given === undefined));
  if (given === undefined)
    return ifExists !== undefined || set === "ForAllValues" || (set === undefined && negated(plain));
  const wanted = values.map((value) => substitute(value, context)).filter((value) => value !== undefined);
  const one = (value: string): boolean => {
    const found = wanted.some((pattern) => compare(plain, pattern, value));
    return negated(plain) ? !found : found;
  };
  const all = typeof given === "string" ? [given] : given;
  return set === "ForAllValues" ? all.every(one) : all.some(one);
}

const negated = (operator: string): boolean => operator.includes("Not");

function compare(operator: string, pattern: string, value: string): boolean {
  switch (operator.replace("Not", "")) {
    case "StringEquals":
      return pattern === value;
    case "StringEqualsIgnoreCase":
      return pattern.toLowerCase() === value.toLowerCase();
    case "StringLike":
    case "ArnLike":
    case "ArnEquals":
      return like(pattern, value);
    case "Bool":
      return pattern === value;
    case "NumericLessThan":
      return Number(value) < Number(pattern);
    case "NumericLessThanEquals":
      return Number(value) <= Number(pattern);
    default:
      throw new Error(`The simulator's policy evaluation does not know the operator ${operator}.`);
  }
}
