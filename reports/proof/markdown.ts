import { plural } from "../pipelines";
import type { AnsweredQuestion, DecidingStatement, ProofReport } from "./report";

/** How many ways are listed: a comment of a pull request has a longest length. */
const listedPaths = 20;

/** The proof for a pull request: what differs first, then a count. */
export function renderProofMarkdown({ questions, paths, evaluated }: ProofReport, isOwn = false): string {
  const differing = questions.filter(({ answer, expected }) => answer !== expected);
  const listed = isOwn ? questions : differing;
  const lines = [
    "## Who can reach what",
    "",
    ...(isOwn ? [] : summary(questions.length, differing.length, paths.length, evaluated)),
    ...listed.flatMap(questionLines),
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
  return `${lines.join("\n")}\n`;
}

function summary(asked: number, differing: number, paths: number, evaluated: number): string[] {
  return [
    differing === 0
      ? `All ${plural(asked, "answer")} are as expected.`
      : `**${String(differing)} of ${plural(asked, "answer")} not as expected.**`,
    paths === 0
      ? "No way leads from one application or environment into another, nor in from outside."
      : `**${plural(paths, "way")} from one application or environment into another, or in from outside.**`,
    `${evaluated.toLocaleString("en-US")} requests were evaluated over all stacks together.`,
    "",
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
