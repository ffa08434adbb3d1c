import type { Fault, TestName } from "../fault";

const guardrails = (title: string): TestName => ({ file: "test/iam/guardrails/cicd.test.ts", title });
const inCicd = (title: string): TestName => guardrails(`the guardrail of the CI/CD account ${title}`);
const inEnvironment = (title: string): TestName => ({
  file: "test/iam/guardrails/environment.test.ts",
  title: `the guardrail of an environment's account ${title}`,
});
const production = (title: string): TestName => ({
  file: "test/iam/guardrails/environment.test.ts",
  title: `the guardrail of a production account ${title}`,
});
const byTable = (title: string): TestName => ({
  file: "test/iam/guardrails/exceptions.test.ts",
  title: `by AWS's table of actions, the guardrails ${title}`,
});
const ownGrants = (title: string): TestName => ({
  file: "test/iam/guardrails/exceptions.test.ts",
  title: `what the platform's own documents grant is left by the guardrail to ${title}`,
});

const exceptionFaults: readonly Fault[] = [
  {
    name: "everybody with a role below /slipway/ approves",
    file: "iam/guardrails/exceptions.ts",
    find: 'approvers: names.roleArn(cicd, people, names.approverRoleName("*")),',
    replace: 'approvers: names.roleArn(cicd, names.paths.platform, "*"),',
    killedBy: inCicd("refuses approving to slipway/people/shop-reader"),
  },
  {
    name: "the platform approves",
    file: "iam/guardrails/exceptions.ts",
    find: "may: [approvers],",
    replace: "may: [...trusted, approvers],",
    killedBy: inCicd("refuses approving to slipway-platform"),
  },
  {
    name: "approvers start what they approve",
    file: "iam/guardrails/exceptions.ts",
    find: "may: [...trusted, starters],",
    replace: "may: [...trusted, starters, approvers],",
    killedBy: inCicd("refuses starting a pipeline by hand to slipway/people/shop-approver"),
  },
  {
    name: "any job pushes images",
    file: "iam/guardrails/exceptions.ts",
    find: "may: [publishJobs],",
    replace: "may: [holders(platform).jobs],",
    killedBy: inCicd("refuses pushing an image's layers to slipway/job/shop-main-image"),
  },
  {
    name: "a stage is retried by whoever likes",
    file: "iam/guardrails/exceptions.ts",
    find: "may: [],",
    replace: 'may: "everyone",',
    killedBy: inCicd("refuses retrying a stage to Admin"),
  },
  {
    name: "deploy jobs cannot decrypt what they deploy",
    file: "iam/guardrails/exceptions.ts",
    find: "may: [...trusted, pipelines, jobs, deployJobs],",
    replace: "may: [...trusted, pipelines, jobs],",
    killedBy: ownGrants("every role of the CI/CD account"),
  },
  {
    name: "a user takes its own second factor off",
    file: "iam/guardrails/exceptions.ts",
    find: '"iam:ChangePassword",',
    replace: '"iam:ChangePassword", "iam:DeactivateMFADevice",',
    killedBy: guardrails("the break-glass user changes its own password and key, and not its second factor"),
  },
  {
    name: "a task is run in production by its administrators",
    file: "iam/guardrails/exceptions.ts",
    find: '"ecs:Poll",',
    replace: '"ecs:Poll", "ecs:RunTask",',
    killedBy: production("lets nobody deploy but the door, the execution roles and the platform"),
  },
];

