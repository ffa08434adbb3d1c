/**
 * Reads JSON the strict way. `JSON.parse` keeps the last of two equal keys in silence; in a policy that hides a
 * grant from whoever reads the first one, so a repeated key is a problem here.
 */

import type { Result } from "./result";

/** A text longer than this is not read: the largest document AWS takes is far below it (131,072 characters). */
const LONGEST = 1_000_000;
/** Deeper nesting than any policy needs; a guard for the readers that follow. */
const DEEPEST = 32;

/** Gives the value, or says in a few words why the text is not usable. The text itself is never repeated. */
export function readJson(text: string): Result<unknown> {
  if (text.length > LONGEST) return { problem: `is longer than ${LONGEST} characters` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: text.trim() === "" ? "is empty" : "is not JSON" };
  }
  return inspect(text) ?? { value };
}

/** Walks over text that is known to be JSON and finds repeated keys and excessive depth. */
function inspect(text: string): { problem: string } | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === "{" || character === "[") {
      open.push(character === "{" ? new Set() : undefined);
      if (open.length > DEEPEST) return { problem: `is nested more than ${DEEPEST} levels deep` };
    } else if (character === "}" || character === "]") {
      open.pop();
    } else if (character === '"') {
      const end = endOfString(text, i);
      const keys = open.at(-1);
      if (keys !== undefined && isKey(text, end)) {
        const key = JSON.parse(text.slice(i, end)) as string;
        if (keys.has(key))
          return { problem: `has the key ${JSON.stringify(key.slice(0, 64))} twice in one object` };
        keys.add(key);
      }
      i = end - 1;
    }
  }
  return undefined;
}

/** The index after the closing quote of the string that starts at `start`. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (text[i] !== '"') i += text[i] === "\\" ? 2 : 1;
  return i + 1;
}

function isKey(text: string, after: number): boolean {
  let i = after;
  while (" \t\r\n".includes(text[i] ?? "x")) i++;
  return text[i] === ":";
}
