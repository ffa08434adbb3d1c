import type { StackValidationPolicy } from "@pulumi/policy";
import { violation } from "../adapter";
import { textHash } from "../lib/fingerprint";
import { judgeRole } from "../lib/role-reach";
import { settings } from "../options";
import { send } from "../report";
import { rolesOf } from "../roles";

export const roleReach: StackValidationPolicy = {
  name: "role-reach",
  description:
    "What a role holds in all, over its policies and its trust, gives no more than each part shows.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    "Take away one of the parts that the message names, or name the roles that may be passed.",
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
