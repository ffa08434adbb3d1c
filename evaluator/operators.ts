import { BlockList, isIPv4, isIPv6 } from "node:net";
import type { Context } from "./context";
import { patternOf, type PatternKind } from "./pattern";
import { truthOf, type Truth } from "./truth";

/** Compares one value of the policy with one value of the request. */
export type Comparison = (actual: string, context: Context) => Truth;

/** Makes the comparison with one value of the policy. */
type Operator = (wanted: string, variables: boolean) => Comparison;

/**
 * The operators without their prefixes, endings and negations.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const operators: Readonly<Record<string, Operator>> = {
  StringEquals: pattern("exact"),
  StringEqualsIgnoreCase: pattern("exact", true),
  StringLike: pattern("glob"),
  ArnEquals: pattern("arn"),
  ArnLike: pattern("arn"),
  Bool: (wanted) => (actual) => boolEquals(wanted.toLowerCase(), actual.toLowerCase()),
  BinaryEquals: (wanted) => (actual) => truthOf(wanted === actual),
  IpAddress: ipAddress,
  NumericEquals: numeric((actual, wanted) => actual === wanted),
  NumericLessThan: numeric((actual, wanted) => actual < wanted),
  NumericLessThanEquals: numeric((actual, wanted) => actual <= wanted),
  NumericGreaterThan: numeric((actual, wanted) => actual > wanted),
  NumericGreaterThanEquals: numeric((actual, wanted) => actual >= wanted),
  DateEquals: date((actual, wanted) => actual === wanted),
  DateLessThan: date((actual, wanted) => actual < wanted),
  DateLessThanEquals: date((actual, wanted) => actual <= wanted),
  DateGreaterThan: date((actual, wanted) => actual > wanted),
  DateGreaterThanEquals: date((actual, wanted) => actual >= wanted),
};

/** Negated operators, and what they are the negation of. */
const negations: Readonly<Record<string, string>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  ArnNotEquals: "ArnEquals",
  ArnNotLike: "ArnLike",
  NotIpAddress: "IpAddress",
  NumericNotEquals: "NumericEquals",
  DateNotEquals: "DateEquals",
};

export interface FoundOperator {
  readonly negated: boolean;
  readonly compareWith: Operator;
}

/** @returns undefined for an operator that AWS does not document */
export function operatorOf(name: string): FoundOperator | undefined {
  const positive = Object.hasOwn(negations, name) ? negations[name] : name;
  if (positive === undefined || !Object.hasOwn(operators, positive)) return undefined;
  const compareWith = operators[positive];
  return compareWith === undefined ? undefined : { negated: positive !== name, compareWith };
}

/** Only operators of texts and ARNs have policy variables. */
function pattern(kind: PatternKind, ignoreCase = false): Operator {
  return (wanted, variables) => {
    const compiled = patternOf(wanted, kind, { variables, ignoreCase });
    return (actual, context) => compiled.matches(actual, context);
  };
}

function boolEquals(wanted: string, actual: string): Truth {
  if (![wanted, actual].every((value) => value === "true" || value === "false")) return "unknown";
  return truthOf(wanted === actual);
}

function numeric(holds: (actual: number, wanted: number) => boolean): Operator {
  return (wanted) => (actual) => compareNumbers(numberOf(actual), numberOf(wanted), holds);
}

function date(holds: (actual: number, wanted: number) => boolean): Operator {
  return (wanted) => (actual) => compareNumbers(timeOf(actual), timeOf(wanted), holds);
}

/** What AWS does with a value that is none of its type is not documented. */
function compareNumbers(
  actual: number | undefined,
  wanted: number | undefined,
  holds: (actual: number, wanted: number) => boolean,
): Truth {
  return actual === undefined || wanted === undefined ? "unknown" : truthOf(holds(actual, wanted));
}

function numberOf(text: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}

/** Either form of ISO 8601 that the W3C allows, or seconds since 1970. */
function timeOf(text: string): number | undefined {
  if (/^\d{5,}$/.test(text)) return Number(text) * 1000;
  if (!/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/i.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

function ipAddress(wanted: string): Comparison {
  const [address = "", bits] = wanted.split("/", 2);
  const family = familyOf(address);
  const most = family === "ipv4" ? 32 : 128;
  const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : most + 1;
  if (family === undefined || prefix > most) return () => "unknown";
  const range = new BlockList();
  range.addSubnet(address, prefix, family);
  return (actual) => {
    const actualFamily = familyOf(actual);
    if (actualFamily === undefined) return "unknown";
    return truthOf(actualFamily === family && range.check(actual, actualFamily));
  };
}

function familyOf(address: string): "ipv4" | "ipv6" | undefined {
  if (isIPv4(address)) return "ipv4";
  return isIPv6(address) ? "ipv6" : undefined;
}
