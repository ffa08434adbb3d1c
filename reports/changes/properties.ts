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
  if (before === after) return [];
  if (typeof before === "string" && typeof after === "string") {
    const [one, other] = [parsed(before), parsed(after)];
    if (one !== undefined && other !== undefined) return differences(one, other, path);
  }
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

/** What text stands for that is a JSON list or object, such as a policy. */
function parsed(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
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
