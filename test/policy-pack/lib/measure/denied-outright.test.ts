import assert from "node:assert/strict";
import { document, messages, worst } from "../../support/documents";

const allow = (action: unknown, resource: unknown = "*"): Record<string, unknown> => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
});
const deny = (action: unknown, resource: unknown = "*", condition?: object): Record<string, unknown> => ({
  ...allow(action, resource),
  Effect: "Deny",
  ...(condition === undefined ? {} : { Condition: condition }),
});
const BUCKET = "arn:aws:s3:::reports/*";

describe("what is allowed and denied outright", () => {
  const cases: readonly (readonly [string, object, string | undefined])[] = [
    ["the same pattern is not granted", document(allow("s3:*", BUCKET), deny("s3:*", BUCKET)), undefined],
    [
      "nor one that a broader denies",
      document(allow("s3:Put*", BUCKET), deny("s3:*", "arn:aws:s3:::*")),
      undefined,
    ],
    ["nor everything", document(allow("*"), deny("*")), undefined],
    [
      "nor what NotAction leaves",
      document({ Effect: "Allow", NotAction: "s3:*", Resource: "*" }, deny("*")),
      undefined,
    ],
    ["a single action on everything", document(allow("dynamodb:GetItem"), deny("dynamodb:*")), undefined],
    [
      "a narrower denial takes too little",
      document(allow("s3:*", BUCKET), deny("s3:*", "arn:aws:s3:::reports/a/*")),
      "error",
    ],
    [
      "a denial with a condition takes nothing",
      document(allow("*"), deny("*", "*", { Bool: { "aws:ViaAWSService": "false" } })),
      "error",
    ],
    ["a denial of other actions neither", document(allow("dynamodb:GetItem"), deny("s3:*")), "error"],
    [
      "AWS's own policies are nobody's to write",
      document(allow("iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/*")),
      undefined,
    ],
    [
      "one's own are",
      document(allow("iam:CreatePolicyVersion", "arn:aws:iam::123456789012:policy/app")),
      "error",
    ],
  ];
  for (const [name, value, expected] of cases) {
    it(`${name}: ${expected ?? "quiet"}`, () => {
      assert.equal(worst(value), expected, messages(value).join("\n"));
    });
  }

  it("leaves no administrator without IAM, and says what is granted all the same", () => {
    const value = document(allow("*"), deny("iam:*"));
    const texts = messages(value);
    assert.match(
      texts[0] ?? "",
      /"\*" grants every action of every service but those that the document denies, now and in future\./,
    );
    assert.deepEqual(
      texts.filter((text) => text.includes("administrator of the account")),
      [],
    );
    const harmless = messages(document(allow("*"), deny("iam:CreateUser")));
    assert.equal(harmless.filter((text) => text.includes("administrator of the account")).length, 1);
  });
});
