import type { ResourceValidationPolicy } from "@pulumi/policy";
import { reportFindings } from "../adapter";

export const noOpenTrust: ResourceValidationPolicy = {
  name: "no-open-trust",
  description: "Trust and resource policies name who may come in; nobody else can.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps: "Name the principals, or confine them by a condition on the caller.",
  url: "docs/rules/no-open-trust.md",
  validateResource: (args, report) => {
    reportFindings("no-open-trust", args, report);
  },
};
