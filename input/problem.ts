import { distance } from "fastest-levenshtein";
import { hideCredentials } from "./credentials";

/** Something that a person must change in what they wrote. */
export interface Problem {
  /** What is wrong, in the user's words and with the value given: one sentence. */
  readonly message: string;
  /** What is allowed, and the remedy: one sentence in a line. */
  readonly details: readonly string[];
  /** Where it is written; absent where the file is not known. */
  readonly place?: Place;
}

export interface Place {
  /** As the user would type it: relative to the working directory where it lies below it. */
  readonly file: string;
  /** From 1; without a line, the whole file is meant. */
  readonly line?: number;
  readonly column?: number;
}

export function problem(message: string, details: readonly string[] = [], place?: Place): Problem {
  return place === undefined ? { message, details } : { message, details, place };
}

/** `<file>:<line>:<column>: what is wrong`, then indented lines with what is allowed and the remedy. */
function renderProblem({ message, details, place }: Problem): string {
  const where = place === undefined ? [] : [place.file, place.line, place.column];
  const prefix = where
    .filter((part) => part !== undefined)
    .map((part) => `${part}:`)
    .join("");
  return [prefix === "" ? message : `${prefix} ${message}`, ...details.map((line) => `  ${line}`)].join("\n");
}

/** All problems as one text, a blank line between two. */
export function renderProblems(problems: readonly Problem[]): string {
  return problems.map(renderProblem).join("\n\n");
}

/** Files in order of their names, in a file from top to bottom, problems without a place first. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => {
    const [one, two] = [a.place, b.place];
    if (one === undefined || two === undefined) return Number(one !== undefined) - Number(two !== undefined);
    if (one.file !== two.file) return one.file < two.file ? -1 : 1;
    return (one.line ?? 0) - (two.line ?? 0) || (one.column ?? 0) - (two.column ?? 0);
  });
}

const longestQuotation = 120;

/** A value as a message shows it: on one line, cut where it is long, without credentials. */
export function quote(value: unknown): string {
  const text = value === undefined ? "nothing" : hideCredentials(JSON.stringify(value));
  return text.length <= longestQuotation ? text : `${text.slice(0, longestQuotation - 1)}…`;
}

/** `a, b or c` */
export function alternatives(values: readonly string[], last = "or"): string {
  if (values.length < 2) return values.join("");
  return `${values.slice(0, -1).join(", ")} ${last} ${values.at(-1) ?? ""}`;
}

/** The known word that was probably meant, or undefined where none is near. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const reach = word.length < 3 ? 0 : Math.max(2, Math.floor(word.length / 3));
  const candidates = [...known].map((name) => ({
    name,
    steps: steps(word.toLowerCase(), name.toLowerCase()),
  }));
  const best = candidates.toSorted((a, b) => a.steps - b.steps)[0];
  return best !== undefined && best.steps <= reach ? best.name : undefined;
}

/** Changes of single characters; a word cut short (`repo`) or drawn out (`develop`) counts as near. */
function steps(word: string, name: string): number {
  const shorter = Math.min(word.length, name.length);
  return shorter >= 3 && (word.startsWith(name) || name.startsWith(word)) ? 1 : distance(word, name);
}

/** A detail line for a word that is not known: the nearest one, then all of them. */
export function didYouMean(word: string, known: Iterable<string>): string[] {
  const names = [...known];
  const near = nearest(word, names);
  return [
    ...(near === undefined ? [] : [`Did you mean ${near}?`]),
    ...(names.length === 0 ? [] : [`Allowed: ${names.join(", ")}.`]),
  ];
}

/** `environments[1].approval`: a path as JavaScript writes it. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${String(key)}`))
    .join("");
}
