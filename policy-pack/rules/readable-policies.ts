import type { ResourceValidationPolicy } from "@pulumi/policy";
import { reportFindings } from "../adapter";

export const readablePolicies: ResourceValidationPolicy = {
  name: "readable-policies",
  description: "Every policy document can be read and judged; one that cannot is rejected.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Write the document as the IAM JSON policy grammar has it.",
  url: "docs/rules/readable-policies.md",
  validateResource: (args, report) => {
    reportFindings("readable-policies", args, report);
  },
};
