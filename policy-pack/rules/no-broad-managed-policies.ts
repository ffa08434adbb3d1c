import { grantViolations } from "../grant-violations";
import type { ResourceRule } from "../rule";

/** The analysis: lib/judge/attachments.ts. */
export const noBroadManagedPolicies: ResourceRule = {
  name: "no-broad-managed-policies",
  description: "AWS managed policies are attached only if what they contain could be granted directly.",
  severity: "high",
  remedy: "Write a policy of your own with the actions and resources that are needed.",
  page: "docs/rules/no-broad-managed-policies.md",
  judgeResource: (resource) => grantViolations("no-broad-managed-policies", resource),
};
