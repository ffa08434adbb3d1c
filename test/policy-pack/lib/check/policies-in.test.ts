import assert from "node:assert/strict";
import { isPolicy, policiesIn } from "../../../../policy-pack/lib/check/policies-in";
import { Lines } from "../../../../policy-pack/lib/check/source";
import { grant } from "../../support/documents";

const POLICY = grant("s3:GetObject", "*");

describe("a policy in a value", () => {
  it("is told from other values by its statements", () => {
    const verdicts: readonly [unknown, boolean][] = [
      [POLICY, true],
      [{ statement: { effect: "Allow" } }, true],
      [{ Version: "2012-10-17", Statement: [] }, true],
      [{ Statement: "Meter reading" }, false],
      [{ Statement: [{ amount: 1 }] }, false],
      [[POLICY], false],
      [null, false],
    ];
    for (const [value, expected] of verdicts) assert.equal(isPolicy(value), expected, JSON.stringify(value));
  });

  it("is found at any depth, under the names around it", () => {
    const value = {
      Groups: [{ GroupName: "staff", Rules: { Deep: [POLICY, "no policy"] } }, JSON.stringify(POLICY)],
    };
    assert.deepEqual(
      policiesIn(value, new Lines()).map(({ name }) => name),
      ["staff Rules.Deep[0]", "Groups[1]"],
    );
  });

  it("is found in text that was meant to be one, and not in text that merely speaks of statements", () => {
    const texts = [
      '{ "Statement": [',
      '{ "Comment": "executeStatement" }',
      "{ statement without end",
      "%7B%22Statement%22%3A%5B",
    ];
    assert.deepEqual(
      texts.map((text) => policiesIn({ Definition: text }, new Lines()).length),
      [1, 0, 0, 1],
    );
  });
});
