import assert from "node:assert/strict";
import { previewFixture, stackOf } from "./run-fixture";

describe("preview of a program with one bucket", () => {
  it("collects the stack, the default provider and the bucket as the engine would", async () => {
    const result = await previewFixture("one-bucket");
    const { resources, ...stack } = stackOf(result, "dev");
    assert.equal(result.status, 0);
    assert.deepEqual(stack, {
      name: "dev",
      kind: "",
      accountId: "111111111111",
      region: "eu-central-1",
      outputs: { arn: "arn:aws:s3:::one-bucket-of-dev" },
      unknowns: [],
      policy: { pack: "", judged: 0, violations: [], notVerifiable: [], exempted: [] },
    });
    assert.deepEqual(resources[1], {
      urn: "urn:pulumi:dev::one-bucket::aws:s3/bucket:Bucket::logs",
      type: "aws:s3/bucket:Bucket",
      name: "logs",
      parent: "urn:pulumi:dev::one-bucket::pulumi:pulumi:Stack::one-bucket-dev",
      provider:
        "urn:pulumi:dev::one-bucket::pulumi:providers:aws::default_7_48_0::04da6b54-80e4-46f7-96ec-b56ff0331ba9",
      custom: true,
      inputs: { bucket: "one-bucket-of-dev" },
      outputs: {
        bucket: "one-bucket-of-dev",
        arn: "arn:aws:s3:::one-bucket-of-dev",
        bucketDomainName: "one-bucket-of-dev.s3.amazonaws.com",
        bucketRegionalDomainName: "one-bucket-of-dev.s3.eu-central-1.amazonaws.com",
      },
      dependencies: [],
      propertyDependencies: { bucket: [] },
      protect: false,
      aliases: ["urn:pulumi:dev::one-bucket::aws:s3/bucketV2:BucketV2::logs"],
    });
    assert.deepEqual(
      resources.map(({ urn, inputs }) => ({ urn, inputs })),
      [
        { urn: "urn:pulumi:dev::one-bucket::pulumi:pulumi:Stack::one-bucket-dev", inputs: {} },
        {
          urn: "urn:pulumi:dev::one-bucket::aws:s3/bucket:Bucket::logs",
          inputs: { bucket: "one-bucket-of-dev" },
        },
        {
          urn: "urn:pulumi:dev::one-bucket::pulumi:providers:aws::default_7_48_0",
          inputs: {
            region: "eu-central-1",
            allowedAccountIds: '["111111111111"]',
            __internal: {},
            version: "7.48.0",
          },
        },
      ],
    );
  });
});
