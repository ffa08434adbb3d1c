import type { PreviewDocument } from "../preview/preview-document";

/** The document itself, as `--json` prints it. */
export function renderJson(document: PreviewDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
