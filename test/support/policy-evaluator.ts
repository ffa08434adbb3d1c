import type { Conditions, PolicyDocument, Statement } from "../../iam/document";

/** One request as IAM sees it. `context` holds condition keys, spelled as in policies; a missing key is absent. */
export interface Request {
  readonly action: string;
  readonly resource?: string;
  /** ARN of an account's root or a service's name, for documents with a principal. */
  readonly principal?: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * Whether one document allows a request: an Allow matches and no Deny does. Small on purpose: it knows the operators that
 * our documents use and throws on any other, so that no test passes on something it cannot judge.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function allows(document: PolicyDocument, request: Request): boolean {
  const matching = document.Statement.filter((statement) => matches(statement, request));
  return (
    matching.some(({ Effect }) => Effect === "Allow") && !matching.some(({ Effect }) => Effect === "Deny")
  );
}

/** Whether the identity's documents together allow a request. */
export function anyAllows(documents: readonly PolicyDocument[], request: Request): boolean {
  return allows(
    { Version: "2012-10-17", Statement: documents.flatMap(({ Statement }) => Statement) },
    request,
  );
}

function matches(statement: Statement, request: Request): boolean {
  const { context = {}, resource = "" } = request;
  return (
    statement.Action.some((action) => like(action.toLowerCase(), request.action.toLowerCase())) &&
    (statement.Resource === undefined ||
      statement.Resource.some((pattern) => matchesPattern(pattern, resource, context))) &&
    matchesPrincipal(statement, request) &&
    holds(statement.Condition ?? {}, context)
  );
}

function matchesPrincipal({ Principal }: Statement, { principal }: Request): boolean {
  if (Principal === undefined || Principal === "*") return true;
  return ("AWS" in Principal ? Principal.AWS : Principal.Service) === principal;
}

type Context = NonNullable<Request["context"]>;

function holds(conditions: Conditions, context: Context): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) =>
      test(
        operator,
        [wanted].flat(),
        context[key] === undefined ? undefined : [context[key]].flat(),
        context,
      ),
    ),
  );
}

function test(
  operator: string,
  wanted: readonly string[],
  actual: readonly string[] | undefined,
  context: Context,
): boolean {
  if (operator === "Null") return wanted.every((value) => (value === "true") === (actual === undefined));
  if (operator.endsWith("IfExists")) {
    return actual === undefined || test(operator.slice(0, -"IfExists".length), wanted, actual, context);
  }
  if (operator.startsWith("ForAllValues:")) {
    const inner = operator.slice("ForAllValues:".length);
    return (actual ?? []).every((value) => test(inner, wanted, [value], context));
  }
  if (operator.startsWith("ForAnyValue:")) {
    const inner = operator.slice("ForAnyValue:".length);
    return (actual ?? []).some((value) => test(inner, wanted, [value], context));
  }
  return compare(operator, wanted, actual, context);
}

function compare(
  operator: string,
  wanted: readonly string[],
  actual: readonly string[] | undefined,
  context: Context,
): boolean {
  const [value] = actual ?? [];
  const some = (equal: (pattern: string, text: string) => boolean): boolean =>
    value !== undefined && wanted.some((pattern) => equal(pattern, value));
  switch (operator) {
    case "StringEquals":
    case "Bool":
      return some((pattern, text) => resolve(pattern, context) === text);
    case "StringNotEquals":
      return !some((pattern, text) => resolve(pattern, context) === text);
    case "StringLike":
    case "ArnLike":
    case "ArnEquals":
      return some((pattern, text) => matchesPattern(pattern, text, context));
    case "ArnNotLike":
      return !some((pattern, text) => matchesPattern(pattern, text, context));
    default:
      throw new Error(`The evaluator does not know the operator ${operator}`);
  }
}

/** A variable without a value matches nothing. */
function matchesPattern(pattern: string, text: string, context: Context): boolean {
  const resolved = resolve(pattern, context);
  return resolved !== undefined && like(resolved, text);
}

function resolve(pattern: string, context: Context): string | undefined {
  const variable = /\$\{([^}]+)\}/g;
  const values = [...pattern.matchAll(variable)].map(([, key = ""]) => context[key]);
  if (!values.every((value) => typeof value === "string")) return undefined;
  return pattern.replace(variable, () => values.shift()?.toString() ?? "");
}

/** Kept by pattern, since the same patterns are tried again and again; most hold no wildcard and need no expression. */
const expressions = new Map<string, RegExp>();

function like(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === text;
  const expression = expressions.get(pattern) ?? expressionFor(pattern);
  expressions.set(pattern, expression);
  return expression.test(text);
}

function expressionFor(pattern: string): RegExp {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, "s");
}
