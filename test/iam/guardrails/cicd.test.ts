import assert from "node:assert/strict";
import * as names from "../../../names";
import { dev, platform } from "../../support/platform";
import { isLeft } from "../../support/guardrails";

describe("the guardrail of the CI/CD account", () => {
  const may = (role: string, action: string, resource?: string): boolean =>
    isLeft("111111111111", `role/${role}`, { action, ...(resource !== undefined && { resource }) });

  const cases: [string, string, string | undefined, Record<string, boolean>][] = [
    [
      "changing a pipeline",
      "codepipeline:UpdatePipeline",
      undefined,
      {
        Admin: false,
        "slipway-platform": true,
        "slipway-break-glass": true,
        "slipway/pipeline/shop-pipeline": false,
      },
    ],
    [
      "overriding a gate",
      "codepipeline:OverrideStageCondition",
      undefined,
      { Admin: false, "slipway/people/shop-approver": false },
    ],
    [
      "starting a build with a buildspec of one's own",
      "codebuild:StartBuild",
      undefined,
      { Admin: false, "slipway/pipeline/shop-pipeline": true, "slipway/job/shop-test": false },
    ],
    [
      "starting a pipeline by hand",
      "codepipeline:StartPipelineExecution",
      undefined,
      {
        Admin: false,
        "slipway/people/shop-starter": true,
        "slipway/people/shop-approver": false,
        "slipway/people/shop-reader": false,
      },
    ],
    [
      "rolling a stage back",
      "codepipeline:RollbackStage",
      undefined,
      { Admin: false, "slipway/people/shop-approver": false, "slipway-platform": true },
    ],
    [
      "retrying a stage",
      "codepipeline:RetryStageExecution",
      undefined,
      { Admin: false, "slipway/people/shop-approver": false, "slipway-platform": false },
    ],
    [
      "pushing an image's layers",
      "ecr:UploadLayerPart",
      "arn:aws:ecr:eu-west-1:111111111111:repository/slipway/shop",
      {
        Admin: false,
        "slipway-platform": false,
        "slipway/job/shop-main-publish": true,
        "slipway/job/shop-main-image": false,
        "slipway/deploy/prod/shop-deploy-prod": false,
      },
    ],
    [
      "tagging an image",
      "ecr:PutImage",
      "arn:aws:ecr:eu-west-1:111111111111:repository/slipway/shop",
      {
        Admin: false,
        "slipway-platform": false,
        "slipway/job/shop-main-publish": true,
        "slipway/job/shop-main-image": false,
        "slipway/deploy/prod/shop-deploy-prod": true,
      },
    ],
    [
      "deleting an image",
      "ecr:BatchDeleteImage",
      "arn:aws:ecr:eu-west-1:111111111111:repository/slipway/shop",
      { Admin: false, "slipway-platform": true, "slipway/job/shop-main-publish": false },
    ],
    [
      "pushing another image",
      "ecr:PutImage",
      "arn:aws:ecr:eu-west-1:111111111111:repository/other",
      { Admin: true },
    ],
    [
      "arming another break-glass user",
      "iam:CreateAccessKey",
      "arn:aws:iam::111111111111:user/break-glass",
      { Admin: false, "slipway-platform": true },
    ],
    [
      "taking the second factor off the break-glass user",
      "iam:DeactivateMFADevice",
      "arn:aws:iam::111111111111:user/break-glass",
      { Admin: false, "slipway-platform": true },
    ],
    [
      "changing what the emergency role may do",
      "iam:CreatePolicyVersion",
      "arn:aws:iam::111111111111:policy/slipway/bootstrap/BreakGlassActions",
      { Admin: false },
    ],
    [
      "approving",
      "codepipeline:PutApprovalResult",
      undefined,
      {
        Admin: false,
        "slipway/people/shop-approver": true,
        "slipway/people/shop-starter": false,
        "slipway/people/shop-reader": false,
        "slipway/chat/slipway-chat": false,
        "slipway-platform": false,
      },
    ],
    [
      "speaking in a chat channel of one's own",
      "chatbot:CreateSlackChannelConfiguration",
      undefined,
      {
        Admin: false,
        "slipway/chat/slipway-chat": false,
        "slipway-platform": true,
        "slipway-break-glass": true,
      },
    ],
    [
      "opening a channel to more than its guardrail",
      "chatbot:UpdateSlackChannelConfiguration",
      "arn:aws:chatbot::111111111111:chat-configuration/slack-channel/slipway-C07EZ1ABC23",
      { Admin: false, "slipway-platform": true },
    ],
    [
      "telling other channels of a pipeline",
      "codestar-notifications:UpdateNotificationRule",
      undefined,
      { Admin: false, "slipway/pipeline/shop-pipeline": false, "slipway-platform": true },
    ],
    [
      "giving the role of the chat channels a right",
      "iam:PutRolePolicy",
      "arn:aws:iam::111111111111:role/slipway/chat/slipway-chat",
      { Admin: false, "slipway-platform": true },
    ],
    [
      "making a role that passes a door",
      "iam:CreateRole",
      "arn:aws:iam::111111111111:role/slipway/deploy/prod/mine",
      { Admin: false, "slipway-platform": true },
    ],
    [
      "tagging a job's role as another application's",
      "iam:TagRole",
      "arn:aws:iam::111111111111:role/slipway/deploy/prod/shop-deploy-prod",
      { Admin: false, "slipway-platform": true },
    ],
    [
      "passing a job's role to a project",
      "iam:PassRole",
      "arn:aws:iam::111111111111:role/slipway/deploy/prod/shop-deploy-prod",
      { Admin: false, "slipway-platform": true },
    ],
    ["making another role", "iam:CreateRole", "arn:aws:iam::111111111111:role/other", { Admin: true }],
    [
      "changing who may take the platform's role",
      "iam:UpdateAssumeRolePolicy",
      "arn:aws:iam::111111111111:role/slipway-platform",
      { Admin: false, "slipway-platform": true },
    ],
    [
      "replacing an artifact",
      "s3:PutObject",
      `${names.bucketArn(platform)}/shop-main/Image/x1`,
      { Admin: false, "slipway/job/shop-main-image": true, "slipway/deploy/prod/shop-deploy-prod": false },
    ],
    [
      "silencing an alarm",
      "events:DisableRule",
      "arn:aws:events:eu-west-1:111111111111:rule/slipway-ways-around",
      { Admin: false, "slipway-platform": true },
    ],
    [
      "switching off the trail",
      "cloudtrail:StopLogging",
      undefined,
      { Admin: false, "slipway-platform": true },
    ],
  ];
  for (const [what, action, resource, roles] of cases) {
    for (const [role, expected] of Object.entries(roles)) {
      it(`${expected ? "leaves" : "refuses"} ${what} to ${role}`, () => {
        assert.equal(may(role, action, resource), expected);
      });
    }
  }
});

