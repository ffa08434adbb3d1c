import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { credentialSentence, didYouMean, nearest, pathText, quote } from "../../input/wording";

describe("the nearest name", () => {
  for (const [word, names, expected] of [
    ["prd", ["dev", "prod"], "prod"],
    ["Prod", ["dev", "prod"], "prod"],
    ["repo", ["name", "repository"], "repository"],
    ["develop", ["dev", "prod"], "dev"],
    ["staging", ["dev", "prod"], undefined],
    ["ab", ["ac"], undefined],
  ] as const) {
    it(`to ${word} among ${names.join(", ")} is ${expected ?? "none"}`, () => {
      assert.equal(nearest(word, names), expected);
    });
  }

  it("is named before all that there are", () => {
    assert.deepEqual(didYouMean("prd", ["dev", "prod"], "The stacks are:"), [
      "Did you mean prod?",
      "The stacks are: dev, prod.",
    ]);
    assert.deepEqual(didYouMean("x", ["dev"]), ["Allowed: dev."]);
    assert.deepEqual(didYouMean("x", []), []);
  });
});

describe("a quotation", () => {
  it("shows nothing of a credential, also where it cuts one", () => {
    const token = `ghp_${"a1B2".repeat(9)}`;
    assert.equal(quote({ token }), '{"token":"(hidden)"}');
    // The hundred and twenty characters that are shown would end inside of it.
    assert.equal(quote(`${"x ".repeat(50)}${token}`), `"${"x ".repeat(50)}(hidden)"`);
  });

  it("is cut where it is long, and names what is not there", () => {
    assert.equal(quote("x ".repeat(60)), `"${"x ".repeat(59)}…`);
    assert.equal(quote(undefined), "nothing");
  });
});

describe("a path", () => {
  it("is written as in JavaScript, on one line and without credentials", () => {
    assert.equal(pathText(["environments", 1, "approval"]), "environments[1].approval");
    assert.equal(pathText(["slipway:cicd", "region"]), "slipway:cicd.region");
    assert.equal(pathText(["a", "b\n\nc", "d"]), 'a["b\\n\\nc"].d');
    assert.equal(pathText([`ghp_${"a1B2".repeat(9)}`]), "(hidden)");
  });

  it("names a credential's place, or the object whose key it is", () => {
    const kind = "a GitHub token";
    assert.equal(credentialSentence({ path: ["a", 0], kind }), "a[0] holds a GitHub token in plain text.");
    assert.equal(
      credentialSentence({ path: ["a"], key: "x", kind }),
      "A key of a holds a GitHub token in plain text.",
    );
    assert.equal(
      credentialSentence({ path: [], key: "x", kind }),
      "A key holds a GitHub token in plain text.",
    );
  });
});
