import type { StackValidationPolicy } from "@pulumi/policy";
import { violation } from "../adapter";
import { textHash } from "../lib/fingerprint";
import { judgeRole } from "../lib/role-reach";
import { ruleInfo } from "../lib/rules";
import { settings } from "../options";
import { send } from "../report";
import { rolesOf } from "../roles";

export const roleReach: StackValidationPolicy = {
  name: "role-reach",
  description: ruleInfo("role-reach").description,
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: ruleInfo("role-reach").remedy,
  url: "docs/rules/role-reach.md",
  validateStack: ({ resources }, report) => {
    for (const { urn, held } of rolesOf(resources)) {
      for (const finding of judgeRole(held, settings().surroundings)) {
        const located = { finding, property: finding.path, hash: textHash(finding.reason) };
        send(report, { ...violation(located, urn), urn });
      }
    }
  },
};
