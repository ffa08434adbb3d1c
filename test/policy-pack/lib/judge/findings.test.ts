import assert from "node:assert/strict";
import { ACCOUNT, document, grant, messages } from "../../support/documents";

const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/*`;

describe("the words of a finding", () => {
  const cases: readonly (readonly [string, object, readonly string[]])[] = [
    [
      "an action wildcard",
      grant("s3:Put*", "arn:aws:s3:::reports/*"),
      [
        'statement "Example", Statement[0].Action: "s3:Put*" grants 9 actions (2 permissions management, 7 write, among them s3:PutObjectAcl, s3:PutObjectVersionAcl). List what is needed of: s3:PutObject, s3:PutObjectAcl, s3:PutObjectAnnotation, s3:PutObjectLegalHold, s3:PutObjectRetention, s3:PutObjectTagging, s3:PutObjectVersionAcl, s3:PutObjectVersionAnnotation, s3:PutObjectVersionTagging. (docs/rules/no-wildcard-grants.md)',
      ],
    ],
    [
      "a whole type",
      grant("dynamodb:GetItem", `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/*`),
      [
        `statement "Example", Statement[0].Resource: "arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/*" reaches every resource of the type for dynamodb:GetItem. Name the resources, as arn:aws:dynamodb:<Region>:<Account>:table/<TableName>, or narrow by a condition such as aws:ResourceTag that the action carries. (docs/rules/no-wildcard-grants.md)`,
      ],
    ],
    [
      "a condition that does not narrow",
      grant("kms:Decrypt", KEY, { Bool: { "aws:SecureTransport": "true" } }),
      [
        `statement "Example", Statement[0].Resource: "${KEY}" reaches every resource of the type for kms:Decrypt. The condition does not narrow it: Bool aws:SecureTransport: its operator does not say what the value must be. Name the resources, as arn:aws:kms:<Region>:<Account>:key/<KeyId>, or narrow by a condition such as aws:ResourceTag that the action carries. (docs/rules/no-wildcard-grants.md)`,
      ],
    ],
    [
      "an open account",
      grant("dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1:*:table/orders"),
      [
        'statement "Example", Statement[0].Resource: "arn:aws:dynamodb:eu-west-1:*:table/orders" leaves the account open for dynamodb:GetItem: a resource of that name elsewhere is meant too. Write the account. (docs/rules/no-wildcard-grants.md)',
      ],
    ],
    [
      "a statement without Sid",
      document({ Effect: "Allow", NotAction: "iam:*", Resource: "arn:aws:s3:::reports/*" }),
      [
        'statement 1, Statement[0].NotAction: "iam:*" grants every action but these, also those that AWS will add later. List the actions that are needed in Action. (docs/rules/no-wildcard-grants.md)',
      ],
    ],
    [
      "a document that cannot be read",
      { Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: 7 } },
      [
        "Statement.Resource: is a number, not text, so what it grants cannot be told. Write it as the IAM JSON policy grammar has it. (docs/rules/readable-policies.md)",
      ],
    ],
  ];
  for (const [name, value, expected] of cases) {
    it(`${name}: statement, value, why, remedy, page`, () => {
      assert.deepEqual(messages(value), expected);
    });
  }

  it("never repeats more of a value than a line", () => {
    const [text = ""] = messages(grant("s3:GetObject", `arn:aws:s3:::*${"x".repeat(5_000)}`));
    assert.ok(text.length < 800, String(text.length));
  });
});
