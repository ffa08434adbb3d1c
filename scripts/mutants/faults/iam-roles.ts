import type { Fault, TestName } from "../fault";

const trust = (title: string): TestName => ({ file: "test/iam/trust.test.ts", title });
const isolation = (title: string): TestName => ({ file: "test/iam/isolation.test.ts", title });
const rights = (title: string): TestName => ({
  file: "test/access/rights.test.ts",
  title: `the rights of one application ${title}, in every role`,
});

const rightsOfDoor: TestName = {
  file: "test/access/rights.test.ts",
  title:
    "the rights that all applications share are these at the door, whoever comes in, and in the boundary",
};

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
    find: "names.pipelineArns(platform.cicd, pipelines),\n          },",
    replace: 'names.pipelineArns(platform.cicd, ["*"]),\n          },',
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
    name: "people call their session after a colleague",
    file: "iam/people.ts",
    find: '      StringLike: { "aws:userid": "*:${sts:RoleSessionName}" },\n',
    replace: "",
    killedBy: trust("the trust of roles for people lets nobody call the session after a colleague"),
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
    find: "must be the application's own.\n      StringEqualsIfExists: { [applicationTag.resource]: application },\n",
    replace: "must be the application's own.\n",
    killedBy: trust(
      "APIs, whose ids AWS picks are changed by their owner only, and cannot be taken over by a tag",
    ),
  },
  {
    name: "code reads tables of all applications",
    file: "iam/capabilities.ts",
    find: '      "dynamodb:UpdateItem",\n    ],\n    [names.arn(environment, "dynamodb", `table/${name}-*`)],',
    replace: '      "dynamodb:UpdateItem",\n    ],\n    [names.arn(environment, "dynamodb", "table/*")],',
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
    killedBy: rightsOfDoor,
  },
];

export const iamRoleFaults: readonly Fault[] = [...roleFaults, ...capabilityFaults];
