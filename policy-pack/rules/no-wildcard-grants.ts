import type { ResourceValidationPolicy } from "@pulumi/policy";
import { reportFindings } from "../adapter";
import { ruleInfo } from "../lib/rules";

export const noWildcardGrants: ResourceValidationPolicy = {
  name: "no-wildcard-grants",
  description: ruleInfo("no-wildcard-grants").description,
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps: ruleInfo("no-wildcard-grants").remedy,
  url: "docs/rules/no-wildcard-grants.md",
  validateResource: (args, report) => {
    reportFindings("no-wildcard-grants", args, report);
  },
};
