import { createRequire } from "node:module";
import { Command, Option } from "commander";
import { version } from "../package.json";
import type { PreviewResult } from "../preview/preview";
import { renderJson } from "../reports/json";
import { renderSarif } from "../reports/sarif";
import { renderTerminal, renderWarnings } from "../reports/terminal";
import { viewOf } from "./color";
import { pageOf, writeReport } from "./page";
import { projectOptions, runPreview, type ProjectArguments } from "./run-preview";
import { WRONG_INPUT } from "./wrong-input";

interface PreviewArguments extends ProjectArguments {
  readonly json?: true;
  readonly markdown?: true;
  readonly html?: string;
  readonly sarif?: string;
  readonly verbose?: true;
}

const EXAMPLES = `
Examples:
  $ slipway preview                                  all stacks, for people
  $ slipway preview --stack dev --json | jq .stacks  one stack, for programs
  $ slipway preview --markdown --sarif slipway.sarif  for a pull request

Exit status: 0 clean, 1 a mandatory policy is violated, 2 the input is wrong, 3 an internal error.`;

/** What draws pictures is loaded late: most previews are without one. */
const load = createRequire(__filename);

/** `slipway preview`. */
export function previewCommand(): Command {
  return projectOptions(
    new Command("preview").description(
      "Show what every stack will build and what the policy pack says to it. Needs no credential.",
    ),
  )
    .addOption(new Option("--json", "print one JSON document").conflicts("markdown"))
    .option("--markdown", "print Markdown for a pull request")
    .option("--html <file>", "also write a page for the browser")
    .option("--sarif <file>", "also write the findings for code scanning")
    .option("--verbose", "also count each stack's resources by type")
    .option("--quiet", "print only what is wrong, warnings to standard error")
    .addHelpText("after", EXAMPLES)
    .action(run);
}

async function run(options: PreviewArguments): Promise<void> {
  const result = await runPreview(options);
  process.exitCode = result.status;
  await report(result, options);
}

async function report(result: PreviewResult, options: PreviewArguments): Promise<void> {
  const { document } = result;
  process.stderr.write(options.quiet === true ? renderWarnings(document) : remarks(result));
  process.stdout.write(rendered(result, options));
  const failures = [
    options.html === undefined ? undefined : writeReport(options.html, await pageOf(document, options.cwd)),
    options.sarif === undefined ? undefined : writeReport(options.sarif, renderSarif(document, { version })),
  ].filter((failure) => failure !== undefined);
  if (failures.length === 0) {
    if (options.html !== undefined && isForPeople(options))
      process.stdout.write(`\nThe page: ${options.html}\n`);
    return;
  }
  process.exitCode = WRONG_INPUT;
  process.stderr.write(failures.map((failure) => `error: ${failure}\n`).join(""));
}

function isForPeople({ json, markdown, quiet }: PreviewArguments): boolean {
  return json !== true && markdown !== true && quiet !== true;
}

function rendered({ document }: PreviewResult, options: PreviewArguments): string {
  if (options.json === true) return renderJson(document);
  if (options.markdown === true) {
    const { renderMarkdown } = load("../reports/markdown") as typeof import("../reports/markdown");
    return renderMarkdown(document);
  }
  return renderTerminal(document, {
    ...viewOf(process.stdout),
    quiet: options.quiet === true,
    verbose: options.verbose === true,
  });
}

/** What the programs printed, and their warnings. */
function remarks({ remarks: warnings, output }: PreviewResult): string {
  const printed = Object.entries(output).flatMap(([stack, text]) =>
    text.split("\n").map((line) => `${stack}: ${line}`),
  );
  return [...printed, ...warnings.map((warning) => `warning: ${warning}`)]
    .map((line) => `${line}\n`)
    .join("");
}
