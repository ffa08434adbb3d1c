import { Command, Option } from "commander";
import { compareCosts } from "../reports/cost/compare";
import { costOf } from "../reports/cost/cost";
import { renderCostJson } from "../reports/cost/json";
import { renderCostMarkdown } from "../reports/cost/markdown";
import { money } from "../reports/cost/money";
import { renderCost } from "../reports/cost/terminal";
import { viewOf } from "./color";
import { readAmount, readAssumptions, type AssumptionArguments } from "./cost-input";
import { documentOf } from "./preview-input";
import { collect, projectOptions, type ProjectArguments } from "./run-preview";
import { readFormerReport, readSavedPreview } from "./saved-output";
import { problemsOf, refuse, valueOf } from "./wrong-input";

interface CostArguments extends ProjectArguments, AssumptionArguments {
  readonly preview?: string;
  readonly json?: true;
  readonly markdown?: true;
  readonly base?: string;
  readonly failOver?: string;
}

const EXAMPLES = `
Examples:
  $ slipway cost                                       for people
  $ slipway cost --releases-per-day 5 --set testMinutes=3,8,20
  $ slipway cost --json > base.json                    on the main branch, then on another:
  $ slipway cost --base base.json --markdown           what a pull request changes
  $ slipway cost --fail-over 200                       for a budget

Exit status: 0 told, 1 more than --fail-over allows, 2 the input is wrong, 3 an internal error.`;

const OVER = 1;

/** `slipway cost`. */
export function costCommand(): Command {
  return projectOptions(
    new Command("cost").description(
      "Tell what all stacks will cost a month, before anything is deployed. Needs no credential.",
    ),
  )
    .option("--preview <file>", "an output of slipway preview --json instead of a new preview")
    .option("--releases-per-day <number>", "releases of each pipeline on a working day")
    .option("--set <name=value>", "another assumption; may be given more than once", collect)
    .option("--assume <file>", "YAML file with assumptions")
    .addOption(new Option("--json", "print one JSON document").conflicts("markdown"))
    .option("--markdown", "print Markdown for a pull request")
    .option("--base <file>", "an output of slipway cost --json to compare with")
    .option("--fail-over <usd>", "end with status 1 when more is expected a month")
    .addHelpText("after", EXAMPLES)
    .action(run);
}

async function run(options: CostArguments): Promise<void> {
  const assumed = readAssumptions(options);
  const base = options.base === undefined ? undefined : readFormerReport(options.base);
  const limit = options.failOver === undefined ? undefined : readAmount(options.failOver, "--fail-over");
  const saved = options.preview === undefined ? undefined : readSavedPreview(options.preview);
  const problems = [assumed, base, limit, saved].flatMap(problemsOf);
  if (problems.length > 0 || "problems" in assumed) {
    refuse(problems);
    return;
  }
  const document = await documentOf(options, valueOf(saved));
  if (document === undefined) return;
  const report = costOf(document, assumed.value);
  const former = valueOf(base);
  const comparison = former === undefined ? undefined : compareCosts(former, report);
  if (options.json === true) process.stdout.write(renderCostJson(report, comparison));
  else if (options.markdown === true) process.stdout.write(renderCostMarkdown(report, comparison));
  else {
    process.stdout.write(renderCost(report, viewOf(process.stdout), comparison));
  }
  const most = valueOf(limit);
  if (most === undefined || report.total.expected <= most) return;
  process.exitCode = OVER;
  const sum = money(report.total.expected);
  process.stderr.write(
    `error: ≈ ${sum} USD a month is more than the ${money(most)} that --fail-over allows.\n`,
  );
}
