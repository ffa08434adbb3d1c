import assert from "node:assert/strict";
import { artifactBucketPolicy, artifactKeyPolicy, notificationKeyPolicy } from "../../iam/artifacts";
import { repositoryPolicy } from "../../iam/repository";
import { approvalTopicPolicy, statusTopicPolicy } from "../../iam/topics";
import * as names from "../../names";
import { dev, platform, prod } from "../support/platform";
import { allows, type Request } from "../support/policy-evaluator";

const bucket = names.bucketArn(platform);
const cicdRoot = "arn:aws:iam::111111111111:root";
const devRoot = "arn:aws:iam::222222222222:root";

/** A read by hello-world's CloudFormation role of dev, over TLS. */
function read(
  changes: Record<string, string> = {},
  resource = `${bucket}/packages/dev/hello-world/a.zip`,
): Request {
  return {
    action: "s3:GetObject",
    resource,
    principal: devRoot,
    context: {
      "aws:PrincipalArn": "arn:aws:iam::222222222222:role/slipway/execution/hello-world-cloudformation",
      "aws:PrincipalOrgID": "o-example1234",
      "aws:PrincipalIsAWSService": "false",
      "aws:SecureTransport": "true",
      ...changes,
    },
  };
}

describe("the artifact bucket's policy", () => {
  const policy = artifactBucketPolicy(platform);

  it("lets an environment's roles read what lies under its prefix", () => {
    assert.equal(allows(policy, read()), true);
    assert.equal(allows(policy, read({ "aws:PrincipalArn": names.doorRoleArn(dev) })), true);
  });

  for (const [who, request] of [
    ["an environment from another's prefix", read({}, `${bucket}/packages/prod/hello-world/a.zip`)],
    ["an environment from pipelines' artifacts", read({}, `${bucket}/hello-world-main/Package/a.zip`)],
    [
      "an administrator of the environment",
      read({ "aws:PrincipalArn": "arn:aws:iam::222222222222:role/Admin" }),
    ],
    ["a caller without TLS", read({ "aws:SecureTransport": "false" })],
    ["a caller of another organization", read({ "aws:PrincipalOrgID": "o-stranger123" })],
  ] as const) {
    it(`refuses ${who}`, () => {
      assert.equal(allows(policy, request), false);
    });
  }

  it("lets no environment write", () => {
    assert.equal(allows(policy, { ...read(), action: "s3:PutObject" }), false);
  });

  const upload = (context: Record<string, string>): boolean =>
    allows(
      { ...policy, Statement: [...policy.Statement, allowAll] },
      {
        ...read(context, `${bucket}/hello-world-main/Source/a.zip`),
        action: "s3:PutObject",
        principal: cicdRoot,
      },
    );
  const key = "s3:x-amz-server-side-encryption-aws-kms-key-id";
  const encryption = "s3:x-amz-server-side-encryption";

  it("takes an upload that leaves the key to the bucket, or names one of this account and region", () => {
    assert.equal(upload({}), true);
    assert.equal(
      upload({ [encryption]: "aws:kms", [key]: "arn:aws:kms:eu-west-1:111111111111:key/1" }),
      true,
    );
  });

  it("refuses an upload with a key of another account or region, or with another encryption", () => {
    assert.equal(
      upload({ [encryption]: "aws:kms", [key]: "arn:aws:kms:eu-west-1:999999999999:key/1" }),
      false,
    );
    assert.equal(
      upload({ [encryption]: "aws:kms", [key]: "arn:aws:kms:us-east-1:111111111111:key/1" }),
      false,
    );
    assert.equal(upload({ [encryption]: "AES256" }), false);
  });

  it("has no entry per application, so that any number of them fits its 20 KB", () => {
    assert.equal(JSON.stringify(policy).includes("hello-world"), false);
    const many = Array.from({ length: 12 }, (_, index) => ({ ...dev, name: `environment-0${index}` }));
    assert.ok(JSON.stringify(artifactBucketPolicy({ ...platform, environments: many })).length < 20_480);
  });
});

const allowAll = {
  Sid: "AsTheRolesOwnPolicyWould",
  Effect: "Allow" as const,
  Principal: "*" as const,
  Action: ["s3:PutObject"],
  Resource: [`${bucket}/*`],
};

