/** The command that judges policy documents from anywhere: `slipway check-policy` and `slipway-policy-pack check`. */
import { Command, InvalidArgumentError, Option } from "commander";
import { closest } from "fastest-levenshtein";
import { servicePrefixes } from "../lib/aws/action-table";
import { DOCUMENT_PLACES } from "../lib/aws/grant-places";
import type { CheckOptions } from "../lib/check/check-source";
import type { DocumentKind } from "../lib/document/context";
import { checkFiles } from "./check-files";
import { formerState, type FormerState } from "./former-state";
import { githubOutput } from "./output-github";
import { jsonOutput } from "./output-json";
import { proposalOutput, type ProposalArguments } from "./output-proposals";
import { sarifOutput } from "./output-sarif";
import { textOutput } from "./output-text";
import type { CheckedFile, Output } from "./outcome";
import { ProgressLine } from "./progress-line";

interface CheckArguments extends CheckOptions, ProposalArguments {
  readonly baseline?: string;
  readonly strict?: true;
  readonly json?: true;
  readonly sarif?: true;
  readonly github?: true;
  readonly proposeExemptions?: true;
}

const KINDS: readonly DocumentKind[] = ["identity", "trust", "resource", "boundary", "scp"];

/** The exit statuses beside 0. */
const FINDINGS = 1;
const NOT_OPENED = 2;

/** The command under its name; `calledAs` is how its examples call it. */
export function checkCommand(name: string, calledAs: string): Command {
  return new Command(name)
    .description("Judge IAM policy documents: which grants are too broad, why, and what to write instead.")
    .argument("<file...>", "documents, templates, plans, states, or folders of them; - is standard input")
    .addOption(
      new Option("--kind <kind>", "kind of document, if it cannot be told from itself").choices(KINDS),
    )
    .option("--service <service>", "service whose resource the policy stands on, as s3 or kms", service)
    .option("--account <id>", "account that the documents are for; else taken from their ARNs", accountId)
    .option("--baseline <path>", "former state of the same files: what it already granted does not fail")
    .option("--strict", "warnings fail too")
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
    .addHelpText("after", help(calledAs))
    .action(run);
}

function help(calledAs: string): string {
  return `
Reads policy documents, answers of the AWS CLI, CloudFormation and SAM templates, folders that the CDK wrote,
\`terraform show -json\`, \`pulumi stack export\` and \`pulumi preview --json\`. Of a folder: its .json, .yaml, .yml and
.template files.

Examples:
  ${calledAs} role.json trust.json
  ${calledAs} template.yaml cdk.out --strict
  aws iam get-role --role-name app | ${calledAs} -
  terraform show -json plan.out | ${calledAs} --account 123456789012 -
  ${calledAs} policies --baseline ../before/policies
  ${calledAs} --sarif policies > policies.sarif

Exit status: 0 no error, 1 some error (with --strict, some warning), 2 a file could not be opened.`;
}

function accountId(text: string): string {
  if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError("An account id has 12 digits.");
  return text;
}

function service(text: string): string {
  const name = text.toLowerCase();
  const places = [...DOCUMENT_PLACES.values()].flat();
  const services = [...new Set([...servicePrefixes(), ...places.flatMap((place) => place.service ?? [])])];
  if (services.includes(name)) return name;
  throw new InvalidArgumentError(
    `AWS has no service with this prefix. Did you mean ${closest(name, services)}? Prefixes are those of actions, as s3 in s3:GetObject.`,
  );
}

function run(paths: readonly string[], options: CheckArguments): void {
  const before = baselineOf(options);
  if (before === "unusable") {
    process.exitCode = NOT_OPENED;
    return;
  }
  let status = 0;
  const output = outputFor(options, () => status);
  const progress = new ProgressLine(process.stderr);
  process.stdout.write(output.begin());
  for (const checked of checkFiles(paths, options, before)) {
    status = Math.max(status, statusOf(checked, options));
    const text = output.file(checked);
    // The forms about lines of files have no place for a file that could not be opened.
    if (checked.error !== null && options.json !== true && options.github !== true)
      process.stderr.write(`${checked.error}\n`);
    if (text !== "") process.stdout.write(text);
    progress.count();
  }
  progress.clear();
  process.stdout.write(output.end());
  process.exitCode = status;
}

function baselineOf({ baseline, ...options }: CheckArguments): FormerState | "unusable" | undefined {
  if (baseline === undefined) return undefined;
  const before = formerState(baseline, options);
  if ("value" in before) return before.value;
  process.stderr.write(`the baseline cannot be used: ${before.problem}\n`);
  return "unusable";
}

function statusOf({ grants, error }: CheckedFile, { strict }: CheckArguments): number {
  if (error !== null) return NOT_OPENED;
  const fails = grants
    .flatMap(({ findings }) => findings)
    .some(({ located: { finding } }) =>
      strict === true ? finding.severity !== "note" : finding.severity === "error",
    );
  return fails ? FINDINGS : 0;
}

function outputFor(options: CheckArguments, status: () => number): Output {
  if (options.json === true) return jsonOutput();
  if (options.sarif === true) return sarifOutput(status);
  if (options.github === true) return githubOutput();
  return options.proposeExemptions === true ? proposalOutput(options) : textOutput();
}
