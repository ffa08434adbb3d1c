/** What the terminal and the Markdown of a change report say in the same words. */
import { kindName } from "../summary";
import type { AccessChange, ChangeReport, PropertyChange, ResourceChange } from "./report";

/** `2 openings, 1 replaced, 3 changed, 2 permissions wider`: the whole report in a line, the gravest first. */
export function changeCounts({ resources, access, exposures }: ChangeReport): string {
  const count = (kind: ResourceChange["kind"]): number =>
    resources.filter((each) => each.kind === kind).length;
  const permissions = (direction: AccessChange["direction"]): number =>
    access.filter((each) => each.direction === direction).length;
  const parts: readonly (readonly [number, string])[] = [
    [exposures.length, exposures.length === 1 ? "new exposure" : "new exposures"],
    [permissions("wider"), "wider"],
    [permissions("unknown"), "perhaps wider"],
    [permissions("narrower"), "narrower"],
    [count("removed"), "removed"],
    [count("replaced"), "replaced"],
    [count("changed"), "changed"],
    [count("renamed"), "renamed"],
    [count("added"), "added"],
  ];
  const [opened, ...others] = parts;
  const openings = opened !== undefined && opened[0] > 0 ? [`${opened[0]} ${opened[1]}`] : [];
  const group = (entries: typeof parts): string =>
    entries
      .filter(([number]) => number > 0)
      .map(([number, word]) => `${number} ${word}`)
      .join(", ");
  const [rights, things] = [group(others.slice(0, 3)), group(others.slice(3))];
  return [
    ...openings,
    ...(rights === "" ? [] : [`permissions: ${rights}`]),
    ...(things === "" ? [] : [`resources: ${things}`]),
    ...(openings.length === 0 && rights === "" && things === "" ? ["the cost alone"] : []),
  ].join("; ");
}

export interface AccessGroup {
  readonly stack: string;
  readonly subject: string;
  readonly statements: number;
}

/** The changes of each role or resource as one. */
export function groupsOf(entries: readonly AccessChange[]): AccessGroup[] {
  const groups = new Map<string, AccessGroup>();
  for (const { stack, subject } of entries) {
    const key = `${stack} ${subject}`;
    groups.set(key, { stack, subject, statements: (groups.get(key)?.statements ?? 0) + 1 });
  }
  return [...groups.values()];
}

/** `log group shop-test`, with the former name where it has another one. */
export function resourceTitle({ type, name, formerUrn }: ResourceChange): string {
  const former = formerUrn === undefined ? "" : ` (was ${formerUrn.split("::").at(-1) ?? formerUrn})`;
  return `${kindName(type)} ${name}${former}`;
}

/**
 * `policy: "…/a/*" → "…/b/*"`: what a property was and is, in at most `room` characters. What both begin with is left
 * out where it is long.
 */
export function propertyText({ path, before, after }: PropertyChange, room: number): string {
  const half = Math.max(12, Math.floor((room - path.length - 5) / 2));
  const [one, other] = [before, after];
  const shared = one.length > half || other.length > half ? sharedBeginning(one, other) : 0;
  const shown = (value: string): string => {
    if (value === "") return "nothing";
    const rest = shared > SHORTEST_LEFT_OUT ? `…${value.slice(shared)}` : value;
    return rest.length > half ? `${rest.slice(0, half - 1)}…` : rest;
  };
  return `${path}: ${shown(one)} → ${shown(other)}`;
}

const SHORTEST_LEFT_OUT = 8;

function sharedBeginning(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return Math.max(0, length - 2);
}
