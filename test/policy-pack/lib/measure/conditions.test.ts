import assert from "node:assert/strict";
import { readDocument } from "../../../../policy-pack/lib/document/read-document";
import type { Statement } from "../../../../policy-pack/lib/document/statement";
import { presenceRequired, weakness } from "../../../../policy-pack/lib/measure/conditions";
import { grant } from "../../support/documents";

/** A statement under the condition. */
function under(condition: Readonly<Record<string, unknown>>): Statement {
  const [statement] = readDocument(grant("kms:Decrypt", "*", condition)).statements;
  assert.ok(statement !== undefined);
  return statement;
}

const KEY = "kms:ResourceAliases";

describe("weakness", () => {
  /** Why the first condition of the block is weak. */
  function why(condition: Readonly<Record<string, unknown>>): string | undefined {
    const statement = under(condition);
    const [first] = statement.conditions;
    assert.ok(first !== undefined);
    return weakness(first, statement);
  }

  it("is told of a list in which one value is open", () => {
    assert.equal(why({ StringLike: { [KEY]: ["alias/app", "alias/web-*"] } }), undefined);
    assert.equal(why({ StringLike: { [KEY]: ["alias/app", "*"] } }), "its value is itself a wildcard");
  });

  it("is told of all values of nothing until the key must be there", () => {
    const all = { "ForAllValues:StringEquals": { [KEY]: "alias/app" } };
    const absent = "ForAllValues is also true when the key is absent, and no Null condition demands it";
    assert.equal(why(all), absent);
    assert.equal(why({ ...all, Null: { [KEY]: "true" } }), absent);
    assert.equal(why({ ...all, Null: { [KEY]: "false" } }), undefined);
  });
});

describe("presenceRequired", () => {
  it("is true only for a Null condition that is false for the key", () => {
    const required = (condition: Readonly<Record<string, unknown>>): boolean =>
      presenceRequired(KEY, under(condition));
    assert.equal(required({ Null: { [KEY]: "false" } }), true);
    assert.equal(required({ Null: { [KEY.toUpperCase()]: false } }), true);
    assert.equal(required({ Null: { [KEY]: "true" } }), false);
    assert.equal(required({ Null: { [KEY]: ["false", "true"] } }), false);
    assert.equal(required({ Null: { [KEY]: [] } }), false);
    assert.equal(required({ Null: { "kms:ViaService": "false" } }), false);
    assert.equal(required({ Bool: { [KEY]: "false" } }), false);
  });
});
