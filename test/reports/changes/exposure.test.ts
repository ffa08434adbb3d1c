import assert from "node:assert/strict";
import type { PreviewDocument } from "../../../preview/preview-document";
import { changesOf } from "../../../reports/changes/changes";
import { resource } from "../cost/documents";
import { bucketPolicy, platform, role, trustOfCodeBuild, type StatementJson } from "./platform";

const forEverybody: StatementJson = {
  Sid: "Everybody",
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::artifacts/*",
};
const open = platform(bucketPolicy(forEverybody));
const closed = platform(
  bucketPolicy({ ...forEverybody, Principal: { AWS: "arn:aws:iam::111111111111:role/reader" } }),
);
const block = (isOn: boolean): PreviewDocument =>
  platform(
    resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "artifacts", {
      bucket: "artifacts",
      blockPublicAcls: true,
      blockPublicPolicy: isOn,
      ignorePublicAcls: true,
      restrictPublicBuckets: isOn,
    }),
  );

function exposed(before: PreviewDocument, after: PreviewDocument): string[] {
  return changesOf("base", before, after).exposures.map(
    ({ statement, summary }) => `${statement}: ${summary}`,
  );
}

describe("exposures", () => {
  const everybody =
    'Everybody: s3 bucket policy artifacts is open, statement "Everybody": "*" lets in everybody, anonymous callers included.';

  it("are what is open now and was not before", () => {
    assert.deepEqual(exposed(closed, open), [everybody]);
    assert.deepEqual(exposed(platform(), open), [everybody]);
  });

  it("are not what was open before, under another Sid too, nor what is closed", () => {
    assert.deepEqual(exposed(open, open), []);
    assert.deepEqual(exposed(open, platform(bucketPolicy({ ...forEverybody, Sid: "Same" }))), []);
    assert.deepEqual(exposed(open, closed), []);
  });

  it("are also roles that a stranger's account may assume", () => {
    const strange = role("shop", {
      ...trustOfCodeBuild,
      Principal: { AWS: "arn:aws:iam::999999999999:role/x" },
    });
    assert.deepEqual(exposed(platform(role("shop")), platform(strange)), [
      'AssumedByService: role shop is open, statement "AssumedByService": "arn:aws:iam::999999999999:role/x" belongs to account 999999999999, which is not one of ours.',
    ]);
  });

  it("are also buckets that are no longer kept from becoming public", () => {
    assert.deepEqual(exposed(block(true), block(false)), [
      ": bucket artifacts is no longer kept from becoming public: blockPublicPolicy, restrictPublicBuckets are off.",
    ]);
    assert.deepEqual(exposed(block(true), platform()), [
      ": bucket artifacts is no longer kept from becoming public: its public access block is gone.",
    ]);
    assert.deepEqual(exposed(block(false), block(true)), []);
    const bucket = resource("aws:s3/bucket:Bucket", "artifacts", { bucket: "artifacts" });
    const { stacks } = block(true);
    const guarded = platform(...stacks.flatMap(({ resources }) => resources), bucket);
    assert.deepEqual(exposed(guarded, platform()), []);
  });
});
