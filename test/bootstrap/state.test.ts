import assert from "node:assert/strict";
import { documentAt, readTemplate } from "./template";

describe("Pulumi's state, as bootstrap/ makes it,", () => {
  it("lies in a bucket that is versioned, private, encrypted with its own key, and kept", () => {
    const { StateBucket } = readTemplate("cicd-account.yaml").Resources;
    assert.equal(StateBucket?.DeletionPolicy, "Retain");
    assert.deepEqual(StateBucket.Properties["VersioningConfiguration"], { Status: "Enabled" });
    assert.deepEqual(StateBucket.Properties["PublicAccessBlockConfiguration"], {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    assert.deepEqual(StateBucket.Properties["BucketEncryption"], {
      ServerSideEncryptionConfiguration: [
        {
          ServerSideEncryptionByDefault: {
            SSEAlgorithm: "aws:kms",
            KMSMasterKeyID: "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab",
          },
          BucketKeyEnabled: true,
        },
      ],
    });
  });

  it("is refused to everyone but the platform role, and to everyone without TLS", () => {
    const state = "arn:aws:s3:::slipway-state-111111111111-eu-west-1";
    assert.deepEqual(documentAt("cicd-account.yaml", "StateBucketPolicy.PolicyDocument").Statement, [
      {
        Sid: "RefuseUnencryptedTransport",
        Effect: "Deny",
        Principal: "*",
        Action: ["s3:*"],
        Resource: [state, `${state}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Sid: "OnlyThePlatformTouchesState",
        Effect: "Deny",
        Principal: "*",
        Action: [
          "s3:DeleteObject",
          "s3:DeleteObjectVersion",
          "s3:GetObject",
          "s3:GetObjectVersion",
          "s3:PutObject",
        ],
        Resource: [`${state}/*`],
        Condition: {
          ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/slipway-platform" },
        },
      },
    ]);
  });

  it("has a key that is rotated and kept, and that its user cannot administer", () => {
    const { StateKey, StateKeyAlias } = readTemplate("cicd-account.yaml").Resources;
    assert.equal(StateKey?.DeletionPolicy, "Retain");
    assert.equal(StateKey.Properties["EnableKeyRotation"], true);
    assert.equal(StateKeyAlias?.Properties["AliasName"], "alias/slipway-state");
    const [administer, use] = documentAt("cicd-account.yaml", "StateKey.KeyPolicy").Statement;
    const platform = { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/slipway-platform" };
    assert.deepEqual(administer?.Condition, { ArnNotEquals: platform });
    assert.deepEqual(use?.Condition, { ArnEquals: platform });
    assert.deepEqual(use.Action, ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]);
    assert.equal(
      administer.Action.some((action) => use.Action.includes(action)),
      false,
    );
  });
});
