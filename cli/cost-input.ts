import { type Checked, type Place, problem, type Problem } from "../input/problem";
import { didYouMean, quote } from "../input/wording";
import { readYamlFile } from "../input/yaml-file";
import type { Locate } from "../input/yaml-source";
import {
  assumptionNames,
  assuming,
  rangeFault,
  type Assumed,
  type AssumptionName,
} from "../reports/cost/assumptions";
import { exactly, type Range } from "../reports/cost/range";

export interface AssumptionArguments {
  /** `--assume FILE` */
  readonly assume?: string;
  /** `--set NAME=VALUE`, as often as wanted. */
  readonly set?: readonly string[];
  /** `--releases-per-day N` */
  readonly releasesPerDay?: string;
}

const form =
  "Write one number, or three for low, expected and high, such as 5 or 1,5,10 (in a file also [1, 5, 10]).";

/** The assumptions: the shipped ones, then those of the file, then those of the flags. All faults at once. */
export function readAssumptions(options: AssumptionArguments): Checked<Assumed> {
  const parts = [
    ...(options.assume === undefined ? [] : [fromFile(options.assume)]),
    ...(options.set ?? []).map(fromFlag),
    ...(options.releasesPerDay === undefined
      ? []
      : [one("releasesPerDay", options.releasesPerDay, "--releases-per-day")]),
  ];
  const problems = parts.flatMap((part) => ("problems" in part ? part.problems : []));
  if (problems.length > 0) return { problems };
  const changes = parts.map((part) => ("value" in part ? part.value : {}));
  return { value: assuming(Object.assign({}, ...changes) as Partial<Assumed>) };
}

type Changes = Partial<Record<AssumptionName, Range>>;

function fromFile(file: string): Checked<Changes> {
  const read = readYamlFile(file, file);
  if ("problems" in read) return read;
  const { value, locate } = read.value;
  if (value === null || value === undefined) return { value: {} };
  if (typeof value !== "object" || Array.isArray(value)) {
    return { problems: [problem("This file is no map of assumptions and numbers.", [form], { file })] };
  }
  const entries = Object.entries(value).map(([name, range]) => entryOf(name, range, locate));
  const problems = entries.flatMap((entry) => ("problems" in entry ? entry.problems : []));
  if (problems.length > 0) return { problems };
  return {
    value: Object.assign({}, ...entries.map((entry) => ("value" in entry ? entry.value : {}))) as Changes,
  };
}

function entryOf(name: string, range: unknown, locate: Locate): Checked<Changes> {
  const place = locate([], name);
  if (!isName(name)) return { problems: [unknownName(name, place)] };
  if (typeof range === "string") return one(name, range, name, place);
  const numbers = Array.isArray(range) ? (range as readonly unknown[]) : [range];
  return rangeOf(name, numbers, range, name, place);
}

function fromFlag(text: string): Checked<Changes> {
  const [name = "", value] = text.split("=", 2);
  if (value === undefined) {
    return { problems: [problem(`--set ${quote(text)} has no "=".`, ["Write --set NAME=VALUE. " + form])] };
  }
  if (!isName(name)) return { problems: [unknownName(name)] };
  return one(name, value, `--set ${name}`);
}

/** Numbers as a flag has them: one, or three with commas between. */
function one(name: AssumptionName, text: string, where: string, place?: Place): Checked<Changes> {
  const numbers = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  return rangeOf(name, numbers, text, where, place);
}

function rangeOf(
  name: AssumptionName,
  numbers: readonly unknown[],
  written: unknown,
  where: string,
  place?: Place,
): Checked<Changes> {
  const refuse = (sentence: string): Checked<Changes> => ({
    problems: [problem(`${where}: ${quote(written)} ${sentence}`, [form], place)],
  });
  if (!numbers.every((number): number is number => typeof number === "number")) {
    return refuse("is not a number of 0 or more.");
  }
  if (numbers.length !== 1 && numbers.length !== 3) return refuse(`holds ${numbers.length} numbers.`);
  const [low = NaN, expected = low, high = low] = numbers;
  const range = numbers.length === 1 ? exactly(low) : { low, expected, high };
  const fault = rangeFault(name, range);
  return fault === undefined ? { value: { [name]: range } } : refuse(fault);
}

function isName(name: string): name is AssumptionName {
  return (assumptionNames as readonly string[]).includes(name);
}

function unknownName(name: string, place?: Place): Problem {
  return problem(
    `${quote(name)} is not the name of an assumption.`,
    didYouMean(name, assumptionNames),
    place,
  );
}

/** An amount in USD of a flag. */
export function readAmount(text: string, flag: string): Checked<number> {
  const amount = text.trim() === "" ? NaN : Number(text);
  if (Number.isFinite(amount) && amount >= 0) return { value: amount };
  const remedy = `Write a number of USD a month, such as ${flag} 100.`;
  return { problems: [problem(`${flag}: ${quote(text)} is not a number of 0 or more.`, [remedy])] };
}
