import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import pc from "picocolors";
import {
  checkDocument,
  reportedFinding,
  type CheckedDocument,
  type ReportedFinding,
} from "../policy-pack/lib/check/check-document";
import { sarif } from "../policy-pack/lib/check/sarif";
import type { DocumentKind } from "../policy-pack/lib/document/context";
import { exemptionProblems, proposeExemption } from "../policy-pack/lib/govern/exemptions";
import type { Severity } from "../policy-pack/lib/judge/findings";
import type { LocatedFinding } from "../policy-pack/lib/judge/located-finding";
import { GRANT_RULES } from "../policy-pack/rule-list";
import { lineOf } from "./lines";
import pack from "../policy-pack/package.json";

interface CheckArguments {
  readonly kind?: DocumentKind;
  readonly service?: string;
  readonly account?: string;
  readonly json?: true;
  readonly sarif?: true;
  readonly github?: true;
  readonly proposeExemptions?: true;
  readonly stack?: string;
  readonly urn?: string;
  readonly reason?: string;
  readonly owner?: string;
  readonly ticket?: string;
  readonly expires?: string;
}

/** The result for one file, and what the form of output needs of it; nothing else is kept, as there may be hundreds. */
interface Checked extends CheckedDocument {
  /** For finding lines. */
  readonly text: string;
  /** For proposing exceptions. */
  readonly located: readonly LocatedFinding[];
}

const KINDS: readonly DocumentKind[] = ["identity", "trust", "resource", "boundary", "scp"];

/** `slipway check-policy`: the pack's analysis on policy documents from anywhere. */
export function checkPolicyCommand(): Command {
  return new Command("check-policy")
    .description("Judge IAM policy documents: which grants are too broad, why, and what to write instead.")
    .argument("<file...>", "JSON documents; - is standard input")
    .addOption(
      new Option("--kind <kind>", "kind of document, if it cannot be told from itself").choices(KINDS),
    )
    .option("--service <service>", "service whose resource the policy stands on, as s3 or kms")
    .option("--account <id>", "account that the document is for", accountId)
    .addOption(
      new Option("--json", "print one JSON document").conflicts(["sarif", "github", "proposeExemptions"]),
    )
    .addOption(
      new Option("--sarif", "print SARIF for code scanning").conflicts(["github", "proposeExemptions"]),
    )
    .addOption(new Option("--github", "print GitHub annotations").conflicts(["proposeExemptions"]))
    .option("--propose-exemptions", "print an entry for policy-pack/exemptions.ts for each error")
    .option("--stack <name>", "with --propose-exemptions: the stack")
    .option("--urn <pattern>", "with --propose-exemptions: the resource's URN or name")
    .option("--reason <text>", "with --propose-exemptions: why there is no other way")
    .option("--owner <name>", "with --propose-exemptions: who answers for it")
    .option("--ticket <id>", "with --propose-exemptions: where it was agreed")
    .option("--expires <date>", "with --propose-exemptions: last day, as 2027-06-30")
    .addHelpText("after", HELP)
    .action((files: readonly string[], options: CheckArguments) => {
      const checked = files.map((file) => check(file, options));
      for (const part of render(checked, options)) process.stdout.write(part);
      process.exitCode = statusOf(checked);
    });
}

const HELP = `
Examples:
  slipway check-policy role.json trust.json
  aws iam get-role --role-name app --query Role.AssumeRolePolicyDocument | slipway check-policy --kind trust -
  slipway check-policy --sarif policies/*.json > policies.sarif

Exit status: 0 no error, 1 some error, 2 a file could not be opened.`;

function accountId(text: string): string {
  if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError("An account id has 12 digits.");
  return text;
}

function check(file: string, options: CheckArguments): Checked {
  try {
    const text = readFileSync(file === "-" ? 0 : file, "utf8");
    const located = checkDocument(text, options);
    return {
      file,
      findings: located.map(reportedFinding),
      error: null,
      text: options.sarif === true || options.github === true ? text : "",
      located: options.proposeExemptions === true ? located : [],
    };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const why = WHY_NOT[code] ?? "cannot be read";
    return { file, findings: [], error: `${file} ${why}`, text: "", located: [] };
  }
}

