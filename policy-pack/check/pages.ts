/** The pages about the rules, which are installed with the pack: `build.mjs` puts them beside the compiled form. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { RuleName } from "../lib/judge/findings";

const FOLDERS = [path.join(__dirname, "docs/rules"), path.join(__dirname, "../../docs/rules")];

/** The file of a rule's page; undefined if it is not installed. */
export function pageOf(rule: RuleName): string | undefined {
  return FOLDERS.map((folder) => path.join(folder, `${rule}.md`)).find((page) => existsSync(page));
}

/** The text of a rule's page, for those who cannot open the file. */
export function pageText(rule: RuleName): string | undefined {
  const page = pageOf(rule);
  return page === undefined ? undefined : readFileSync(page, "utf8");
}
