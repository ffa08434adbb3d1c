import type { Fault, TestName } from "../fault";

const door = (title: string): TestName => ({ file: "test/iam/door.test.ts", title });
const artifacts = (title: string): TestName => ({ file: "test/iam/artifacts.test.ts", title });
const trust = (title: string): TestName => ({ file: "test/iam/trust.test.ts", title });
const guardrails = (title: string): TestName => ({ file: "test/iam/guardrails.test.ts", title });
const isolation = (title: string): TestName => ({ file: "test/iam/isolation.test.ts", title });
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
    find: 'deploying("serverless", { StringEquals: { "cloudformation:RoleArn": serviceRole } })',
    replace: 'deploying("serverless")',
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
    find: 'Condition: { Bool: { "aws:SecureTransport": "false" } },',
    replace: 'Condition: { Bool: { "aws:SecureTransport": "true" } },',
    killedBy: artifacts(
      "the artifact bucket's policy lets an environment's roles read what lies under its prefix",
    ),
  },
  {
    name: "an upload may use a foreign key",
    file: "iam/artifacts.ts",
    find: 'names.arn(platform.cicd, "kms", "key/*"),\n        },\n      },',
    replace: '"arn:aws:kms:*:*:key/*",\n        },\n      },',
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

const roleFaults: readonly Fault[] = [
  {
    name: "a job's role is for any project",
    file: "iam/job-role.ts",
    find: 'ArnEquals: { "aws:SourceArn": names.arn(platform.cicd, "codebuild", `project/${project}`) },',
    replace: 'ArnLike: { "aws:SourceArn": names.arn(platform.cicd, "codebuild", "project/*") },',
    killedBy: trust("a job's trust admits its own project and no other, of this account or another"),
  },
  {
    name: "the image job deletes images",
    file: "iam/job-role.ts",
    find: '        "ecr:BatchCheckLayerAvailability",',
    replace: '        "ecr:BatchDeleteImage",\n        "ecr:BatchCheckLayerAvailability",',
    killedBy: isolation(
      "every role changes no pipeline, project, gate, trust or boundary, and deletes no artifact or image",
    ),
  },
  {
    name: "a deploy job passes every door",
    file: "iam/job-role.ts",
    find: "[names.doorRoleArn(environment)],",
    replace: '["arn:aws:iam::*:role/slipway/CICDCrossAccountRole"],',
    killedBy: isolation(
      "isolation between environments lets a deploy job pass its own environment's door only",
    ),
  },
  {
    name: "jobs fill reports of all",
    file: "iam/job-role.ts",
    find: 'reportGroups.map((group) => names.arn(platform.cicd, "codebuild", `report-group/${group}`)),',
    replace: '[names.arn(platform.cicd, "codebuild", "report-group/*")],',
    killedBy: rights("of kind ecs are these in the CI/CD account"),
  },
  {
    name: "a pipeline's role is for any pipeline",
    file: "iam/pipeline-role.ts",
    find: 'pipelines.map((pipeline) => names.arn(platform.cicd, "codepipeline", pipeline)),\n          },',
    replace: 'names.arn(platform.cicd, "codepipeline", "*"),\n          },',
    killedBy: rights("of kind kubernetes are these in the CI/CD account"),
  },
  {
    name: "the setting that leaves source conditions out does nothing",
    file: "iam/pipeline-role.ts",
    find: "    sourceConditions\n      ? {",
    replace: "    [true, sourceConditions][0]\n      ? {",
    killedBy: trust("a pipeline's trust admits CodePipeline without source keys when the setting is off"),
  },
  {
    name: "a pipeline reads any repository of the connection",
    file: "iam/pipeline-role.ts",
    find: '      StringEquals: { "codeconnections:FullRepositoryId": repository },',
    replace:
      '      StringLike: { "codeconnections:FullRepositoryId": `${repository.split("/")[0] ?? ""}/*` },',
    killedBy: rights("of kind serverless are these in the CI/CD account"),
  },
  {
    name: "CloudFormation's role is for any stack",
    file: "iam/execution-roles.ts",
    find: "const stack = `stack/${names.workloadName(application, environment.name)}/*`;",
    replace: 'const stack = `stack/${application === "" ? "" : "*"}`;',
    killedBy: trust(
      "the trust of execution roles admits CloudFormation for the application's own stack only",
    ),
  },
  {
    name: "task roles are for tasks of any account",
    file: "iam/execution-roles.ts",
    find: '    StringEquals: { "aws:SourceAccount": environment.accountId },\n    ArnLike: { "aws:SourceArn": names.arn(environment, "ecs", "*") },',
    replace: "",
    killedBy: trust("the trust of execution roles admits ECS tasks of this account and region"),
  },
  {
    name: "any session behind the door takes a namespace",
    file: "iam/execution-roles.ts",
    find: "      [applicationTag.principal]: application,\n",
    replace: "",
    killedBy: trust(
      "the trust of execution roles admits the door into a namespace role for that application's sessions only, and carries the source identity",
    ),
  },
  {
    name: "a namespace role is for everybody in its account",
    file: "iam/execution-roles.ts",
    find: '    ArnEquals: { "aws:PrincipalArn": names.doorRoleArn(environment) },\n',
    replace: "",
    killedBy: trust(
      "the trust of execution roles admits the door into a namespace role for that application's sessions only, and carries the source identity",
    ),
  },
  {
    name: "people of any permission set take a role",
    file: "iam/people.ts",
    find: '`AWSReservedSSO_${permissionSet}_${"?".repeat(16)}`',
    replace: "`AWSReservedSSO_${permissionSet}_*`",
    killedBy: trust(
      "the trust of roles for people admits members of the permission set, and of none whose name only begins alike",
    ),
  },
  {
    name: "approvers approve every stage of a pipeline",
    file: "iam/people.ts",
    find: "`${pipeline}/${stage}/${action}`",
    replace: '`${pipeline}/${stage === action ? stage : "*"}`',
    killedBy: rights("of kind ecs are these in the CI/CD account"),
  },
  {
    name: "readers stop pipelines",
    file: "iam/people.ts",
    find: '  "codepipeline:ListPipelineExecutions",\n',
    replace: '  "codepipeline:ListPipelineExecutions",\n  "codepipeline:StopPipelineExecution",\n',
    killedBy: rights("of kind ecs are these in the CI/CD account"),
  },
];

const capabilityFaults: readonly Fault[] = [
  {
    name: "an application's roles need no boundary",
    file: "iam/capabilities.ts",
    find: "StringEquals: { ...bounded, [applicationTag.request]: application },",
    replace: "StringEquals: { [applicationTag.request]: application },",
    killedBy: trust("roles that an application's stack makes may not be made without boundary"),
  },
  {
    name: "an application's roles carry any name",
    file: "iam/capabilities.ts",
    find: "StringEquals: { ...bounded, [applicationTag.request]: application },",
    replace: "StringEquals: bounded,",
    killedBy: trust("roles that an application's stack makes may not be made under another's name"),
  },
  {
    name: "an application gives its roles rights without a boundary",
    file: "iam/capabilities.ts",
    find: "      roles,\n      { StringEquals: bounded },",
    replace: "      roles,",
    killedBy: trust("roles that an application's stack makes may not be given rights without one"),
  },
  {
    name: "an application passes its roles to any service",
    file: "iam/capabilities.ts",
    find: '      StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" },',
    replace: '      StringLike: { "iam:PassedToService": "*.amazonaws.com" },',
    killedBy: trust("roles that an application's stack makes may not be passed to CodeBuild"),
  },
  {
    name: "an application changes everybody's APIs",
    file: "iam/capabilities.ts",
    find: "      [`${gateway}/${collection}/*`],\n      own,",
    replace: "      [`${gateway}/${collection}/*`],",
    killedBy: trust(
      "APIs, whose ids AWS picks are changed by their owner only, and cannot be taken over by a tag",
    ),
  },
  {
    name: "an application takes an API over by a tag",
    file: "iam/capabilities.ts",
    find: "      StringEqualsIfExists: { [applicationTag.resource]: application },\n",
    replace: "",
    killedBy: trust(
      "APIs, whose ids AWS picks are changed by their owner only, and cannot be taken over by a tag",
    ),
  },
  {
    name: "code reads tables of all applications",
    file: "iam/capabilities.ts",
    find: '            "dynamodb:UpdateItem",\n          ],\n          [names.arn(environment, "dynamodb", `table/${name}-*`)],',
    replace:
      '            "dynamodb:UpdateItem",\n          ],\n          [names.arn(environment, "dynamodb", "table/*")],',
    killedBy: isolation(
      "isolation between applications keeps dev: shopping-task of shopping out of every other application",
    ),
  },
  {
    name: "code reads secrets of all applications",
    file: "iam/capabilities.ts",
    find: "`secret:${name}/*`",
    replace: '"secret:*"',
    killedBy: isolation(
      "isolation between applications keeps dev: shopping-task of shopping out of every other application",
    ),
  },
  {
    name: "the boundary forgets secrets",
    file: "iam/boundary.ts",
    find: 'const capabilities = ["lambda", "dynamodb", "sqs", "secrets"] as const;',
    replace: 'const capabilities = ["lambda", "dynamodb", "sqs"] as const;',
    killedBy: rightsOfDoor(),
  },
];

const guardrailFaults: readonly Fault[] = [
  {
    name: "everybody with a role below /slipway/ approves",
    file: "iam/guardrails.ts",
    find: 'names.roleArn(platform.cicd, names.paths.people, "*-approver")',
    replace: 'names.roleArn(platform.cicd, names.paths.platform, "*")',
    killedBy: {
      file: "test/access/rights.test.ts",
      title: "the rights that all applications share are limited by these service control policies",
    },
  },
  {
    name: "production may be deployed to by its administrators",
    file: "iam/guardrails.ts",
    find: "...(environment.production ? [onlyThroughTheDoor([...trusted, door, execution])] : []),",
    replace: "",
    killedBy: guardrails(
      "the guardrail of a production account lets nobody deploy but the door, the execution roles and the platform",
    ),
  },
  {
    name: "the door's trust may be changed by administrators",
    file: "iam/guardrails.ts",
    find: '      "iam:UpdateAssumeRolePolicy",\n',
    replace: "",
    killedBy: guardrails("the guardrail of an environment's account keeps the door's trust to the platform"),
  },
  {
    name: "administrators pass execution roles",
    file: "iam/guardrails.ts",
    find: "passOnlyByThePlatform([...trusted, door]),",
    replace: "",
    killedBy: guardrails(
      "the guardrail of an environment's account lets the door and the platform pass execution roles, and nobody else",
    ),
  },
  {
    name: "a guardrail denies where it should except",
    file: "iam/guardrails.ts",
    find: 'Condition: { ArnNotLike: { "aws:PrincipalArn": except } } };',
    replace: 'Condition: { ArnLike: { "aws:PrincipalArn": except } } };',
    killedBy: guardrails(
      "the guardrail of an environment's account keeps access to clusters to the platform",
    ),
  },
];

export const iamFaults: readonly Fault[] = [
  ...doorFaults,
  ...artifactFaults,
  ...roleFaults,
  ...capabilityFaults,
  ...guardrailFaults,
];
