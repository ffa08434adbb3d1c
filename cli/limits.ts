import { Command, Option } from "commander";
import { problem, type Checked } from "../input/problem";
import { quote } from "../input/wording";
import { limitsOf } from "../reports/limits/limits";
import { renderLimitsMarkdown } from "../reports/limits/markdown";
import type { LimitsReport } from "../reports/limits/report";
import { renderLimits } from "../reports/limits/terminal";
import { number, percent, placeText } from "../reports/limits/view";
import { viewOf } from "./color";
import { documentOf } from "./preview-input";
import { projectOptions, type ProjectArguments } from "./run-preview";
import { readSavedPreview } from "./saved-output";
import { problemsOf, refuse, valueOf } from "./wrong-input";

interface LimitsArguments extends ProjectArguments {
  readonly preview?: string;
  readonly json?: true;
  readonly markdown?: true;
  readonly failOver?: string;
}

const EXAMPLES = `
Examples:
  $ slipway limits                   nearest first, and what breaks first with ten times the applications
  $ slipway limits --fail-over 80    for a pull request
  $ slipway limits --json            every limit of every account, with source, date and remedy

Exit status: 0 told, 1 nearer than --fail-over allows, 2 the input is wrong, 3 an internal error.`;

const OVER = 1;

/** `slipway limits`. */
export function limitsCommand(): Command {
  return projectOptions(
    new Command("limits").description(
      "Tell how near the stacks come to AWS's quotas and hard sizes. Needs no credential.",
    ),
  )
    .option("--preview <file>", "an output of slipway preview --json instead of a new preview")
    .addOption(new Option("--json", "print one JSON document").conflicts("markdown"))
    .option("--markdown", "print Markdown for a pull request")
    .option("--fail-over <percent>", "end with status 1 when more of a limit is used today")
    .addHelpText("after", EXAMPLES)
    .action(run);
}

async function run(options: LimitsArguments): Promise<void> {
  const share = options.failOver === undefined ? undefined : readPercent(options.failOver);
  const saved = options.preview === undefined ? undefined : readSavedPreview(options.preview);
  const problems = [share, saved].flatMap(problemsOf);
  if (problems.length > 0) {
    refuse(problems);
    return;
  }
  const document = await documentOf(options, valueOf(saved));
  if (document === undefined) return;
  const report = limitsOf(document);
  if (options.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (options.markdown === true) process.stdout.write(renderLimitsMarkdown(report));
  else {
    process.stdout.write(renderLimits(report, viewOf(process.stdout)));
  }
  const most = valueOf(share);
  if (most !== undefined) failOver(report, most);
}

function failOver({ limits }: LimitsReport, most: number): void {
  const over = limits.filter(({ used, limit }) => (used / limit) * 100 > most);
  if (over.length === 0) return;
  process.exitCode = OVER;
  for (const use of over) {
    const { service, name, used, limit, unit, remedy } = use;
    process.stderr.write(
      `error: ${service}: ${name} (${placeText(use)}): ${number(used)} of ${number(limit)} ${unit}, ` +
        `${percent(used, limit)}, is more than the ${String(most)} % that --fail-over allows.\n  ${remedy}\n`,
    );
  }
}

function readPercent(text: string): Checked<number> {
  const share = text.trim() === "" ? NaN : Number(text.trim().replace(/\s*%$/, ""));
  if (Number.isFinite(share) && share >= 0) return { value: share };
  const remedy = "Write percent of a limit, such as --fail-over 80.";
  return { problems: [problem(`--fail-over: ${quote(text)} is not a number of 0 or more.`, [remedy])] };
}
