import assert from "node:assert/strict";
import { mayAllow, readPolicy, statementsAbout } from "../../evaluator/document";
import { allow, deny } from "./cases";

const inStatement = (elements: object): object => ({ Statement: { ...allow(), ...elements } });

/** What makes a document unreadable, and the reason that is given. */
const unreadable: readonly (readonly [source: unknown, reason: string])[] = [
  ["{", "it is not valid JSON"],
  ['"Statement"', "it is not an object"],
  [null, "it is not an object"],
  [[], "it is not an object"],
  [{ Statement: [allow(), "s3:*"] }, "statement 2 is not an object"],
  [inStatement({ Actions: "s3:*" }), "statement 1 has the unknown element Actions"],
  [inStatement({ Effect: "allow" }), "statement 1 has no Effect of Allow or Deny"],
  [{ Statement: { Effect: "Allow", Resource: "*" } }, "statement 1 has no Action"],
  [inStatement({ NotAction: "s3:*" }), "statement 1 has both Action and NotAction"],
  [inStatement({ NotResource: "*" }), "statement 1 has both Resource and NotResource"],
  [inStatement({ Principal: "*", NotPrincipal: "*" }), "statement 1 has both Principal and NotPrincipal"],
  [inStatement({ Action: ["s3:*", 1] }), "statement 1 has a value of Action that is no text"],
  [inStatement({ Resource: {} }), "statement 1 has a value of Resource that is no text"],
  [inStatement({ Principal: "alice" }), "statement 1 has a Principal that is neither * nor an object"],
  [inStatement({ Principal: { IAM: "*" } }), "statement 1 has the unknown kind of principal IAM"],
  [inStatement({ Principal: { AWS: [1] } }), "statement 1 has a Principal whose name is no text"],
  [inStatement({ Condition: [] }), "statement 1 has a Condition that is no object"],
  [inStatement({ Condition: { Bool: "true" } }), "statement 1 has a Condition Bool that is no object"],
  [inStatement({ Condition: { Bool: { a: {} } } }), "statement 1 has a value under Bool that is no text"],
];

describe("evaluator: documents", () => {
  it("reads a document as text or as an object, with one statement or several", () => {
    const document = { Version: "2012-10-17", Statement: { ...allow(), Sid: "Read" } };
    const [fromText] = readPolicy(JSON.stringify(document)).statements;
    assert.equal(fromText?.sid, "Read");
    const { statements } = readPolicy({ ...document, Statement: [allow(), deny()] });
    assert.deepEqual(
      statements.map(({ number, effect }) => `${number} ${effect}`),
      ["1 Allow", "2 Deny"],
    );
  });

  for (const [source, reason] of unreadable) {
    it(`calls ${JSON.stringify(source)} unreadable: ${reason}`, () => {
      assert.deepEqual(readPolicy(source), { statements: [], unreadable: reason });
    });
  }

  it("finds the statements about an action, and whether one could allow it", () => {
    const policy = readPolicy({ Statement: [deny({ Action: "s3:*" }), allow({ Action: "sqs:*" })] });
    assert.deepEqual(
      statementsAbout(policy, "s3:GetObject").map(({ number }) => number),
      [1],
    );
    const object = "arn:aws:s3:::bucket/key";
    assert.equal(mayAllow(policy, "s3:GetObject", object), false);
    assert.equal(mayAllow(policy, "sqs:SendMessage", object), true);
    assert.equal(mayAllow(readPolicy("{"), "s3:GetObject", object), true);
  });
});
