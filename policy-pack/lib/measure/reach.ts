/**
 * Where in an ARN a wildcard sits, and so how far it reaches. A star after `bucket/` is every object of one
 * bucket; the same star after `arn:aws:s3:::` is every bucket. Which it is depends on the ARN formats of the
 * action's own resource types.
 */
import { serviceByPrefix, type ActionInfo, type ResourceType } from "../aws/action-table";
import { matches, overlaps, SHORTEST_BEGINNING, VARIABLE, withoutVariables } from "../document/wildcard";

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
const CACHED_PATTERNS = 200;

/**
 * How far a resource pattern reaches for an action; undefined when the action has no resource that the pattern
 * can mean, so that the pattern grants nothing.
 */
export function reachOf(pattern: string, action: ActionInfo): Reach | undefined {
  if (isEveryResource(pattern)) return everything(action);
  const byAction = cache.get(pattern) ?? new Map<ActionInfo, Reach | undefined>();
  if (byAction.has(action)) return byAction.get(action);
  if (byAction.size === 0) {
    if (cache.size >= CACHED_PATTERNS) cache.clear();
    cache.set(pattern, byAction);
  }
  const reached = measure(pattern, action);
  byAction.set(action, reached);
  return reached;
}

const everythings = new WeakMap<ActionInfo, Reach>();

function everything(action: ActionInfo): Reach {
  const kept = everythings.get(action);
  if (kept !== undefined) return kept;
  const made: Reach = { breadth: "everything", open: [], types: action.types };
  everythings.set(action, made);
  return made;
}

/** `*`, `**`, `?*`: every resource there is. */
export function isEveryResource(pattern: string): boolean {
  return /^[*?]+$/.test(pattern);
}

let latest: { readonly pattern: string; readonly arn: Arn | undefined } | undefined;

/** The parts of a pattern. The last answer is kept: a pattern is asked for with one action after another. */
function arnOf(pattern: string): Arn | undefined {
  if (latest?.pattern !== pattern) latest = { pattern, arn: splitArn(withoutVariables(pattern)) };
  return latest.arn;
}

function measure(pattern: string, action: ActionInfo): Reach | undefined {
  const arn = arnOf(pattern);
  if (arn === undefined) return undefined;
  const overOwnTypes = reachOver(arn, action.types);
  if (overOwnTypes !== undefined) return overOwnTypes;
  // For API Gateway's newer kind of API the data lists the types but not at the actions.
  return action.service === "apigateway"
    ? reachOver(arn, serviceByPrefix(action.service)?.types ?? [])
    : undefined;
}