describe("the artifact key's policy", () => {
  const policy = artifactKeyPolicy(platform);
  const decrypt = (changes: Record<string, string>, principal = devRoot): Request => ({
    action: "kms:Decrypt",
    resource: "arn:aws:kms:eu-west-1:111111111111:key/1",
    principal,
    context: {
      "aws:PrincipalArn": "arn:aws:iam::222222222222:role/slipway/execution/hello-world-cloudformation",
      "aws:PrincipalOrgID": "o-example1234",
      "kms:ViaService": "s3.eu-west-1.amazonaws.com",
      "kms:EncryptionContext:aws:s3:arn": `${bucket}/packages/dev/hello-world/a.zip`,
      ...changes,
    },
  });

  it("lets an environment decrypt its own packages, through S3", () => {
    assert.equal(allows(policy, decrypt({})), true);
  });

  for (const [what, request] of [
    [
      "another's packages",
      decrypt({ "kms:EncryptionContext:aws:s3:arn": `${bucket}/packages/prod/hello-world/a.zip` }),
    ],
    [
      "pipelines' artifacts",
      decrypt({ "kms:EncryptionContext:aws:s3:arn": `${bucket}/hello-world-main/Source/a` }),
    ],
    ["anything as administrator", decrypt({ "aws:PrincipalArn": "arn:aws:iam::222222222222:role/Admin" })],
    ["anything outside S3", decrypt({ "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" })],
  ] as const) {
    it(`does not let an environment decrypt ${what}`, () => {
      assert.equal(allows(policy, request), false);
    });
  }

  it("lets no environment encrypt", () => {
    assert.equal(allows(policy, { ...decrypt({}), action: "kms:GenerateDataKey" }), false);
  });

  const administer = (role: string): boolean =>
    allows(policy, {
      ...decrypt({ "aws:PrincipalArn": `arn:aws:iam::111111111111:role/${role}` }, cicdRoot),
      action: "kms:PutKeyPolicy",
    });

  it("is administered by the platform and in an emergency, by nobody else", () => {
    assert.equal(administer("slipway-platform"), true);
    assert.equal(administer("slipway-break-glass"), true);
    assert.equal(administer("Admin"), false);
  });
});

describe("the notification key's policy", () => {
  const policy = notificationKeyPolicy(platform);
  const publish = (account: string): boolean =>
    allows(policy, {
      action: "kms:GenerateDataKey",
      resource: "arn:aws:kms:eu-west-1:111111111111:key/2",
      principal: "events.amazonaws.com",
      context: { "aws:SourceAccount": account },
    });

  it("admits EventBridge for this account's events only: without it, an encrypted topic stays silent", () => {
    assert.equal(publish("111111111111"), true);
    assert.equal(publish("999999999999"), false);
  });
});

describe("a repository's policy", () => {
  const pull = (environment: typeof dev, role: string): Request => ({
    action: "ecr:BatchGetImage",
    principal: names.rootArn(environment),
    context: {
      "aws:PrincipalArn": `arn:aws:iam::${environment.accountId}:role${role}`,
      "aws:PrincipalOrgID": "o-example1234",
    },
  });

  it("lets only the role that starts the application pull its images", () => {
    const policy = repositoryPolicy(platform, [
      { environment: dev, roleArn: names.taskExecutionRoleArn(dev, "shop") },
    ]);
    assert.equal(allows(policy, pull(dev, "/slipway/execution/shop-task-execution")), true);
    assert.equal(allows(policy, pull(dev, "/slipway/execution/billing-task-execution")), false);
    assert.equal(allows(policy, pull(prod, "/slipway/execution/shop-task-execution")), false);
  });

  it("lets no environment push", () => {
    const policy = repositoryPolicy(
      platform,
      [dev, prod].map((environment) => ({
        environment,
        roleArn: names.taskExecutionRoleArn(environment, "shop"),
      })),
    );
    const granted = policy.Statement.flatMap(({ Action }) => Action);
    assert.deepEqual(
      [...new Set(granted)],
      ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    );
  });
});

describe("the topics' policies", () => {
  it("let pipelines ask for approvals, and nobody else of the account", () => {
    const policy = approvalTopicPolicy(platform);
    const publish = (role: string): boolean =>
      allows(policy, {
        action: "sns:Publish",
        resource: "arn:aws:sns:eu-west-1:111111111111:slipway-approvals",
        principal: cicdRoot,
        context: {
          "aws:PrincipalArn": `arn:aws:iam::111111111111:role/slipway/${role}`,
          "aws:SecureTransport": "true",
        },
      });
    assert.equal(publish("pipeline/hello-world-pipeline"), true);
    assert.equal(publish("job/hello-world-test"), false);
  });

  it("let EventBridge publish for the named rules of this account", () => {
    const policy = statusTopicPolicy(platform, ["slipway-releases"]);
    const publish = (rule: string, account: string): boolean =>
      allows(policy, {
        action: "sns:Publish",
        resource: "arn:aws:sns:eu-west-1:111111111111:slipway-status",
        principal: "events.amazonaws.com",
        context: {
          "aws:SourceAccount": account,
          "aws:SourceArn": `arn:aws:events:eu-west-1:${account}:rule/${rule}`,
          "aws:SecureTransport": "true",
        },
      });
    assert.equal(publish("slipway-releases", "111111111111"), true);
    assert.equal(publish("other", "111111111111"), false);
    assert.equal(publish("slipway-releases", "999999999999"), false);
  });
});
