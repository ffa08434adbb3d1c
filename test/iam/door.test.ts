import assert from "node:assert/strict";
import { doorPermissions, doorTrust } from "../../iam/door";
import { dev, platform, prod } from "../support/platform";
import { allows, type Request } from "../support/policy-evaluator";

const trust = doorTrust(platform, dev);
const cicd = "arn:aws:iam::111111111111:root";

/** What AWS would say of the deploy job of hello-world for dev, which does everything right. */
function entry(action: string, changes: Record<string, string | string[] | undefined> = {}): Request {
  const context: Record<string, string | string[] | undefined> = {
    "aws:PrincipalArn": "arn:aws:iam::111111111111:role/slipway/deploy/dev/hello-world-deploy-dev",
    "aws:PrincipalOrgID": "o-example1234",
    "aws:PrincipalTag/Application": "hello-world",
    "aws:PrincipalTag/DeploymentKind": "serverless",
    "aws:RequestTag/Application": "hello-world",
    "aws:RequestTag/DeploymentKind": "serverless",
    "aws:TagKeys": ["Application", "DeploymentKind"],
    "sts:SourceIdentity": "11111111-2222-3333-4444-555555555555",
    ...changes,
  };
  const present = Object.entries(context).filter(
    (pair): pair is [string, string | string[]] => pair[1] !== undefined,
  );
  return { action, principal: cicd, context: Object.fromEntries(present) };
}

