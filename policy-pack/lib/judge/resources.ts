/** Judges the resources of an identity policy's statement: how far each pattern reaches for each action. */
import type { ActionInfo, ResourceType } from "../aws/action-table";
import { isListLike } from "../aws/list-like";
import type { Entry, Statement } from "../document/statement";
import { narrowing } from "../measure/conditions";
import type { DeniedOutright } from "../measure/denied-outright";
import { grantedActions, grantsEveryAction, isNobodysToChange } from "../measure/granted-actions";
import { areMadeUnderNewId } from "../measure/made-resources";
import {
  broader,
  isEveryResource,
  isNarrow,
  isResourcePattern,
  reachOf,
  type Breadth,
  type Reach,
  type Segment,
} from "../measure/reach";
import { scopableInPractice } from "../measure/unscopable";
import { findingAt, namesInShort, type Finding, type Severity } from "./findings";

/** Findings about the Resource or NotResource element of one Allow statement, less what is denied outright. */
export function judgeResources(statement: Statement, denied: DeniedOutright): Finding[] {
  const { notResources } = statement;
  if (notResources !== undefined) {
    const actions = grantedActions(statement).filter((action) => !denied.action(action, "*"));
    return actions.length > 0 ? [notResource(statement, notResources, actions)] : [];
  }
  return statement.resources.flatMap((entry) => {
    if (!isResourcePattern(entry.value)) return [malformed(statement, entry)];
    // No condition narrows every action there is, so there is no need to ask each.
    if (grantsEveryAction(statement) && isEveryResource(entry.value))
      return denied.pattern("*", entry.value) ? [] : [everything(statement, entry)];
    const actions = grantedActions(statement).filter(
      (action) => !denied.action(action, entry.value) && !isNobodysToChange(action, entry.value),
    );
    return judgeResource(statement, entry, actions);
  });
}

function everything(statement: Statement, entry: Entry): Finding {
  return {
    ...findingAt(statement, entry.path, entry.value),
    severity: "error",
    reason: "reaches every resource for every action that the statement grants.",
    remedy: "Name the resources that are meant.",
    actions: ["*"],
  };
}

interface Touched {
  readonly action: ActionInfo;
  readonly reach: Reach;
  readonly why: readonly string[];
}

function judgeResource(statement: Statement, entry: Entry, actions: readonly ActionInfo[]): Finding[] {
  const touched: Touched[] = [];
  for (const action of actions) {
    if (!scopableInPractice(action, statement)) continue;
    const reached = reachOf(entry.value, action);
    if (
      reached === undefined ||
      (isNarrow(reached.breadth) && reached.open.length === 0 && reached.breadth !== "prefix")
    )
      continue;
    const narrowed = narrowing(statement, action, reached.types);
    if (!narrowed.narrows) touched.push({ action, reach: reached, why: narrowed.why });
  }
  const findings = [breadthFinding(statement, entry, touched), segmentFinding(statement, entry, touched)];
  return findings.filter((finding) => finding !== undefined);
}

/** About the name: whole types, loose patterns, prefixes. */
function breadthFinding(statement: Statement, entry: Entry, all: readonly Touched[]): Finding | undefined {
  const severities = all.map((touched) => severityOf(touched, statement));
  const severity = (["error", "warning", "note"] as const).find((level) => severities.includes(level));
  if (severity === undefined) return undefined;
  const worst = all.filter((_, index) => severities[index] === severity);
  const breadth = worst.map((touched) => touched.reach.breadth).reduce(broader);
  const names = worst.map(({ action }) => action.name);
  const why = worst.find((touched) => touched.why.length > 0)?.why ?? [];
  const excuse =
    severity !== "note" && why.length > 0 ? ` The condition does not narrow it: ${why.join("; ")}.` : "";
  return {
    ...findingAt(statement, entry.path, entry.value),
    severity,
    reason: `reaches ${BREADTH_WORDS[breadth]} for ${namesInShort(names)}.${excuse}`,
    remedy: remedyFor(breadth, worst[0]),
    actions: names,
  };
}

const BREADTH_WORDS: Readonly<Record<Breadth, string>> = {
  everything: "every resource",
  type: "every resource of the type",
  loose: "resources whose names it does not tell apart",
  prefix: "every resource whose name begins so",
  tail: "what lies below one resource",
  exact: "one resource",
};

function severityOf({ action, reach: reached }: Touched, statement: Statement): Severity | undefined {
  if (reached.breadth === "exact" || reached.breadth === "tail") return undefined;
  if (reached.breadth === "prefix")
    return isWorldwide(reached) && !isBound(statement, "account") ? "warning" : "note";
  if (makesItsOwnName(action, reached)) return "note";
  return isListLike(action) ? "warning" : "error";
}

