import type { ResourceValidationPolicy } from "@pulumi/policy";
import { reportFindings } from "../adapter";
import { ruleInfo } from "../lib/rules";

export const noPrivilegeEscalation: ResourceValidationPolicy = {
  name: "no-privilege-escalation",
  description: ruleInfo("no-privilege-escalation").description,
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps: ruleInfo("no-privilege-escalation").remedy,
  url: "docs/rules/no-privilege-escalation.md",
  validateResource: (args, report) => {
    reportFindings("no-privilege-escalation", args, report);
  },
};