describe("the door's trust", () => {
  for (const action of ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]) {
    it(`lets a deploy job of its environment do ${action}`, () => {
      assert.equal(allows(trust, entry(action)), true);
    });
  }

  const refused: [string, string, Record<string, string | string[] | undefined>][] = [
    [
      "a deploy job of another environment",
      "sts:AssumeRole",
      { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/slipway/deploy/prod/hello-world-deploy-prod" },
    ],
    [
      "a test job",
      "sts:AssumeRole",
      { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/slipway/job/hello-world-test" },
    ],
    ["an administrator", "sts:AssumeRole", { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/Admin" }],
    [
      "a role that only looks alike",
      "sts:AssumeRole",
      { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/slipway/deploy/dev2/hello-world-deploy-dev" },
    ],
    ["a stranger to the organization", "sts:AssumeRole", { "aws:PrincipalOrgID": "o-stranger123" }],
    ["a caller without an organization", "sts:AssumeRole", { "aws:PrincipalOrgID": undefined }],
    ["a job that calls itself another", "sts:AssumeRole", { "aws:RequestTag/Application": "billing" }],
    ["a job of another kind", "sts:AssumeRole", { "aws:RequestTag/DeploymentKind": "kubernetes" }],
    ["a job that gives no name", "sts:AssumeRole", { "aws:RequestTag/Application": undefined }],
    [
      "a role without tags that gives none",
      "sts:AssumeRole",
      { "aws:PrincipalTag/Application": undefined, "aws:RequestTag/Application": undefined },
    ],
    ["a role without tags that gives one", "sts:AssumeRole", { "aws:PrincipalTag/Application": undefined }],
    ["a session without a source identity", "sts:AssumeRole", { "sts:SourceIdentity": undefined }],
    ["an empty source identity", "sts:SetSourceIdentity", { "sts:SourceIdentity": undefined }],
    ["a tag more than the two", "sts:TagSession", { "aws:TagKeys": ["Application", "DeploymentKind", "x"] }],
    ["no tag at all", "sts:TagSession", { "aws:TagKeys": undefined }],
    ["another's name as tag", "sts:TagSession", { "aws:RequestTag/Application": "billing" }],
    [
      "a tag from a test job",
      "sts:TagSession",
      { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/slipway/job/hello-world-test" },
    ],
    [
      "a source identity from a test job",
      "sts:SetSourceIdentity",
      { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/slipway/job/hello-world-test" },
    ],
  ];
  for (const [who, action, changes] of refused) {
    it(`refuses ${who} (${action})`, () => {
      assert.equal(allows(trust, entry(action, changes)), false);
    });
  }

  it("refuses another account, whatever it says of itself", () => {
    assert.equal(
      allows(trust, { ...entry("sts:AssumeRole"), principal: "arn:aws:iam::999999999999:root" }),
      false,
    );
  });

  it("names the CI/CD account with conditions, and no service, role or key that AWS does not set for a session", () => {
    for (const { Principal, Condition } of trust.Statement) {
      assert.deepEqual(Principal, { AWS: cicd });
      assert.equal(JSON.stringify(Condition).includes("aws:PrincipalServiceName"), false);
      assert.deepEqual(Condition?.["ArnLike"], {
        "aws:PrincipalArn": "arn:aws:iam::111111111111:role/slipway/deploy/dev/*",
      });
      assert.equal(Condition["StringEquals"]?.["aws:PrincipalOrgID"], "o-example1234");
    }
  });
});

describe("what the door opens", () => {
  const permissions = doorPermissions(platform, dev);
  const session = (kind: string, more: Record<string, string | string[]> = {}): Request["context"] => ({
    "aws:PrincipalTag/Application": "shop",
    "aws:PrincipalTag/DeploymentKind": kind,
    ...more,
  });
  const stack = (name: string): string => `arn:aws:cloudformation:eu-west-1:222222222222:stack/${name}/1f2e`;
  const role = (name: string): string => `arn:aws:iam::222222222222:role/slipway/${name}`;
  const service = (name: string): string => `arn:aws:ecs:eu-west-1:222222222222:service/applications/${name}`;
  const task = (name: string): string => `arn:aws:ecs:eu-west-1:222222222222:task-definition/${name}`;
  const own = { "cloudformation:RoleArn": role("execution/shop-cloudformation") };
  const toCloudFormation = { "iam:PassedToService": "cloudformation.amazonaws.com" };
  const toTasks = { "iam:PassedToService": "ecs-tasks.amazonaws.com" };

  const cases: [string, boolean, string, string, Request["context"]][] = [
    [
      "plans its own stack",
      true,
      "cloudformation:CreateChangeSet",
      stack("shop-dev"),
      session("serverless", own),
    ],
    [
      "plans another's stack",
      false,
      "cloudformation:CreateChangeSet",
      stack("billing-dev"),
      session("serverless", own),
    ],
    [
      "plans its stack of another environment",
      false,
      "cloudformation:CreateChangeSet",
      stack("shop-prod"),
      session("serverless", own),
    ],
    [
      "plans without its service role",
      false,
      "cloudformation:CreateChangeSet",
      stack("shop-dev"),
      session("serverless"),
    ],
    [
      "plans with another's service role",
      false,
      "cloudformation:CreateChangeSet",
      stack("shop-dev"),
      session("serverless", { "cloudformation:RoleArn": role("execution/billing-cloudformation") }),
    ],
    [
      "updates a stack without a plan",
      false,
      "cloudformation:UpdateStack",
      stack("shop-dev"),
      session("serverless", own),
    ],
    ["deletes its stack", false, "cloudformation:DeleteStack", stack("shop-dev"), session("serverless", own)],
    [
      "plans a stack as an ecs application",
      false,
      "cloudformation:CreateChangeSet",
      stack("shop-dev"),
      session("ecs", own),
    ],
    [
      "passes its service role",
      true,
      "iam:PassRole",
      role("execution/shop-cloudformation"),
      session("serverless", toCloudFormation),
    ],
    [
      "passes another's service role",
      false,
      "iam:PassRole",
      role("execution/billing-cloudformation"),
      session("serverless", toCloudFormation),
    ],
    [
      "passes its service role to a function",
      false,
      "iam:PassRole",
      role("execution/shop-cloudformation"),
      session("serverless", { "iam:PassedToService": "lambda.amazonaws.com" }),
    ],
    ["registers its own task", true, "ecs:RegisterTaskDefinition", task("shop-dev:7"), session("ecs")],
    ["registers another's task", false, "ecs:RegisterTaskDefinition", task("billing-dev:7"), session("ecs")],
    [
      "deploys its own service",
      true,
      "ecs:UpdateService",
      service("shop-dev"),
      session("ecs", { "ecs:task-definition": task("shop-dev:7") }),
    ],
    [
      "deploys another's task",
      false,
      "ecs:UpdateService",
      service("shop-dev"),
      session("ecs", { "ecs:task-definition": task("billing-dev:7") }),
    ],
    ["deploys an unnamed task", false, "ecs:UpdateService", service("shop-dev"), session("ecs")],
    [
      "deploys another's service",
      false,
      "ecs:UpdateService",
      service("billing-dev"),
      session("ecs", { "ecs:task-definition": task("shop-dev:7") }),
    ],
    ["passes its task role", true, "iam:PassRole", role("execution/shop-task"), session("ecs", toTasks)],
    [
      "passes another's task role",
      false,
      "iam:PassRole",
      role("execution/billing-task"),
      session("ecs", toTasks),
    ],
    ["becomes its namespace role", true, "sts:AssumeRole", role("namespace/shop"), session("kubernetes")],
    [
      "becomes another's namespace role",
      false,
      "sts:AssumeRole",
      role("namespace/billing"),
      session("kubernetes"),
    ],
    [
      "becomes a namespace role as a serverless application",
      false,
      "sts:AssumeRole",
      role("namespace/shop"),
      session("serverless"),
    ],
    [
      "comes in without a name",
      false,
      "ecs:RegisterTaskDefinition",
      task("shop-dev:7"),
      { "aws:PrincipalTag/DeploymentKind": "ecs" },
    ],
  ];
  for (const [what, expected, action, resource, context] of cases) {
    it(`${expected ? "allows" : "refuses"} a session that ${what}`, () => {
      assert.equal(allows(permissions, { action, resource, ...(context && { context }) }), expected);
    });
  }

  it("asks every statement for the kind of deployment", () => {
    for (const { Sid, Condition } of permissions.Statement) {
      assert.match(
        Condition?.["StringEquals"]?.["aws:PrincipalTag/DeploymentKind"]?.toString() ?? "",
        /^\w+$/,
        Sid,
      );
    }
  });

  it("opens nothing for a kind that the environment has no platform for", () => {
    const bare = { name: "dev", accountId: dev.accountId, region: dev.region, production: false };
    const kinds = doorPermissions(platform, bare).Statement.map(
      ({ Condition }) => Condition?.["StringEquals"]?.["aws:PrincipalTag/DeploymentKind"],
    );
    assert.deepEqual([...new Set(kinds)], ["serverless"]);
  });

  it("fits IAM's limit for the inline policies of a role", () => {
    for (const environment of [dev, prod]) {
      assert.ok(JSON.stringify(doorPermissions(platform, environment)).length < 10_240);
      assert.ok(JSON.stringify(doorTrust(platform, environment)).length < 2_048);
    }
  });
});
