import { z } from "zod";
import { type Checked, problem, type Problem } from "./problem";
import { alternatives, didYouMean, pathText, quote } from "./wording";
import type { Locate } from "./yaml-source";

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

/**
 * Checks the shape of what a person wrote and words every fault.
 * @param prefix stands before every path in the messages
 */
export function checkShape<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  locate: Locate,
  prefix = "",
): Checked<z.output<Schema>> {
  const result = schema.safeParse(value, { reportInput: true, error: hint });
  if (result.success) return { value: result.data };
  const { issues } = result.error;
  const problems = issues
    .filter((issue) => !isSizeOfAnotherKind(issue, issues))
    .flatMap((issue) => toProblems(issue, locate, prefix));
  return { problems };
}

/** Zod also measures text where a list is wanted, since text has a length too. */
function isSizeOfAnotherKind(issue: Issue, all: readonly Issue[]): boolean {
  if (issue.code !== "too_small" && issue.code !== "too_big") return false;
  const path = pathText(issue.path);
  return all.some((other) => other.code === "invalid_type" && pathText(other.path) === path);
}

/** The message for a value that a check refuses: quotes it and goes on with the sentence; then allowed values and remedy. */
export function refusalOf(value: unknown, sentence: string, ...details: string[]): string {
  return [`${quote(value)} ${sentence}`, ...details].join("\n");
}

/**
 * A check's `error`. The sentence goes on after the value: `"Prod" ` + `is not the name of an environment.`; the further
 * lines say what is allowed and the remedy.
 */
export function refusal(sentence: string, ...details: string[]): (issue: RawIssue) => string {
  return (issue) => refusalOf(issue.input, sentence, ...details);
}

/** Puts into an issue what only the schema knows, and `toProblems` needs: the known keys, or the description of a key. */
function hint(issue: RawIssue): string {
  if (issue.code === "unrecognized_keys" && issue.inst instanceof z.ZodObject) {
    return Object.keys(issue.inst.shape).join("\n");
  }
  if (issue.code === "invalid_type" && issue.input === undefined && issue.inst instanceof z.ZodType) {
    return issue.inst.description ?? "";
  }
  return "";
}

/** A list in which nothing stands twice. */
export function unique<Item extends z.ZodString | z.ZodEmail>(list: z.ZodArray<Item>): z.ZodArray<Item> {
  return list
    .superRefine((values, context) => {
      values.forEach((value, index) => {
        if (values.indexOf(value) === index) return;
        context.addIssue({
          code: "custom",
          path: [index],
          message: refusalOf(value, "is listed twice.", "Remove one."),
        });
      });
    })
    .meta({ ...list.meta(), uniqueItems: true });
}

function toProblems(issue: Issue, locate: Locate, prefix: string): Problem[] {
  const name = issue.path.length === 0 ? "" : `${prefix}${pathText(issue.path)}`;
  if (issue.code === "unrecognized_keys") {
    const knownKeys = issue.message.split("\n").filter((key) => key !== "");
    const owner = name === "" ? "" : ` of ${name}`;
    return issue.keys.map((key) =>
      problem(
        `${quote(key)} is not a known key${owner}.`,
        didYouMean(key, knownKeys),
        locate(issue.path, key),
      ),
    );
  }
  if (isMissing(issue)) {
    const details =
      issue.code === "invalid_type" && issue.message !== ""
        ? [`Wanted: ${issue.message}`]
        : allowedValues(issue);
    return [problem(`${name} is missing.`, details, locate(issue.path.slice(0, -1)))];
  }
  const [sentence = "", ...details] = issue.message === "" ? sentences(issue) : issue.message.split("\n");
  return [problem(name === "" ? sentence : `${name}: ${sentence}`, details, locate(issue.path))];
}

function isMissing(issue: Issue): boolean {
  if (issue.path.length === 0) return false;
  if (issue.code === "invalid_union") return discriminatorOf(issue) === undefined;
  return issue.input === undefined && ["invalid_type", "invalid_value"].includes(issue.code);
}

function discriminatorOf(issue: Issue): unknown {
  const key = issue.path.at(-1);
  const { input } = issue;
  return typeof input === "object" && input !== null && key !== undefined
    ? (input as Partial<Record<PropertyKey, unknown>>)[key]
    : undefined;
}

function allowedValues(issue: Issue): string[] {
  const values =
    issue.code === "invalid_value" ? issue.values : issue.code === "invalid_union" ? unionOptions(issue) : [];
  return values.length === 0 ? [] : [`Allowed: ${values.map(String).join(", ")}.`];
}

function unionOptions(issue: Issue): readonly unknown[] {
  return "options" in issue && Array.isArray(issue.options) ? issue.options : [];
}

/** The message for a fault that has none in the schema: what is wrong, then what is allowed. */
function sentences(issue: Issue): string[] {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === null) return [`Nothing is written here; ${kindInWords(issue.expected)} is wanted.`];
      return [`${quote(issue.input)} is ${kindOf(issue.input)}; ${kindInWords(issue.expected)} is wanted.`];
    case "invalid_value":
      return [`${quote(issue.input)} is not allowed here.`, ...valueDetails(issue.input, issue.values)];
    case "invalid_union": {
      const kind = discriminatorOf(issue);
      return [
        `${quote(kind)} is not allowed here.`,
        ...didYouMean(String(kind), unionOptions(issue).map(String)),
      ];
    }
    case "too_small":
    case "too_big":
      return [sizeSentence(issue)];
    default:
      return [`${quote(issue.input)} is not allowed here.`];
  }
}

function valueDetails(input: unknown, values: readonly unknown[]): string[] {
  const looksLikeText = typeof input === "string" || !values.every((value) => typeof value === "string");
  return [
    ...(looksLikeText ? [] : ["Write it in quotes: YAML reads it as something else than text."]),
    ...didYouMean(typeof input === "string" ? input : "", values.map(String)),
  ];
}

function sizeSentence(issue: Extract<Issue, { code: "too_small" | "too_big" }>): string {
  const [bound, limit] =
    issue.code === "too_small"
      ? (["at least", issue.minimum] as const)
      : (["at most", issue.maximum] as const);
  if (issue.origin === "array" || issue.origin === "set") {
    const size = Array.isArray(issue.input) ? issue.input.length : 0;
    const [entries, are] = Number(limit) === 1 ? ["entry", "is"] : ["entries", "are"];
    return `The list has ${size === 0 ? "no" : size} entries; ${bound} ${limit} ${entries} ${are} wanted.`;
  }
  if (issue.origin === "string") {
    const size = typeof issue.input === "string" ? issue.input.length : 0;
    return `${quote(issue.input)} has ${size} characters; ${bound} ${limit} are wanted.`;
  }
  return `${quote(issue.input)} is out of range; ${bound} ${limit} is wanted.`;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  const kinds: Readonly<Record<string, string>> = {
    string: "text",
    number: "a number",
    boolean: "true or false",
    object: "a map of keys",
  };
  return kinds[typeof value] ?? "something else";
}

/** A kind of value that is wanted, in words. */
function kindInWords(expected: string): string {
  const kinds: Readonly<Record<string, string>> = {
    string: "text (in quotes where it looks like a number)",
    number: "a number",
    int: "a whole number",
    boolean: alternatives(["true", "false"]),
    array: "a list",
    object: "a map of keys",
    record: "a map of keys",
  };
  return kinds[expected] ?? expected;
}
