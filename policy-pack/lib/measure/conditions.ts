/**
 * How much a condition narrows a grant. It counts only if it cannot be true for a request that does not carry
 * the key, if its key says which resource is meant for this very action, and if its values are not wildcards.
 */
import type { ActionInfo, ResourceType } from "../aws/action-table";
import type { Condition, Statement } from "../document/statement";
import { SHORTEST_BEGINNING, VARIABLE, withoutVariables } from "../document/wildcard";
import { namesResource } from "./naming-keys";

/** Whether a statement's conditions narrow the resources of an action; `why` says why each one does not. */
export interface Narrowing {
  readonly narrows: boolean;
  readonly why: readonly string[];
}

interface Operator {
  readonly set: "ForAllValues" | "ForAnyValue" | undefined;
  readonly name: string;
  readonly ifExists: boolean;
}

const OPERATOR = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/i;
/** Operators that say what a value must be. All others say what it must not be, or compare size or time. */
const POSITIVE = new Set(["stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"]);

export function operatorOf(text: string): Operator {
  const [, set, name = text, ifExists] = OPERATOR.exec(text) ?? [];
  return {
    set: set === undefined ? undefined : /all/i.test(set) ? "ForAllValues" : "ForAnyValue",
    name: name.toLowerCase(),
    ifExists: ifExists !== undefined,
  };
}

/**
 * Why a condition is weak whatever its key, or undefined if it is strong: it is satisfied only by requests that
 * carry the key with one of a few values.
 */
export function weakness(condition: Condition, statement: Statement): string | undefined {
  const operator = operatorOf(condition.operator);
  if (operator.ifExists) return "...IfExists is also true when the key is absent";
  if (!POSITIVE.has(operator.name)) return "its operator does not say what the value must be";
  if (operator.set === "ForAllValues" && !presenceRequired(condition.key, statement)) {
    return "ForAllValues is also true when the key is absent, and no Null condition demands it";
  }
  if (condition.values.some((value) => isLooseValue(value))) return "its value is itself a wildcard";
  // A value that is not known yet has the benefit of the doubt: it is reported as such, and the update judges it.
  return condition.values.length === 0 && !condition.unknown ? "it has no value" : undefined;
}

/** `Null: { key: "false" }` in the same statement: the key must be there. */
export function presenceRequired(key: string, statement: Statement): boolean {
  return statement.conditions.some(
    ({ operator, key: other, values }) =>
      operator.toLowerCase() === "null" &&
      other.toLowerCase() === key.toLowerCase() &&
      values.length > 0 &&
      values.every((value) => value.toLowerCase() === "false"),
  );
}

/** A value that leaves the name open: `*`, `a*`, `arn:aws:iam::*:role/x`, `arn:aws:iam::123456789012:*`. */
export function isLooseValue(value: string): boolean {
  const text = withoutVariables(value);
  const first = text.search(/[*?]/);
  if (first < 0) return text === "";
  if (!/^arn:/i.test(text)) return !text.slice(0, first).includes(VARIABLE) && first < SHORTEST_BEGINNING;
  const segments = text.split(":");
  const account = segments[4] ?? "*";
  const resource = segments.slice(5).join(":");
  const literal = resource.slice(0, Math.max(resource.search(/[*?]/), 0));
  const named = /[*?]/.test(resource) ? literal.replace(/^[a-z-]+[/:]/i, "") : resource;
  return /[*?]/.test(account) || (account === "" && segments[2] !== "s3") || named.length === 0;
}

/** The usual answer, made once. */
const NOT_NARROWED: Narrowing = { narrows: false, why: [] };

/**
 * Whether a condition of the statement narrows which resources the action can touch; `types` are the resource
 * types that its resource pattern can mean.
 */
export function narrowing(
  statement: Statement,
  action: ActionInfo,
  types: readonly ResourceType[],
): Narrowing {
  if (statement.conditionsUnknown) return { narrows: true, why: [] };
  if (statement.conditions.length === 0) return NOT_NARROWED;
  const why: string[] = [];
  for (const condition of statement.conditions) {
    const reason = whyWeak(condition, statement) ?? irrelevance(condition.key, action, types);
    if (reason === undefined) return { narrows: true, why: [] };
    why.push(`${condition.operator} ${condition.key}: ${reason}`);
  }
  return { narrows: false, why: [...new Set(why)] };
}

function whyWeak(condition: Condition, statement: Statement): string | undefined {
  if (operatorOf(condition.operator).name !== "null") return weakness(condition, statement);
  const demanded = condition.values.every((value) => value.toLowerCase() === "false");
  return `it says that the key must be ${demanded ? "there, whatever its value" : "absent"}`;
}

/** Why a key does not narrow the resources of an action, or undefined if it does. */
function irrelevance(key: string, action: ActionInfo, types: readonly ResourceType[]): string | undefined {
  const carries = carrierOf(key);
  const isOfType = (): boolean => types.some((type) => type.keys.some(carries));
  if (namesResource(key)) {
    return action.keys.some(carries) || isOfType() ? undefined : `${action.name} does not carry the key`;
  }
  return isOfType()
    ? "the key says what the resource is like and not which one is meant"
    : "the key does not say which resource is meant";
}

/** `aws:ResourceTag/team` is an instance of `aws:ResourceTag/${TagKey}`; case does not count. */
function carrierOf(key: string): (listed: string) => boolean {
  const text = key.toLowerCase();
  return (listed) => {
    const { beginning, isFamily } = formOf(listed);
    return isFamily ? text.startsWith(beginning) && text.length > beginning.length : text === beginning;
  };
}

interface KeyForm {
  /** In lower case: the whole key, or what stands before the part that a family leaves open. */
  readonly beginning: string;
  readonly isFamily: boolean;
}

/** By the keys of the action table, of which there is a fixed number. */
const forms = new Map<string, KeyForm>();

function formOf(listed: string): KeyForm {
  const kept = forms.get(listed);
  if (kept !== undefined) return kept;
  const cut = listed.search(/\$\{|<|tag-key$/);
  const form = {
    beginning: (cut < 0 ? listed : listed.slice(0, cut)).toLowerCase(),
    isFamily: cut >= 0,
  };
  forms.set(listed, form);
  return form;
}