describe("the break-glass user", () => {
  const user = "arn:aws:iam::111111111111:user/break-glass";
  const may = (action: string): boolean =>
    isLeft("111111111111", "user/break-glass", { action, resource: user });

  it("changes its own password and key, and not its second factor", () => {
    assert.equal(may("iam:ChangePassword"), true);
    assert.equal(may("iam:CreateAccessKey"), true);
    assert.equal(may("iam:DeleteAccessKey"), true);
    assert.equal(may("iam:DeactivateMFADevice"), false);
    assert.equal(may("iam:CreateLoginProfile"), false);
  });
});

describe("session tags that say whose session it is", () => {
  const cases = [
    ["the CI/CD account", "111111111111"],
    ["an environment's account", dev.accountId],
  ] as const;
  for (const [where, accountId] of cases) {
    const tag = (role: string, key: string): boolean =>
      isLeft(accountId, `role/${role}`, { action: "sts:TagSession", context: { "aws:TagKeys": [key] } });

    it(`are kept in ${where} from everyone without the platform's trust, other tags are not`, () => {
      assert.equal(tag("Admin", "Application"), false);
      assert.equal(tag("shop-dev-hello", "DeploymentKind"), false);
      assert.equal(tag("Admin", "CostCenter"), true);
    });
  }

  it("are left to deploy jobs, which bring them to the door", () => {
    const role = "role/slipway/deploy/dev/shop-deploy-dev";
    const context = { "aws:TagKeys": ["Application", "DeploymentKind"] };
    assert.equal(isLeft("111111111111", role, { action: "sts:TagSession", context }), true);
  });
});
