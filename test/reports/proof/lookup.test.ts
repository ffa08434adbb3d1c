import assert from "node:assert/strict";
import { Context } from "../../../evaluator/context";
import { readPolicy, type Statement } from "../../../evaluator/document";
import { literalStart, Lookup } from "../../../reports/proof/lookup";

const session = new Context(
  [{ "aws:PrincipalTag/Application": "shop", "aws:PrincipalTag/*": [] }],
  "unknown",
);

function statement(written: object): Statement {
  const [first] = readPolicy({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Action: "s3:*", ...written },
  }).statements;
  assert.ok(first);
  return first;
}

describe("the literal start of a pattern", () => {
  const starts: readonly (readonly [pattern: string, start: string])[] = [
    ["arn:aws:s3:::a/b", "arn:aws:s3:::a/b"],
    ["arn:aws:s3:::a/b*c", "arn:aws:s3:::a/b"],
    ["a?b", "a"],
    ["*", ""],
    ["a/${aws:PrincipalTag/Application}/*", "a/shop/"],
    ["a/${aws:PrincipalTag/Other}/b", "a/"],
    ["a/${aws:RequestTag/Application}/b", "a/"],
    ["a/${*}b", "a/"],
    ["a/${aws:PrincipalTag/Application, 'x'}/b", "a/"],
  ];
  for (const [pattern, start] of starts) {
    it(`of ${pattern} is "${start}"`, () => {
      assert.equal(literalStart(pattern, session), start);
    });
  }
});

describe("the lookup of what a statement could be about", () => {
  const resources = ["b/shop/1", "b/shop/2", "b/till/1", "b/till/2", "b/till/3", "c"];
  const entries = resources.map((resource, number) => ({
    item: { resource, context: number === 5 ? {} : { "kms:Object": `o/${String(number)}` } },
    number,
  }));
  const lookup = new Lookup<{ resource: string; context: Readonly<Record<string, string>> }>(entries);
  const matching = (written: object): number[] =>
    lookup
      .matching(statement(written), session)
      .map(({ number }) => number)
      .toSorted((a, b) => a - b);

  it("finds resources by how the patterns begin", () => {
    assert.deepEqual(matching({ Resource: ["b/shop/*", "c"] }), [0, 1, 5]);
    assert.deepEqual(matching({ Resource: "b/${aws:PrincipalTag/Application}/*" }), [0, 1]);
    assert.deepEqual(matching({ Resource: "x*" }), []);
  });

  it("finds everything for a negated list, for a wildcard, and where there is no resource", () => {
    for (const written of [{ NotResource: "b/*" }, { Resource: "*" }, {}]) {
      assert.deepEqual(matching(written), [0, 1, 2, 3, 4, 5]);
    }
  });

  it("finds by a key that the request brings, and whatever does not have the key", () => {
    const asks = (operator: string): object => ({
      Resource: "*",
      Condition: { [operator]: { "kms:object": "o/3" } },
    });
    assert.deepEqual(matching(asks("StringLike")), [3, 5]);
    assert.deepEqual(matching(asks("StringEquals")), [3, 5]);
    for (const operator of ["StringNotEquals", "StringLikeIfExists", "ForAllValues:StringLike", "ArnLike"]) {
      assert.deepEqual(matching(asks(operator)), [0, 1, 2, 3, 4, 5]);
    }
  });

  it("excludes a statement whose condition fails by the session alone, and no other", () => {
    const isExcluded = (condition: object): boolean =>
      lookup.isExcluded(statement({ Resource: "*", Condition: condition }), session);
    assert.equal(isExcluded({ StringEquals: { "aws:PrincipalTag/Application": "till" } }), true);
    assert.equal(isExcluded({ StringEquals: { "aws:PrincipalTag/Application": "shop" } }), false);
    assert.equal(isExcluded({ StringEquals: { "aws:SourceVpc": "till" } }), false);
    assert.equal(isExcluded({ StringEquals: { "kms:Object": "till" } }), false);
  });
});
