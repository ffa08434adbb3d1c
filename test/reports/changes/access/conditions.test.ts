import assert from "node:assert/strict";
import type { Condition } from "../../../../policy-pack/lib/document/statement";
import { alternatives, impliedBy, impliesAll } from "../../../../reports/changes/access/conditions";

function condition(text: string): Condition {
  const [operator = "", key = "", values = ""] = text.split(" ");
  return { operator, key, values: values.split("|"), path: "", unknown: values === "?" };
}

/** Requests that meet the first: do they meet the second? */
const table = [
  ["StringEquals k a", "StringEquals k a", "yes"],
  ["StringEquals k b|a", "StringEquals K a|b", "yes"],
  ["StringEquals k a", "StringEquals k a|b", "yes"],
  ["StringEquals k a|b", "StringEquals k a", "no"],
  ["StringEquals k a", "StringEquals k b", "no"],
  ["StringEquals k a", "StringEquals other a", "no"],
  ["StringEquals k a", "StringLike k a*", "yes"],
  ["StringLike k a*", "StringEquals k a", "no"],
  ["StringLike k a/b*", "StringLike k a/*", "yes"],
  ["StringLike k a/*", "StringLike k a/b*", "no"],
  // A star is no wildcard for StringEquals.
  ["StringLike k a*", "StringEquals k a*", "no"],
  ["StringEquals k a*", "StringLike k ab*", "no"],
  ["ArnEquals k arn:a", "ArnLike k arn:*", "yes"],
  ["StringEquals k a", "StringEqualsIgnoreCase k A", "yes"],
  ["StringEqualsIgnoreCase k A", "StringEquals k A", "no"],
  ["StringEquals k a", "StringEqualsIfExists k a", "yes"],
  ["StringEqualsIfExists k a", "StringEquals k a", "no"],
  ["StringNotEquals k a|b", "StringNotEquals k a", "yes"],
  ["StringNotEquals k a", "StringNotEquals k a|b", "no"],
  ["StringNotLike k a*", "StringNotEquals k ab", "yes"],
  ["StringEquals k c", "StringNotEquals k a|b", "yes"],
  ["StringEquals k a", "StringNotEquals k a|b", "no"],
  ["StringEquals k ${aws:username}", "StringNotEquals k a", "maybe"],
  ["ForAnyValue:StringEquals k a", "ForAnyValue:StringEquals k a|b", "yes"],
  ["ForAllValues:StringEquals k a|b", "ForAllValues:StringEquals k a", "no"],
  ["ForAllValues:StringEquals k a", "ForAnyValue:StringEquals k a", "maybe"],
  ["StringEquals k a", "Null k false", "yes"],
  ["StringEqualsIfExists k a", "Null k false", "no"],
  ["ForAllValues:StringEquals k a", "Null k false", "no"],
  ["StringNotEquals k a", "Null k false", "no"],
  ["StringEquals k a", "Null k true", "no"],
  ["Null k true", "Null k false", "no"],
  ["Null k true", "StringNotEquals k a", "yes"],
  ["Null k false", "StringNotEquals k a", "no"],
  ["Bool k true", "BoolIfExists k true", "yes"],
  ["BoolIfExists k true", "Bool k true", "no"],
  ["Bool k true", "Bool k false", "no"],
  ["NumericLessThan k 5", "NumericLessThan k 9", "yes"],
  ["NumericLessThan k 9", "NumericLessThan k 5", "no"],
  ["NumericLessThanEquals k 5", "NumericLessThan k 5", "no"],
  ["NumericGreaterThan k 9", "NumericGreaterThanEquals k 5", "yes"],
  ["NumericLessThan k 5", "NumericGreaterThan k 1", "maybe"],
  ["IpAddress k 10.0.0.0/8", "IpAddress k 10.0.0.0/8", "yes"],
  ["IpAddress k 10.0.0.0/16", "IpAddress k 10.0.0.0/8", "maybe"],
  ["StringEquals k ?", "StringEquals k a", "maybe"],
] as const;

describe("conditions", () => {
  for (const [given, wanted, answer] of table) {
    it(`${given} implies ${wanted}: ${answer}`, () => {
      assert.equal(impliedBy([condition(given)], condition(wanted)), answer);
    });
  }

  it("are implied when each is, and cannot be told when one cannot", () => {
    const given = ["StringEquals k a", "IpAddress ip 10.0.0.0/16"].map(condition);
    assert.equal(impliesAll(given, [condition("StringLike k a*")]), "yes");
    assert.equal(impliesAll(given, ["StringLike k a*", "IpAddress ip 10.0.0.0/8"].map(condition)), "maybe");
    assert.equal(impliesAll(given, ["StringLike k b*", "IpAddress ip 10.0.0.0/8"].map(condition)), "no");
    assert.equal(impliesAll([], []), "yes");
  });

  it("split by value where meeting one value is meeting all", () => {
    const split = (text: string): string[] =>
      alternatives(condition(text)).map(({ values }) => values.join("|"));
    assert.deepEqual(split("StringLike k a|b"), ["a", "b"]);
    assert.deepEqual(split("ForAnyValue:StringEquals k a|b"), ["a", "b"]);
    assert.deepEqual(split("ForAllValues:StringEquals k a|b"), ["a|b"]);
    assert.deepEqual(split("StringNotEquals k a|b"), ["a|b"]);
  });
});
