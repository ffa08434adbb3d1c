import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, it } from "mocha";
import { renderBuildspec } from "../../delivery/buildspec";
import { cleanUp, runBuild } from "../support/buildspec-runner";
import { doorVariables, openDoor } from "../support/environment";
import { messages } from "../support/job-steps";
import { skipWithout } from "../support/requirements";

const trust = (statement: object) => ({
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
      ...statement,
    },
  ],
});
const role = (statement: object) => ({
  Type: "AWS::IAM::Role",
  Properties: {
    PermissionsBoundary: "arn",
    Tags: [{ Key: "Application", Value: "shop" }],
    AssumeRolePolicyDocument: trust(statement),
  },
});
const lambda = (code: object) => ({ Type: "AWS::Lambda::Function", Properties: { Code: code } });
const code = { S3Bucket: "artifacts", S3Key: "packages/dev/shop/a.zip", S3ObjectVersion: "v1" };
const queue = (properties: object) => ({
  Resources: { Q: { Type: "AWS::SQS::Queue", Properties: properties } },
});
const resource = (content: object) => ({ Resources: { X: content } });

/** Deploys a template that a hostile package job packaged: hash, key and version are right, and no gate ran there. */
function deploy(template: object) {
  const text = JSON.stringify(template);
  const sha256 = createHash("sha256").update(text).digest("hex");
  return runBuild({
    buildspec: renderBuildspec("deploy-serverless.yaml"),
    source: {
      "package/dev/package.json": JSON.stringify({
        templateKey: `packages/dev/shop/${sha256}.json`,
        templateSha256: sha256,
        templateVersion: "v1",
      }),
    },
    environment: {
      ...doorVariables("serverless"),
      SLIPWAY_STACK_NAME: "shop-dev",
      SLIPWAY_EXECUTION_ROLE_ARN: "arn",
      SLIPWAY_ARTIFACT_BUCKET: "artifacts",
      SLIPWAY_HEALTH_PATH: "/",
    },
    fakes: {
      aws: {
        ...openDoor,
        "s3api get-object": `cat >"\${@: -1}" <<'JSON'\n${text}\nJSON\ntruncate -s -1 "\${@: -1}"`,
        "cloudformation describe-stacks": "exit 9",
      },
    },
  });
}

const trustRefused =
  "X may be taken by others than a service: its trust policy may hold nothing but Effect Allow, Principal {Service: <name>.amazonaws.com} and Action sts:AssumeRole";
const braces = (path: string) =>
  `${path} holds a dynamic reference, or two braces that could become one ({{resolve:…}}): read the value when the code runs`;
const own = (type: string) =>
  `X is of type ${type}, which brings resources or values of its own; only resources of AWS services are accepted`;

