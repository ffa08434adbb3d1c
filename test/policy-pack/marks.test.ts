import assert from "node:assert/strict";
import fc from "fast-check";
import {
  markedMessage,
  notVerifiableMessage,
  readMessage,
  unknownPathsIn,
  type Mark,
} from "../../policy-pack/marks";

const mark = fc.constantFrom<Mark>("exempted", "not-verifiable", "baseline");
/** Texts, also such as begin like a mark themselves. */
const text = fc.oneof(
  fc.string(),
  fc
    .tuple(fc.constantFrom("exempted: ", "not verifiable: ", "baseline: "), fc.string())
    .map((parts) => parts.join("")),
);

describe("marks of messages", () => {
  it("are read back as they were written, whatever the text", () => {
    fc.assert(
      fc.property(mark, text, (written, words) => {
        assert.deepEqual(readMessage(markedMessage(written, words)), { mark: written, text: words });
      }),
    );
  });

  it("are words that people read too", () => {
    assert.equal(markedMessage("exempted", "policy: x"), "exempted: policy: x");
    assert.equal(markedMessage("not-verifiable", "policy"), "not verifiable: policy");
    assert.equal(markedMessage("baseline", "policy: x"), "baseline: policy: x");
  });

  it("are not found in messages that bear none, as those of other packs", () => {
    for (const message of ["", "policy: x", "Exempted: x", "x exempted: y", "baseline:x"]) {
      assert.deepEqual(readMessage(message), { mark: undefined, text: message });
    }
  });

  it("of values that are not known carry the paths there and back", () => {
    const path = fc.stringMatching(/^[a-z]+(\[\d\])?(\.[A-Z][a-z]+)?$/);
    fc.assert(
      fc.property(fc.array(path, { minLength: 1, maxLength: 4 }), (paths) => {
        const { mark: found, text: words } = readMessage(notVerifiableMessage(paths));
        assert.equal(found, "not-verifiable");
        assert.equal(unknownPathsIn(words), paths.join(", "));
      }),
    );
    assert.equal(
      notVerifiableMessage(["policy", "tags"]),
      "not verifiable: policy, tags cannot be known before the update, which will judge it.",
    );
    assert.equal(unknownPathsIn("another pack's words"), "");
  });
});
