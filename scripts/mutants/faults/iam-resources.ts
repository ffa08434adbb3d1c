import type { Fault, TestName } from "../fault";

const door = (title: string): TestName => ({ file: "test/iam/door.test.ts", title });
const artifacts = (title: string): TestName => ({ file: "test/iam/artifacts.test.ts", title });
const across = (title: string): TestName => ({ file: "test/access/cross-account.test.ts", title });
const rights = (title: string): TestName => ({
  file: "test/access/rights.test.ts",
  title: `the rights of one application ${title}, in every role`,
});

const doorFaults: readonly Fault[] = [
  {
    name: "the door asks nobody for the path of deploy jobs",
    file: "iam/door.ts",
    find: 'ArnLike: { "aws:PrincipalArn": names.roleArn(platform.cicd, names.paths.deploy(environment.name), "*") },',
    replace: 'ArnLike: { "aws:PrincipalArn": names.roleArn(platform.cicd, names.paths.platform, "*") },',
    killedBy: rightsOfDoor(),
  },
  {
    name: "the door takes any application's name",
    file: "iam/door.ts",
    find: "    [applicationTag.request]: callersApplication,\n    [deploymentKindTag.request]",
    replace: "    [deploymentKindTag.request]",
    killedBy: across(
      "the way through the door, judged on both sides is closed to a deploy job that claims another application or another kind",
    ),
  },
  {
    name: "the door takes any kind of deployment",
    file: "iam/door.ts",
    find: "    [deploymentKindTag.request]: callersDeploymentKind,\n",
    replace: "",
    killedBy: across(
      "the way through the door, judged on both sides is closed to a deploy job that claims another application or another kind",
    ),
  },
  {
    name: "the door takes sessions without a source identity",
    file: "iam/door.ts",
    find: '      StringEquals: ownTags,\n      Null: { "sts:SourceIdentity": "false" },',
    replace: "      StringEquals: ownTags,",
    killedBy: rightsOfDoor(),
  },
  {
    name: "the door takes further session tags",
    file: "iam/door.ts",
    find: '      "ForAllValues:StringEquals": { "aws:TagKeys": [application, deploymentKind] },\n',
    replace: "",
    killedBy: rightsOfDoor(),
  },
  {
    name: "the door takes roles of other organizations",
    file: "iam/door.ts",
    find: '    "aws:PrincipalOrgID": platform.organizationId,\n    [applicationTag.request]',
    replace: "    [applicationTag.request]",
    killedBy: rightsOfDoor(),
  },
  {
    name: "a deploy job updates its stack with any role",
    file: "iam/door.ts",
    find: 'deploying(kind, { StringEquals: { "cloudformation:RoleArn": serviceRole } })',
    replace: "deploying(kind)",
    killedBy: rightsOfDoor(),
  },
  {
    name: "an ECS service runs any task definition",
    file: "iam/door.ts",
    find: 'deploying("ecs", { ArnLike: { "ecs:task-definition": taskDefinition } })',
    replace: 'deploying("ecs")',
    killedBy: rightsOfDoor(),
  },
  {
    name: "what the door opens does not ask for the kind of deployment",
    file: "iam/door.ts",
    find: 'StringEquals: { ...conditions["StringEquals"], [deploymentKindTag.principal]: kind },',
    replace: 'StringEquals: { ...conditions["StringEquals"], "aws:ResourceAccount": kind },',
    killedBy: door("what the door opens asks every statement for the kind of deployment"),
  },
  {
    name: "task roles may be passed to any service",
    file: "iam/door.ts",
    find: 'StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" }',
    replace: 'StringLike: { "iam:PassedToService": "*.amazonaws.com" }',
    killedBy: rightsOfDoor(),
  },
  {
    name: "the door opens ECS where there is none",
    file: "iam/door.ts",
    find: "if (environment.eks) statements.push(...kubernetes(environment));",
    replace: "statements.push(...kubernetes(environment));",
    killedBy: door("what the door opens opens nothing for a kind that the environment has no platform for"),
  },
];

function rightsOfDoor(): TestName {
  return {
    file: "test/access/rights.test.ts",
    title:
      "the rights that all applications share are these at the door, whoever comes in, and in the boundary",
  };
}

const sharedRights: TestName = {
  file: "test/access/rights.test.ts",
  title:
    "the rights that all applications share are these in the policies of the bucket, the keys and the topics",
};

