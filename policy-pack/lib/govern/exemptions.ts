/**
 * Exceptions as governed data. An exception names one finding on one kind of resource, says why, who answers for
 * it, under which ticket and until when, and is bound to the statement's hash: a new action under an excepted
 * statement is a new statement, and fails.
 */
import { matches } from "../document/wildcard";
import type { RuleName } from "../judge/findings";
import type { LocatedFinding } from "../judge/located-finding";
import { urnParts } from "./urn";

export interface Exemption {
  readonly rule: RuleName;
  /** Name of the stack; `*` and `?` are wildcards. */
  readonly stack: string;
  /** The resource's URN, or its last part (its name); `*` and `?` are wildcards. */
  readonly urn: string;
  /** The actions of the finding, exactly; the order does not matter. */
  readonly actions: readonly string[];
  /** The value that the finding complains of, exactly as the message shows it. */
  readonly resource: string;
  /** The statement's hash: sixteen hexadecimal digits. */
  readonly statement: string;
  readonly reason: string;
  readonly owner: string;
  readonly ticket: string;
  /** The last day on which it holds, as `2027-06-30`. */
  readonly expires: string;
  /** A page that shows why there is no other way, such as the action's in the Service Authorization Reference. */
  readonly link?: string;
}

/** What is wrong with the exceptions, a sentence each; an exception with a problem excuses nothing. */
export function exemptionProblems(exemptions: readonly Exemption[]): string[] {
  return exemptions.flatMap((exemption, index) => {
    const name = `exemption ${index + 1}`;
    const missing = (
      ["rule", "stack", "urn", "resource", "statement", "reason", "owner", "ticket", "expires"] as const
    ).filter(
      (field) =>
        typeof exemption[field] !== "string" || (exemption[field].trim() === "" && field !== "resource"),
    );
    const problems = missing.map((field) => `${name} has no ${field}`);
    if (!Array.isArray(exemption.actions) || exemption.actions.length === 0)
      problems.push(`${name} has no actions`);
    if (problems.length > 0) return problems;
    if (exemption.actions.some((action) => action === "*"))
      problems.push(`${name} excepts every action, which cannot be excepted`);
    if (/^[*?]*$/.test(exemption.urn))
      problems.push(`${name} excepts every resource; name the resource in urn`);
    if (exemption.reason.trim().length < SHORTEST_REASON)
      problems.push(`${name} gives a reason of fewer than ${SHORTEST_REASON} characters`);
    if (!/^[0-9a-f]{16}$/.test(exemption.statement))
      problems.push(`${name} has a statement hash that is not 16 hexadecimal digits`);
    if (!isDay(exemption.expires))
      problems.push(
        `${name} expires on ${JSON.stringify(exemption.expires)}, which is no date such as 2027-06-30`,
      );
    return problems;
  });
}

const SHORTEST_REASON = 20;

function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Whether the exception's last day has passed. */
export function isExpired(exemption: Exemption, today: string): boolean {
  return exemption.expires < today;
}

/** Whether an exception is meant for resources of the stack. */
export function isForStack(exemption: Exemption, stack: string): boolean {
  return matches(exemption.stack, stack);
}

/** The exception that covers a finding, whether or not it has expired; a valid one goes before an expired one. */
export function exemptionFor(
  located: LocatedFinding,
  urn: string,
  exemptions: readonly Exemption[],
  today: string,
): Exemption | undefined {
  const covering = exemptions.filter((exemption) => covers(exemption, located, urn));
  return covering.find((exemption) => !isExpired(exemption, today)) ?? covering[0];
}

function covers(exemption: Exemption, { finding, hash }: LocatedFinding, urn: string): boolean {
  const { stack, name } = urnParts(urn);
  return (
    exemption.rule === finding.rule &&
    exemption.statement === hash &&
    exemption.resource === finding.value &&
    sameNames(exemption.actions, finding.actions) &&
    isForStack(exemption, stack) &&
    (matches(exemption.urn, urn) || matches(exemption.urn, name))
  );
}

function sameNames(left: readonly string[], right: readonly string[]): boolean {
  const key = (names: readonly string[]): string =>
    JSON.stringify([...new Set(names.map((name) => name.toLowerCase()))].sort());
  return key(left) === key(right);
}

/** The entry to paste in for a finding; what only a person can know is left as a question. */
export function proposeExemption({ finding, hash }: LocatedFinding, about: Partial<Exemption>): Exemption {
  return {
    rule: finding.rule,
    stack: about.stack ?? "STACK",
    urn: about.urn ?? "NAME OF THE RESOURCE",
    actions: finding.actions,
    resource: finding.value,
    statement: hash,
    reason: about.reason ?? "WHY THERE IS NO OTHER WAY",
    owner: about.owner ?? "WHO ANSWERS FOR IT",
    ticket: about.ticket ?? "WHERE IT WAS AGREED",
    expires: about.expires ?? "YYYY-MM-DD",
  };
}
