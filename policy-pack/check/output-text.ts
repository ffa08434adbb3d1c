/** Text for people: each statement once, its findings with file and line, and what to do on a line of its own. */
import path from "node:path";
import pc from "picocolors";
import { shownText, type CheckedFinding, type CheckedGrant } from "../lib/check/check-source";
import type { RuleName, Severity } from "../lib/judge/findings";
import { isRead, notChecked, type NotChecked, type Output } from "./outcome";
import { pageOf } from "./pages";

const COLORS: Readonly<Record<Severity, (text: string) => string>> = {
  error: pc.red,
  warning: pc.yellow,
  note: pc.dim,
};
const GRAVEST_FIRST: readonly Severity[] = ["error", "warning", "note"];

/** How many files that were not checked are named one by one. */
const NAMED = 20;

export function textOutput(): Output {
  const counts = new Map<RuleName, Map<Severity, number>>();
  const missing: NotChecked[] = [];
  let checked = 0;
  let unknowns = 0;
  return {
    begin: () => "",
    file: (result) => {
      missing.push(...notChecked(result));
      checked += result.grants.filter(isRead).length;
      unknowns += result.grants.reduce((sum, grant) => sum + grant.unknowns.length, 0);
      for (const { located } of result.grants.flatMap(({ findings }) => findings)) {
        const { rule, severity } = located.finding;
        const ofRule = counts.get(rule) ?? new Map<Severity, number>();
        counts.set(rule, ofRule.set(severity, (ofRule.get(severity) ?? 0) + 1));
      }
      return result.grants.map((grant) => grantText(result.file, grant)).join("");
    },
    end: () => [...byRule(counts), total(counts, checked), ...remarks(missing, unknowns)].join("\n") + "\n",
  };
}

function grantText(file: string, { name, findings }: CheckedGrant): string {
  const statements = new Map<string | undefined, CheckedFinding[]>();
  for (const finding of findings) {
    const { statement } = finding.located.finding;
    statements.set(statement, [...(statements.get(statement) ?? []), finding]);
  }
  const where = name === null ? file : `${file}, ${name}`;
  return [...statements]
    .map(([statement, ofStatement]) => {
      const heading = pc.bold(statement === undefined ? where : `${where}, ${statement}`);
      return [heading, ...ofStatement.flatMap((finding) => findingLines(file, finding)), ""]
        .map((line) => `${line}\n`)
        .join("");
    })
    .join("");
}

function findingLines(file: string, { located: { finding }, line }: CheckedFinding): string[] {
  const { rule, severity, value, reason, remedy } = finding;
  // The heading has named the statement.
  const place = finding.path.replace(/^Statement(\[\d+\])?\.?/, "");
  const what = [place, value === "" ? "" : JSON.stringify(value), reason]
    .filter((part) => part !== "")
    .join(" ");
  return [
    shownText(`  ${file}:${line}: ${COLORS[severity](severity)}: ${what} (${rule})`),
    shownText(`    ${remedy}`),
  ];
}

/** A line for each rule with findings, and the page about it. */
function byRule(counts: ReadonlyMap<RuleName, ReadonlyMap<Severity, number>>): string[] {
  const lines = [...counts].map(([rule, ofRule]) => {
    const numbers = GRAVEST_FIRST.filter((severity) => ofRule.has(severity)).map((severity) =>
      counted(ofRule.get(severity) ?? 0, severity),
    );
    const page = pageOf(rule);
    return `${rule}: ${numbers.join(", ")}${page === undefined ? "" : ` - see ${path.relative("", page)}`}`;
  });
  return lines.length === 0 ? [] : [...lines.sort(), ""];
}

function total(counts: ReadonlyMap<RuleName, ReadonlyMap<Severity, number>>, checked: number): string {
  const numbers = GRAVEST_FIRST.map((severity) =>
    counted(
      [...counts.values()].reduce((sum, ofRule) => sum + (ofRule.get(severity) ?? 0), 0),
      severity,
    ),
  );
  return `${counted(checked, "document")}: ${numbers.join(", ")}`;
}

function remarks(missing: readonly NotChecked[], unknowns: number): string[] {
  const unopened = missing.filter(({ isUnopened }) => isUnopened).length;
  const faults = missing.filter(({ isFault, isUnopened }) => isFault && !isUnopened);
  const passedOver = missing.length - faults.length - unopened;
  return [
    ...(unknowns === 0 ? [] : [`Not judged: ${counted(unknowns, "value")} that only the deployment knows.`]),
    ...(unopened === 0 ? [] : [`Not checked: ${counted(unopened, "file")} that could not be opened.`]),
    ...faults.slice(0, NAMED).map(({ why }) => `Not checked: ${why}.`),
    ...(faults.length > NAMED ? [`Not checked: ${counted(faults.length - NAMED, "more file")}.`] : []),
    ...(passedOver === 0 ? [] : [`Passed over: ${counted(passedOver, "file")} without a policy document.`]),
  ];
}

/** `1 error`, `2 errors`. */
function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
