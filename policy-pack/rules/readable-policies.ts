import type { ResourceValidationPolicy } from "@pulumi/policy";
import { reportFindings } from "../adapter";
import { ruleInfo } from "../lib/rules";

export const readablePolicies: ResourceValidationPolicy = {
  name: "readable-policies",
  description: ruleInfo("readable-policies").description,
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: ruleInfo("readable-policies").remedy,
  url: "docs/rules/readable-policies.md",
  validateResource: (args, report) => {
    reportFindings("readable-policies", args, report);
  },
};
