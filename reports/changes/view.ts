/** What the terminal and the Markdown of a change report say in the same words. */
import { kindName } from "../summary";
import type { AccessChange, ChangeReport, ResourceChange } from "./report";

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
