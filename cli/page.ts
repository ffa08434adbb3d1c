import fs from "node:fs";
import { createRequire } from "node:module";
import type { PreviewDocument } from "../preview/preview-document";
import type { ChangeReport } from "../reports/changes/report";
import { readSources } from "./sources";

/** What draws pictures, and what it shows, is loaded late: most commands are run without a page. */
const load = createRequire(__filename);

/**
 * The page of a preview with every report that can be made of it.
 * @param directory folder with Pulumi.yaml; the page names the lines there that write a statement
 * @param changes what is different from a base, where it was compared with one
 */
export async function pageOf(
  document: PreviewDocument,
  directory: string,
  changes?: ChangeReport,
): Promise<string> {
  const { renderPage } = load("../reports/page/page") as typeof import("../reports/page/page");
  if (document.problems.length > 0) return renderPage({ document });
  const { costOf } = load("../reports/cost/cost") as typeof import("../reports/cost/cost");
  const { assuming } = load("../reports/cost/assumptions") as typeof import("../reports/cost/assumptions");
  const { proofOf } = load("../reports/proof/proof") as typeof import("../reports/proof/proof");
  const { limitsOf } = load("../reports/limits/limits") as typeof import("../reports/limits/limits");
  const { explainRoles } = load("../reports/explain/roles") as typeof import("../reports/explain/roles");
  return renderPage({
    document,
    cost: costOf(document, assuming()),
    proof: proofOf(document),
    limits: limitsOf(document),
    roles: explainRoles(document, readSources(directory)),
    ...(changes === undefined ? {} : { changes }),
  });
}

/** @returns why it could not be written */
export function writeReport(file: string, text: string): string | undefined {
  try {
    fs.writeFileSync(file, text);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `The report could not be written to ${file}: ${reason}`;
  }
}
