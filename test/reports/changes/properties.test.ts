import assert from "node:assert/strict";
import { UNKNOWN, type Json } from "../../../preview/preview-document";
import { differences, shownValue } from "../../../reports/changes/properties";

describe("differences of inputs", () => {
  const cases: readonly (readonly [string, Json, Json, readonly string[]])[] = [
    ["are none between equals", { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, []],
    ["have the path of the smallest part", { a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, ["a[1].b"]],
    ["are whole lists where the length differs", { a: [1] }, { a: [1, 2] }, ["a"]],
    ["are what is new and what is gone", { a: 1 }, { b: 1 }, ["a", "b"]],
    ["quote what is no plain name", { tags: { "a b": "1" } }, { tags: { "a b": "2" } }, ['tags["a b"]']],
    ["go into JSON text", { policy: '{"S":[{"A":1}]}' }, { policy: '{"S":[{"A":2}]}' }, ["policy.S[0].A"]],
    [
      "see no other order of keys in JSON text",
      { policy: '{"a":1,"b":2}' },
      { policy: '{"b":2, "a":1}' },
      [],
    ],
    ["take text that only looks like JSON as text", { script: "{ a" }, { script: "{ b" }, ["script"]],
  ];
  for (const [title, before, after, paths] of cases) {
    it(title, () => {
      assert.deepEqual(
        differences(before, after).map(({ path }) => path),
        paths,
      );
    });
  }

  it("are shown short, and say what is not known", () => {
    assert.equal(shownValue(undefined), "");
    assert.equal(shownValue({ a: [1, "b"] }), '{"a":[1,"b"]}');
    assert.equal(shownValue(UNKNOWN), "known only after deployment");
    assert.equal(shownValue(`key/${UNKNOWN}`), '"key/(known only after deployment)"');
    assert.equal(shownValue("x".repeat(300)).length, 200);
  });
});
