import { UNKNOWN, type Json } from "../../preview/preview-document";

export interface Difference {
  readonly path: string;
  /** Undefined where the property is not there. */
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/**
 * The properties in which two values differ, each by the path of the smallest part that is another one. Lists of another
 * length differ as a whole, since their items need not be the same ones any more.
 */
export function differences(before: Json | undefined, after: Json | undefined, path = ""): Difference[] {
  if (equal(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) =>
      differences(before[key], after[key], path === "" ? key : `${path}${member(key)}`),
    );
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return (before as readonly Json[]).flatMap((item, index) =>
      differences(item, (after as readonly Json[])[index], `${path}[${index}]`),
    );
  }
  return [{ path, before, after }];
}

/** Text that is JSON is the same in whatever order its keys stand. */
function equal(before: Json | undefined, after: Json | undefined): boolean {
  if (before === after) return true;
  if (typeof before !== "string" || typeof after !== "string") return false;
  const [one, other] = [parsed(before), parsed(after)];
  return one !== undefined && other !== undefined && canonical(one) === canonical(other);
}

function parsed(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function canonical(value: Json): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

function member(key: string): string {
  return /^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

const LONGEST = 200;

/** A value as a report shows it; "" for one that is not there. */
export function shownValue(value: Json | undefined): string {
  if (value === undefined) return "";
  const text = JSON.stringify(value).replaceAll(`"${UNKNOWN}"`, "known only after deployment");
  const readable = text.replaceAll(UNKNOWN, "(known only after deployment)");
  return readable.length > LONGEST ? `${readable.slice(0, LONGEST - 1)}…` : readable;
}

function isObject(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
