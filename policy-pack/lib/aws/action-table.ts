/**
 * The actions of AWS with their access levels, resource types and condition keys, from `data/actions.jsonl`
 * (made by `data/generate.mjs`). A service's line is parsed when it is first asked for.
 */
import { matches } from "../document/wildcard";
import { readDataFile } from "./data-file";

/** L list, R read, W write, T tagging, P permissions management: the Service Authorization Reference's levels. */
export type AccessLevel = "L" | "R" | "W" | "T" | "P";

export const LEVEL_WORDS: Readonly<Record<AccessLevel, string>> = {
  L: "list",
  R: "read",
  W: "write",
  T: "tagging",
  P: "permissions management",
};

export interface ResourceType {
  readonly name: string;
  /** The ARN's format, such as `arn:${Partition}:s3:::${BucketName}/${ObjectName}`. */
  readonly arn: string;
  readonly keys: readonly string[];
}

export interface ActionInfo {
  /** As AWS writes it, such as `s3:GetObject`. */
  readonly name: string;
  readonly service: string;
  readonly level: AccessLevel;
  /** Empty when the action takes no resource: then only `*` grants it. */
  readonly types: readonly ResourceType[];
  /** Those of the types that a request need not name, beside others that it must. */
  readonly optional: readonly ResourceType[];
  /** Condition keys of the action and of its resource types. */
  readonly keys: readonly string[];
}

export interface Service {
  readonly actions: ReadonlyMap<string, ActionInfo>;
  readonly types: readonly ResourceType[];
  /** Condition keys whose value is an ARN although their name does not end so, such as `ec2:Vpc`. */
  readonly arnKeys: readonly string[];
}

interface Line {
  readonly service: string;
  readonly types: readonly (readonly [string, string, number])[];
  readonly keys: readonly (readonly string[])[];
  readonly arnKeys: readonly string[];
  readonly actions: Readonly<
    Record<string, readonly [AccessLevel, readonly number[], number, (readonly number[])?]>
  >;
}

interface Table {
  readonly date: string;
  readonly lines: ReadonlyMap<string, string>;
}

let loaded: Table | undefined;
const services = new Map<string, Service>();
const expansions = new Map<string, readonly ActionInfo[]>();
/** Names that are actions: there are no more of them than the table has. */
const plainNames = new Map<string, readonly ActionInfo[]>();

/** The date of the data, as `2026-09-26`. */
export function tableDate(): string {
  return table().date;
}

/** Every service prefix, such as `s3`. */
export function servicePrefixes(): string[] {
  return [...table().lines.keys()];
}

/** A service by its prefix in any case, or undefined when the data does not know it. */
export function serviceByPrefix(prefix: string): Service | undefined {
  const key = prefix.toLowerCase();
  const kept = services.get(key);
  if (kept !== undefined) return kept;
  const line = table().lines.get(key);
  if (line === undefined) return undefined;
  const parsed = parseService(JSON.parse(line) as Line);
  services.set(key, parsed);
  return parsed;
}

/** Every action that a pattern such as `s3:Get*`, `*` or `iam:P?ssRole` grants today. */
export function actionsMatching(pattern: string): readonly ActionInfo[] {
  const key = pattern.toLowerCase();
  const kept = plainNames.get(key) ?? expansions.get(key);
  if (kept !== undefined) return kept;
  const actions = search(key);
  if (actions.length === 1 && actions[0]?.name.toLowerCase() === key) {
    plainNames.set(key, actions);
    return actions;
  }
  // The cache is for patterns that come again; a hostile document must not grow it without end.
  if (expansions.size > 5_000) expansions.clear();
  expansions.set(key, actions);
  return actions;
}

function search(pattern: string): ActionInfo[] {
  const colon = pattern.indexOf(":");
  const [prefix, name] =
    colon >= 0
      ? [pattern.slice(0, colon), pattern.slice(colon + 1)]
      : /^\*+$/.test(pattern)
        ? ["*", "*"]
        : ["", ""];
  const prefixes = /[*?]/.test(prefix) ? servicePrefixes().filter((text) => matches(prefix, text)) : [prefix];
  return prefixes.flatMap((text) => {
    const actions = serviceByPrefix(text)?.actions;
    if (actions === undefined) return [];
    if (!/[*?]/.test(name)) return [actions.get(name)].filter((action) => action !== undefined);
    return [...actions].filter(([action]) => matches(name, action)).map(([, info]) => info);
  });
}

function table(): Table {
  if (loaded !== undefined) return loaded;
  const lines = readDataFile("actions.jsonl").toString("utf8").trimEnd().split("\n");
  const head = JSON.parse(lines[0] ?? "{}") as { readonly date: string };
  // A line starts with {"service":"PREFIX", which saves parsing it to learn its name.
  const named = lines.slice(1).map((line) => [line.slice(12, line.indexOf('"', 12)), line] as const);
  loaded = { date: head.date, lines: new Map(named) };
  return loaded;
}

function parseService(line: Line): Service {
  const keysOf = (index: number): readonly string[] => line.keys[index] ?? [];
  const types = line.types.map(([name, arn, keys]): ResourceType => ({ name, arn, keys: keysOf(keys) }));
  const actions = new Map<string, ActionInfo>();
  for (const [name, [level, numbers, keys, optional = []]] of Object.entries(line.actions)) {
    actions.set(name.toLowerCase(), {
      name: `${line.service}:${name}`,
      service: line.service,
      level,
      types: numbers.flatMap((number) => types[number] ?? []),
      optional: optional.flatMap((number) => types[number] ?? []),
      keys: keysOf(keys),
    });
  }
  return { actions, types, arnKeys: line.arnKeys };
}
