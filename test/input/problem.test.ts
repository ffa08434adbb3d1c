import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { problem, sortProblems } from "../../input/problem";

describe("problems", () => {
  it("are sorted by file, line and column as numbers, those without a place first", () => {
    const at = (file: string, line: number, column: number): ReturnType<typeof problem> =>
      problem(`${file} ${line} ${column}`, [], { file, line, column });
    const problems = [
      at("b.yaml", 2, 1),
      at("a.yaml", 10, 1),
      at("a.yaml", 9, 11),
      at("a.yaml", 9, 2),
      problem("whole", [], { file: "a.yaml" }),
      problem("nowhere"),
    ];
    assert.deepEqual(
      sortProblems(problems).map(({ message }) => message),
      ["nowhere", "whole", "a.yaml 9 2", "a.yaml 9 11", "a.yaml 10 1", "b.yaml 2 1"],
    );
  });

  it("are one line of message, and a line for each sentence of the remedy", () => {
    assert.deepEqual(problem(" It is\n  wrong. ", ["One.\nTwo. ", ""]), {
      message: "It is wrong.",
      remedy: "One.\nTwo.",
    });
    assert.deepEqual(problem("It is wrong."), { message: "It is wrong." });
  });
});
