import { plural } from "../pipelines";
import type { AccessPath, AnsweredQuestion, DecidingStatement, ProofReport } from "./report";

/** How many ways are listed: a comment of a pull request has a longest length. */
const listedPaths = 20;

/** The proof for a pull request: what differs first, then a count. */
export function renderProofMarkdown(report: ProofReport, coverage: string): string {
  const { questions } = report;
  const differing = questions.filter(({ answer, expected }) => answer !== expected);
  return rendered([
    ...summary(report, differing.length, coverage),
    "",
    ...differing.flatMap(questionLines),
    ...pathLines(report.paths),
  ]);
}

/** Answers to questions of one's own. */
export function renderAnswersMarkdown(questions: readonly AnsweredQuestion[]): string {
  return rendered(questions.flatMap(questionLines));
}

function rendered(lines: readonly string[]): string {
  return `${["## Who can reach what", "", ...lines].join("\n").trimEnd()}\n`;
}

function pathLines(paths: readonly AccessPath[]): string[] {
  return [
    ...paths
      .slice(0, listedPaths)
      .flatMap(({ summary: sentence, steps }) => [
        `- **${escaped(sentence)}**`,
        ...steps.flatMap(({ action, resource, because }) => [
          `  - \`${action}\` on \`${resource}\``,
          ...because.map((statement) => `    - ${statementText(statement)}`),
        ]),
      ]),
    ...(paths.length > listedPaths ? [`- and ${String(paths.length - listedPaths)} more`] : []),
  ];
}

function summary(
  { questions, paths, evaluated }: ProofReport,
  differing: number,
  coverage: string,
): string[] {
  return [
    differing === 0
      ? `All ${plural(questions.length, "answer")} are as expected.`
      : `**${String(differing)} of ${plural(questions.length, "answer")} ${differing === 1 ? "is" : "are"} not as expected.**`,
    paths.length === 0
      ? "No way leads from one application or environment into another, nor in from outside."
      : `**${plural(paths.length, "way")} ${paths.length === 1 ? "leads" : "lead"} from one application or environment into another, or in from outside.**`,
    `${evaluated.toLocaleString("en-US")} requests were answered. ${coverage}`,
  ];
}

function questionLines({ question, answer, expected, example, because }: AnsweredQuestion): string[] {
  const verdict = answer === expected ? answer : `${answer}, not ${expected}`;
  return [
    `- ${escaped(question)} **${verdict}**${example === "" ? "" : ` (${escaped(example)})`}`,
    ...because.map((statement) => `  - ${statementText(statement)}`),
  ];
}

function statementText({ stack, subject, document, statement, reason }: DecidingStatement): string {
  const place = [stack, subject, document, statement]
    .filter((part) => part !== "")
    .map((part) => `\`${part}\``);
  return `${place.join(" · ")}: ${escaped(reason)}`;
}

/** What stands in policies may hold characters that mean something in Markdown. */
function escaped(text: string): string {
  return text.replaceAll(/[*_`<>|[\]\\]/g, "\\$&");
}
