import type { Checked, Problem } from "../input/problem";
import type { PreviewDocument } from "../preview/preview-document";
import { renderTerminal } from "../reports/terminal";
import { useColor } from "./color";
import { runPreview, type ProjectArguments } from "./run-preview";

const WRONG_INPUT = 2;

/** The preview that a report is made of: the saved one, or a new one; undefined where it has problems, which are then told. */
export async function documentOf(
  options: ProjectArguments,
  saved: PreviewDocument | undefined,
): Promise<PreviewDocument | undefined> {
  // No report of this kind hangs on what the policy pack says, so it need not run.
  const result = saved === undefined ? await runPreview(options, false) : undefined;
  const document = saved ?? result?.document;
  if (document === undefined || document.problems.length === 0) return document;
  process.exitCode = result?.status ?? WRONG_INPUT;
  const width = process.stderr.isTTY ? process.stderr.columns : 100;
  process.stderr.write(renderTerminal(document, { width, color: useColor(process.stderr) }));
  return undefined;
}

export function problemsOf(checked: Checked<unknown> | undefined): readonly Problem[] {
  return checked !== undefined && "problems" in checked ? checked.problems : [];
}

export function valueOf<Value>(checked: Checked<Value> | undefined): Value | undefined {
  return checked !== undefined && "value" in checked ? checked.value : undefined;
}

/** Tells on standard error what is wrong with the input. */
export function refuse(problems: readonly Problem[]): void {
  process.exitCode = WRONG_INPUT;
  for (const { file, line, column, message, remedy } of problems) {
    const place = [file, line, column].filter((part) => part !== undefined).join(":");
    const details = remedy === undefined ? [] : remedy.split("\n").map((text) => `  ${text}\n`);
    process.stderr.write(`error: ${place === "" ? "" : `${place}: `}${message}\n${details.join("")}`);
  }
}
