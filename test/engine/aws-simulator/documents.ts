/** Policy documents as AWS reads them: refuses what AWS refuses, and finds who is behind the principals. */
import { AwsError } from "./errors";
import type { Call } from "./model";
import { isObject, text, type Props, type Value } from "./values";

export interface Statement {
  readonly sid: string | undefined;
  readonly effect: "Allow" | "Deny";
  readonly principals: Readonly<Record<string, readonly string[]>> | undefined;
  readonly notPrincipals: boolean;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly conditions: readonly Condition[];
}

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Which elements a document of this kind has (IAM user guide, "IAM JSON policy element reference"). */
export type DocumentKind = "identity" | "trust" | "resource";

const operators =
  /^(ForAllValues:|ForAnyValue:)?(String(Not)?(Equals|EqualsIgnoreCase|Like)|Numeric(Not)?Equals|Numeric(LessThan|GreaterThan)(Equals)?|Date(Not)?Equals|Date(LessThan|GreaterThan)(Equals)?|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like)|Null)(IfExists)?$/;

/** The statements of a document; throws `code` (the name the service gives the fault) when AWS would not take it. */
export function parseDocument(source: string, kind: DocumentKind, code: string): Statement[] {
  const refuse = (message: string): never => {
    throw new AwsError(code, message);
  };
  let document: Value;
  try {
    document = JSON.parse(source) as Value;
  } catch {
    return refuse("This policy contains invalid Json");
  }
  if (!isObject(document)) return refuse("Syntax errors in policy.");
  const stray = Object.keys(document).find((key) => !["Version", "Id", "Statement"].includes(key));
  if (stray !== undefined) return refuse(`Syntax errors in policy: unknown element ${stray}.`);
  if (document["Version"] !== "2012-10-17")
    return refuse("The policy must contain a valid version string: 2012-10-17");
  const given = document["Statement"] ?? [];
  const statements = (Array.isArray(given) ? given : [given]).map((item) =>
    parseStatement(item, kind, refuse),
  );
  if (statements.length === 0) return refuse("Syntax errors in policy: at least one statement is needed.");
  const sids = statements.flatMap(({ sid }) => (sid === undefined ? [] : [sid]));
  if (new Set(sids).size !== sids.length)
    return refuse("Statement IDs (SID) in a single policy must be unique.");
  return statements;
}

type Refuse = (message: string) => never;

const elements = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];

function parseStatement(item: Value, kind: DocumentKind, refuse: Refuse): Statement {
  if (!isObject(item)) return refuse("Syntax errors in policy: a statement is not an object.");
  const stray = Object.keys(item).find((key) => !elements.includes(key));
  if (stray !== undefined) refuse(`Syntax errors in policy: unknown element ${stray}.`);
  const { Sid: sid, Effect: effect } = item;
  if (sid !== undefined && (typeof sid !== "string" || !/^[A-Za-z0-9]*$/.test(sid))) {
    refuse(`Statement IDs (SID) must be alpha-numeric: ${JSON.stringify(sid)}`);
  }
  if (effect !== "Allow" && effect !== "Deny")
    return refuse("Policy statement must contain an effect of Allow or Deny.");
  checkElements(item, kind, refuse);
  const principals = parsePrincipals(item["Principal"] ?? item["NotPrincipal"], refuse);
  const actions = strings(item["Action"], refuse);
  const notActions = strings(item["NotAction"], refuse);
  for (const action of [...actions, ...notActions]) checkAction(action, kind, refuse);
  const resources = strings(item["Resource"], refuse);
  const notResources = strings(item["NotResource"], refuse);
  for (const resource of [...resources, ...notResources]) checkResource(resource, refuse);
  return {
    sid: typeof sid === "string" ? sid : undefined,
    effect,
    principals,
    notPrincipals: item["NotPrincipal"] !== undefined,
    actions,
    notActions,
    resources,
    notResources,
    conditions: parseConditions(item["Condition"], refuse),
  };
}

function checkElements(item: Props, kind: DocumentKind, refuse: Refuse): void {
  const count = (...names: string[]): number => names.filter((name) => item[name] !== undefined).length;
  if (count("Action", "NotAction") !== 1) refuse("Policy statement must contain actions.");
  if (kind === "trust") {
    if (count("Resource", "NotResource") > 0) refuse("Has prohibited field Resource");
    if (count("Principal") !== 1) refuse("Missing required field Principal");
    return;
  }
  if (count("Resource", "NotResource") !== 1) refuse("Policy statement must contain resources.");
  if (kind === "identity" && count("Principal", "NotPrincipal") > 0)
    refuse("Policy document should not specify a principal.");
  if (kind === "resource" && count("Principal", "NotPrincipal") !== 1)
    refuse("Missing required field Principal");
}

