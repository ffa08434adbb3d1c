import { alternatives, quote } from "../input/wording";

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words: readonly string[];
  /** Further forms that a value may take. */
  readonly special: RegExp;
}

const none = /(?!)/;
const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html, 2026-11-21 */
const fields: readonly Field[] = [
  { name: "minutes", least: 0, most: 59, words: [], special: none },
  { name: "hours", least: 0, most: 23, words: [], special: none },
  { name: "day of month", least: 1, most: 31, words: [], special: /^(\?|L(-\d+)?|LW|\d+W)$/ },
  { name: "month", least: 1, most: 12, words: months, special: none },
  {
    name: "day of week",
    least: 1,
    most: 7,
    words: days,
    special: /^(\?|L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5]))$/,
  },
  { name: "year", least: 1970, most: 2199, words: [], special: none },
];

/** @returns what is wrong with the cron expression of a deployment window, as a sentence, or undefined */
export function cronFault(cron: string): string | undefined {
  const [seconds, ...parts] = cron.trim().split(/\s+/);
  if (parts.length < 5 || parts.length > 6) {
    return `has ${parts.length + 1} fields; wanted are seconds, minutes, hours, day of month, month, day of week and, if need be, the year.`;
  }
  if (seconds !== "*") return `begins with ${quote(seconds)}; the first field, seconds, must be *.`;
  for (const [index, part] of parts.entries()) {
    const field = fields[index];
    const fault = field === undefined ? undefined : fieldFault(part.toUpperCase(), field);
    if (fault !== undefined) return fault;
  }
  if ((parts[2] === "?") === (parts[4] === "?")) {
    return "must say ? for exactly one of day of month (the fourth field) and day of week (the sixth).";
  }
  return undefined;
}

function fieldFault(text: string, field: Field): string | undefined {
  for (const part of text.split(",")) {
    if (field.special.test(part) || isRange(part, field)) continue;
    const words =
      field.words.length === 0 ? "" : ` or ${field.words[0] ?? ""} to ${field.words.at(-1) ?? ""}`;
    return `has ${quote(part)} as ${field.name}; allowed are ${field.least} to ${field.most}${words}, and forms such as ${alternatives(["*", "a-b", "a,b", "a/b"])}.`;
  }
  return undefined;
}

/** `*`, `a`, `a-b`, each with a step or without. */
function isRange(part: string, field: Field): boolean {
  const [range = "", step, ...rest] = part.split("/");
  if (rest.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === "*") return true;
  const ends = range.split("-").map((text) => valueOf(text, field));
  return (
    ends.length <= 2 &&
    ends.every((value) => value !== undefined && value >= field.least && value <= field.most)
  );
}

function valueOf(text: string, { words, least }: Field): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const index = words.indexOf(text);
  return index < 0 ? undefined : index + least;
}

/** Whether the IANA time zone database, as Node.js holds it, knows the zone. */
export function isTimeZone(name: string): boolean {
  try {
    return (
      /^[A-Z]/.test(name) &&
      new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== ""
    );
  } catch {
    return false;
  }
}
