/** Finds the line of a path such as `Statement[0].Action[2]` in the JSON text it was read from. */
import { isMap, isPair, isScalar, isSeq, parseDocument, LineCounter, type Node, type Pair } from "yaml";

/** The line of the value at the path, counted from one; where there is no such value, that of the nearest one above it. */
export function lineOf(text: string, path: string): number {
  return linesOf(text)(path);
}

const finders = new Map<string, (path: string) => number>();

/** JSON is YAML, and the YAML parser keeps positions. */
function linesOf(text: string): (path: string) => number {
  const existing = finders.get(text);
  if (existing !== undefined) return existing;
  const counter = new LineCounter();
  const root = parseDocument(text, { lineCounter: counter, logLevel: "silent", uniqueKeys: false }).contents;
  const find = (path: string): number => {
    const steps = path.replaceAll(/\[(\d+)\]/g, ".$1").split(".");
    let at: Node | Pair | null = root;
    for (const step of steps) at = childOf(at, step) ?? at;
    const start = offsetOf(at);
    return start === undefined ? 1 : counter.linePos(start).line;
  };
  // All findings of a file are asked for one after another, so only the last file is kept.
  finders.clear();
  finders.set(text, find);
  return find;
}

function childOf(at: Node | Pair | null, step: string): Node | Pair | undefined {
  const inside: unknown = isPair(at) ? at.value : at;
  if (isSeq<Node>(inside)) return inside.items[Number(step)];
  if (!isMap(inside)) return undefined;
  return inside.items.find(
    ({ key }) => isScalar(key) && String(key.value).toLowerCase() === step.toLowerCase(),
  );
}

function offsetOf(at: Node | Pair | null): number | undefined {
  if (at === null) return undefined;
  return isPair(at) ? (at.key as Node | null)?.range?.[0] : at.range?.[0];
}
