import { Command, Option } from "commander";
import { problem, type Checked } from "../input/problem";
import { didYouMean, quote } from "../input/wording";
import type { PreviewDocument } from "../preview/preview-document";
import { coverageOf } from "../reports/proof/coverage";
import { estateOf } from "../reports/proof/estate";
import { graphOf } from "../reports/proof/graph";
import { renderAnswersMarkdown, renderProofMarkdown } from "../reports/proof/markdown";
import { canRole, whoCan, type OwnQuestion } from "../reports/proof/own-question";
import { proofOf } from "../reports/proof/proof";
import type { Answer, AnsweredQuestion, ProofReport } from "../reports/proof/report";
import { Inquiry } from "../reports/proof/session";
import { renderAnswers, renderProof } from "../reports/proof/terminal";
import { viewOf } from "./color";
import { documentOf } from "./preview-input";
import { findResource, findRole, forms, readQuestion, type AskedQuestion } from "./prove-input";
import { projectOptions, type ProjectArguments } from "./run-preview";
import { readSavedPreview } from "./saved-output";
import { problemsOf, refuse, valueOf } from "./wrong-input";

interface ProveArguments extends ProjectArguments {
  readonly preview?: string;
  readonly json?: true;
  readonly markdown?: true;
  readonly verbose?: true;
  readonly expect?: Answer;
}

const EXAMPLES = `
Examples:
  $ slipway prove                               the shipped questions, and every way across
  $ slipway prove --verbose                     the same, with the statements behind each answer
  $ slipway prove can hello-world-test ecr:PutImage slipway/backend-flask
  $ slipway prove can hello-world-deploy-dev sts:AssumeRole prod/CICDCrossAccountRole \\
      with aws:RequestTag/Application=hello-world aws:RequestTag/DeploymentKind=serverless
  $ slipway prove who codepipeline:UpdatePipeline hello-world-main --expect no

Names are those of roles and of what the platform makes; ARNs will do as well. A condition key that is not given counts as not
known, so the answer may be "unknown". What the proof does not cover: docs/guides/prove.md.

Exit status: 0 all as expected, 1 an answer differs or a way across exists, 2 the input is wrong, 3 an internal error.`;

const DIFFERS = 1;

/** `slipway prove`. */
export function proveCommand(): Command {
  return projectOptions(
    new Command("prove")
      .description("Prove from all stacks together who can reach what. Needs no credential.")
      .argument(
        "[question...]",
        "can ROLE ACTION RESOURCE [with KEY=VALUE …] or who ACTION RESOURCE [with …]",
      ),
  )
    .option("--preview <file>", "an output of slipway preview --json instead of a new preview")
    .addOption(new Option("--json", "print one JSON document").conflicts("markdown"))
    .option("--markdown", "print Markdown for a pull request")
    .option("--verbose", "show the statements behind each answer")
    .addOption(
      new Option("--expect <answer>", "end with status 1 unless this is the answer to your question").choices(
        ["yes", "no", "unknown"],
      ),
    )
    .addHelpText("after", EXAMPLES)
    .action(run);
}

async function run(words: readonly string[], options: ProveArguments): Promise<void> {
  const asked = words.length === 0 ? undefined : readQuestion(words);
  const saved = options.preview === undefined ? undefined : readSavedPreview(options.preview);
  const stray =
    words.length === 0 && options.expect !== undefined
      ? [problem("--expect is about a question of your own, and there is none.", [forms])]
      : [];
  const problems = [...[asked, saved].flatMap(problemsOf), ...stray];
  if (problems.length > 0) {
    refuse(problems);
    return;
  }
  // One stack's roles are owned by what the others say, so a new preview is of all of them.
  const document = await documentOf({ ...options, stack: [] }, valueOf(saved));
  if (document === undefined) return;
  const chosen = chooseStacks(document, options.stack ?? []);
  const question = valueOf(asked);
  const report: Checked<ProofReport> =
    "problems" in chosen
      ? chosen
      : question === undefined
        ? { value: proofOf(chosen.value) }
        : answerOwn(chosen.value, question, options.expect);
  if ("problems" in report) {
    refuse(report.problems);
    return;
  }
  process.stdout.write(rendered(report.value, options, question !== undefined, coverage(document, options)));
  const { questions, paths } = report.value;
  const isExpected = questions.every(({ answer, expected }) => answer === expected);
  process.exitCode = isExpected && paths.length === 0 ? 0 : DIFFERS;
}

function chooseStacks(document: PreviewDocument, names: readonly string[]): Checked<PreviewDocument> {
  const all = document.stacks.map(({ name }) => name);
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    return {
      problems: unknown.map((name) => problem(`There is no stack ${quote(name)}.`, didYouMean(name, all))),
    };
  }
  if (names.length === 0) return { value: document };
  return { value: { ...document, stacks: document.stacks.filter(({ name }) => names.includes(name)) } };
}

function coverage(document: PreviewDocument, { stack = [] }: ProveArguments): string {
  const isChosen = ({ name }: { readonly name: string }): boolean =>
    stack.length === 0 || stack.includes(name);
  const leftOut = document.stacks.filter((one) => !isChosen(one)).map(({ name }) => name);
  return coverageOf({ ...document, stacks: document.stacks.filter(isChosen) }, leftOut);
}

function rendered(report: ProofReport, options: ProveArguments, isOwn: boolean, covered: string): string {
  if (options.json === true) return `${JSON.stringify(report, undefined, 2)}\n`;
  if (options.markdown === true) {
    return isOwn ? renderAnswersMarkdown(report.questions) : renderProofMarkdown(report, covered);
  }
  const view = { ...viewOf(process.stdout), verbose: options.verbose === true };
  if (isOwn) return renderAnswers(report.questions, options.expect !== undefined, view);
  return renderProof(report, covered, view);
}

function answerOwn(
  document: PreviewDocument,
  asked: AskedQuestion,
  expected: Answer | undefined,
): Checked<ProofReport> {
  const graph = graphOf(document);
  const estate = estateOf(graph);
  const inquiry = new Inquiry(graph);
  const resource = findResource(estate, asked.action, asked.resource);
  const role = asked.kind === "can" ? findRole(graph, asked.role) : undefined;
  const problems = [role, resource].flatMap(problemsOf);
  if (problems.length > 0 || "problems" in resource) return { problems };
  const { action, context } = asked;
  const question: OwnQuestion = { action, resource: resource.value, context, ...(expected && { expected }) };
  const asker = valueOf(role);
  const questions: AnsweredQuestion[] =
    asker === undefined ? whoCan(inquiry, estate, question) : [canRole(inquiry, asker, question)];
  return { value: { version: 1, questions, paths: [], evaluated: inquiry.evaluated } };
}
