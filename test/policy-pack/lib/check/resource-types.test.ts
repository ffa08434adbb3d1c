import assert from "node:assert/strict";
import {
  pulumiProperties,
  typeOfCloudFormation,
  typeOfTerraform,
} from "../../../../policy-pack/lib/check/resource-types";
import { Lines } from "../../../../policy-pack/lib/check/source";

describe("a resource's type", () => {
  it("is found for CloudFormation's names", () => {
    const types: Readonly<Record<string, string | undefined>> = {
      "AWS::IAM::Role": "aws-native:iam:Role",
      "AWS::IAM::Policy": "aws-native:iam:RolePolicy",
      "AWS::IAM::ManagedPolicy": "aws-native:iam:ManagedPolicy",
      "AWS::S3::BucketPolicy": "aws-native:s3:BucketPolicy",
      "AWS::KMS::Key": "aws-native:kms:Key",
      "AWS::SQS::QueuePolicy": "aws-native:sqs:QueueInlinePolicy",
      "AWS::SNS::TopicPolicy": "aws-native:sns:TopicPolicy",
      "AWS::Lambda::Permission": "aws-native:lambda:Permission",
      "AWS::EC2::VPCEndpoint": "aws-native:ec2:VpcEndpoint",
      "AWS::OpenSearchService::Domain": "aws-native:opensearchservice:Domain",
      "AWS::Elasticsearch::Domain": "aws-native:opensearchservice:Domain",
      "AWS::SSO::PermissionSet": "aws-native:sso:PermissionSet",
      "AWS::EC2::Instance": undefined,
    };
    for (const [name, type] of Object.entries(types)) assert.equal(typeOfCloudFormation(name), type, name);
  });

  it("is found for Terraform's names", () => {
    const types: Readonly<Record<string, string | undefined>> = {
      aws_iam_role: "aws:iam/role:Role",
      aws_iam_role_policy_attachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      aws_s3_bucket_policy: "aws:s3/bucketPolicy:BucketPolicy",
      aws_api_gateway_rest_api_policy: "aws:apigateway/restApiPolicy:RestApiPolicy",
      aws_cloudwatch_log_resource_policy: "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
      aws_vpc_endpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
      aws_db_snapshot: "aws:rds/snapshot:Snapshot",
      aws_lambda_permission: "aws:lambda/permission:Permission",
      aws_media_store_container_policy: "aws:mediastore/containerPolicy:ContainerPolicy",
      awscc_kms_key: "aws-native:kms:Key",
      aws_instance: undefined,
      google_storage_bucket: undefined,
    };
    for (const [name, type] of Object.entries(types)) assert.equal(typeOfTerraform(name), type, name);
  });

  it("has properties of Pulumi's names, while documents stay as they are", () => {
    const policy = { Statement: [{ Condition: { StringLike: { "aws:PrincipalArn": "x" } } }] };
    assert.deepEqual(pulumiProperties({ PolicyDocument: policy, ManagedPolicyArns: ["a"] }, new Lines()), {
      policyDocument: policy,
      managedPolicyArns: ["a"],
    });
    const block = { name: "orders", policy_text: "{}" };
    assert.deepEqual(pulumiProperties({ inline_policy: [block, block], details: [block] }, new Lines()), {
      inlinePolicy: [
        { name: "orders", policyText: "{}" },
        { name: "orders", policyText: "{}" },
      ],
      inlinePolicies: [
        { name: "orders", policyText: "{}" },
        { name: "orders", policyText: "{}" },
      ],
      details: { name: "orders", policyText: "{}" },
    });
  });
});