const artifactFaults: readonly Fault[] = [
  {
    name: "the bucket takes plain HTTP",
    file: "iam/artifacts.ts",
    find: '{ Bool: { "aws:SecureTransport": "false" } }',
    replace: '{ Bool: { "aws:SecureTransport": "true" } }',
    killedBy: artifacts(
      "the artifact bucket's policy lets an environment's roles read what lies under its prefix",
    ),
  },
  {
    name: "an upload may use a foreign key",
    file: "iam/artifacts.ts",
    find: '": names.arn(platform.cicd, "kms", "key/*"),\n      },',
    replace: '": "arn:aws:kms:*:*:key/*",\n      },',
    killedBy: artifacts(
      "the artifact bucket's policy refuses an upload with a key of another account or region, or with another encryption",
    ),
  },
  {
    name: "an environment reads the packages of all",
    file: "iam/artifacts.ts",
    find: "Resource: [`${names.bucketArn(platform)}/${names.environmentPrefix(environment.name)}/*`],",
    replace: "Resource: [`${names.bucketArn(platform)}/*`],",
    killedBy: sharedRights,
  },
  {
    name: "an environment decrypts the packages of all",
    file: "iam/artifacts.ts",
    find: '"kms:EncryptionContext:aws:s3:arn": `${names.bucketArn(platform)}/${names.environmentPrefix(environment.name)}/*`,',
    replace: '"kms:EncryptionContext:aws:s3:arn": `${names.bucketArn(platform)}/*`,',
    killedBy: artifacts("the artifact key's policy does not let an environment decrypt another's packages"),
  },
  {
    name: "an environment's administrators read packages",
    file: "iam/artifacts.ts",
    find: 'names.roleArn(environment, names.paths.execution, "*")];',
    replace: 'names.roleArn(environment, "/", "*")];',
    killedBy: sharedRights,
  },
  {
    name: "everybody in the account administers the key",
    file: "iam/artifacts.ts",
    find: '{ ArnEquals: { "aws:PrincipalArn": administrators } },',
    replace: '{ StringEquals: { "aws:PrincipalAccount": platform.cicd.accountId } },',
    killedBy: sharedRights,
  },
  {
    name: "the key's administrators are not those of an emergency",
    file: "iam/artifacts.ts",
    find: "[platform.platformRole, platform.breakGlassRole].map",
    replace: "[platform.platformRole].map",
    killedBy: artifacts(
      "the artifact key's policy is administered by the platform and in an emergency, by nobody else",
    ),
  },
  {
    name: "events of other accounts use the notification key",
    file: "iam/artifacts.ts",
    find: 'Condition: { StringEquals: { "aws:SourceAccount": accountId } },',
    replace: "",
    killedBy: artifacts(
      "the notification key's policy admits EventBridge for this account's events only: without it, an encrypted topic stays silent",
    ),
  },
  {
    name: "a job decrypts every object of the bucket",
    file: "iam/artifacts.ts",
    find: 'StringLike: { "kms:EncryptionContext:aws:s3:arn": objects },',
    replace: 'StringLike: { "kms:EncryptionContext:aws:s3:arn": `${names.bucketArn(platform)}/*` },',
    killedBy: rights("of kind serverless are these in the CI/CD account"),
  },
  {
    name: "environments push images",
    file: "iam/repository.ts",
    find: '"ecr:GetDownloadUrlForLayer"]',
    replace: '"ecr:GetDownloadUrlForLayer", "ecr:PutImage"]',
    killedBy: artifacts("a repository's policy lets no environment push"),
  },
  {
    name: "every role of an environment pulls images",
    file: "iam/repository.ts",
    find: '        ArnEquals: { "aws:PrincipalArn": roleArn },\n',
    replace: "",
    killedBy: artifacts(
      "a repository's policy lets only the role that starts the application pull its images",
    ),
  },
  {
    name: "every role of the account asks for approvals",
    file: "iam/topics.ts",
    find: 'names.roleArn(platform.cicd, names.paths.pipeline, "*") },',
    replace: 'names.roleArn(platform.cicd, names.paths.platform, "*") },',
    killedBy: artifacts(
      "the topics' policies let pipelines ask for approvals, and nobody else of the account",
    ),
  },
  {
    name: "any rule of EventBridge writes to the status topic",
    file: "iam/topics.ts",
    find: '        ArnEquals: {\n          "aws:SourceArn": rules.map((rule) => names.arn(platform.cicd, "events", `rule/${rule}`)),\n        },\n',
    replace: "",
    killedBy: artifacts("the topics' policies let EventBridge publish for the named rules of this account"),
  },
];

export const iamResourceFaults: readonly Fault[] = [...doorFaults, ...artifactFaults];
