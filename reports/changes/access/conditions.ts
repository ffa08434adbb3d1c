/** Whether one condition is at least as strict as another: every request that meets the first meets the second. */
import type { Condition } from "../../../policy-pack/lib/document/statement";
import { includesPattern, overlaps } from "../../../policy-pack/lib/document/wildcard";
import { operatorOf } from "../../../policy-pack/lib/measure/conditions";

/** `maybe`: the operators are not compared here, so nobody can tell. */
export type Answer = "yes" | "no" | "maybe";

type Operator = ReturnType<typeof operatorOf>;

const POSITIVE = new Set(["stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"]);
const NEGATIVE: ReadonlyMap<string, string> = new Map([
  ["stringnotequals", "stringequals"],
  ["stringnotequalsignorecase", "stringequalsignorecase"],
  ["stringnotlike", "stringlike"],
  ["arnnotequals", "arnequals"],
  ["arnnotlike", "arnlike"],
]);
/** Operators whose values are patterns; the others take a star for a star. */
const PATTERNS = new Set(["stringlike", "arnequals", "arnlike"]);

/** Whether requests that meet all of `given` meet all of `wanted` as well. */
export function impliesAll(given: readonly Condition[], wanted: readonly Condition[]): Answer {
  const answers = wanted.map((condition) => impliedBy(given, condition));
  if (answers.every((answer) => answer === "yes")) return "yes";
  return answers.includes("no") ? "no" : "maybe";
}

/** Whether requests that meet all of `given` meet one condition as well. */
export function impliedBy(given: readonly Condition[], wanted: Condition): Answer {
  const answers = given
    .filter(({ key }) => key.toLowerCase() === wanted.key.toLowerCase())
    .map((condition) => implies(condition, wanted));
  if (answers.includes("yes")) return "yes";
  return answers.includes("maybe") ? "maybe" : "no";
}

/** For two conditions on the same key. */
function implies(given: Condition, wanted: Condition): Answer {
  const [from, to] = [operatorOf(given.operator), operatorOf(wanted.operator)];
  if (isSame(given, from, wanted, to)) return "yes";
  if (given.unknown || wanted.unknown) return "maybe";
  if (to.name === "null" || from.name === "null") return presence(given, from, wanted, to);
  if (from.set !== to.set) return "maybe";
  if (from.name === "bool" && to.name === "bool") return booleans(given, from, wanted, to);
  const [unlessFrom, unlessTo] = [NEGATIVE.get(from.name), NEGATIVE.get(to.name)];
  if (POSITIVE.has(from.name) && POSITIVE.has(to.name)) {
    if (from.ifExists && !to.ifExists) return "no";
    return yes(
      given.values.every((value) => wanted.values.some((other) => covers(to.name, other, from.name, value))),
    );
  }
  if (unlessFrom !== undefined && unlessTo !== undefined) {
    return yes(
      wanted.values.every((value) =>
        given.values.some((other) => covers(unlessFrom, other, unlessTo, value)),
      ),
    );
  }
  if (POSITIVE.has(from.name) && unlessTo !== undefined) {
    // A variable can stand for any text.
    if ([...given.values, ...wanted.values].some((value) => value.includes("${"))) return "maybe";
    return yes(given.values.every((value) => wanted.values.every((other) => !overlaps(value, other))));
  }
  return numbers(given, from, wanted, to);
}

function yes(holds: boolean): Answer {
  return holds ? "yes" : "no";
}

function isSame(given: Condition, from: Operator, wanted: Condition, to: Operator): boolean {
  const [one, other] = [new Set(given.values), new Set(wanted.values)];
  return (
    from.name === to.name &&
    from.set === to.set &&
    from.ifExists === to.ifExists &&
    given.unknown === wanted.unknown &&
    one.size === other.size &&
    [...one].every((value) => other.has(value))
  );
}

/** Whether every value that the second operator takes for `part` is one that the first takes for `whole`. */
function covers(operator: string, whole: string, partOperator: string, part: string): boolean {
  const ignoresCase = operator === "stringequalsignorecase";
  const [one, other] = ignoresCase ? [whole.toLowerCase(), part.toLowerCase()] : [whole, part];
  // A pattern stands for many values; where the other operator has none, nothing can be said of them.
  const plain = !/[*?]/.test(other) || !PATTERNS.has(partOperator);
  if (partOperator === "stringequalsignorecase" && !ignoresCase) return false;
  if (!PATTERNS.has(operator)) return plain && one === other;
  return includesPattern(
    one,
    plain && !PATTERNS.has(partOperator) ? other.replaceAll(/[*?]/g, "\u0003") : other,
  );
}

/** `Null` asks whether the key is there at all. */
function presence(given: Condition, from: Operator, wanted: Condition, to: Operator): Answer {
  const absent = (values: readonly string[]): boolean | undefined =>
    values.length === 1 ? values[0]?.toLowerCase() === "true" : undefined;
  if (to.name === "null") {
    const wantsAbsent = absent(wanted.values);
    if (wantsAbsent === undefined) return "maybe";
    if (from.name === "null") return absent(given.values) === undefined ? "maybe" : "no";
    // What compares a value finds one, unless it is content with none.
    const isThere = !from.ifExists && from.set !== "ForAllValues" && !NEGATIVE.has(from.name);
    return wantsAbsent ? "no" : yes(isThere);
  }
  const saysAbsent = absent(given.values) === true;
  const contentWithNone = to.ifExists || to.set === "ForAllValues" || NEGATIVE.has(to.name);
  return yes(saysAbsent && contentWithNone);
}

function booleans(given: Condition, from: Operator, wanted: Condition, to: Operator): Answer {
  if (from.ifExists && !to.ifExists) return "no";
  const wantedValues = wanted.values.map((value) => value.toLowerCase());
  return yes(given.values.every((value) => wantedValues.includes(value.toLowerCase())));
}

/** Upper and lower bounds with one number each. */
function numbers(given: Condition, from: Operator, wanted: Condition, to: Operator): Answer {
  const bound = /^numeric(less|greater)than(equals)?$/;
  const [, side, orEqual] = bound.exec(from.name) ?? [];
  const [, otherSide, orEqualThere] = bound.exec(to.name) ?? [];
  if (side === undefined || side !== otherSide) return "maybe";
  if (given.values.length !== 1 || wanted.values.length !== 1) return "maybe";
  if (from.ifExists && !to.ifExists) return "no";
  const [one, other] = [Number(given.values[0]), Number(wanted.values[0])];
  if (one === other) return yes(orEqual === undefined || orEqualThere !== undefined);
  return yes(side === "less" ? one < other : one > other);
}

/**
 * A condition as one for each of its values, where meeting it means meeting one of these: so that a statement that was
 * split in two by a value is the same as before.
 */
export function alternatives(condition: Condition): readonly Condition[] {
  const { name, set } = operatorOf(condition.operator);
  const splits = POSITIVE.has(name) && set !== "ForAllValues" && !condition.unknown;
  return splits ? condition.values.map((value) => ({ ...condition, values: [value] })) : [condition];
}
