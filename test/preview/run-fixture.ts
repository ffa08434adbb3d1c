import path from "node:path";
import { preview, type PreviewOptions, type PreviewResult } from "../../preview/preview";
import type { StackPreview } from "../../preview/preview-document";

/** Previews a program under test/preview/fixtures. */
export function previewFixture(name: string, options: Partial<PreviewOptions> = {}): Promise<PreviewResult> {
  return preview({
    directory: path.join(__dirname, "fixtures", name),
    stacks: [],
    // Nobody wants to know which lines of a fixture were run; writing it down takes longer than the run.
    environment: { NODE_V8_COVERAGE: "" },
    signal: new AbortController().signal,
    ...options,
  });
}

/** The stack of that name; an error when the preview did not get that far. */
export function stackOf(result: PreviewResult, name: string): StackPreview {
  const found = result.document.stacks.find((stack) => stack.name === name);
  if (found === undefined)
    throw new Error(`no stack ${name}: ${JSON.stringify(result.document.problems, null, 2)}`);
  return found;
}
