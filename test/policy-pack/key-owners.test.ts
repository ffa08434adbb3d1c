import assert from "node:assert/strict";
import { contextOf } from "../../policy-pack/lib/document/context";
import { ACCOUNT, document, findings, messages, OTHER_ACCOUNT, worst } from "./support/documents";

const KEY = contextOf("resource", "kms");
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const OTHER_ROOT = `arn:aws:iam::${OTHER_ACCOUNT}:root`;

function allows(AWS: string, Action: unknown): Readonly<Record<string, unknown>> {
  return { Effect: "Allow", Principal: { AWS }, Action, Resource: "*" };
}

describe("a key whose account nobody told", () => {
  it("is taken to be in the account that it names, which is noted", () => {
    assert.deepEqual(messages(document(allows(ROOT, "kms:*")), KEY), [
      `statement 1, Statement[0].Principal.AWS: "${ROOT}" is taken for the key's own account, since none was told. Tell the account that the key is in. (docs/rules/no-open-trust.md)`,
    ]);
  });

  it("is in one account at most: another one that rules over it is an error", () => {
    const both = document(allows(ROOT, "kms:*"), allows(OTHER_ROOT, ["kms:Decrypt", "kms:CreateGrant"]));
    assert.deepEqual(messages(both, KEY), [
      `statement 2, Statement[1].Principal.AWS: "${OTHER_ROOT}" lets a whole account change who may use this resource. Name the role and list the actions; leave permissions management to this account. (docs/rules/no-open-trust.md)`,
      `statement 1, Statement[0].Principal.AWS: "${ROOT}" is taken for the key's own account, since none was told. Of the 2 accounts that are named as a whole, at most one can be. Tell the account that the key is in. (docs/rules/no-open-trust.md)`,
    ]);
    assert.equal(
      worst(document(allows(ROOT, "kms:*"), allows(OTHER_ROOT, "kms:*")), "resource", "kms"),
      "error",
    );
    assert.equal(
      worst(
        document({ ...allows(ROOT, "kms:*"), Principal: { AWS: [ROOT, OTHER_ROOT] } }),
        "resource",
        "kms",
      ),
      "error",
    );
  });
});

describe("another account on a key", () => {
  const key = { ...KEY, account: ACCOUNT };
  const cases: readonly (readonly [string, unknown, string[]])[] = [
    ["may describe it", "kms:DescribeKey", ["note"]],
    ["may use it", ["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"], ["warning"]],
    ["may sign with it", ["kms:Sign", "kms:GetPublicKey"], ["warning"]],
    ["may not delete it", "kms:ScheduleKeyDeletion", ["error"]],
    ["may not disable it", ["kms:Decrypt", "kms:DisableKey"], ["error"]],
    ["may not tag it", "kms:TagResource", ["error"]],
    ["may not give it on", "kms:CreateGrant", ["error"]],
  ];
  for (const [name, actions, severities] of cases) {
    it(name, () => {
      assert.deepEqual(
        findings(document(allows(OTHER_ROOT, actions)), key),
        severities.map((severity) => `${severity} no-open-trust Statement[0].Principal.AWS`),
      );
    });
  }

  it("is told what it could do to the key", () => {
    assert.deepEqual(messages(document(allows(OTHER_ROOT, ["kms:DisableKey", "kms:Decrypt"])), key), [
      `statement 1, Statement[0].Principal.AWS: "${OTHER_ROOT}" lets a whole account administer the key (kms:DisableKey). Leave to others only the use of the key, such as kms:Decrypt. (docs/rules/no-open-trust.md)`,
    ]);
  });
});

describe("accounts that are not ours", () => {
  it("do not confine, where the pack knows which are", () => {
    const ours = { ...contextOf("resource", "s3"), accounts: [ACCOUNT] };
    const of = (operator: string, key: string, value: string): string[] =>
      findings(
        document({
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::reports/*",
          Condition: { [operator]: { [key]: value } },
        }),
        ours,
      );
    const stranger = ["error no-open-trust Statement[0].Principal"];
    assert.deepEqual(of("StringEquals", "aws:PrincipalAccount", ACCOUNT), []);
    assert.deepEqual(of("StringEquals", "aws:PrincipalAccount", OTHER_ACCOUNT), stranger);
    assert.deepEqual(of("ArnLike", "aws:PrincipalArn", `arn:aws:iam::${ACCOUNT}:role/app`), []);
    assert.deepEqual(of("ArnLike", "aws:PrincipalArn", `arn:aws:iam::${OTHER_ACCOUNT}:role/app`), stranger);
  });
});
