import type { Checked, Problem } from "../input/problem";

/** The exit status where what the user gave is wrong. */
export const WRONG_INPUT = 2;

export function problemsOf(checked: Checked<unknown> | undefined): readonly Problem[] {
  return checked !== undefined && "problems" in checked ? checked.problems : [];
}

export function valueOf<Value>(checked: Checked<Value> | undefined): Value | undefined {
  return checked !== undefined && "value" in checked ? checked.value : undefined;
}

/** Tells all problems on standard error and sets the exit status. */
export function refuse(problems: readonly Problem[]): void {
  process.exitCode = WRONG_INPUT;
  for (const { file, line, column, message, remedy } of problems) {
    const place = [file, line, column].filter((part) => part !== undefined).join(":");
    const details = remedy === undefined ? [] : remedy.split("\n").map((text) => `  ${text}\n`);
    process.stderr.write(`error: ${place === "" ? "" : `${place}: `}${message}\n${details.join("")}`);
  }
}
