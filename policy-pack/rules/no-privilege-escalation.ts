import { grantViolations } from "../grant-violations";
import type { ResourceRule } from "../rule";

/** The analysis: lib/judge/escalation.ts. */
export const noPrivilegeEscalation: ResourceRule = {
  name: "no-privilege-escalation",
  description: "No grant lets its holder gain more than it was given.",
  severity: "high",
  remedy:
    "Name the roles that may be passed or assumed, and demand a permissions boundary on roles that are made.",
  page: "docs/rules/no-privilege-escalation.md",
  judgeResource: (resource) => grantViolations("no-privilege-escalation", resource),
};
