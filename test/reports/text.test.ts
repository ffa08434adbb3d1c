import assert from "node:assert/strict";
import fc from "fast-check";
import { plural } from "../../reports/pipelines";
import { kindName } from "../../reports/summary";
import { flow, wrap } from "../../reports/text";

describe("wrap", () => {
  it("breaks between words, keeps paragraphs, and indents every line", () => {
    assert.deepEqual(wrap("one two three four five six seven\neight", 24, "  "), [
      "  one two three four",
      "  five six seven",
      "  eight",
    ]);
  });

  it("loses no word and breaks none", () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 20, max: 80 }), (all, width) => {
        const lines = wrap(all.join(" "), width);
        assert.equal(lines.join(" "), all.join(" "));
        assert.ok(lines.every((line) => line.length <= width));
      }),
    );
  });
});

describe("flow", () => {
  it("puts as many entries on a line as fit", () => {
    assert.deepEqual(flow(["aa", "bb", "cc"], 9, " "), [" aa · bb", " cc"]);
    assert.deepEqual(flow([], 10), []);
  });
});

describe("plural", () => {
  const cases = [
    [1, "policy", "1 policy"],
    [2, "policy", "2 policies"],
    [0, "day", "0 days"],
    [2, "alias", "2 aliases"],
    [3, "batch", "3 batches"],
  ] as const;
  for (const [count, noun, expected] of cases) {
    it(`makes ${expected}`, () => {
      assert.equal(plural(count, noun), expected);
    });
  }
});

describe("kindName", () => {
  it("makes words of a type token", () => {
    assert.equal(kindName("aws:cloudwatch/logGroup:LogGroup"), "cloudwatch log group");
    assert.equal(kindName("random:index/randomId:RandomId"), "random random id");
    assert.equal(kindName("shop:index:Job"), "shop job");
  });
});
