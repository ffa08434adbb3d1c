import assert from "node:assert/strict";
import { readDocument } from "../../../../policy-pack/lib/document/read-document";
import { isAdministrator, powersOf } from "../../../../policy-pack/lib/measure/held-powers";
import { ACCOUNT, document } from "../../support/documents";

const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;
const PASS = { Action: "iam:PassRole", Resource: "*" };

describe("powersOf", () => {
  /** The actions that are left of passing every role, and where, beside the denial. */
  function left(denial: object): string[] {
    const policy = document({ ...PASS, Effect: "Allow" }, { ...PASS, Effect: "Deny", ...denial });
    return powersOf(readDocument(policy).statements).map(({ action, resource }) => `${action} ${resource}`);
  }

  it("takes away what is denied outright, also by a pattern", () => {
    assert.deepEqual(left({}), []);
    assert.deepEqual(left({ Action: "iam:*" }), []);
  });

  it("leaves a power that is denied under a condition, on some resources or to some callers", () => {
    const kept = ["iam:PassRole *"];
    assert.deepEqual(left({ Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } }), kept);
    assert.deepEqual(left({ Resource: ROLE }), kept);
    assert.deepEqual(left({ Principal: { AWS: ROLE } }), kept);
    assert.deepEqual(left({ Action: "iam:GetRole" }), kept);
  });
});

describe("isAdministrator", () => {
  it("is true of every action on everything, however it is written, and of no denial", () => {
    const administers = (statement: object): boolean[] =>
      readDocument(document({ Effect: "Allow", Action: "*", Resource: "*", ...statement })).statements.map(
        isAdministrator,
      );
    assert.deepEqual(administers({}), [true]);
    assert.deepEqual(administers({ Action: "*:*" }), [true]);
    assert.deepEqual(administers({ Action: undefined, NotAction: "no:action" }), [true]);
    assert.deepEqual(administers({ Resource: undefined, NotResource: ROLE }), [true]);
    assert.deepEqual(administers({ Action: "iam:*" }), [false]);
    assert.deepEqual(administers({ Resource: ROLE }), [false]);
    assert.deepEqual(administers({ Effect: "Deny" }), [false]);
  });
});
