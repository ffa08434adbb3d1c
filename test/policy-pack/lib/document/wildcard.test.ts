import assert from "node:assert/strict";
import fc from "fast-check";
import { hasWildcard, matches, overlaps } from "../../../../policy-pack/lib/document/wildcard";

describe("matches", () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ["*", "", true],
    ["?", "", false],
    ["s3:Get*", "s3:getobject", true],
    ["s3:Get*", "s3:PutObject", false],
    ["iam:P?ssRole", "iam:PassRole", true],
    ["iam:P?ssRole", "iam:PaassRole", false],
    ["*Object*", "s3:GetObjectAcl", true],
    ["a*b*c", "aXbYbZc", true],
    ["a*b*c", "aXbYbZ", false],
    ["**", "anything", true],
  ];
  for (const [pattern, text, expected] of cases) {
    it(`${pattern} ${expected ? "matches" : "does not match"} ${JSON.stringify(text)}`, () => {
      assert.equal(matches(pattern, text), expected);
    });
  }

  it("ends on patterns made to be slow", () => {
    assert.equal(matches("*a".repeat(200), "a".repeat(5_000)), true);
    assert.equal(matches(`${"*a".repeat(200)}b`, "a".repeat(5_000)), false);
  });

  const piece = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
  const plain = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 });

  it("agrees with a regular expression", () => {
    fc.assert(
      fc.property(piece, plain, (pattern, text) => {
        const expression = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`);
        assert.equal(matches(pattern, text), expression.test(text));
      }),
    );
  });

  it("overlaps whatever both patterns match", () => {
    fc.assert(
      fc.property(piece, piece, plain, (left, right, text) => {
        if (matches(left, text) && matches(right, text)) assert.equal(overlaps(left, right), true);
        assert.equal(overlaps(left, right), overlaps(right, left));
      }),
    );
  });
});

describe("hasWildcard", () => {
  it("does not take policy variables for wildcards", () => {
    assert.equal(hasWildcard("arn:aws:iam::123456789012:user/${aws:username}"), false);
    assert.equal(hasWildcard("${*}"), false);
    assert.equal(hasWildcard("${aws:username}*"), true);
  });
});