function strings(value: Value | undefined, refuse: Refuse): string[] {
  if (value === undefined) return [];
  const items = Array.isArray(value) ? value : [value];
  if (items.length === 0) refuse("Syntax errors in policy: an empty list.");
  return items.map((item) =>
    typeof item === "string"
      ? item
      : refuse(`Syntax errors in policy: ${JSON.stringify(item)} is not a string.`),
  );
}

function checkAction(action: string, kind: DocumentKind, refuse: Refuse): void {
  if (action === "*") return;
  if (!/^[a-z0-9-]+:[A-Za-z0-9*?]+$/.test(action))
    refuse(`Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.: ${action}`);
  if (kind === "trust" && !action.startsWith("sts:"))
    refuse(`AssumeRole policy may only specify STS AssumeRole actions: ${action}`);
}

function checkResource(resource: string, refuse: Refuse): void {
  if (resource === "*") return;
  const parts = resource.split(":");
  if (parts[0] !== "arn" || parts.length < 6) {
    refuse(`Resource ${resource} must be in ARN format or "*".`);
  }
  if (resource.includes("undefined") || resource.includes("[object"))
    refuse(`Resource ${resource} is not valid.`);
}

function parsePrincipals(value: Value | undefined, refuse: Refuse): Record<string, string[]> | undefined {
  if (value === undefined) return undefined;
  if (value === "*") return { AWS: ["*"] };
  if (!isObject(value)) return refuse("Syntax errors in policy: Principal.");
  const kinds = ["AWS", "Service", "Federated", "CanonicalUser"];
  return Object.fromEntries(
    Object.entries(value).map(([kind, names]) => {
      if (!kinds.includes(kind)) refuse(`Invalid principal in policy: ${kind}`);
      return [kind, strings(names, refuse)];
    }),
  );
}

function parseConditions(value: Value | undefined, refuse: Refuse): Condition[] {
  if (value === undefined) return [];
  if (!isObject(value)) return refuse("Syntax errors in policy: Condition.");
  return Object.entries(value).flatMap(([operator, tests]) => {
    if (!operators.test(operator)) refuse(`Invalid Condition type : ${operator}.`);
    if (!isObject(tests)) return refuse(`Syntax errors in policy: Condition ${operator}.`);
    return Object.entries(tests).map(([key, wanted]) => {
      if (!/^[A-Za-z0-9-]+:.+$/.test(key)) refuse(`Condition key ${key} has no vendor.`);
      const values = (Array.isArray(wanted) ? wanted : [wanted]).map(String);
      return { operator, key, values };
    });
  });
}

/** Characters as IAM counts them: white space outside of strings does not count, so the compact form is measured. */
export function compactLength(source: string): number {
  return JSON.stringify(JSON.parse(source)).length;
}

/**
 * Makes sure that every principal exists, as AWS does when it stores a policy, and returns the ids behind the names:
 * AWS keeps those, so a role that is deleted and made again is another principal.
 */
export function resolvePrincipals(
  call: Call,
  statements: readonly Statement[],
  code: string,
  prefix = "Invalid principal in policy",
): Record<string, string> {
  const ids: Record<string, string> = {};
  for (const { principals = {} } of statements) {
    for (const name of principals["AWS"] ?? []) {
      const id = principalId(call, name, () => new AwsError(code, `${prefix}: "AWS":"${name}"`));
      if (id !== undefined) ids[name] = id;
    }
    for (const name of principals["Service"] ?? []) {
      if (!servicePattern.test(name)) throw new AwsError(code, `${prefix}: "SERVICE":"${name}"`);
    }
  }
  return ids;
}

const servicePattern = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/;

function principalId(call: Call, name: string, error: () => AwsError): string | undefined {
  if (name === "*") return undefined;
  const account = /^\d{12}$/.test(name) ? name : /^arn:aws[a-z-]*:iam::(\d{12}):root$/.exec(name)?.[1];
  if (account !== undefined) {
    if (call.accounts.world.accounts[account] === undefined) throw error();
    return undefined;
  }
  const [, owner = "", path = ""] = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(.+)$/.exec(name) ?? [];
  if (owner === "") throw error();
  // AWS looks a role up by its last part and then compares the whole ARN, path included.
  const role = call.needVisible("aws:iam/role:Role", path.slice(path.lastIndexOf("/") + 1), error, owner);
  if (role.props["arn"] !== name) throw error();
  return text(role.props["uniqueId"]);
}

/** The document as AWS shows it: a principal that is gone stands there as the id it had. */
export function showDocument(
  call: Call,
  source: string,
  principals: Readonly<Record<string, string>>,
): string {
  let shown = source;
  for (const [name, id] of Object.entries(principals)) {
    const [, owner = "", role = ""] =
      /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(name) ?? [];
    if (call.accounts.get(owner, "aws:iam/role:Role", role)?.props["uniqueId"] !== id) {
      shown = shown.replaceAll(JSON.stringify(name), JSON.stringify(id));
    }
  }
  return shown;
}