const WHY_NOT: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EISDIR: "is a folder; name the files in it, as with FOLDER/*.json",
  EACCES: "may not be read by this user",
};

function statusOf(checked: readonly Checked[]): number {
  if (checked.some(({ error }) => error !== null)) return 2;
  return checked.some(({ findings }) => findings.some(({ severity }) => severity === "error")) ? 1 : 0;
}

/** The output in parts, since it is long for hundreds of documents. */
function* render(checked: readonly Checked[], options: CheckArguments): Generator<string> {
  const documents = checked.map(({ file, findings, error }): CheckedDocument => ({ file, findings, error }));
  const texts = new Map(checked.map(({ file, text }) => [file, text]));
  const line = (file: string, { path }: ReportedFinding): number => lineOf(texts.get(file) ?? "", path);
  if (options.json === true) {
    yield* json(documents);
    return;
  }
  if (options.github === true) {
    for (const document of documents) yield annotations(document, line);
    return;
  }
  // The forms below are about files that were checked, so files that could not be opened are told on standard error.
  for (const { error } of documents) if (error !== null) process.stderr.write(`${error}\n`);
  if (options.sarif === true)
    yield `${JSON.stringify(sarif(documents, { version: pack.version, rules: GRANT_RULES }, line), null, 2)}\n`;
  else if (options.proposeExemptions === true) yield proposals(checked, options);
  else yield forPeople(documents);
}

/** One JSON document, a line for each file. */
function* json(documents: readonly CheckedDocument[]): Generator<string> {
  yield '{ "version": 1, "documents": [';
  for (const [index, document] of documents.entries()) {
    yield `${index === 0 ? "" : ","}\n${JSON.stringify(document)}`;
  }
  yield "\n] }\n";
}

const COLORS: Readonly<Record<Severity, (text: string) => string>> = {
  error: pc.red,
  warning: pc.yellow,
  note: pc.dim,
};

function forPeople(documents: readonly CheckedDocument[]): string {
  const lines = documents.flatMap(({ file, findings }) =>
    findings.length === 0
      ? []
      : [
          pc.bold(file),
          ...findings.map(({ severity, message }) => `  ${COLORS[severity](severity)}: ${message}`),
          "",
        ],
  );
  const all = documents.flatMap(({ findings }) => findings);
  const count = (severity: Severity): string =>
    counted(all.filter((finding) => finding.severity === severity).length, severity);
  const summary = `${counted(documents.length, "document")}: ${count("error")}, ${count("warning")}, ${count("note")}`;
  return `${[...lines, summary].join("\n")}\n`;
}

/** `1 error`, `2 errors`. */
function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** Workflow commands, which GitHub shows beside the lines of a pull request. */
function annotations(
  { file, findings, error }: CheckedDocument,
  line: (file: string, finding: ReportedFinding) => number,
): string {
  const names: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", note: "notice" };
  const lines = findings.map(
    (finding) =>
      `::${names[finding.severity]} file=${property(file)},line=${line(file, finding)},title=${property(finding.rule)}::${data(finding.message)}\n`,
  );
  return (error === null ? "" : `::error file=${property(file)}::${data(error)}\n`) + lines.join("");
}

/** Escapes of the toolkit: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** Exceptions to paste into the pack. What must still be filled in goes to standard error. */
function proposals(checked: readonly Checked[], options: CheckArguments): string {
  const { stack, urn, reason, owner, ticket, expires } = options;
  const about = Object.fromEntries(
    Object.entries({ stack, urn, reason, owner, ticket, expires }).filter(([, value]) => value !== undefined),
  );
  const entries = checked.flatMap(({ located }) =>
    located
      .filter(({ finding }) => finding.severity === "error")
      .map((finding) => proposeExemption(finding, about)),
  );
  for (const problem of exemptionProblems(entries)) process.stderr.write(`${problem}\n`);
  return entries.map((entry) => `${JSON.stringify(entry, null, 2)},\n`).join("");
}
