import { textHash } from "../lib/document/fingerprint";
import { judgeRole } from "../lib/judge/role-reach";
import { rolesOf } from "../roles";
import type { StackRule } from "../rule";
import { settings } from "../settings";
import { violationOf } from "../violation";

/** The analysis: lib/judge/role-reach.ts. */
export const roleReach: StackRule = {
  name: "role-reach",
  description:
    "What a role holds in all, over its policies and its trust, gives no more than each part shows.",
  severity: "high",
  remedy: "Take away one of the parts that the message names, or name the roles that may be passed.",
  page: "docs/rules/role-reach.md",
  judgeStack: (resources) =>
    rolesOf(resources).flatMap(({ urn, held }) =>
      judgeRole(held, settings().surroundings).map((finding) => {
        const located = { finding, property: finding.path, hash: textHash(finding.reason) };
        return { ...violationOf(located, urn), urn };
      }),
    ),
};