const statementFaults: readonly Fault[] = [
  {
    name: "a guardrail leaves out what has an exception and everything else",
    file: "iam/guardrails/statements.ts",
    find: "!excepted.some(({ actions }) => actions.includes(action))",
    replace: "excepted.some(({ actions }) => actions.includes(action))",
    killedBy: inCicd("refuses changing a pipeline to Admin"),
  },
  {
    name: "a guardrail's condition replaces the roles that it excepts",
    file: "iam/guardrails/statements.ts",
    find: "{ ...others, ...condition }",
    replace: "Object.keys(condition).length > 0 ? condition : others",
    killedBy: guardrails(
      "session tags that say whose session it is are left to deploy jobs, which bring them to the door",
    ),
  },
  {
    name: "a guardrail denies where it should except",
    file: "iam/guardrails/statements.ts",
    find: '{ ArnNotLike: { "aws:PrincipalArn": [...except] } }',
    replace: '{ ArnLike: { "aws:PrincipalArn": [...except] } }',
    killedBy: inEnvironment("keeps access to clusters to the platform"),
  },
  {
    name: "the door's trust may be changed by administrators",
    file: "iam/guardrails/statements.ts",
    find: "(action) => action !== passRole",
    replace: '(action) => ![passRole, "iam:UpdateAssumeRolePolicy"].includes(action)',
    killedBy: inEnvironment("keeps the door's trust to the platform"),
  },
  {
    name: "the emergency role's own policies may be changed by administrators",
    file: "iam/guardrails/statements.ts",
    find: "`arn:*:iam::*:policy${names.paths.platform}*`",
    replace: "`arn:*:iam::*:policy${names.paths.platform}${names.boundaryName}`",
    killedBy: inCicd("refuses changing what the emergency role may do to Admin"),
  },
];

const accountFaults: readonly Fault[] = [
  {
    name: "images are deleted by administrators",
    file: "iam/guardrails/cicd.ts",
    find: 'actions: writesOn("ecr", "repository"),',
    replace: 'actions: writesOn("ecr", "repository").filter((action) => action !== "ecr:BatchDeleteImage"),',
    killedBy: inCicd("refuses deleting an image to Admin"),
  },
  {
    name: "the second factor of the break-glass user is anybody's",
    file: "iam/guardrails/cicd.ts",
    find: '["user", "mfa", "sms-mfa"].map',
    replace: '["mfa", "sms-mfa"].map',
    killedBy: inCicd("refuses taking the second factor off the break-glass user to Admin"),
  },
  {
    name: "an alias is moved to another key",
    file: "iam/guardrails/cicd.ts",
    find: 'resources: aliases.map((alias) => names.arn(cicd, "kms", alias)),',
    replace: 'resources: [names.arn(cicd, "kms", names.artifactKeyAlias)],',
    killedBy: byTable(
      "keep every change from administrators, and reads from nobody: kms on arn:aws:kms:eu-west-1:111111111111:alias/slipway-notifications in 111111111111",
    ),
  },
  {
    name: "the bucket's settings are open, only its objects are kept",
    file: "iam/guardrails/cicd.ts",
    find: "resources: [names.bucketArn(platform), `${names.bucketArn(platform)}/*`],",
    replace: "resources: [`${names.bucketArn(platform)}/*`],",
    killedBy: byTable(
      "keep every change from administrators, and reads from nobody: s3 on arn:aws:s3:::slipway-artifacts-111111111111-eu-west-1-e2b41c in 111111111111",
    ),
  },
  {
    name: "administrators pass execution roles",
    file: "iam/guardrails/environment.ts",
    find: "passOnlyBy(platform, [...trusted, names.doorRoleArn(environment)]),",
    replace: "",
    killedBy: inEnvironment("lets the door and the platform pass execution roles, and nobody else"),
  },
  {
    name: "production may be deployed to by its administrators",
    file: "access/organization-access.ts",
    find: "...(production\n",
    replace: "...(!production\n",
    killedBy: production("lets nobody deploy but the door, the execution roles and the platform"),
  },
  {
    name: "administrators write policies of functions in production",
    file: "iam/guardrails/environment.ts",
    find: 'writesOn("iam", "role"),',
    replace: 'writesOn("iam", "policy"),',
    killedBy: production(
      "keeps the roles of applications' functions, which lie outside /slipway/, to those who deploy them",
    ),
  },
];

export const guardrailFaults: readonly Fault[] = [...exceptionFaults, ...statementFaults, ...accountFaults];
