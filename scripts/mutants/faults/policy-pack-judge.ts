import type { Fault } from "../fault";

/** A test of `policy-pack/lib/<file>.ts`. */
const lib = (file: string, title: string): Fault["killedBy"] => ({
  file: `test/policy-pack/lib/${file}.test.ts`,
  title,
});
const reviewer = (title: string): Fault["killedBy"] =>
  lib("judge/judge-document", `what a strict reviewer ${title}`);
const trust = (title: string): Fault["killedBy"] => lib("judge/principals", `trust policies ${title}`);
const resource = (title: string): Fault["killedBy"] => lib("judge/principals", `resource policies ${title}`);
const comparison = (row: string): Fault["killedBy"] => ({
  file: "test/policy-pack/comparison.test.ts",
  title: `docs/rules/comparison.md ${row}`,
});

/** What a document is found to give. */
export const policyPackJudgeFaults: readonly Fault[] = [
  {
    name: "roles may be passed to a service together with what starts it",
    file: "policy-pack/lib/judge/escalation.ts",
    find: "services === undefined || services.includes(`${service}.amazonaws.com`)",
    replace: "services === undefined || services.includes(service)",
    killedBy: lib("judge/role-reach", "judgeRole adds up powers that stand in different policies"),
  },
  {
    name: "a pair counts whatever service the role may be passed to",
    file: "policy-pack/lib/judge/escalation.ts",
    find: "services === undefined || services.includes(`${service}.amazonaws.com`)",
    replace: "services === undefined || services.length > 0",
    killedBy: lib(
      "judge/role-reach",
      "judgeRole is quiet on each of them alone, and on parts that do not fit together",
    ),
  },
  {
    name: "a user's keys are one's own where the name goes on",
    file: "policy-pack/lib/judge/escalation.ts",
    find: "/\\$\\{aws:username\\}$/i.test(power.resource)",
    replace: "/\\$\\{aws:username\\}/i.test(power.resource)",
    killedBy: lib(
      "judge/escalation",
      "judgeEscalation takes a user's own keys for harmless, and no other user's whose name begins so",
    ),
  },
  {
    name: "a boundary of everything tames",
    file: "policy-pack/lib/judge/escalation.ts",
    find: "(AdministratorAccess|IAMFullAccess|PowerUserAccess)$/i",
    replace: "(IAMFullAccess|PowerUserAccess)$/i",
    killedBy: reviewer("sends back a boundary that is AdministratorAccess: an error"),
  },
  {
    name: "a role's boundary may be taken off",
    file: "policy-pack/lib/aws/powerful-actions.ts",
    find: '  "iam:DeleteRolePermissionsBoundary": [],\n',
    replace: "",
    killedBy: reviewer("sends back removing boundaries: an error"),
  },
  {
    name: "a new version of a policy is tamed by a key that it does not carry",
    file: "policy-pack/lib/aws/powerful-actions.ts",
    find: '"iam:CreatePolicyVersion": [],',
    replace: '"iam:CreatePolicyVersion": ["iam:PolicyARN"],',
    killedBy: lib("judge/escalation", "judgeEscalation lets no condition tame a new version of a policy"),
  },
  {
    name: "session tags may be given by everybody",
    file: "policy-pack/lib/judge/principals.ts",
    find: '  if (level !== "none") return [];\n  return statement.principals\n',
    replace: '  if (level === "none") return [];\n  return statement.principals\n',
    killedBy: trust("session tags of everybody: error"),
  },
  {
    name: "a second factor counts where it is denied",
    file: "policy-pack/lib/judge/principals.ts",
    find: '      values.every((value) => value.toLowerCase() === "true"),',
    replace: "      values.length > 0,",
    killedBy: trust("an account's users without a second factor: error"),
  },
  {
    name: "the whole organization may assume a role",
    file: "policy-pack/lib/judge/principals.ts",
    find: 'if (level === "principal") return everyService(letIn, verdict);',
    replace: 'if (confinesAtLeast(level, "organization")) return everyService(letIn, verdict);',
    killedBy: trust("the whole organization: error"),
  },
  {
    name: "an account that may write is one that may read",
    file: "policy-pack/lib/judge/principals.ts",
    find: 'levels.every((level) => level === "R" || level === "L")',
    replace: 'levels.some((level) => level === "R" || level === "L")',
    killedBy: resource("an account that reads and writes (ecr): warning"),
  },
  {
    name: "one bound way in makes a session's tag bound",
    file: "policy-pack/lib/judge/session-tags.ts",
    find: "    return trust.some(\n      (statement) =>\n        statement.effect",
    replace: "    return trust.every(\n      (statement) =>\n        statement.effect",
    killedBy: lib(
      "judge/session-tags",
      "a trust that lets choose the tag Application bound in one statement and free in another: yes",
    ),
  },
  {
    name: "a boundary decides by no tag",
    file: "policy-pack/lib/judge/role-reach.ts",
    find: "[...policies, ...(boundary === undefined ? [] : [boundary])]",
    replace: "[...policies]",
    killedBy: lib(
      "judge/role-reach",
      "judgeRole tells of a trust that lets choose the tags by which a policy or the boundary decides",
    ),
  },
  {
    name: "a policy that asks for a tag in the role's ARN excuses the others",
    file: "policy-pack/lib/judge/session-tags.ts",
    find: "!boundByArn.some((bound) => bound.toLowerCase() === key.toLowerCase())",
    replace: 'boundByArn.length === 0 || key === ""',
    killedBy: lib(
      "judge/session-tags",
      "the tags by which a policy decides a tag beside one that the role's ARN carries",
    ),
  },
  {
    name: "every repository of an owner is a named one",
    file: "policy-pack/lib/judge/federation.ts",
    find: "/^repo:[^/*?]+\\/[^:*?]+:/i",
    replace: "/^repo:[^/*?]+\\//i",
    killedBy: comparison("GitHub OIDC missing or loose `sub`"),
  },
  {
    name: "a subject that may be absent is checked",
    file: "policy-pack/lib/judge/federation.ts",
    find: "if (!positive || operator.ifExists ||",
    replace: "if (!positive ||",
    killedBy: lib(
      "judge/federation",
      "judgeOidc sends back a subject that may be absent, be another or be missing",
    ),
  },
  {
    name: "one named subject hides an open one",
    file: "policy-pack/lib/judge/federation.ts",
    find: "if (values.some((value) => !namesWorkload(value)))",
    replace: "if (values.every((value) => !namesWorkload(value)))",
    killedBy: lib("judge/federation", "judgeOidc sends back an open subject beside a named one"),
  },
  {
    name: "an audience by pattern is exact",
    file: "policy-pack/lib/judge/federation.ts",
    find: 'if (audience !== "exact") {',
    replace: 'if (audience === "missing" || audience === "loose") {',
    killedBy: lib("judge/federation", "judgeOidc sends back an audience by pattern"),
  },
  {
    name: "reading everything is a warning",
    file: "policy-pack/lib/judge/resources.ts",
    find: 'if (action.level === "L") return "warning";',
    replace: 'if (action.level === "L" || action.level === "R") return "warning";',
    killedBy: reviewer("sends back a name that begins with anything: an error"),
  },
  {
    name: "a managed policy that lets its holder gain more is a warning",
    file: "policy-pack/lib/judge/attachments.ts",
    find: 'return verdict("error", `lets its holder gain more: ${escalation.reason}`, remedy);',
    replace: 'return verdict("warning", `lets its holder gain more: ${escalation.reason}`, remedy);',
    killedBy: lib(
      "judge/attachments",
      "AWS managed policies where they are attached are graded by what they contain",
    ),
  },
  {
    name: "AWS manages no policies in China",
    file: "policy-pack/lib/aws/managed-policies.ts",
    find: "/^arn:[^:]+:iam::aws:policy\\//",
    replace: "/^arn:aws:iam::aws:policy\\//",
    killedBy: lib(
      "judge/attachments",
      "AWS managed policies where they are attached are the same in every partition",
    ),
  },
  {
    name: "a policy in a place of AWS's own is not found",
    file: "policy-pack/lib/aws/managed-policies.ts",
    find: 'arn.slice(arn.indexOf("policy/") + "policy/".length)',
    replace: 'arn.slice(arn.lastIndexOf("/") + 1)',
    killedBy: lib("aws/managed-policies", "the managed policies at hand are told apart by their whole path"),
  },
];
