import { isExpired, isForStack, type Exemption } from "../lib/govern/exemptions";
import { urnParts } from "../lib/govern/urn";
import type { StackRule, Violation } from "../rule";
import { settings } from "../settings";
import { today, wasUsed } from "../violation";

/** An exception that has expired fails the stack; one that covered nothing in this run is told. */
export const governedExemptions: StackRule = {
  name: "governed-exemptions",
  description: "Every exception is in use and in date; an expired one fails, an unused one is told.",
  severity: "high",
  remedy: "Remove the exception, or have it renewed by its owner.",
  page: "docs/rules/governed-exemptions.md",
  judgeStack: ([first]) => {
    if (first === undefined) return [];
    const { stack } = urnParts(first.urn);
    return settings()
      .exemptions.filter((exemption) => isForStack(exemption, stack))
      .flatMap((exemption) => exemptionViolations(exemption));
  },
};

function exemptionViolations(exemption: Exemption): Violation[] {
  const { rule, urn, owner, ticket, expires } = exemption;
  const label = `the exception of ${owner} (${ticket}) from ${rule} for ${urn}`;
  if (isExpired(exemption, today())) return [{ message: `${label} expired on ${expires}.` }];
  if (wasUsed(exemption)) return [];
  return [{ message: `${label} excepts nothing any more: remove it.`, advisory: "low" }];
}
