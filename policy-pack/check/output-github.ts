/** Workflow commands, which GitHub shows beside the lines of a pull request. */
import { shownText, type CheckedFinding } from "../lib/check/check-source";
import { textOf, type Severity } from "../lib/judge/findings";
import type { Output } from "./outcome";

const LEVELS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", note: "notice" };

export function githubOutput(): Output {
  return {
    begin: () => "",
    file: ({ file, grants, error }) => {
      const findings = grants.flatMap((grant) => grant.findings);
      const failed = error === null ? "" : `::error file=${property(file)}::${data(error)}\n`;
      return failed + findings.map((finding) => annotation(file, finding)).join("");
    },
    end: () => "",
  };
}

function annotation(file: string, { located: { finding }, line }: CheckedFinding): string {
  const { rule, severity } = finding;
  const place = `file=${property(file)},line=${line},title=${property(rule)}`;
  return `::${LEVELS[severity]} ${place}::${data(shownText(textOf(finding)))}\n`;
}

/** Escapes of the toolkit: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
