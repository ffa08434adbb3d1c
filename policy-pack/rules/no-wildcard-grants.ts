import { grantViolations } from "../grant-violations";
import type { ResourceRule } from "../rule";

/** The analysis: lib/judge/actions.ts and lib/judge/resources.ts. */
export const noWildcardGrants: ResourceRule = {
  name: "no-wildcard-grants",
  description:
    "Grants name their actions and resources; a wildcard that reaches beyond what is named is rejected.",
  severity: "high",
  remedy: "List the actions and name the resources of the statement that the message names.",
  page: "docs/rules/no-wildcard-grants.md",
  judgeResource: (resource) => grantViolations("no-wildcard-grants", resource),
};
