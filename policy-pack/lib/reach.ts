/**
 * Where in an ARN a wildcard sits, and so how far it reaches. A star after `bucket/` is every object of one
 * bucket; the same star after `arn:aws:s3:::` is every bucket. Which it is depends on the ARN formats of the
 * action's own resource types.
 */
import { service, type ActionInfo, type ResourceType } from "./action-table";
import { VARIABLE, hasWildcard, overlaps, withoutVariables } from "./wildcard";

/**
 * From narrow to broad:
 * - exact: no wildcard that matters;
 * - tail: below one named resource, or a part the ARN's grammar demands (`log-group:x:*`, `bucket/*`);
 * - prefix: all resources whose name starts so (`app-*`);
 * - loose: a wildcard before the name is told apart (`*-prod`, `a*`);
 * - type: every resource of a type (`table/*`, `arn:aws:s3:::*`);
 * - everything: every resource of every type (`*`).
 */
export type Breadth = "exact" | "tail" | "prefix" | "loose" | "type" | "everything";

const ORDER: readonly Breadth[] = ["exact", "tail", "prefix", "loose", "type", "everything"];

export interface Reach {
  readonly breadth: Breadth;
  /** Segments before the resource part that hold a wildcard where the format demands a value. */
  readonly open: readonly Segment[];
  /** The resource types that the pattern can mean. */
  readonly types: readonly ResourceType[];
}

export type Segment = "partition" | "service" | "region" | "account";

/** The broader of two. */
export function broader(left: Breadth, right: Breadth): Breadth {
  return ORDER.indexOf(left) >= ORDER.indexOf(right) ? left : right;
}

/** Whether a breadth lets a reviewer name the resources that are meant. */
export function isNarrow(breadth: Breadth): boolean {
  return breadth === "exact" || breadth === "tail" || breadth === "prefix";
}

/** Answers by pattern and action: the same few patterns come with many actions. */
const cache = new Map<string, Map<ActionInfo, Reach | undefined>>();
/** Beyond this many patterns the cache starts anew, so that no document makes it grow without end. */
const CACHED_PATTERNS = 500;

/**
 * How far a resource pattern reaches for an action; undefined when the action has no resource that the pattern
 * can mean, so that the pattern grants nothing.
 */
export function reach(pattern: string, action: ActionInfo): Reach | undefined {
  if (isEverything(pattern)) return { breadth: "everything", open: [], types: action.types };
  const byAction = cache.get(pattern) ?? new Map<ActionInfo, Reach | undefined>();
  if (byAction.has(action)) return byAction.get(action);
  if (byAction.size === 0) {
    if (cache.size >= CACHED_PATTERNS) cache.clear();
    cache.set(pattern, byAction);
  }
  const found = measure(pattern, action);
  byAction.set(action, found);
  return found;
}

/** `*`, `**`, `?*`: every resource there is. */
export function isEverything(pattern: string): boolean {
  return /^[*?]+$/.test(pattern);
}

function measure(pattern: string, action: ActionInfo): Reach | undefined {
  const arn = split(withoutVariables(pattern));
  if (arn === undefined) return undefined;
  const own = reachOver(arn, action.types);
  if (own !== undefined) return own;
  // For API Gateway's newer kind of API the data lists the types but not at the actions.
  return action.service === "apigateway" ? reachOver(arn, service(action.service)?.types ?? []) : undefined;
}

/** The broadest reach over the types whose ARNs the pattern can match. */
function reachOver(arn: Arn, types: readonly ResourceType[]): Reach | undefined {
  let found: Reach | undefined;
  for (const type of types) {
    const one = reachOfType(arn, type);
    if (one === undefined) continue;
    found = {
      breadth: broader(found?.breadth ?? "exact", one.breadth),
      open: [...new Set([...(found?.open ?? []), ...one.open])],
      types: [...(found?.types ?? []), type],
    };
  }
  return found;
}

/** The six parts of an ARN. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** Splits an ARN or ARN pattern; a pattern that ends early in a star (`arn:aws:s3*`) is filled up with stars. */
export function split(text: string): Arn | undefined {
  const parts = text.split(":");
  if (!/^(arn|\*|a\*|ar\*)$/i.test(parts[0] ?? "") || text === parts[0]) return undefined;
  if (parts.length < 6 && !text.endsWith("*")) return undefined;
  while (parts.length < 6) parts.push("*");
  const [, partition = "", name = "", region = "", account = "", ...resource] = parts;
  return { partition, service: name, region, account, resource: resource.join(":") };
}

