import { Command, Option } from "commander";
import { problem } from "../input/problem";
import { didYouMean, nearest, quote } from "../input/wording";
import type { PreviewDocument } from "../preview/preview-document";
import { choose, type Explanations } from "../reports/explain/choose";
import { renderExplanationMarkdown } from "../reports/explain/markdown";
import { explainPipelines } from "../reports/explain/pipelines";
import { explainRoles } from "../reports/explain/roles";
import { explainStatements } from "../reports/explain/statement";
import { renderExplanation } from "../reports/explain/terminal";
import { viewOf } from "./color";
import { documentOf } from "./preview-input";
import { projectOptions, type ProjectArguments } from "./run-preview";
import { readSavedPreview } from "./saved-output";
import { readSources } from "./sources";
import { problemsOf, refuse, valueOf } from "./wrong-input";

interface ExplainArguments extends ProjectArguments {
  readonly preview?: string;
  readonly json?: true;
  readonly markdown?: true;
}

const EXAMPLES = `
Examples:
  $ slipway explain hello-world-deploy-prod          a role: who takes it, what it may do, what is kept from it
  $ slipway explain hello-world-main                 a pipeline: what starts it, its gates, who approves
  $ slipway explain PassTheDoor                      a statement, by its Sid, wherever it stands
  $ slipway explain CICDCrossAccountRole:PlanOwnStack --stack prod
  $ slipway explain hello-world-main --preview preview.json --markdown

A part of a name will do where it fits one thing only.

Exit status: 0 explained, 2 the input is wrong, 3 an internal error.`;

/** `slipway explain`. */
export function explainCommand(): Command {
  return projectOptions(
    new Command("explain")
      .description(
        "Tell in plain sentences who may do what: a role, a pipeline or a statement. Needs no credential.",
      )
      .argument("<name>", "name of a role or a pipeline, Sid of a statement, or ROLE:SID"),
  )
    .option("--preview <file>", "an output of slipway preview --json instead of a new preview")
    .addOption(new Option("--json", "print one JSON document").conflicts("markdown"))
    .option("--markdown", "print Markdown")
    .addHelpText("after", EXAMPLES)
    .action(run);
}

async function run(name: string, options: ExplainArguments): Promise<void> {
  const saved = options.preview === undefined ? undefined : readSavedPreview(options.preview);
  const problems = problemsOf(saved);
  if (problems.length > 0) {
    refuse(problems);
    return;
  }
  // The pipelines of one stack lead into the others, so the words need all of them.
  const document = await documentOf({ ...options, stack: [] }, valueOf(saved));
  if (document === undefined) return;
  const stacks = options.stack ?? [];
  const unknown = stacks.filter((stack) => !document.stacks.some((candidate) => candidate.name === stack));
  if (unknown.length > 0) {
    const names = document.stacks.map((stack) => stack.name);
    refuse(unknown.map((stack) => problem(`There is no stack ${quote(stack)}.`, didYouMean(stack, names))));
    return;
  }
  const choice = choose(name, explained(document, options.cwd, stacks));
  if ("chosen" in choice) print(choice.chosen, options);
  else if ("several" in choice)
    refuse([problem(`${quote(name)} fits several.`, [`Which one: ${few(choice.several)}.`])]);
  else {
    const near = nearest(name, choice.none);
    const remedies = near === undefined ? [`There are: ${few(choice.none)}.`] : [`Did you mean ${near}?`];
    refuse([problem(`${quote(name)} is no role, no pipeline and no statement of these stacks.`, remedies)]);
  }
}

/** A platform of hundreds of applications has thousands of names. */
function few(names: readonly string[]): string {
  const most = 40;
  const more = names.length - most;
  return names.slice(0, most).join(", ") + (more > 0 ? `, and ${String(more)} more` : "");
}

function explained(document: PreviewDocument, directory: string, stacks: readonly string[]): Explanations {
  const sources = readSources(directory);
  const roles = explainRoles(document, sources);
  const isAsked = ({ stack }: { readonly stack: string }): boolean =>
    stacks.length === 0 || stacks.includes(stack);
  return {
    roles: roles.filter(isAsked),
    pipelines: explainPipelines(document, roles).filter(isAsked),
    statements: explainStatements(document, roles, sources).filter(isAsked),
  };
}

function print(explanations: Explanations, options: ExplainArguments): void {
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify({ version: 1, ...explanations }, null, 2)}\n`);
  } else if (options.markdown === true) process.stdout.write(renderExplanationMarkdown(explanations));
  else process.stdout.write(renderExplanation(explanations, viewOf(process.stdout)));
}