describe("A template is what was judged, and nothing that is read later:", function () {
  before(function () {
    skipWithout(this, "bash", "jq");
  });
  after(cleanUp);

  for (const [what, template, expected] of [
    [
      "a macro",
      { Transform: "Evil", Resources: {} },
      "Transform at the top is not accepted: macros and hooks change the template after it was judged; leave it out",
    ],
    [
      "an include",
      queue({ "Fn::Transform": { Name: "AWS::Include", Parameters: { Location: "s3://evil/x" } } }),
      "Resources.Q.Properties.Fn::Transform is read by CloudFormation later, when nobody judges it; put the value itself there",
    ],
    [
      "another stack's export",
      queue({ QueueName: { "Fn::ImportValue": "bank" } }),
      "Resources.Q.Properties.QueueName.Fn::ImportValue is read by CloudFormation later, when nobody judges it; put the value itself there",
    ],
    [
      "a dynamic reference",
      queue({ QueueName: "{{resolve:ssm:/bank/x}}" }),
      braces("Resources.Q.Properties.QueueName"),
    ],
    [
      "a dynamic reference in pieces",
      queue({ QueueName: { "Fn::Join": ["", ["{", "{resolve:ssm:/bank/x}}"]] } }),
      braces("Resources.Q.Properties.QueueName.Fn::Join.1.0"),
    ],
    [
      "a dynamic reference by substitution",
      queue({ QueueName: { "Fn::Sub": ["{${A}", { A: "x" }] } }),
      braces("Resources.Q.Properties.QueueName.Fn::Sub.0"),
    ],
    [
      "a parameter of Systems Manager",
      {
        Parameters: { P: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/bank/x" } },
        Resources: {},
      },
      "parameter P is read from Systems Manager later; give it a type of its own and a Default",
    ],
    ["a nested stack", resource({ Type: "AWS::CloudFormation::Stack" }), own("AWS::CloudFormation::Stack")],
    ["a module", resource({ Type: "My::Own::Thing::MODULE" }), own("My::Own::Thing::MODULE")],
    ["a custom resource", resource({ Type: "Custom::Evil" }), own("Custom::Evil")],
    [
      "a file of a bucket",
      resource({ Type: "AWS::ApiGateway::RestApi", Properties: { BodyS3Location: { Bucket: "evil" } } }),
      "X.BodyS3Location names a file that is read later; put its content into the template",
    ],
    [
      "code without a version",
      resource(lambda({ ...code, S3ObjectVersion: undefined })),
      "X takes its code from elsewhere than a version of an object below packages/dev/shop/",
    ],
    [
      "code of a neighbour",
      resource(lambda({ ...code, S3Key: "packages/dev/bank/a.zip" })),
      "X takes its code from elsewhere than a version of an object below packages/dev/shop/",
    ],
    [
      "code in the template",
      resource(lambda({ ZipFile: "evil" })),
      "X takes its code from elsewhere than a version of an object below packages/dev/shop/",
    ],
    ["a role for anybody", resource(role({ Principal: "*" })), trustRefused],
    ["a role for an account", resource(role({ Principal: { AWS: "999999999999" } })), trustRefused],
    [
      "a role with tags for its session",
      resource(role({ Action: ["sts:AssumeRole", "sts:TagSession"] })),
      trustRefused,
    ],
    [
      "a role by web identity",
      resource(role({ Principal: { Federated: "evil.example.com" } })),
      trustRefused,
    ],
    [
      "a role for all but one",
      resource(role({ Principal: undefined, NotPrincipal: { AWS: "1" } })),
      trustRefused,
    ],
    [
      "a role under the name of what the framework adds",
      { Resources: { ServerlessDeploymentBucketX: role({ Principal: "*" }) } },
      trustRefused.replace("X", "ServerlessDeploymentBucketX"),
    ],
    [
      "a source that is left out",
      resource({
        Type: "AWS::Lambda::Permission",
        Properties: { Principal: "apigateway.amazonaws.com", SourceArn: { Ref: "AWS::NoValue" } },
      }),
      "X leaves something out by AWS::NoValue; say what it is",
    ],
    [
      "a service that asks for anybody",
      resource({ Type: "AWS::Lambda::Permission", Properties: { Principal: "apigateway.amazonaws.com" } }),
      "X lets others call the function without saying from where: give it a SourceArn",
    ],
  ] as const) {
    it(`${what} is refused by the deploy job, where no code of the application ran`, () => {
      const build = deploy(template);
      assert.deepEqual(build.phases, { pre_build: "FAILED" });
      assert.deepEqual(messages(build.log), [`slipway: in the package for dev: ${expected}`]);
    });
  }

  it("what a team needs is accepted", () => {
    const build = deploy({
      Resources: {
        R: role({}),
        F: lambda(code),
        Q: { Type: "AWS::SQS::Queue", Properties: { QueueName: "shop-dev-q" } },
      },
      Outputs: {
        HttpApiUrl: { Value: { "Fn::Sub": "https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}" } },
      },
    });
    assert.equal(build.phases["pre_build"], "SUCCEEDED", build.log);
  });
});
