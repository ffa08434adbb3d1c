/** Makes a violation of a finding: what an exception or the baseline covers is told and does not block. */
import { exemptionFor, isExpired, type Exemption } from "./lib/govern/exemptions";
import { messageOf } from "./lib/judge/findings";
import type { LocatedFinding } from "./lib/judge/located-finding";
import { markedMessage } from "./marks";
import type { Violation } from "./rule";
import { settings } from "./settings";

/** The exceptions that covered a finding so far. */
const usedExemptions = new Set<Exemption>();

/** Whether an exception has covered a finding of this run. */
export function wasUsed(exemption: Exemption): boolean {
  return usedExemptions.has(exemption);
}

/**
 * The violation that a finding amounts to. An error has the rule's own level and severity; a warning, an excepted
 * finding and one that the baseline had never block. An expired exception covers nothing.
 */
export function violationOf(located: LocatedFinding, urn: string, day = today()): Violation {
  const { finding, property } = located;
  const text = `${property === finding.path ? "" : `${property}: `}${messageOf(finding)}`;
  const exemption = exemptionFor(located, urn, settings().exemptions, day);
  if (exemption !== undefined) {
    usedExemptions.add(exemption);
    const { reason, owner, ticket, expires } = exemption;
    if (isExpired(exemption, day))
      return { message: `${text} The exception of ${owner} (${ticket}) expired on ${expires}.` };
    const why = `Excepted until ${expires} by ${owner} (${ticket}): ${reason}`;
    return { message: markedMessage("exempted", `${text} ${why}`), advisory: "low" };
  }
  if (finding.severity === "warning") return { message: text, advisory: "medium" };
  if (settings().baseline?.covers(urn, located) === true)
    return { message: markedMessage("baseline", text), advisory: "medium" };
  return { message: text };
}

/** Today in UTC, as `2026-11-21`. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
