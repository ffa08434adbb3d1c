import assert from "node:assert/strict";
import { mergeProblems, parseProblems } from "../../preview/problems";

describe("parseProblems", () => {
  const cases = [
    ["one line", "It is wrong.", [{ message: "It is wrong." }]],
    [
      "a place",
      "a/b c.yaml:3:14: It is wrong.",
      [{ message: "It is wrong.", file: "a/b c.yaml", line: 3, column: 14 }],
    ],
    [
      "indented lines as the remedy",
      "It is wrong:\nvery wrong.\n  Do this.\n    - or that",
      [{ message: "It is wrong:\nvery wrong.", remedy: "Do this.\n  - or that" }],
    ],
    [
      "blank lines between problems",
      "One.\n\n  \nTwo.\r\n\r\nThree.\n",
      [{ message: "One." }, { message: "Two." }, { message: "Three." }],
    ],
    [
      "a colon that is no place",
      "arn:aws:iam::1:role/x is wrong",
      [{ message: "arn:aws:iam::1:role/x is wrong" }],
    ],
    ["nothing", " \n\n", []],
  ] as const;
  for (const [name, text, expected] of cases) {
    it(`reads ${name}`, () => {
      assert.deepEqual(parseProblems(text), expected);
    });
  }
});

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
