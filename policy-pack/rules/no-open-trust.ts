import type { ResourceValidationPolicy } from "@pulumi/policy";
import { reportFindings } from "../adapter";
import { ruleInfo } from "../lib/rules";

export const noOpenTrust: ResourceValidationPolicy = {
  name: "no-open-trust",
  description: ruleInfo("no-open-trust").description,
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps: ruleInfo("no-open-trust").remedy,
  url: "docs/rules/no-open-trust.md",
  validateResource: (args, report) => {
    reportFindings("no-open-trust", args, report);
  },
};
