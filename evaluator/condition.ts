import type { Context } from "./context";
import { operatorOf, type Comparison } from "./operators";
import { all, any, not, truthOf, type Truth } from "./truth";

/** One key under one operator: all of a statement's must hold. */
export interface Condition {
  /** As the policy writes it. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
  holds(context: Context): Truth;
}

/**
 * Several values of the policy are alternatives; of a negated operator none may match. Sets of values:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 *
 * @param variables whether the document's version has policy variables
 */
export function conditionOf(
  operator: string,
  key: string,
  values: readonly string[],
  variables: boolean,
): Condition {
  const evaluate = evaluationOf(operator, values, variables);
  const lowerCaseKey = key.toLowerCase();
  return { operator, key, values, holds: (context) => evaluate(context.get(lowerCaseKey), context) };
}

type Actual = readonly string[] | undefined | "unknown";
type Evaluation = (actual: Actual, context: Context) => Truth;

const form = /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/;

function evaluationOf(operator: string, values: readonly string[], variables: boolean): Evaluation {
  if (operator === "Null") return nullTest(values);
  const [, set, name = "", ifExists] = form.exec(operator) ?? [];
  const known = operatorOf(name);
  if (known === undefined) return () => "unknown";
  const { negated, compareWith } = known;
  const comparisons = values.map((value) => compareWith(value, variables));
  const one = (value: string, context: Context): Truth => {
    const equal = any(comparisons, (compare: Comparison) => compare(value, context));
    return negated ? not(equal) : equal;
  };
  const missing: Truth = truthOf(
    ifExists !== undefined || set === "ForAllValues" || (set === undefined && negated),
  );
  return (actual, context) => {
    if (actual === "unknown") return "unknown";
    if (actual === undefined) return missing;
    return overValues(actual, set, (value) => one(value, context));
  };
}

/** An empty value counts as no value for the set operators. */
function overValues(
  actual: readonly string[],
  set: string | undefined,
  one: (value: string) => Truth,
): Truth {
  if (set === undefined) return withoutSetOperator(actual, one);
  const values = actual.filter((value) => value !== "");
  return set === "ForAllValues" ? all(values, one) : any(values, one);
}

/** Several values without a set operator: not documented, so only where all of them say the same is there an answer. */
function withoutSetOperator(actual: readonly string[], one: (value: string) => Truth): Truth {
  const [first = "unknown", ...others] = new Set(actual.map(one));
  return others.length === 0 ? first : "unknown";
}

/** `true`: the key must not be there. A key with an empty value is there, says the page of the operator, and not null. */
function nullTest(values: readonly string[]): Evaluation {
  return (actual) => {
    if (actual === "unknown") return "unknown";
    return any(values, (value) => {
      if (!/^(true|false)$/i.test(value)) return "unknown";
      return truthOf((value.toLowerCase() === "true") === (actual === undefined));
    });
  };
}
