/**
 * Judges the actions of a statement by what they really grant: a wildcard is expanded with the action table and
 * graded by what it adds, so that `s3:Put*` is named for the bucket policies it lets be written.
 */
import {
  actionsMatching,
  LEVEL_WORDS,
  serviceByPrefix,
  tableDate,
  type AccessLevel,
  type ActionInfo,
} from "../aws/action-table";
import { isListLike } from "../aws/list-like";
import type { Context } from "../document/context";
import type { Entry, Statement } from "../document/statement";
import { hasWildcard } from "../document/wildcard";
import { resourcesOf, type DeniedOutright } from "../measure/denied-outright";
import { grantedActions, hasEffect, isEveryAction } from "../measure/granted-actions";
import { findingAt, namesInShort, shortened, type Finding, type Severity } from "./findings";
import { delegatesToOwner, isOperationOfNamed } from "./resource-wildcards";

/** Findings about the Action or NotAction element of one Allow statement, less what the document denies outright. */
export function judgeActions(statement: Statement, denied: DeniedOutright, context: Context): Finding[] {
  const resources = resourcesOf(statement);
  const isDenied = (action: ActionInfo): boolean =>
    resources.every((resource) => denied.action(action, resource));
  if (statement.notActions !== undefined) {
    if (grantedActions(statement).every(isDenied)) return [];
    return [notAction(statement, statement.notActions)];
  }
  const isDelegation = delegatesToOwner(statement, context);
  const findings = statement.actions.flatMap((entry) => {
    if (!hasWildcard(entry.value)) return unknownAction(statement, entry, context);
    if (isDelegation) return [];
    if (resources.every((resource) => denied.pattern(entry.value, resource))) return [];
    return [wildcardAction(statement, entry, isDenied, context)];
  });
  return findings.length > 0 || isDelegation ? findings : enumeration(statement, isDenied);
}

function notAction(statement: Statement, excluded: readonly Entry[]): Finding {
  const unknown = excluded
    .filter(({ value }) => actionsMatching(value).length === 0)
    .map(({ value }) => shortened(value));
  const hollow = unknown.length > 0 ? ` and ${namesInShort(unknown)} is no action at all` : "";
  return {
    ...findingAt(
      statement,
      `${statement.path}.NotAction`,
      namesInShort(excluded.map(({ value }) => shortened(value))),
    ),
    severity: "error",
    reason: `grants every action but these, also those that AWS will add later${hollow}.`,
    remedy: "List the actions that are needed in Action.",
    actions: ["*"],
  };
}

function wildcardAction(
  statement: Statement,
  entry: Entry,
  isDenied: (action: ActionInfo) => boolean,
  context: Context,
): Finding {
  const at = findingAt(statement, entry.path, entry.value);
  if (isEveryAction(entry.value)) {
    const less = actionsMatching("*").some(isDenied) ? " but those that the document denies" : "";
    return {
      ...at,
      severity: "error",
      reason: `grants every action of every service${less}, now and in future.`,
      remedy: "List the actions that are needed, one by one.",
      actions: ["*"],
    };
  }
  const all = actionsMatching(entry.value);
  const effective = all.filter((action) => hasEffect(statement, action, context) && !isDenied(action));
  const names = effective.map(({ name }) => name);
  if (all.length === 0) {
    return {
      ...at,
      severity: serviceByPrefix(entry.value.split(":")[0] ?? "") === undefined ? "error" : "warning",
      reason: `matches no action in the table of ${tableDate()}, so what it grants cannot be told.`,
      remedy: "Write the action's name as the Service Authorization Reference spells it.",
      actions: [entry.value],
    };
  }
  return {
    ...at,
    severity: isOperationOfNamed(statement, entry, effective, context)
      ? "note"
      : severityOf(entry, effective),
    reason: `grants ${whatItAdds(effective)}.`,
    remedy: remedyFor(names),
    actions: names,
  };
}

/**
 * An action wildcard grants what nobody listed, now and whenever AWS adds to it: an error, unless it is a part of a
 * service and only lists, as ec2:Describe* does.
 */
function severityOf(entry: Entry, added: readonly ActionInfo[]): Severity {
  const whole = /:\*+$/.test(entry.value);
  return !whole && added.every(isListLike) ? "warning" : "error";
}

function whatItAdds(added: readonly ActionInfo[]): string {
  if (added.length === 0) return "nothing on these resources today, but whatever AWS adds under that name";
  if (added.length === 1)
    return `${added[0]?.name ?? ""} under a name that hides it, and whatever AWS adds under it`;
  const count = (level: AccessLevel): number => added.filter((action) => action.level === level).length;
  const counts = (["P", "W", "T", "R", "L"] as const)
    .filter((level) => count(level) > 0)
    .map((level) => `${count(level)} ${LEVEL_WORDS[level]}`);
  const grave = added.filter(({ level }) => level === "P").map(({ name }) => name);
  const example = grave.length > 0 ? `, among them ${namesInShort(grave, 3)}` : "";
  return `${added.length} actions (${counts.join(", ")}${example})`;
}

function remedyFor(names: readonly string[]): string {
  if (names.length === 0) return "Remove it, or list the actions that are needed.";
  if (names.length <= 12) return `List what is needed of: ${names.join(", ")}.`;
  return "List the actions that are needed, one by one.";
}

/** A name that the table does not have: a slip of the pen, or newer than the table. */
function unknownAction(statement: Statement, entry: Entry, context: Context): Finding[] {
  if (actionsMatching(entry.value).length > 0) return [];
  const open = context.kind === "identity" && statement.resources.some(({ value }) => /^[*?]+$/.test(value));
  const [prefix = ""] = entry.value.split(":");
  const which = serviceByPrefix(prefix) === undefined ? "names a service" : "is an action";
  return [
    {
      ...findingAt(statement, entry.path, entry.value),
      severity: open ? "error" : "warning",
      reason: `${which} that the table of ${tableDate()} does not have, so what it grants cannot be told.`,
      remedy: "Correct the spelling, or name the resources until the table is renewed.",
      actions: [entry.value],
    },
  ];
}

/** Fewer actions than this may well all be needed; a service has from a handful to seven hundred. */
const SMALLEST_SERVICE = 20;

/** A service granted in full by listing its actions instead of writing a star. */
function enumeration(statement: Statement, isDenied: (action: ActionInfo) => boolean): Finding[] {
  if (statement.actions.length < SMALLEST_SERVICE) return [];
  const granted = new Map<string, number>();
  const actions = grantedActions(statement).filter((action) => !isDenied(action));
  for (const action of actions) {
    granted.set(action.service, (granted.get(action.service) ?? 0) + 1);
  }
  return [...granted].flatMap(([prefix, count]) => {
    const total = serviceByPrefix(prefix)?.actions.size ?? 0;
    if (total < SMALLEST_SERVICE || count < total * 0.95) return [];
    return [
      {
        ...findingAt(statement, `${statement.path}.Action`, `${prefix}:*`),
        severity: "error" as const,
        reason: `is what this list amounts to: ${count} of the ${total} actions of ${prefix}, one by one.`,
        remedy: "Keep only the actions that are used.",
        actions: actions.map(({ name }) => name),
      },
    ];
  });
}
