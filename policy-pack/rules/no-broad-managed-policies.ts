import type { ResourceValidationPolicy } from "@pulumi/policy";
import { reportFindings } from "../adapter";

export const noBroadManagedPolicies: ResourceValidationPolicy = {
  name: "no-broad-managed-policies",
  description: "AWS managed policies are attached only if what they contain could be granted directly.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Write a policy of your own with the actions and resources that are needed.",
  url: "docs/rules/no-broad-managed-policies.md",
  validateResource: (args, report) => {
    reportFindings("no-broad-managed-policies", args, report);
  },
};
