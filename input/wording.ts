import { distance } from "fastest-levenshtein";
import { type FoundCredential, hideCredentials } from "./credentials";

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

/** The name that was probably meant, or undefined where none is near. */
export function nearest(word: string, names: Iterable<string>): string | undefined {
  const reach = word.length < 3 ? 0 : Math.max(2, Math.floor(word.length / 3));
  const candidates = [...names].map((name) => ({
    name,
    steps: steps(word.toLowerCase(), name.toLowerCase()),
  }));
  const best = candidates.toSorted((a, b) => a.steps - b.steps)[0];
  return best !== undefined && best.steps <= reach ? best.name : undefined;
}

/**
 * The number of single characters to change; one where either word begins with the other, as `repo` for repository or `develop`
 * for dev.
 */
function steps(word: string, name: string): number {
  const shorter = Math.min(word.length, name.length);
  return shorter >= 3 && (word.startsWith(name) || name.startsWith(word)) ? 1 : distance(word, name);
}

/**
 * Detail lines for a word that is none of the names: the nearest one, then all of them.
 * @param lead stands before the names
 */
export function didYouMean(word: string, names: Iterable<string>, lead = "Allowed:"): string[] {
  const all = [...names];
  const near = nearest(word, all);
  return [
    ...(near === undefined ? [] : [`Did you mean ${near}?`]),
    ...(all.length === 0 ? [] : [`${lead} ${all.join(", ")}.`]),
  ];
}

/** `environments[1].approval`: a path as JavaScript writes it, without credentials. */
export function pathText(path: readonly PropertyKey[]): string {
  return hideCredentials(path.map(stepText).join(""));
}

function stepText(step: PropertyKey, index: number): string {
  if (typeof step === "number") return `[${step}]`;
  const key = String(step);
  if (!/^[\w:/.@+-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
  return index === 0 ? key : `.${key}`;
}

/** `test.commands[0] holds a GitHub token in plain text.` */
export function credentialSentence({ path, key, kind }: FoundCredential): string {
  const name = pathText(path);
  const subject = key === undefined ? name : name === "" ? "A key" : `A key of ${name}`;
  return `${subject} holds ${kind} in plain text.`;
}
