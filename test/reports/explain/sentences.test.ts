import assert from "node:assert/strict";
import { explainRoles } from "../../../reports/explain/roles";
import type { Json } from "../../../preview/preview-document";
import { documentOf, resource, role, stack } from "./documents";

const pipeline = resource("aws:codepipeline/pipeline:Pipeline", "shop-main", {
  name: "shop-main",
  artifactStores: [{ location: "artifacts" }],
  stages: [{ name: "Build", actions: [{ name: "Package", outputArtifacts: ["PackageOfShop"] }] }],
});

/** The one sentence about a statement in the CI/CD account. */
function sentence(statement: Readonly<Record<string, Json>>): string {
  const others = stack("dev", "222222222222", []);
  const own = stack("cicd", "111111111111", [pipeline, ...role("shop", [{ Effect: "Allow", ...statement }])]);
  const [explanation] = explainRoles(documentOf(own, others));
  assert.equal(explanation?.may.length, 1);
  return explanation.may[0] ?? "";
}

const here = "eu-west-1:111111111111";

describe("the words of an explanation", () => {
  const places: readonly (readonly [resource: string | string[], words: string])[] = [
    ["arn:aws:s3:::artifacts/packages/dev/shop/*", "the packages of shop for dev in the artifact bucket"],
    [
      "arn:aws:s3:::artifacts/packages/dev/*",
      "the packages of all applications for dev in the artifact bucket",
    ],
    [
      "arn:aws:s3:::artifacts/packages/dev/${aws:PrincipalTag/Application}/*",
      "the packages of ‹caller's Application› for dev in the artifact bucket",
    ],
    [
      "arn:aws:s3:::artifacts/shop-main/PackageOfS/*",
      "the artifact PackageOfShop of shop-main in the artifact bucket",
    ],
    ["arn:aws:s3:::artifacts/shop-main/*", "all artifacts of the pipeline shop-main in the artifact bucket"],
    ["arn:aws:s3:::artifacts/other/*", "what lies below other/ in the artifact bucket"],
    ["arn:aws:s3:::artifacts", "the artifact bucket"],
    ["arn:aws:s3:::shop/index.html", "the object index.html in the bucket shop"],
    ["arn:aws:iam::222222222222:role/slipway/door", "the role door of dev"],
    ["arn:aws:iam::333333333333:role/door", "the role door of account 333333333333"],
    ["arn:aws:iam::111111111111:role/slipway/job/*", "every role below /slipway/job/"],
    ["arn:aws:iam::*:role/slipway/*", "every role below /slipway/ of any account"],
    [
      "arn:aws:iam::111111111111:role/slipway/job/shop-*",
      "every role whose name begins with shop- below /slipway/job/",
    ],
    ["arn:aws:iam::111111111111:role/*-admin", "every role whose name fits *-admin"],
    ["arn:aws:iam::111111111111:policy/slipway/edge", "the policy edge"],
    [[`arn:aws:codebuild:${here}:project/a`, `arn:aws:codebuild:${here}:project/b`], "the jobs a and b"],
    [[`arn:aws:codebuild:${here}:project/a`, `arn:aws:sns:${here}:b`], "the job a and the topic b"],
    ["arn:aws:codebuild:us-east-1:111111111111:project/a", "the job a in us-east-1"],
    [`arn:aws:codepipeline:${here}:shop/Prod/Approve`, "the action Prod/Approve of the pipeline shop"],
    [
      `arn:aws:logs:${here}:log-group:/a:log-stream:b/*`,
      "every stream whose name begins with b/ of the log group /a",
    ],
    [`arn:aws:kinesis:${here}:stream/a`, "stream/a of KINESIS"],
    ["no arn", "no arn"],
  ];
  for (const [Resource, words] of places) {
    it(`name ${String(Resource)} as ${words}`, () => {
      assert.equal(sentence({ Action: "iam:GetRole", Resource }), `In IAM, read role: ${words}.`);
    });
  }

  const actions: readonly (readonly [action: string | string[], words: string])[] = [
    [["s3:GetObject", "s3:GetObjectVersion"], "In S3, read objects and their versions"],
    [
      ["codebuild:StartBuild", "codebuild:StopBuild", "codebuild:BatchGetBuilds"],
      "In CodeBuild, start, stop and read builds",
    ],
    ["lambda:GetFunctionURLConfig", "In Lambda, read function URL config"],
    ["dynamodb:*", "In DynamoDB, do everything"],
    ["dynamodb:Get*", "In DynamoDB, do what is called Get*"],
    ["*", "In every service, do everything"],
    [Array.from({ length: 25 }, (_, index) => `ecs:Run${String(index)}`), "In ECS, 25 actions"],
  ];
  for (const [Action, words] of actions) {
    it(`say of ${String(Action).slice(0, 60)}: ${words}`, () => {
      assert.equal(sentence({ Action, Resource: "*" }), `${words}: any resource.`);
    });
  }

  it("say what is left out where a statement names the rest", () => {
    assert.equal(
      sentence({ NotAction: "iam:PassRole", NotResource: "arn:aws:s3:::shop" }),
      "In IAM, everything but hand a service the role: everything but the bucket shop.",
    );
  });

  const conditions: readonly (readonly [
    operator: string,
    key: string,
    value: string | string[],
    words: string,
  ])[] = [
    ["StringEquals", "aws:PrincipalTag/Team", "shop", "the caller's tag Team is shop"],
    ["StringNotEquals", "aws:PrincipalOrgID", "o-1", "the caller's organization is not o-1"],
    [
      "StringEqualsIfExists",
      "aws:ResourceTag/Team",
      "shop",
      "the resource's tag Team is shop, where it is there at all",
    ],
    ["ForAllValues:StringEquals", "aws:TagKeys", ["A", "B"], "every one of the request's tag keys is A or B"],
    ["Null", "aws:TagKeys", "false", "the request's tag keys are there"],
    ["Null", "sts:SourceIdentity", "true", "the source identity is absent"],
    ["Bool", "aws:SecureTransport", "false", "the request is not encrypted"],
    [
      "ArnLike",
      "aws:PrincipalArn",
      "arn:aws:iam::222222222222:role/*",
      "the caller is any role below / of dev",
    ],
    ["StringLike", "sts:RoleSessionName", "shop-*", "sts:RoleSessionName fits shop-*"],
    [
      "StringEquals",
      "iam:PassedToService",
      "lambda.amazonaws.com",
      "the service that gets the role is Lambda",
    ],
    [
      "StringEquals",
      "kms:ViaService",
      "sns.eu-west-1.amazonaws.com",
      "the service that uses the key is SNS in eu-west-1",
    ],
    ["NumericLessThan", "aws:MultiFactorAuthAge", "3600", "aws:MultiFactorAuthAge is less than 3600"],
    ["Strange", "a:B", "c", "a:B (Strange) c"],
  ];
  for (const [operator, key, value, words] of conditions) {
    it(`say of ${operator} ${key}: ${words}`, () => {
      const statement = { Action: "iam:GetRole", Resource: "*", Condition: { [operator]: { [key]: value } } };
      assert.equal(sentence(statement), `In IAM, read role: any resource, if ${words}.`);
    });
  }
});
