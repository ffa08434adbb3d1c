import assert from "node:assert/strict";
import { contextOf } from "../../../../policy-pack/lib/document/context";
import { ACCOUNT, OTHER_ACCOUNT, access, document, findings, worst } from "../../support/documents";

const ROLE = { AWS: `arn:aws:iam::${ACCOUNT}:role/search` };
const owner = (account: string): object =>
  document({
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: "sqs:*",
    Resource: `arn:aws:sqs:eu-west-1:${ACCOUNT}:orders`,
  });

describe("action wildcards in a policy on a resource", () => {
  const cases: readonly (readonly [string, object, string, string | undefined])[] = [
    ["everything for the account of the ARN", owner(ACCOUNT), "sqs", undefined],
    ["everything for another account", owner(OTHER_ACCOUNT), "sqs", "error"],
    ["one operation for a role", access(ROLE, "es:ESHttp*"), "es", "note"],
    ["one operation for everybody", access("*", "es:ESHttp*"), "es", "error"],
    ["one operation that writes permissions", access(ROLE, "s3:PutObject*"), "s3", "error"],
    ["a verb", access(ROLE, "s3:Put*"), "s3", "error"],
    [
      "one operation for a service that names no source",
      access({ Service: "cloudtrail.amazonaws.com" }, "kms:GenerateDataKey*"),
      "kms",
      "error",
    ],
    ["lists", access(ROLE, "kms:Describe*"), "kms", "warning"],
  ];
  for (const [name, value, service, expected] of cases) {
    it(`${name}: ${expected ?? "quiet"}`, () => {
      assert.equal(worst(value, "resource", service), expected);
    });
  }

  it("are not the owner's where the account is known to be another", () => {
    const context = { ...contextOf("resource", "sqs"), account: OTHER_ACCOUNT };
    assert.deepEqual(findings(owner(ACCOUNT), context), [
      "error no-wildcard-grants Statement[0].Action",
      "error no-open-trust Statement[0].Principal.AWS",
    ]);
  });
});
