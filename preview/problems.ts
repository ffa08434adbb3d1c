import type { Problem } from "./preview-document";

/** Something the user must put right before there can be a preview. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** All that is wrong with the input, found in one go. */
export class ProblemsError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join("\n"));
  }
}

/** Something of ours, or the policy pack, has failed: no fault of the input. */
export class BreakdownError extends Error {}

const PLACE = /^([^\s:][^:\n]*\.[A-Za-z0-9]+):(\d+):(\d+): /;

/** Two spaces; a tab is what the SDK itself writes. */
const INDENT = /^(?: {2}|\t)/;

/**
 * The problems in the one error that a program throws: blocks of text, parted by blank lines. A block starts with
 * `file:line:column: ` when it has a place; its further lines, indented by two spaces, say how to put it right.
 */
export function parseProblems(text: string): Problem[] {
  const blocks = text.replaceAll("\r\n", "\n").split(/\n(?:[ \t]*\n)+/);
  return blocks
    .map((block) => block.trimEnd())
    .filter((block) => block.trim() !== "")
    .map(parseProblem);
}

function parseProblem(block: string): Problem {
  const place = PLACE.exec(block);
  const lines = block.slice(place?.[0].length ?? 0).split("\n");
  const firstIndented = lines.findIndex((line, index) => index > 0 && INDENT.test(line));
  const end = firstIndented === -1 ? lines.length : firstIndented;
  const remedy = lines
    .slice(end)
    .map((line) => line.replace(INDENT, ""))
    .join("\n");
  return {
    message: lines.slice(0, end).join("\n"),
    ...(place === null ? {} : { file: place[1] ?? "", line: Number(place[2]), column: Number(place[3]) }),
    ...(remedy === "" ? {} : { remedy }),
  };
}

/** One entry for problems that several stacks share, with the names of those stacks; the order of first appearance. */
export function mergeProblems(problems: readonly Problem[]): Problem[] {
  const merged = new Map<string, Problem>();
  for (const problem of problems) {
    const { stacks, ...rest } = problem;
    const key = JSON.stringify([rest.message, rest.file, rest.line, rest.column, rest.remedy]);
    const names = [...(merged.get(key)?.stacks ?? []), ...(stacks ?? [])];
    merged.set(key, names.length === 0 ? rest : { ...rest, stacks: [...new Set(names)] });
  }
  return [...merged.values()];
}