/** Buckets have names of all accounts in common: anybody can make one whose name begins so. */
function isWorldwide({ types }: Reach): boolean {
  return types.every(({ arn }) => arn.startsWith("arn:${Partition}:s3:::"));
}

/** What is made under an id that AWS gives has none yet: `*` and the type's `/*` are then the same. */
function makesItsOwnName(action: ActionInfo, { breadth, types }: Reach): boolean {
  return (breadth === "type" || breadth === "everything") && areMadeUnderNewId(action, types);
}

function remedyFor(breadth: Breadth, touched: Touched | undefined): string {
  if (breadth === "prefix") return "Name the resources if they are known.";
  if (touched !== undefined && makesItsOwnName(touched.action, touched.reach))
    return "AWS gives what is made its id, so it cannot be named; demand a tag of it by aws:RequestTag where the action carries it.";
  const format = touched === undefined ? undefined : arnToName(touched);
  if (format === undefined) return "Name the resources that are meant.";
  const example = format.replace("${Partition}", "aws").replaceAll(/\$\{(\w+)\}/g, "<$1>");
  return `Name the resources, as ${example}, or narrow by a condition such as aws:ResourceTag that the action carries.`;
}

/** Of several types that an action takes, the one that its name speaks of (GetObject: object), else the plainest. */
function arnToName({ action, reach: { types } }: Touched): string | undefined {
  const spoken = plain(action.name);
  const fitness = ({ name, arn }: ResourceType): number =>
    spoken.includes(plain(name)) ? plain(name).length : -arn.split("${").length;
  return [...types].sort((left, right) => fitness(right) - fitness(left))[0]?.arn;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, "");
}

/** About what stands before the name: partition, service, region, account. */
function segmentFinding(statement: Statement, entry: Entry, all: readonly Touched[]): Finding | undefined {
  const narrow = all.filter((touched) => isNarrow(touched.reach.breadth) && openSegments(touched).length > 0);
  const open = [...new Set(narrow.flatMap(openSegments))].filter((segment) => !isBound(statement, segment));
  if (open.length === 0) return undefined;
  const names = narrow.map(({ action }) => action.name);
  const severity = segmentSeverity(entry.value, open);
  // As for the name: what only lists is never graver than on every resource.
  const isListing = narrow.every(({ action }) => isListLike(action));
  return {
    ...findingAt(statement, entry.path, entry.value),
    severity: severity === "error" && isListing ? "warning" : severity,
    reason: `leaves the ${open.join(" and ")} open for ${namesInShort(names)}: a resource of that name elsewhere is meant too.`,
    remedy: `Write the ${open.join(" and ")}.`,
    actions: names,
  };
}

/**
 * A role is passed within its own account only, so that an open account names the same role
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html).
 */
function openSegments({ action, reach: { open } }: Touched): readonly Segment[] {
  return action.name === "iam:PassRole" ? open.filter((segment) => segment !== "account") : open;
}

function segmentSeverity(pattern: string, open: readonly Segment[]): Severity {
  // The caller itself, in whichever account it is: AWS's own form for users who manage their credentials.
  if (/:user\/\$\{aws:username\}$/i.test(pattern)) return "note";
  if (open.includes("account") || open.includes("service")) return "error";
  return open.includes("region") ? "warning" : "note";
}

/** An open account or region that a condition closes. */
function isBound(statement: Statement, segment: Segment): boolean {
  const keys = {
    account: /^(aws|s3):ResourceAccount$|^aws:ResourceOrg/i,
    region: /^aws:RequestedRegion$/i,
    service: /(?!)/,
    partition: /(?!)/,
  };
  return statement.conditions.some(
    ({ key, operator, values }) =>
      keys[segment].test(key) &&
      /^String(Equals|Like)$/i.test(operator) &&
      values.length > 0 &&
      values.every((value) => !/[*?]/.test(value)),
  );
}

function notResource(
  statement: Statement,
  excluded: readonly Entry[],
  granted: readonly ActionInfo[],
): Finding {
  const actions = grantsEveryAction(statement) ? ["*"] : granted.map(({ name }) => name);
  return {
    ...findingAt(
      statement,
      `${statement.path}.NotResource`,
      namesInShort(excluded.map(({ value }) => value)),
    ),
    severity: "error",
    reason: `grants ${actions[0] === "*" ? "every action" : namesInShort(actions, 3)} on every resource but these, also on those made later.`,
    remedy: "Name the resources that are meant in Resource.",
    actions,
  };
}

function malformed(statement: Statement, entry: Entry): Finding {
  return {
    ...findingAt(statement, entry.path, entry.value),
    rule: "readable-policies",
    severity: "error",
    reason: 'is neither an ARN nor "*", so what it means cannot be told.',
    remedy: "Write the resource's ARN.",
    actions: [],
  };
}
