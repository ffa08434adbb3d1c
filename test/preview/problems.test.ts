import assert from "node:assert/strict";
import { mergeProblems } from "../../preview/problems";

describe("mergeProblems", () => {
  it("says a problem once and names its stacks, in the order of first appearance", () => {
    assert.deepEqual(
      mergeProblems([
        { message: "B", stacks: ["dev"] },
        { message: "A", stacks: ["dev"] },
        { message: "B", stacks: ["prod"] },
        { message: "B", stacks: ["prod"], line: 1 },
        { message: "C" },
      ]),
      [
        { message: "B", stacks: ["dev", "prod"] },
        { message: "A", stacks: ["dev"] },
        { message: "B", line: 1, stacks: ["prod"] },
        { message: "C" },
      ],
    );
  });
});
