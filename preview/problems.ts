import type { Problem } from "../input/problem";
import type { StackProblem } from "./preview-document";

/** Something the user must put right before there can be a preview. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** All that is wrong with the input, found in one go. */
export class ProblemsError extends Error {
  constructor(readonly problems: readonly StackProblem[]) {
    super(problems.map(({ message }) => message).join("\n"));
  }
}

/** The preview itself or the policy pack has failed; the input is not at fault. */
export class BreakdownError extends Error {}

/** Joins equal problems of several stacks into one that names all these stacks. Keeps the order of first appearance. */
export function mergeProblems(problems: readonly StackProblem[]): StackProblem[] {
  const merged = new Map<string, StackProblem>();
  for (const problem of problems) {
    const { stacks, ...rest } = problem;
    const key = JSON.stringify([rest.message, rest.file, rest.line, rest.column, rest.remedy]);
    const names = [...(merged.get(key)?.stacks ?? []), ...(stacks ?? [])];
    merged.set(key, names.length === 0 ? rest : { ...rest, stacks: [...new Set(names)] });
  }
  return [...merged.values()];
}
