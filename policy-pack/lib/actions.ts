/**
 * Judges the actions of a statement by what they really grant: a wildcard is expanded with the action table and
 * graded by what it adds, so that `s3:Put*` is named for the bucket policies it lets be written.
 */
import { LEVEL_WORDS, expand, service, tableDate, type AccessLevel, type ActionInfo } from "./action-table";
import { isOwnAccount } from "./callers";
import type { Context } from "./context";
import type { Entry, Statement } from "./statement";
import { brief, some, type Finding, type Severity } from "./findings";
import { reach } from "./reach";
import { hasWildcard } from "./wildcard";

/** Findings about the Action or NotAction element of one Allow statement. */
export function judgeActions(statement: Statement, context: Context): Finding[] {
  if (statement.notActions !== undefined) return [notAction(statement, statement.notActions)];
  const findings = statement.actions.flatMap((entry) => {
    if (!hasWildcard(entry.value)) return unknownAction(statement, entry, context);
    if (isKeyDelegation(statement, context)) return [];
    return [wildcardAction(statement, entry, context)];
  });
  return findings.length > 0 ? findings : enumeration(statement);
}

const granted = new WeakMap<Statement, readonly ActionInfo[]>();

/** Every action that a statement grants today; NotAction grants all the others. */
export function grantedActions(statement: Statement): readonly ActionInfo[] {
  const known = granted.get(statement);
  if (known !== undefined) return known;
  const found = expandAll(statement);
  granted.set(statement, found);
  return found;
}

function expandAll(statement: Statement): readonly ActionInfo[] {
  if (statement.notActions !== undefined) {
    const excluded = new Set(statement.notActions.flatMap(({ value }) => expand(value)));
    return expand("*").filter((action) => !excluded.has(action));
  }
  const [only] = statement.actions;
  if (statement.actions.length === 1 && only !== undefined) return expand(only.value);
  return [...new Set(statement.actions.flatMap(({ value }) => expand(value)))];
}

/** Whether a granted action can act on any resource of the statement; on others it is without effect. */
function hasEffect(statement: Statement, action: ActionInfo, context: Context): boolean {
  if (context.kind !== "identity" || statement.notResources !== undefined) return true;
  if (statement.resources.length === 0) return true;
  return statement.resources.some(({ value }) =>
    action.types.length === 0 ? /^[*?]+$/.test(value) : reach(value, action) !== undefined,
  );
}

/**
 * A key policy that lets its account's root do everything only hands the decision to that account's IAM. It is
 * AWS's default, without which a key can become unmanageable
 * (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html).
 */
function isKeyDelegation({ principals }: Statement, context: Context): boolean {
  const onKey = context.kind === "resource" && context.service === "kms";
  return onKey && principals.length > 0 && principals.every((one) => isOwnAccount(one, context));
}

function notAction(statement: Statement, excluded: readonly Entry[]): Finding {
  const unknown = excluded.filter(({ value }) => expand(value).length === 0).map(({ value }) => brief(value));
  const hollow = unknown.length > 0 ? ` and ${some(unknown)} is no action at all` : "";
  return {
    ...place(statement, `${statement.path}.NotAction`, some(excluded.map(({ value }) => brief(value)))),
    severity: "error",
    reason: `grants every action but these, also those that AWS will add later${hollow}.`,
    remedy: "List the actions that are needed in Action.",
    actions: ["*"],
  };
}

function wildcardAction(statement: Statement, entry: Entry, context: Context): Finding {
  const at = place(statement, entry.path, entry.value);
  if (isEverything(entry.value)) {
    return {
      ...at,
      severity: "error",
      reason: "grants every action of every service, now and in future.",
      remedy: "List the actions that are needed, one by one.",
      actions: ["*"],
    };
  }
  const all = expand(entry.value);
  const effective = all.filter((action) => hasEffect(statement, action, context));
  const names = effective.map(({ name }) => name);
  if (all.length === 0) {
    const [prefix = ""] = entry.value.split(":");
    const known = service(prefix) !== undefined;
    return {
      ...at,
      severity: known ? "warning" : "error",
      reason: `matches no action in the table of ${tableDate()}, so what it grants cannot be told.`,
      remedy: "Write the action's name as the Service Authorization Reference spells it.",
      actions: [entry.value],
    };
  }
  return {
    ...at,
    severity: severityOf(entry, effective),
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
  return !whole && added.every(({ level }) => level === "L") ? "warning" : "error";
}

/** Whether a statement grants every action, or every one but a few. */
export function grantsEverything({ actions, notActions }: Statement): boolean {
  return notActions !== undefined || actions.some(({ value }) => isEverything(value));
}

function isEverything(pattern: string): boolean {
  const [prefix = "", name] = pattern.split(":");
  return /^\*+$/.test(prefix) && (name === undefined || /^[*?]+$/.test(name));
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
  const example = grave.length > 0 ? `, among them ${some(grave, 3)}` : "";
  return `${added.length} actions (${counts.join(", ")}${example})`;
}

function remedyFor(names: readonly string[]): string {
  if (names.length === 0) return "Remove it, or list the actions that are needed.";
  if (names.length <= 12) return `List what is needed of: ${names.join(", ")}.`;
  return "List the actions that are needed, one by one.";
}

/** A name that the table does not have: a slip of the pen, or newer than the table. */
function unknownAction(statement: Statement, entry: Entry, context: Context): Finding[] {
  if (expand(entry.value).length > 0) return [];
  const open = context.kind === "identity" && statement.resources.some(({ value }) => /^[*?]+$/.test(value));
  const [prefix = ""] = entry.value.split(":");
  const which = service(prefix) === undefined ? "names a service" : "is an action";
  return [
    {
      ...place(statement, entry.path, entry.value),
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
function enumeration(statement: Statement): Finding[] {
  if (statement.actions.length < SMALLEST_SERVICE) return [];
  const granted = new Map<string, number>();
  for (const action of grantedActions(statement)) {
    granted.set(action.service, (granted.get(action.service) ?? 0) + 1);
  }
  return [...granted].flatMap(([prefix, count]) => {
    const total = service(prefix)?.actions.size ?? 0;
    if (total < SMALLEST_SERVICE || count < total * 0.95) return [];
    return [
      {
        ...place(statement, `${statement.path}.Action`, `${prefix}:*`),
        severity: "error" as const,
        reason: `is what this list amounts to: ${count} of the ${total} actions of ${prefix}, one by one.`,
        remedy: "Keep only the actions that are used.",
        actions: grantedActions(statement).map(({ name }) => name),
      },
    ];
  });
}

/** The parts that all findings of a statement share. */
export function place(
  statement: Statement,
  path: string,
  value: string,
): Pick<Finding, "rule" | "path" | "statement" | "index" | "value"> {
  return {
    rule: "no-wildcard-grants",
    path,
    statement: labelOf(statement),
    index: statement.index,
    value: brief(value),
  };
}

/** The statement in words. */
export function labelOf(statement: Statement): string {
  return statement.sid === undefined
    ? `statement ${statement.index + 1}`
    : `statement "${brief(statement.sid)}"`;
}
