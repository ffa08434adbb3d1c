import type { ResourceValidationPolicy } from "@pulumi/policy";
import { reportFindings } from "../adapter";

export const noPrivilegeEscalation: ResourceValidationPolicy = {
  name: "no-privilege-escalation",
  description: "No grant lets its holder gain more than it was given.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps:
    "Name the roles that may be passed or assumed, and demand a permissions boundary on roles that are made.",
  url: "docs/rules/no-privilege-escalation.md",
  validateResource: (args, report) => {
    reportFindings("no-privilege-escalation", args, report);
  },
};
