import assert from "node:assert/strict";
import { actionsMatching } from "../../../../policy-pack/lib/aws/action-table";
import { ACCOUNT, findings, grant, worst } from "../../support/documents";

describe("actions", () => {
  const cases: readonly (readonly [string, object, readonly string[]])[] = [
    [
      "reads by prefix are an error, on a named resource too",
      grant("s3:Get*", "arn:aws:s3:::reports/*"),
      ["error no-wildcard-grants Statement[0].Action"],
    ],
    [
      "lists that cannot be scoped are a warning",
      grant("ec2:DescribeInst*", "*"),
      ["warning no-wildcard-grants Statement[0].Action"],
    ],
    [
      "a name that hides one action is an error, however harmless the action",
      grant("iam:Pass*", `arn:aws:iam::${ACCOUNT}:role/app`),
      ["error no-wildcard-grants Statement[0].Action"],
    ],
    [
      "an unknown action on everything is an error",
      grant("s3:GetObjct", "*"),
      ["error no-wildcard-grants Statement[0].Action"],
    ],
    [
      "an unknown action on a named resource is a warning",
      grant("s3:GetObjct", "arn:aws:s3:::reports/*"),
      ["warning no-wildcard-grants Statement[0].Action"],
    ],
    [
      "a wildcard on an unknown service is an error",
      grant("example:*", "arn:aws:s3:::reports/*"),
      ["error no-wildcard-grants Statement[0].Action"],
    ],
  ];
  for (const [name, value, expected] of cases) {
    it(name, () => {
      assert.deepEqual(
        findings(value).filter((finding) => !finding.includes("Resource")),
        expected,
      );
    });
  }

  it("sees a service granted in full by listing it", () => {
    const table = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`;
    const listed = actionsMatching("dynamodb:*").map(({ name }) => name);
    assert.equal(findings(grant(listed, table))[0], "error no-wildcard-grants Statement[0].Action");
    assert.deepEqual(findings(grant(listed.slice(0, 20), table)), []);
  });

  it("sees a service granted letter by letter", () => {
    const letters = "abcdefghijklmnopqrstuvwxyz".split("").map((letter) => `dynamodb:${letter}*`);
    assert.equal(worst(grant(letters, `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`)), "error");
  });
});