function reachOfType(arn: Arn, { arn: format }: ResourceType): Omit<Reach, "types"> | undefined {
  const type = split(format.replaceAll(/\$\{(\w+)\}/g, VARIABLE));
  if (type === undefined) return undefined;
  if (!overlaps(arn.service, type.service)) return undefined;
  const formatResource = type.resource.replaceAll(VARIABLE, "*");
  if (!overlaps(arn.resource, formatResource)) return undefined;
  if (!agrees(arn.region, type.region) || !agrees(arn.account, type.account)) return undefined;
  const open = (["partition", "service", "region", "account"] as const).filter(
    (segment) => /[*?]/.test(arn[segment]) && (segment === "service" || type[segment] === VARIABLE),
  );
  if (isBelow(arn.resource, type.resource, type.service)) return undefined;
  return { breadth: breadthOf(arn.resource, type.resource), open };
}

/**
 * Whether the pattern names something below a resource of the type and not such a resource: `bucket/*` is no
 * bucket, `table/x/index/*` no table, because the service has types that extend theirs by a slash.
 */
function isBelow(pattern: string, format: string, prefix: string): boolean {
  const start = format.indexOf(VARIABLE);
  if (start < 0 || !format.endsWith(VARIABLE)) return false;
  const name = (pattern.split(/[*?]/)[0] ?? "").slice(format.length - 1);
  if (!name.includes("/")) return false;
  return (service(prefix)?.types ?? []).some((other) => {
    const longer = split(other.arn.replaceAll(/\$\{\w+\}/g, VARIABLE));
    return longer?.resource.startsWith(`${format}/`) === true;
  });
}

/** A segment of the pattern against one of the format: a variable there takes anything but nothing at all. */
function agrees(pattern: string, format: string): boolean {
  return format === VARIABLE ? pattern !== "" : overlaps(pattern, format);
}

/**
 * The breadth of a resource part. What stands before its first wildcard is laid along the format: if it ends
 * before the format's first variable begins, every resource of the type is meant; if inside it, a prefix of
 * names; if after it, something below one resource.
 */
function breadthOf(pattern: string, format: string): Breadth {
  const first = pattern.search(/[*?]/);
  if (first < 0) return "exact";
  const literal = pattern.slice(0, first);
  const rest = pattern.slice(first);
  const start = format.indexOf(VARIABLE);
  if (start < 0) return literal === "" ? "type" : "tail";
  if (literal.length <= start) return restNames(rest, format.slice(start)) ? "loose" : "type";
  const name = literal.slice(start);
  const delimiter = format[start + 1];
  // `name:*` and `name/*`: the name is complete, what follows is a version, a stream, an object, a child.
  if (delimiter !== undefined && name.includes(delimiter)) return "tail";
  if (name.endsWith(":")) return "tail";
  // Secrets Manager appends a hyphen and six characters of its own to every name.
  if (format.startsWith("secret:") && /^-?\?{6}$/.test(rest) && name.endsWith("-")) return "tail";
  return name.includes(VARIABLE) || name.length >= SHORTEST_PREFIX ? "prefix" : "loose";
}

/** A prefix of fewer characters than this does not tell names apart. */
const SHORTEST_PREFIX = 3;

/** Whether what follows the wildcard still holds part of a name (`*-prod`), and not only the format's own text. */
function restNames(rest: string, format: string): boolean {
  const literal = rest.replaceAll(/[*?]/g, "");
  const own = format.replaceAll(VARIABLE, "");
  return literal.replaceAll(/[/:]/g, "").length >= SHORTEST_PREFIX && !own.includes(literal);
}

/** Whether the pattern is an ARN, or a pattern of ARNs, or one of the patterns for everything. */
export function isResourcePattern(text: string): boolean {
  return isEverything(text) || split(withoutVariables(text)) !== undefined;
}

/** Whether an ARN names its account and resource without any wildcard. */
export function isExactArn(text: string): boolean {
  return text.toLowerCase().startsWith("arn:") && !hasWildcard(text);
}
