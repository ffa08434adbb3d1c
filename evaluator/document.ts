import { Context } from "./context";
import { conditionOf, type Condition } from "./condition";
import { patternOf, type Pattern, type PatternKind } from "./pattern";
import { any, not, type Truth } from "./truth";
import { principalsOf, type Principal, type PrincipalTest } from "./principal";

/**
 * A policy document, read once and asked often.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export interface Policy {
  readonly statements: readonly Statement[];
  /** Why nobody knows what the document says, such as a value that is known only after deployment. */
  readonly unreadable?: string;
}

export interface Statement {
  readonly policy: Policy;
  /** From 1. */
  readonly number: number;
  /** "" where the statement has none. */
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: Patterns;
  /** Absent in a document that stands on its only resource. */
  readonly resources?: Patterns;
  /** Absent in a document that stands on its only principal. */
  readonly principals?: PrincipalTest;
  readonly conditions: readonly Condition[];
}

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
export interface Patterns {
  readonly negated: boolean;
  readonly patterns: readonly Pattern[];
}

/** A document that nobody can read. */
export function unreadable(reason: string): Policy {
  return { statements: [], unreadable: reason };
}

/** Reads a document, as text or as an object. One that cannot be understood wholly is unreadable, with the reason. */
export function readPolicy(source: unknown): Policy {
  try {
    const document: unknown = typeof source === "string" ? JSON.parse(source) : source;
    return policyOf(document);
  } catch (error) {
    if (error instanceof SyntaxError) return unreadable("it is not valid JSON");
    if (error instanceof Misunderstood) return unreadable(error.message);
    throw error;
  }
}

class Misunderstood extends Error {}

type Fields = Readonly<Record<string, unknown>>;

function policyOf(document: unknown): Policy {
  if (!isObject(document)) throw new Misunderstood("it is not an object");
  const variables = document["Version"] === "2012-10-17";
  const { Statement: written = [] } = document;
  const statements: Statement[] = [];
  const policy: Policy = { statements };
  const items: readonly unknown[] = Array.isArray(written) ? written : [written];
  items.forEach((item, index) => statements.push(statementOf(policy, item, index + 1, variables)));
  return policy;
}

const remembered = new WeakMap<Policy, Map<string, readonly Statement[]>>();

/** The statements whose `Action` or `NotAction` covers the action: it has no variables, so that does not hang on the request. */
export function statementsAbout(policy: Policy, action: string): readonly Statement[] {
  const byAction = remembered.get(policy) ?? new Map<string, readonly Statement[]>();
  remembered.set(policy, byAction);
  const known = byAction.get(action);
  if (known !== undefined) return known;
  const statements = policy.statements.filter(({ actions }) => covers(actions, action, noKeys) === "yes");
  byAction.set(action, statements);
  return statements;
}

/**
 * Whether a document could allow an action on a resource at all; quickly, so it may say yes where a closer look says no.
 * @param principal who asks, for a document that stands on a resource and names whom it lets in
 */
export function mayAllow(policy: Policy, action: string, resource: string, principal?: Principal): boolean {
  return (
    policy.unreadable !== undefined ||
    statementsAbout(policy, action).some(
      (statement) =>
        statement.effect === "Allow" &&
        (statement.resources === undefined || mayCover(statement.resources, resource)) &&
        (principal === undefined || mayName(statement, principal)),
    )
  );
}

const namings = new WeakMap<Statement, WeakMap<Principal, boolean>>();

function mayName(statement: Statement, principal: Principal): boolean {
  const byPrincipal = namings.get(statement) ?? new WeakMap<Principal, boolean>();
  namings.set(statement, byPrincipal);
  const known = byPrincipal.get(principal);
  if (known !== undefined) return known;
  const names = statement.principals === undefined || statement.principals.matches(principal) !== "no";
  byPrincipal.set(principal, names);
  return names;
}

function mayCover({ negated, patterns }: Patterns, text: string): boolean {
  return negated || patterns.some(({ beginning }) => text.startsWith(beginning));
}

const noKeys = new Context([], "unknown");

/** Whether one of the patterns matches, or for a negated list none. */
export function covers({ patterns, negated }: Patterns, text: string, context: Context): Truth {
  const matching = any(patterns, (pattern) => pattern.matches(text, context));
  return negated ? not(matching) : matching;
}

const elements = new Set(
  "Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition".split(" "),
);

function statementOf(policy: Policy, item: unknown, number: number, variables: boolean): Statement {
  const refuse = (what: string): never => {
    throw new Misunderstood(`statement ${number} ${what}`);
  };
  if (!isObject(item)) return refuse("is not an object");
  const stray = Object.keys(item).find((key) => !elements.has(key));
  if (stray !== undefined) refuse(`has the unknown element ${stray}`);
  const { Effect: effect, Sid: sid = "" } = item;
  if (effect !== "Allow" && effect !== "Deny") return refuse("has no Effect of Allow or Deny");
  const actions = patternsOf(item, "Action", "glob", false, refuse);
  if (actions === undefined) return refuse("has no Action");
  const resources = patternsOf(item, "Resource", "resource", variables, refuse);
  const principals = principalsOf(item["Principal"], item["NotPrincipal"], refuse);
  return {
    policy,
    number,
    sid: typeof sid === "string" ? sid : "",
    effect,
    actions,
    ...(resources && { resources }),
    ...(principals && { principals }),
    conditions: conditionsOf(item["Condition"], variables, refuse),
  };
}

type Refuse = (what: string) => never;

function patternsOf(
  item: Fields,
  element: "Action" | "Resource",
  kind: PatternKind,
  variables: boolean,
  refuse: Refuse,
): Patterns | undefined {
  const positive = item[element];
  const negative = item[`Not${element}`];
  if (positive !== undefined && negative !== undefined)
    return refuse(`has both ${element} and Not${element}`);
  if (positive === undefined && negative === undefined) return undefined;
  const texts = textsOf(positive ?? negative, element, refuse);
  const ignoreCase = element === "Action";
  const patterns = texts.map((text) => patternOf(text, kind, { variables, ignoreCase }));
  return { negated: positive === undefined, patterns };
}

/** One text or several. */
function textsOf(value: unknown, element: string, refuse: Refuse): string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.map((text) =>
    typeof text === "string" ? text : refuse(`has a value of ${element} that is no text`),
  );
}

function conditionsOf(block: unknown, variables: boolean, refuse: Refuse): Condition[] {
  if (block === undefined) return [];
  if (!isObject(block)) return refuse("has a Condition that is no object");
  return Object.entries(block).flatMap(([operator, keys]) => {
    if (!isObject(keys)) return refuse(`has a Condition ${operator} that is no object`);
    return Object.entries(keys).map(([key, wanted]) =>
      conditionOf(operator, key, valuesOf(wanted, operator, refuse), variables),
    );
  });
}

/** Numbers and truth values may be written as such. */
function valuesOf(wanted: unknown, operator: string, refuse: Refuse): string[] {
  const items: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  return items.map((value) => {
    if (typeof value === "string") return value;
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    return refuse(`has a value under ${operator} that is no text`);
  });
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
