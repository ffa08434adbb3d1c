import type { PreviewDocument } from "../preview/preview-document";
import { renderTerminal } from "../reports/terminal";
import { viewOf } from "./color";
import { runPreview, type ProjectArguments } from "./run-preview";
import { WRONG_INPUT } from "./wrong-input";

/**
 * The preview that a report is made of, or undefined where it has problems, which are then told.
 * @param saved an output of slipway preview --json, instead of a new preview
 */
export async function documentOf(
  options: ProjectArguments,
  saved: PreviewDocument | undefined,
): Promise<PreviewDocument | undefined> {
  // These reports do not hang on what the policy pack says, so it need not run.
  const result = saved === undefined ? await runPreview(options, false) : undefined;
  const document = saved ?? result?.document;
  if (document === undefined || document.problems.length === 0) return document;
  process.exitCode = result?.status ?? WRONG_INPUT;
  process.stderr.write(renderTerminal(document, viewOf(process.stderr)));
  return undefined;
}
