import type { ResourceValidationPolicy } from "@pulumi/policy";
import { reportFindings } from "../adapter";

export const noWildcardGrants: ResourceValidationPolicy = {
  name: "no-wildcard-grants",
  description:
    "Grants name their actions and resources; a wildcard that reaches beyond what is named is rejected.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps: "List the actions and name the resources of the statement that the message names.",
  url: "docs/rules/no-wildcard-grants.md",
  validateResource: (args, report) => {
    reportFindings("no-wildcard-grants", args, report);
  },
};
