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
    name: "a letter that only looks right is right",
    file: "policy-pack/lib/document/grammar.ts",
    find: "/\\P{ASCII}/u.exec(action) ??",
    replace: "",
    killedBy: lib(
      "document/read-document",
      "readDocument calls a space without width around an action a problem",
    ),
  },
  {
    name: "two statements of IAM may have one name",
    file: "policy-pack/lib/document/grammar.ts",
    find: "const OF_IAM: SidGrammar = { unique: true,",
    replace: "const OF_IAM: SidGrammar = { unique: false,",
    killedBy: lib(
      "document/grammar",
      "the grammar of Sids of a document of kind identity is letters and digits, each once",
    ),
  },
  {
    name: "a tag called Owner is an owner",
    file: "policy-pack/lib/measure/naming-keys.ts",
    find: "if (isAmong(NAMES_ALL_THE_SAME) || TAG_FAMILY.test(key)) return true;",
    replace: "if (isAmong(NAMES_ALL_THE_SAME)) return true;",
    killedBy: lib("measure/naming-keys", "namesResource aws:ResourceTag/Owner: yes"),
  },
  {
    name: "what is started is always new",
    file: "policy-pack/lib/measure/made-resources.ts",
    find: 'verb !== "Start" || !isLasting(action.service, type)',
    replace: "true",
    killedBy: lib(
      "measure/made-resources",
      "areMadeUnderNewId ec2:StartInstances on arn:aws:ec2:eu-west-1:123456789012:instance/*: error",
    ),
  },
  {
    name: "every account owns every queue",
    file: "policy-pack/lib/measure/own-account.ts",
    find: 'value.split(":")[4] === account',
    replace: 'value.split(":")[4] !== ""',
    killedBy: lib(
      "judge/resource-wildcards",
      "action wildcards in a policy on a resource everything for another account: error",
    ),
  },
  {
    name: "all that is described is a list",
    file: "policy-pack/lib/aws/list-like.ts",
    find: "|| !CONTENT.test(name)",
    replace: "|| name.length > 0",
    killedBy: lib("aws/list-like", "isListLike states:DescribeExecution: gives or changes what is there"),
  },
  {
    name: "roles may be passed to a service together with what starts it",
    file: "policy-pack/lib/judge/escalation.ts",
    find: "principals.some((principal) => services.includes(principal))",
    replace: "principals.every((principal) => !services.includes(principal))",
    killedBy: lib("judge/role-reach", "judgeRole adds up powers that stand in different policies"),
  },
  {
    name: "a pair counts whatever service the role may be passed to",
    file: "policy-pack/lib/judge/escalation.ts",
    find: "principals.some((principal) => services.includes(principal))",
    replace: "services.length > 0",
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
    name: "every repository of an owner is a named one",
    file: "policy-pack/lib/aws/token-issuers.ts",
    find: '{ form: "repo:{owner}/{repository}:{run*}", workload: [["owner", "repository"]], run: "run" },',
    replace: '{ form: "repo:{owner}/{repository}:{run*}", workload: [["owner"]], run: "run" },',
    killedBy: comparison("GitHub OIDC missing or loose `sub`"),
  },
  {
    name: "a subject that may be absent is checked",
    file: "policy-pack/lib/judge/federation.ts",
    find: "if (!keys.includes(key.toLowerCase()) || operator.ifExists) return false;",
    replace: "if (!keys.includes(key.toLowerCase())) return false;",
    killedBy: lib(
      "judge/federation",
      "judgeOidc sends back a subject that may be absent, be another or be missing",
    ),
  },
  {
    name: "one named subject hides an open one",
    file: "policy-pack/lib/judge/federation.ts",
    find: "(rank(next) > rank(worst) ? next : worst), undefined)",
    replace: "(rank(next) < rank(worst) ? next : worst), undefined)",
    killedBy: lib("judge/federation", "judgeOidc sends back an open subject beside a named one"),
  },
  {
    name: "an audience by pattern is exact",
    file: "policy-pack/lib/judge/federation.ts",
    find: "if (!isExact(statement, [`${issuer}:aud`, `${issuer}:app_id`, `${issuer}:client_id`])) {",
    replace:
      "if (strong(statement, [`${issuer}:aud`, `${issuer}:app_id`, `${issuer}:client_id`]).length === 0) {",
    killedBy: lib("judge/federation", "judgeOidc sends back an audience by pattern"),
  },
  {
    name: "reading everything is a warning",
    file: "policy-pack/lib/judge/resources.ts",
    find: 'return isListLike(action) ? "warning" : "error";',
    replace: 'return isListLike(action) || action.level === "R" ? "warning" : "error";',
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
  {
    name: "every workspace of an organization is one workload",
    file: "policy-pack/lib/judge/federation.ts",
    find: "if (isOnly(family) && group !== undefined && missing(group).length === 0) {",
    replace: "if (isOnly(family) && group !== undefined) {",
    killedBy: lib(
      "judge/federation",
      "the subjects of providers app.terraform.io organization:example:project:*:workspace:*:run_phase:apply: error: the workspace",
    ),
  },
  {
    name: "the first letter of a name tells it from others",
    file: "policy-pack/lib/document/template.ts",
    find: "length: SHORTEST_BEGINNING }",
    replace: "length: 1 }",
    killedBy: lib(
      "judge/federation",
      "the subjects of providers app.terraform.io organization:example:project:*:workspace:p*:run_phase:*: error: the workspace",
    ),
  },
  {
    name: "a subject that anybody can have names a workload of GitHub",
    file: "policy-pack/lib/judge/federation.ts",
    find: 'if (!isPattern && value !== "" && issuer?.shared !== true) return undefined;',
    replace: 'if (!isPattern && value !== "") return undefined;',
    killedBy: lib(
      "judge/federation",
      "the subjects of providers token.actions.githubusercontent.com environment:production: error: no workload",
    ),
  },
  {
    name: "running code as a role that is named is nothing to tell",
    file: "policy-pack/lib/judge/escalation.ts",
    find: "      if (names.length === 0) return [];\n",
    replace: '      if (names.length === 0 || broad(pass) !== "error") return [];\n',
    killedBy: lib(
      "judge/escalation",
      "judgeEscalation notes a named role beside the means to start something under it",
    ),
  },
  {
    name: "a role may be passed to other accounts",
    file: "policy-pack/lib/judge/escalation.ts",
    find: "    action !== PASS_ROLE &&\n",
    replace: "",
    killedBy: lib(
      "judge/escalation",
      "judgeEscalation takes a role to pass for the same role where its account is open, with and without a starter",
    ),
  },
  {
    name: "an update of something that has a role changes nothing",
    file: "policy-pack/lib/aws/powerful-actions.ts",
    find: "/^(Update|Modify|Replace)/",
    replace: "/^(Modify|Replace)/",
    killedBy: lib(
      "aws/powerful-actions",
      "powerful actions are those of services that act as their caller says, and none of those that do one set thing",
    ),
  },
];
