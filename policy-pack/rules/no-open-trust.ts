import { grantViolations } from "../grant-violations";
import type { ResourceRule } from "../rule";

/** The analysis: lib/judge/principals.ts and lib/judge/federation.ts. Critical, since who is let in need not be ours. */
export const noOpenTrust: ResourceRule = {
  name: "no-open-trust",
  description: "Trust and resource policies name who may come in; nobody else can.",
  severity: "critical",
  remedy: "Name the principals, or confine them by a condition on the caller.",
  page: "docs/rules/no-open-trust.md",
  judgeResource: (resource) => grantViolations("no-open-trust", resource),
};
