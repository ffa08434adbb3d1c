import { grantViolations } from "../grant-violations";
import type { ResourceRule } from "../rule";

/** The analysis: lib/document/read-document.ts, and the shape of a document in lib/judge/judge-document.ts. */
export const readablePolicies: ResourceRule = {
  name: "readable-policies",
  description: "Every policy document can be read and judged; one that cannot is rejected.",
  severity: "high",
  remedy: "Write the document as the IAM JSON policy grammar has it.",
  page: "docs/rules/readable-policies.md",
  judgeResource: (resource) => grantViolations("readable-policies", resource),
};
