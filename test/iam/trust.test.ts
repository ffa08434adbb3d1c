import assert from "node:assert/strict";
import { provisioning } from "../../iam/capabilities";
import { document, type PolicyDocument } from "../../iam/document";
import * as execution from "../../iam/execution-roles";
import { jobTrust } from "../../iam/job-role";
import { peopleTrust } from "../../iam/people";
import { pipelineTrust } from "../../iam/pipeline-role";
import { dev, platform } from "../support/platform";
import { allows } from "../support/policy-evaluator";

interface Caller {
  readonly principal: string;
  readonly context?: Record<string, string>;
}

function admits(trust: PolicyDocument, caller: Caller, action = "sts:AssumeRole"): boolean {
  return allows(trust, { action, ...caller });
}

describe("a job's trust", () => {
  const trust = jobTrust(platform, "shop-test");
  const project = (name: string, account = "111111111111"): Caller => ({
    principal: "codebuild.amazonaws.com",
    context: {
      "aws:SourceAccount": account,
      "aws:SourceArn": `arn:aws:codebuild:eu-west-1:${account}:project/${name}`,
    },
  });

  it("admits its own project and no other, of this account or another", () => {
    assert.equal(admits(trust, project("shop-test")), true);
    assert.equal(admits(trust, project("shop-image")), false);
    assert.equal(admits(trust, project("shop-test", "999999999999")), false);
    assert.equal(admits(trust, { principal: "codebuild.amazonaws.com" }), false);
    assert.equal(admits(trust, { ...project("shop-test"), principal: "lambda.amazonaws.com" }), false);
  });
});

describe("a pipeline's trust", () => {
  const caller = (pipeline: string): Caller => ({
    principal: "codepipeline.amazonaws.com",
    context: {
      "aws:SourceAccount": "111111111111",
      "aws:SourceArn": `arn:aws:codepipeline:eu-west-1:111111111111:${pipeline}`,
    },
  });

  it("admits the application's own pipelines only", () => {
    const trust = pipelineTrust(platform, ["shop-main", "shop-pr"], true);
    assert.equal(admits(trust, caller("shop-pr")), true);
    assert.equal(admits(trust, caller("billing-main")), false);
  });

  it("admits CodePipeline without source keys when the setting is off", () => {
    const trust = pipelineTrust(platform, ["shop-main"], false);
    assert.equal(admits(trust, { principal: "codepipeline.amazonaws.com" }), true);
    assert.equal(admits(trust, { principal: "codebuild.amazonaws.com" }), false);
  });
});

