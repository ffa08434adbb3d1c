import assert from "node:assert/strict";
import { actionsMatching } from "../../../../policy-pack/lib/aws/action-table";
import { isListLike } from "../../../../policy-pack/lib/aws/list-like";
import { grant, worst } from "../../support/documents";

describe("isListLike", () => {
  const answers: Readonly<Record<string, boolean>> = {
    "s3:ListBucket": true,
    "dynamodb:DescribeTable": true,
    "eks:DescribeCluster": true,
    "kms:DescribeKey": true,
    "secretsmanager:DescribeSecret": true,
    "sqs:ListQueueTags": true,
    "states:DescribeExecution": false,
    "ebs:ListSnapshotBlocks": false,
    "cognito-idp:DescribeUserPoolClient": false,
    "elasticbeanstalk:DescribeConfigurationSettings": false,
    "storagegateway:DescribeChapCredentials": false,
    "dynamodb:GetItem": false,
    "ec2:StopInstances": false,
  };
  for (const [name, expected] of Object.entries(answers)) {
    it(`${name}: ${expected ? "lists" : "gives or changes what is there"}`, () => {
      const [action] = actionsMatching(name);
      assert.ok(action !== undefined);
      assert.equal(isListLike(action), expected);
    });
  }

  it("is no graver on a name in any account than on everything", () => {
    assert.equal(
      worst(grant("dynamodb:DescribeTable", "arn:aws:dynamodb:eu-west-1:*:table/orders")),
      "warning",
    );
    assert.equal(worst(grant("dynamodb:DescribeTable", "*")), "warning");
    assert.equal(worst(grant("dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1:*:table/orders")), "error");
  });
});
