import { parse } from "../../../policy-pack/check/files";
import {
  checkSource,
  unreadableFile,
  type CheckedGrant,
  type CheckOptions,
} from "../../../policy-pack/lib/check/check-source";

/** The grants that the check sees in a file's text. */
export function grantsOf(text: string, file: string, options: CheckOptions = {}): CheckedGrant[] {
  const source = parse(text, file);
  return "problem" in source ? [unreadableFile(source)] : checkSource(source, options);
}

/** The name of every grant, and below it `severity rule path` of its findings, each with the text of the line that it names, but for policies as text. */
export function outline(text: string, file = "file.json", options: CheckOptions = {}): string[] {
  const lines = text.split("\n");
  const at = (line: number): string =>
    (lines[line - 1] ?? "no such line")
      .trim()
      .replace(/^("\w+": ")\{.*$/, "$1{…")
      .replace(/:? ?[,[{]*$/, "");
  return grantsOf(text, file, options).flatMap(({ name, line, findings }) => [
    `${name ?? "(file)"} @ ${at(line)}`,
    ...findings.map(
      ({ located: { finding }, line: place }) =>
        `- ${finding.severity} ${finding.rule} ${finding.path} @ ${at(place)}`,
    ),
  ]);
}

/** The outline of a value written as JSON, a value a line. */
export function outlineOf(value: unknown, options: CheckOptions = {}): string[] {
  return outline(JSON.stringify(value, null, 2), "file.json", options);
}
