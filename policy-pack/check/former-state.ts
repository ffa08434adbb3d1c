/** The baseline of a check: a former state of the files, judged like the files themselves. */
import { statSync } from "node:fs";
import { unreadableFile, checkSource, type CheckedGrant, type CheckOptions } from "../lib/check/check-source";
import { Baseline } from "../lib/govern/baseline";
import type { Result } from "../lib/document/result";
import { markedMessage } from "../marks";
import { inputFiles, parse, readText, type InputFile } from "./files";

/** What a former state granted, asked for by file and by the name within it. */
export interface FormerState {
  /** The grant with what was granted before as notes. `isOnly`: no other file is checked. */
  readonly without: (file: InputFile, grant: CheckedGrant, isOnly: boolean) => CheckedGrant;
}

/** Reads a former state from a file or a folder. */
export function formerState(given: string, options: CheckOptions): Result<FormerState> {
  const baseline = new Baseline();
  let isFolder = false;
  for (const file of inputFiles([given])) {
    const read = "error" in file ? file : readText(file.file);
    if ("error" in read) return { problem: read.error };
    if ("error" in file) continue;
    isFolder ||= !file.isNamed;
    const source = parse(read.text, file.file);
    const grants = "problem" in source ? [unreadableFile(source)] : checkSource(source, options);
    for (const { name, findings } of grants)
      for (const { located } of findings) baseline.add(keyOf(isFolder ? file.inFolder : "", name), located);
  }
  if (!isFolder && !statSync(given).isFile()) return { problem: `${given} holds no file to compare with` };
  return { value: { without: (file, grant, isOnly) => lessened(baseline, isFolder, file, grant, isOnly) } };
}

function lessened(
  baseline: Baseline,
  isFolder: boolean,
  { inFolder }: InputFile,
  grant: CheckedGrant,
  isOnly: boolean,
): CheckedGrant {
  // A single document is compared with a single one; resources are known by their names.
  if (!isFolder && grant.name === null && !isOnly) return grant;
  const key = keyOf(isFolder ? inFolder : "", grant.name);
  const findings = grant.findings.map((checked) => {
    const { located } = checked;
    if (located.finding.severity === "note" || !baseline.covers(key, located)) return checked;
    const { finding } = located;
    const reason = markedMessage("baseline", finding.reason);
    return {
      ...checked,
      located: { ...located, finding: { ...finding, severity: "note" as const, reason } },
    };
  });
  return { ...grant, findings };
}

function keyOf(file: string, name: string | null): string {
  return `${file}\n${name ?? ""}`;
}