describe("the trust of execution roles", () => {
  it("admits CloudFormation for the application's own stack only", () => {
    const trust = execution.cloudFormationTrust(dev, "shop", true);
    const stack = (name: string): Caller => ({
      principal: "cloudformation.amazonaws.com",
      context: {
        "aws:SourceAccount": "222222222222",
        "aws:SourceArn": `arn:aws:cloudformation:eu-west-1:222222222222:stack/${name}/1f2e`,
      },
    });
    assert.equal(admits(trust, stack("shop-dev")), true);
    assert.equal(admits(trust, stack("billing-dev")), false);
    assert.equal(admits(trust, { principal: "cloudformation.amazonaws.com" }), false);
  });

  it("admits ECS tasks of this account and region", () => {
    const trust = execution.taskTrust(dev);
    const task = (account: string): Caller => ({
      principal: "ecs-tasks.amazonaws.com",
      context: {
        "aws:SourceAccount": account,
        "aws:SourceArn": `arn:aws:ecs:eu-west-1:${account}:cluster/x`,
      },
    });
    assert.equal(admits(trust, task("222222222222")), true);
    assert.equal(admits(trust, task("999999999999")), false);
  });

  it("admits the door into a namespace role for that application's sessions only, and carries the source identity", () => {
    const trust = execution.namespaceTrust(platform, dev, "shop");
    const session = (application: string, changes: Record<string, string> = {}): Caller => ({
      principal: "arn:aws:iam::222222222222:root",
      context: {
        "aws:PrincipalArn": "arn:aws:iam::222222222222:role/slipway/CICDCrossAccountRole",
        "aws:PrincipalOrgID": "o-example1234",
        "aws:PrincipalTag/Application": application,
        "aws:PrincipalTag/DeploymentKind": "kubernetes",
        "aws:SourceIdentity": "execution",
        ...changes,
      },
    });
    for (const action of ["sts:AssumeRole", "sts:SetSourceIdentity"]) {
      assert.equal(admits(trust, session("shop"), action), true);
      assert.equal(admits(trust, session("billing"), action), false);
      assert.equal(
        admits(trust, session("shop", { "aws:PrincipalTag/DeploymentKind": "ecs" }), action),
        false,
      );
      assert.equal(
        admits(
          trust,
          session("shop", { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/Admin" }),
          action,
        ),
        false,
      );
    }
  });
});

describe("the trust of roles for people", () => {
  const member = (role: string, context: Record<string, string> = {}): Caller => ({
    principal: "arn:aws:iam::111111111111:root",
    context: {
      "aws:PrincipalArn": `arn:aws:iam::111111111111:role/${role}`,
      "aws:PrincipalOrgID": "o-example1234",
      "aws:userid": "AROAEXAMPLEID:jane@example.com",
      "sts:RoleSessionName": "jane@example.com",
      ...context,
    },
  });
  const prefix = "aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_";
  const approvers = { permissionSet: "Approver", attributes: {} };
  const trust = peopleTrust(platform, approvers);

  it("admits members of the permission set, and of none whose name only begins alike", () => {
    assert.equal(admits(trust, member(`${prefix}Approver_0123456789abcdef`)), true);
    assert.equal(admits(trust, member(`${prefix}Approver_Junior_0123456789abcdef`)), false);
    assert.equal(admits(trust, member("AWSReservedSSO_Approver_0123456789abcdef")), false);
    assert.equal(admits(trust, member("slipway/deploy/dev/shop-deploy-dev")), false);
  });

  it("knows that Identity Center in us-east-1 puts no region into the path", () => {
    const people = { ...platform.people, identityCenterRegion: "us-east-1" };
    assert.equal(
      admits(
        peopleTrust({ ...platform, people }, approvers),
        member("aws-reserved/sso.amazonaws.com/AWSReservedSSO_Approver_0123456789abcdef"),
      ),
      true,
    );
  });

  for (const [what, context] of [
    ["a colleague", { "sts:RoleSessionName": "joe@example.com" }],
    ["the end of the own name", { "sts:RoleSessionName": "example.com" }],
    ["the own name and more", { "sts:RoleSessionName": "jane@example.com.de" }],
    ["nobody, by an IAM user", { "aws:userid": "AIDAEXAMPLEID" }],
  ] as const) {
    it(`lets nobody call the session after ${what}`, () => {
      assert.equal(admits(trust, member(`${prefix}Approver_0123456789abcdef`, context)), false);
    });
  }

  it("asks for every attribute that the members must have, with exactly this value", () => {
    const attributes = { CostCenter: "1234", "Team/Role": "lead" };
    const narrow = peopleTrust(platform, { ...approvers, attributes });
    const may = (tags: Record<string, string>): boolean =>
      admits(narrow, member(`${prefix}Approver_0123456789abcdef`, tags));
    const both = { "aws:PrincipalTag/CostCenter": "1234", "aws:PrincipalTag/Team/Role": "lead" };
    assert.equal(may(both), true);
    assert.equal(may({ ...both, "aws:PrincipalTag/CostCenter": "12345" }), false);
    assert.equal(may({ "aws:PrincipalTag/CostCenter": "1234" }), false);
    assert.equal(may({}), false);
  });

  it("fits IAM's 2,048 characters with the longest attributes that an application may ask for", () => {
    const attributes = Object.fromEntries(
      ["a", "b", "c"].map((letter) => [letter.repeat(128), "v".repeat(256)]),
    );
    const longest = peopleTrust(platform, { permissionSet: "p".repeat(32), attributes });
    assert.ok(JSON.stringify(longest).length <= 2048);
  });
});

describe("roles that an application's stack makes", () => {
  const permissions = document(...provisioning("lambda", dev, "shop"));
  const role = "arn:aws:iam::222222222222:role/shop-dev-hello";
  const boundary = "arn:aws:iam::222222222222:policy/slipway/slipway-boundary";
  const ask = (action: string, context: Record<string, string> = {}): boolean =>
    allows(permissions, { action, resource: role, context });

  const cases: [string, boolean, string, Record<string, string>][] = [
    [
      "made with boundary and own name",
      true,
      "iam:CreateRole",
      { "iam:PermissionsBoundary": boundary, "aws:RequestTag/Application": "shop" },
    ],
    ["made without boundary", false, "iam:CreateRole", { "aws:RequestTag/Application": "shop" }],
    [
      "made with another boundary",
      false,
      "iam:CreateRole",
      {
        "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess",
        "aws:RequestTag/Application": "shop",
      },
    ],
    [
      "made under another's name",
      false,
      "iam:CreateRole",
      { "iam:PermissionsBoundary": boundary, "aws:RequestTag/Application": "billing" },
    ],
    ["made without a name", false, "iam:CreateRole", { "iam:PermissionsBoundary": boundary }],
    ["tagged as another's", false, "iam:TagRole", { "aws:RequestTag/Application": "billing" }],
    ["freed of the tag", false, "iam:UntagRole", {}],
    ["freed of the boundary", false, "iam:DeleteRolePermissionsBoundary", {}],
    [
      "given another boundary",
      false,
      "iam:PutRolePermissionsBoundary",
      { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" },
    ],
    ["given rights under the boundary", true, "iam:PutRolePolicy", { "iam:PermissionsBoundary": boundary }],
    ["given rights without one", false, "iam:PutRolePolicy", {}],
    ["passed to a function", true, "iam:PassRole", { "iam:PassedToService": "lambda.amazonaws.com" }],
    ["passed to CodeBuild", false, "iam:PassRole", { "iam:PassedToService": "codebuild.amazonaws.com" }],
  ];
  for (const [what, expected, action, context] of cases) {
    it(`${expected ? "may" : "may not"} be ${what}`, () => {
      assert.equal(ask(action, context), expected);
    });
  }
});

describe("APIs, whose ids AWS picks", () => {
  const permissions = document(...provisioning("http-api", dev, "shop"));
  const ask = (action: string, path: string, context: Record<string, string>): boolean =>
    allows(permissions, { action, resource: `arn:aws:apigateway:eu-west-1::/${path}`, context });

  it("are made under the application's own name only", () => {
    assert.equal(ask("apigateway:POST", "apis", { "aws:RequestTag/Application": "shop" }), true);
    assert.equal(ask("apigateway:POST", "apis", { "aws:RequestTag/Application": "billing" }), false);
    assert.equal(ask("apigateway:POST", "apis", {}), false);
  });

  it("are changed by their owner only, and cannot be taken over by a tag", () => {
    assert.equal(ask("apigateway:PATCH", "apis/abc", { "aws:ResourceTag/Application": "shop" }), true);
    assert.equal(ask("apigateway:PATCH", "apis/abc", { "aws:ResourceTag/Application": "billing" }), false);
    assert.equal(
      ask("apigateway:PUT", "tags/abc", {
        "aws:RequestTag/Application": "shop",
        "aws:ResourceTag/Application": "billing",
      }),
      false,
    );
  });
});

describe("event source mappings, whose ids AWS picks", () => {
  const permissions = document(...provisioning("sqs", dev, "shop"));
  const mapping = "arn:aws:lambda:eu-west-1:222222222222:event-source-mapping:0f1e2d3c";
  const functionOf = (application: string) => ({
    "lambda:FunctionArn": `arn:aws:lambda:eu-west-1:222222222222:function:${application}-dev-write`,
  });

  for (const action of ["Create", "Delete", "Get", "Update"]) {
    it(`may be asked to ${action} for the application's own functions only`, () => {
      const ask = (context: Record<string, string>) =>
        allows(permissions, { action: `lambda:${action}EventSourceMapping`, resource: mapping, context });
      assert.deepEqual([functionOf("shop"), functionOf("bank"), {}].map(ask), [true, false, false]);
    });
  }

  it("take the application's own tag only, and not from another", () => {
    const ask = (context: Record<string, string>) =>
      allows(permissions, { action: "lambda:TagResource", resource: mapping, context });
    const own = { "aws:RequestTag/Application": "shop" };
    assert.deepEqual(
      [own, { ...own, "aws:ResourceTag/Application": "bank" }, { "aws:RequestTag/Application": "bank" }].map(
        ask,
      ),
      [true, false, false],
    );
  });
});