/** The broadest reach over the types whose ARNs the pattern can match. */
function reachOver(arn: Arn, types: readonly ResourceType[]): Reach | undefined {
  let reached: Reach | undefined;
  for (const type of types) {
    const ofType = reachOfType(arn, type);
    if (ofType === undefined) continue;
    reached = {
      breadth: broader(reached?.breadth ?? "exact", ofType.breadth),
      open: [...new Set([...(reached?.open ?? []), ...ofType.open])],
      types: [...(reached?.types ?? []), type],
    };
  }
  return reached;
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
function splitArn(text: string): Arn | undefined {
  const parts = text.split(":");
  if (!/^(arn|\*|a\*|ar\*)$/i.test(parts[0] ?? "") || text === parts[0]) return undefined;
  if (parts.length < 6 && !text.endsWith("*")) return undefined;
  while (parts.length < 6) parts.push("*");
  const [, partition = "", name = "", region = "", account = "", ...resource] = parts;
  return { partition, service: name, region, account, resource: resource.join(":") };
}

/** A resource type's format, taken apart once. */
interface Format extends Arn {
  /** What stands before the first variable of the resource part. */
  readonly fixed: string;
  /** The resource part as a pattern. */
  readonly pattern: string;
  /** Another type of the service extends this one by a slash, so that no resource of this type contains one. */
  readonly extended: boolean;
}

const formats = new WeakMap<ResourceType, Format>();

function formatOf(type: ResourceType): Format | undefined {
  const kept = formats.get(type);
  if (kept !== undefined) return kept;
  const arn = splitFormat(type);
  if (arn === undefined) return undefined;
  const start = arn.resource.indexOf(VARIABLE);
  const made = {
    ...arn,
    fixed: (start < 0 ? arn.resource : arn.resource.slice(0, start)).toLowerCase(),
    pattern: arn.resource.replaceAll(VARIABLE, "*"),
    extended: (serviceByPrefix(arn.service)?.types ?? []).some(
      (other) => splitFormat(other)?.resource.startsWith(`${arn.resource}/`) === true,
    ),
  };
  formats.set(type, made);
  return made;
}

function splitFormat(type: ResourceType): Arn | undefined {
  return splitArn(type.arn.replaceAll(/\$\{\w+\}/g, VARIABLE));
}

function reachOfType(arn: Arn, type: ResourceType): Omit<Reach, "types"> | undefined {
  const format = formatOf(type);
  if (format === undefined || !agrees(arn.service, format.service)) return undefined;
  if (!agrees(arn.region, format.region) || !agrees(arn.account, format.account)) return undefined;
  if (!canMean(arn.resource, format)) return undefined;
  if (isBelow(arn.resource, format)) return undefined;
  const open = SEGMENTS.filter(
    (segment) => /[*?]/.test(arn[segment]) && (segment === "service" || format[segment] === VARIABLE),
  );
  return { breadth: breadthOf(arn.resource, format.resource), open };
}

const SEGMENTS: readonly Segment[] = ["partition", "service", "region", "account"];

/** A segment of the pattern against one of the format: a variable there takes anything but nothing at all. */
function agrees(pattern: string, format: string): boolean {
  return format === VARIABLE ? pattern !== "" : matches(pattern, format);
}

/** Whether a resource part can mean a resource of the format. Quick looks come before the thorough one. */
function canMean(pattern: string, { fixed, pattern: format }: Format): boolean {
  const wild = pattern.search(/[*?]/);
  const literal = (wild < 0 ? pattern : pattern.slice(0, wild)).toLowerCase();
  if (!literal.startsWith(fixed)) return wild >= 0 && fixed.startsWith(literal) && overlaps(pattern, format);
  // `table/*` takes everything that begins with `table/`.
  return format.length === fixed.length + 1 || overlaps(pattern, format);
}

/**
 * Whether the pattern names something below a resource of the type and not such a resource: `bucket/*` is no
 * bucket, `table/x/index/*` no table, because the service has types that extend theirs by a slash.
 */
function isBelow(pattern: string, { resource, fixed, extended }: Format): boolean {
  if (!extended || !resource.endsWith(VARIABLE)) return false;
  return (pattern.split(/[*?]/)[0] ?? "").slice(fixed.length).includes("/");
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
  return name.includes(VARIABLE) || name.length >= SHORTEST_BEGINNING ? "prefix" : "loose";
}

/** Whether what follows the wildcard still holds part of a name (`*-prod`), and not only the format's own text. */
function restNames(rest: string, format: string): boolean {
  const literal = rest.replaceAll(/[*?]/g, "");
  const formatText = format.replaceAll(VARIABLE, "");
  return literal.replaceAll(/[/:]/g, "").length >= SHORTEST_BEGINNING && !formatText.includes(literal);
}

/**
 * Whether an ARN names one resource, or what is below one, though it tells no account: the names of buckets and of
 * hosted zones are told apart in the whole world, so that AWS's formats for them have neither region nor account.
 */
export function namesWorldwide(text: string): boolean {
  const arn = splitArn(withoutVariables(text));
  const reached = arn === undefined ? undefined : reachOver(arn, serviceByPrefix(arn.service)?.types ?? []);
  if (reached === undefined || (reached.breadth !== "exact" && reached.breadth !== "tail")) return false;
  return reached.types.every(({ arn: format }) => /^arn:[^:]*:[^:]*:::/.test(format));
}

/** Whether the pattern is an ARN, or a pattern of ARNs, or one of the patterns for everything. */
export function isResourcePattern(text: string): boolean {
  return isEveryResource(text) || arnOf(text) !== undefined;
}
