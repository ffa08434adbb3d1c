import type { ResourceValidationPolicy } from "@pulumi/policy";
import { reportFindings } from "../adapter";
import { ruleInfo } from "../lib/rules";

export const noBroadManagedPolicies: ResourceValidationPolicy = {
  name: "no-broad-managed-policies",
  description: ruleInfo("no-broad-managed-policies").description,
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: ruleInfo("no-broad-managed-policies").remedy,
  url: "docs/rules/no-broad-managed-policies.md",
  validateResource: (args, report) => {
    reportFindings("no-broad-managed-policies", args, report);
  },
};
