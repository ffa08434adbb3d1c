/**
 * Identity providers outside AWS. An OpenID Connect provider such as GitHub Actions signs tokens for everybody
 * who uses it, so only the audience and the subject tell our workloads from a stranger's.
 */
import type { Condition, PrincipalEntry, Statement } from "../document/statement";
import { withoutVariables } from "../document/wildcard";
import { operatorOf, presenceRequired } from "../measure/conditions";
import type { Finding } from "./findings";

/** What distinguishes a finding about an identity provider; the rest is that of its statement. */
export type FindingPart = Pick<Finding, "severity" | "reason" | "remedy">;

/** An OIDC provider must be held to an exact audience and a subject that names the workload. */
export function judgeOidc(statement: Statement, principal: PrincipalEntry): FindingPart[] {
  const issuer = principal.value.replace(/^.*:oidc-provider\//i, "").toLowerCase();
  const parts: FindingPart[] = [];
  const audience = grade(statement, [`${issuer}:aud`, `${issuer}:app_id`, `${issuer}:client_id`]);
  if (audience !== "exact") {
    parts.push({
      severity: "error",
      reason: `is not held to an exact audience (${issuer}:aud).`,
      remedy: `Add StringEquals ${issuer}:aud, for AWS "sts.amazonaws.com".`,
    });
  }
  const subject = grade(statement, [`${issuer}:sub`, `${issuer}:id`, `${issuer}:user_id`]);
  if (subject === "missing" || subject === "loose") {
    parts.push({
      severity: "error",
      reason: `lets in every workload of the provider: its subject (${issuer}:sub) is ${subject === "missing" ? "not checked" : "open"}.`,
      remedy: `Add StringEquals ${issuer}:sub with the workload that is meant, as "repo:OWNER/REPOSITORY:ref:refs/heads/main".`,
    });
  } else if (subject === "named") {
    parts.push({
      severity: "warning",
      reason: `lets in every branch, tag or pull request of what its subject (${issuer}:sub) names.`,
      remedy: "Name the branch or the environment in the subject.",
    });
  }
  return parts;
}

/** SAML and Cognito must be held to an audience; Cognito also to signed-in users. */
export function judgeSaml(statement: Statement, principal: PrincipalEntry): FindingPart[] {
  const cognito = /cognito/i.test(principal.value);
  const key = cognito ? "cognito-identity.amazonaws.com:aud" : "saml:aud";
  const parts: FindingPart[] = [];
  if (grade(statement, [key]) !== "exact") {
    parts.push({
      severity: "error",
      reason: `is not held to an exact audience (${key}).`,
      remedy: `Add StringEquals ${key}.`,
    });
  }
  if (cognito && grade(statement, ["cognito-identity.amazonaws.com:amr"]) === "missing") {
    parts.push({
      severity: "error",
      reason: "also lets in guests who have not signed in.",
      remedy: 'Add ForAnyValue:StringLike cognito-identity.amazonaws.com:amr "authenticated".',
    });
  }
  return parts;
}

type Grade = "missing" | "loose" | "named" | "exact";

/** The best grade of the strong conditions on one of the keys. */
function grade(statement: Statement, keys: readonly string[]): Grade {
  const order: readonly Grade[] = ["missing", "loose", "named", "exact"];
  if (statement.conditionsUnknown) return "exact";
  return statement.conditions
    .filter(({ key }) => keys.includes(key.toLowerCase()))
    .map((condition) => gradeOf(condition, statement))
    .reduce<Grade>((best, next) => (order.indexOf(next) > order.indexOf(best) ? next : best), "missing");
}

function gradeOf(condition: Condition, statement: Statement): Grade {
  const operator = operatorOf(condition.operator);
  const positive = ["stringequals", "stringequalsignorecase", "stringlike"].includes(operator.name);
  if (!positive || operator.ifExists || (condition.values.length === 0 && !condition.unknown))
    return "missing";
  if (operator.set === "ForAllValues" && !presenceRequired(condition.key, statement)) return "missing";
  const values = condition.values.map(withoutVariables);
  if (values.some((value) => !namesWorkload(value))) return "loose";
  return operator.name === "stringlike" && values.some((value) => /[*?]/.test(value)) ? "named" : "exact";
}

/** `repo:owner/name:*` names a repository; `repo:owner/*` or `system:serviceaccount:*` names nothing of ours. */
function namesWorkload(value: string): boolean {
  const literal = value.split(/[*?]/)[0] ?? "";
  if (literal === value) return value !== "";
  if (/^repo:/i.test(value)) return /^repo:[^/*?]+\/[^:*?]+:/i.test(value);
  if (/^system:serviceaccount:/i.test(value)) return /^system:serviceaccount:[^:*?]+:[^*?]{3,}/i.test(value);
  if (/^project_path:/i.test(value)) return /^project_path:[^/*?]+\/[^:*?]+:/i.test(value);
  return literal.replace(/^[^:]*:/, "").length >= 3;
}
