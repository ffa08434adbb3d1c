import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { problem, type Problem } from "../../input/problem";
import { parseProblems, renderProblem, renderProblems } from "../../input/problem-text";

/** Any text, and those that are made of the marks that the form itself uses. */
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.constantFrom("in ", "problem: ", ":", " ", "  ", "\t", "\n", '"', "\\", "a", "b.yaml", "1", ": "),
    )
    .map((parts) => parts.join("")),
);
const filled = text.filter((value) => value.trim() !== "");

const problems: fc.Arbitrary<Problem> = fc
  .record({
    message: filled,
    details: fc.array(text, { maxLength: 3 }),
    file: fc.option(filled, { nil: undefined }),
    line: fc.option(fc.nat(), { nil: undefined }),
    column: fc.option(fc.nat(), { nil: undefined }),
  })
  .map(({ message, details, file, line, column }) => {
    if (file === undefined) return problem(message, details);
    if (line === undefined) return problem(message, details, { file });
    return problem(message, details, { file, line, ...(column === undefined ? {} : { column }) });
  });

describe("problems as text", () => {
  it("are read back as they were, whatever stands in them", () => {
    fc.assert(
      fc.property(fc.array(problems, { maxLength: 4 }), (list) => {
        assert.deepEqual(parseProblems(renderProblems(list)), list);
      }),
      { numRuns: 2000 },
    );
  });

  const forms: readonly (readonly [name: string, problem: Problem, text: string])[] = [
    [
      "a place, and lines of remedy",
      problem("It is wrong.", ["Do this,", "or that."], { file: "a/b c.yaml", line: 3, column: 14 }),
      "a/b c.yaml:3:14: It is wrong.\n  Do this,\n  or that.",
    ],
    ["a whole file", problem("It is empty.", [], { file: "a/b.yaml" }), "in a/b.yaml: It is empty."],
    ["a folder", problem("It is empty.", [], { file: "applications" }), "in applications: It is empty."],
    [
      "a file whose name could be misread",
      problem("It is empty.", [], { file: "a: b.yaml", line: 1 }),
      '"a: b.yaml":1: It is empty.',
    ],
    ["no place", problem("slipway:stack is missing."), "slipway:stack is missing."],
    ["no place, and words like one", problem("in a: this is wrong."), "problem: in a: this is wrong."],
  ];
  for (const [name, written, expected] of forms) {
    it(`show ${name}`, () => {
      assert.equal(renderProblem(written), expected);
    });
  }

  const foreign: readonly (readonly [name: string, text: string, read: Problem])[] = [
    [
      "indented lines as the remedy",
      "It is wrong:\nvery wrong.\n  Do this.\n    - or that",
      { message: "It is wrong:\nvery wrong.", remedy: "Do this.\n  - or that" },
    ],
    [
      "the tab of Pulumi's SDK",
      "Missing 'a:b'\n\tplease set it",
      { message: "Missing 'a:b'", remedy: "please set it" },
    ],
    ["a colon that is no place", "arn:aws:iam::1:role/x is bad", { message: "arn:aws:iam::1:role/x is bad" }],
  ];
  for (const [name, written, read] of foreign) {
    it(`may come from elsewhere, with ${name}`, () => {
      assert.deepEqual(parseProblems(written), [read]);
    });
  }

  it("are parted by blank lines", () => {
    assert.deepEqual(parseProblems("One.\n\n  \nTwo.\r\n\r\nThree.\n"), [
      { message: "One." },
      { message: "Two." },
      { message: "Three." },
    ]);
    assert.deepEqual(parseProblems(" \n\n"), []);
  });
});
