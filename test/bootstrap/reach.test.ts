import assert from "node:assert/strict";
import { anyAllows } from "../support/policy-evaluator";
import { breakGlassGrants, type File, platformGrants } from "./template";

const account = "222222222222";

describe("what the roles of bootstrap/ reach", () => {
  const refused: readonly (readonly [string, File, string, string, Record<string, string>])[] = [
    [
      "write its own role",
      "cicd-account.yaml",
      "iam:PutRolePolicy",
      "arn:aws:iam::111111111111:role/slipway-platform",
      {},
    ],
    [
      "write the emergency role",
      "cicd-account.yaml",
      "iam:UpdateAssumeRolePolicy",
      "arn:aws:iam::111111111111:role/slipway-break-glass",
      { "iam:ResourceTag/ManagedBy": "slipway-bootstrap" },
    ],
    [
      "make a role beside /slipway/",
      "environment-account.yaml",
      "iam:CreateRole",
      `arn:aws:iam::${account}:role/helper`,
      {},
    ],
    [
      "pass a job's role to another service",
      "cicd-account.yaml",
      "iam:PassRole",
      "arn:aws:iam::111111111111:role/slipway/deploy/prod/hello-world-deploy-prod",
      { "iam:PassedToService": "lambda.amazonaws.com" },
    ],
    [
      "pass any role in an environment",
      "environment-account.yaml",
      "iam:PassRole",
      `arn:aws:iam::${account}:role/slipway/execution/hello-world-cloudformation`,
      { "iam:PassedToService": "cloudformation.amazonaws.com" },
    ],
    [
      "delete the artifact bucket",
      "cicd-account.yaml",
      "s3:DeleteBucket",
      "arn:aws:s3:::slipway-artifacts-111111111111-eu-west-1-e2b41c",
      { "aws:ResourceAccount": "111111111111" },
    ],
    [
      "change the policy of the state's bucket",
      "cicd-account.yaml",
      "s3:PutBucketPolicy",
      "arn:aws:s3:::slipway-state-111111111111-eu-west-1",
      { "aws:ResourceAccount": "111111111111" },
    ],
    [
      "take over the state's key by a tag",
      "cicd-account.yaml",
      "kms:TagResource",
      "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      { "aws:RequestTag/ManagedBy": "slipway", "aws:ResourceTag/ManagedBy": "slipway-bootstrap" },
    ],
    [
      "delete a key",
      "cicd-account.yaml",
      "kms:ScheduleKeyDeletion",
      "arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d-12ab-34cd-56ef-1234567890ab",
      { "aws:ResourceTag/ManagedBy": "slipway" },
    ],
    [
      "change a pipeline that is not ours",
      "cicd-account.yaml",
      "codepipeline:UpdatePipeline",
      "arn:aws:codepipeline:eu-west-1:111111111111:theirs",
      {},
    ],
    [
      "pass the chat channels' role to another service",
      "cicd-account.yaml",
      "iam:PassRole",
      "arn:aws:iam::111111111111:role/slipway/chat/slipway-chat",
      { "iam:PassedToService": "lambda.amazonaws.com" },
    ],
    [
      "pass another role to the chat application",
      "cicd-account.yaml",
      "iam:PassRole",
      "arn:aws:iam::111111111111:role/slipway/deploy/prod/hello-world-deploy-prod",
      { "iam:PassedToService": "chatbot.amazonaws.com" },
    ],
    [
      "change a chat channel that is not ours",
      "cicd-account.yaml",
      "chatbot:UpdateSlackChannelConfiguration",
      "arn:aws:chatbot::111111111111:chat-configuration/slack-channel/theirs",
      {},
    ],
    [
      "make an administrator of a cluster",
      "environment-account.yaml",
      "eks:AssociateAccessPolicy",
      `arn:aws:eks:eu-west-1:${account}:access-entry/dev/role/${account}/hello/0a1b`,
      {
        "eks:accessScope": "cluster",
        "eks:policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      },
    ],
    [
      "admit a role of its own choice to a cluster",
      "environment-account.yaml",
      "eks:CreateAccessEntry",
      `arn:aws:eks:eu-west-1:${account}:cluster/dev`,
      { "eks:accessEntryType": "STANDARD", "eks:principalArn": `arn:aws:iam::${account}:role/helper` },
    ],
    [
      "attach a policy to the root of the organization",
      "organization-account.yaml",
      "organizations:AttachPolicy",
      "arn:aws:organizations::999999999999:root/o-example1234/r-ab12",
      { "organizations:PolicyType": "SERVICE_CONTROL_POLICY" },
    ],
    [
      "change a policy that is not ours",
      "organization-account.yaml",
      "organizations:UpdatePolicy",
      "arn:aws:organizations::999999999999:policy/o-example1234/service_control_policy/p-abcd1234",
      { "organizations:PolicyType": "SERVICE_CONTROL_POLICY" },
    ],
  ];
  for (const [what, file, action, resource, context] of refused) {
    it(`does not let the platform role ${what}`, () => {
      assert.equal(anyAllows(platformGrants(file), { action, resource, context }), false);
    });
  }

  const emergency: readonly (readonly [string, File, string, string, boolean])[] = [
    [
      "close a door",
      "environment-account.yaml",
      "iam:DeleteRolePolicy",
      `arn:aws:iam::${account}:role/slipway/CICDCrossAccountRole`,
      true,
    ],
    [
      "become the platform role",
      "cicd-account.yaml",
      "sts:AssumeRole",
      "arn:aws:iam::111111111111:role/slipway-platform",
      true,
    ],
    [
      "open a door",
      "environment-account.yaml",
      "iam:PutRolePolicy",
      `arn:aws:iam::${account}:role/slipway/CICDCrossAccountRole`,
      false,
    ],
    [
      "become a deploy job",
      "cicd-account.yaml",
      "sts:AssumeRole",
      "arn:aws:iam::111111111111:role/slipway/deploy/prod/hello-world-deploy-prod",
      false,
    ],
  ];
  for (const [what, file, action, resource, allowed] of emergency) {
    it(`${allowed ? "lets" : "does not let"} the emergency role ${what}`, () => {
      assert.equal(anyAllows(breakGlassGrants(file), { action, resource, context: {} }), allowed);
    });
  }
});
