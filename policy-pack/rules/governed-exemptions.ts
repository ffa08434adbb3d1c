import type { StackValidationPolicy } from "@pulumi/policy";
import { now, wasUsed } from "../adapter";
import { isExpired, isForStack, urnParts, type Exemption } from "../lib/exemptions";
import { settings } from "../options";
import { send } from "../report";

export const governedExemptions: StackValidationPolicy = {
  name: "governed-exemptions",
  description: "Every exception is in use and in date; an expired one fails, an unused one is told.",
  enforcementLevel: "mandatory",
  severity: "medium",
  remediationSteps: "Remove the exception, or have it renewed by its owner.",
  url: "docs/rules/governed-exemptions.md",
  validateStack: ({ resources }, report) => {
    const [first] = resources;
    if (first === undefined) return;
    const { stack } = urnParts(first.urn);
    for (const exemption of settings().exemptions.filter((one) => isForStack(one, stack))) {
      if (isExpired(exemption, now())) {
        send(report, { message: `${label(exemption)} expired on ${exemption.expires}.`, severity: "high" });
      } else if (!wasUsed(exemption)) {
        send(report, {
          message: `${label(exemption)} excepts nothing any more: remove it.`,
          enforcementLevel: "advisory",
          severity: "low",
        });
      }
    }
  },
};

function label({ rule, urn, owner, ticket }: Exemption): string {
  return `the exception of ${owner} (${ticket}) from ${rule} for ${urn}`;
}
