import { createColors } from "picocolors";
import { plural } from "../pipelines";
import { wrap } from "../text";
import type { AccessPath, Answer, AnsweredQuestion, DecidingStatement, ProofReport } from "./report";
import { byTopic, type TopicQuestion } from "./topics";

interface Pen extends ReturnType<typeof createColors> {
  readonly width: number;
}

interface View {
  readonly width: number;
  readonly color: boolean;
  /** Every answer with its statements, not only what differs. */
  readonly verbose: boolean;
}

/** The proof for people at a terminal. */
export function renderProof(report: ProofReport, coverage: string, { width, color, verbose }: View): string {
  const pen: Pen = { ...createColors(color), width: Math.max(60, Math.min(width, 120)) };
  const differing = report.questions.filter(({ answer, expected }) => answer !== expected);
  const sections = [
    summaryLines(report, differing.length, coverage, pen),
    ...differing.map((question) => questionLines(question, pen)),
    ...pathSections(report.paths, pen),
    ...(verbose ? verboseSections(report, pen) : topicSections(report, pen)),
    verbose
      ? []
      : wrap("--verbose shows the statement behind each answer, --json everything.", pen.width).map(pen.dim),
  ];
  return join(sections);
}

/**
 * Answers to questions of one's own, each with its statements.
 * @param isJudged whether somebody said what is expected of the first; an answer is neither good nor bad by itself
 */
export function renderAnswers(
  questions: readonly AnsweredQuestion[],
  isJudged: boolean,
  { width, color }: View,
): string {
  const pen: Pen = { ...createColors(color), width: Math.max(60, Math.min(width, 120)) };
  return join(questions.map((question, index) => questionLines(question, pen, isJudged && index === 0)));
}

function join(sections: readonly (readonly string[])[]): string {
  const texts = sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${texts.join("\n\n")}\n`;
}

function summaryLines(
  { questions, paths, evaluated }: ProofReport,
  differing: number,
  coverage: string,
  pen: Pen,
): string[] {
  const count = evaluated.toLocaleString("en-US");
  const answers =
    differing === 0
      ? pen.green(`✓ All ${plural(questions.length, "answer")} are as expected.`)
      : pen.red(
          `✗ ${String(differing)} of ${plural(questions.length, "answer")} ${differing === 1 ? "is" : "are"} not as expected.`,
        );
  const ways =
    paths.length === 0
      ? pen.green("✓ No way leads from one application or environment into another, nor in from outside.")
      : pen.red(
          `✗ ${plural(paths.length, "way")} ${paths.length === 1 ? "leads" : "lead"} from one application or environment into another, or in from outside.`,
        );
  return [
    pen.bold("Who can reach what, before anything is deployed"),
    answers,
    ways,
    ...wrap(`${count} requests were answered. ${coverage}`, pen.width, "  ").map(pen.dim),
  ];
}

/** How many ways are drawn: a hole in a shared document opens hundreds of the same kind. */
const drawnPaths = 5;

function pathSections(paths: readonly AccessPath[], pen: Pen): string[][] {
  if (paths.length === 0) return [];
  const drawn = paths.slice(0, drawnPaths).map((path) => pathLines(path, pen));
  const rest = paths
    .slice(drawnPaths, 4 * drawnPaths)
    .flatMap(({ summary }) => wrap(`✗ ${summary}`, pen.width, "  "));
  const hidden = paths.length - 4 * drawnPaths;
  const more = hidden > 0 ? [pen.dim(`  … and ${String(hidden)} more; --json has them all.`)] : [];
  return [...drawn, [...rest, ...more]];
}

function pathLines({ summary, steps }: AccessPath, pen: Pen): string[] {
  return [
    ...wrap(`✗ ${summary}`, pen.width).map(pen.red),
    ...steps.flatMap(({ action, resource, because }, index) => [
      ...wrap(`${String(index + 1)}. ${action} on ${resource}`, pen.width, "  "),
      ...because.flatMap((statement) => statementLines(statement, pen, "     ")),
    ]),
  ];
}

function topicSections({ questions }: ProofReport, pen: Pen): string[][] {
  return byTopic(questions).map(({ title, questions: asked }) => [
    pen.bold(title),
    ...asked.flatMap((question) => groupLines(question, pen)),
  ]);
}

/** One line for a question that was asked for every application or environment. */
function groupLines({ sentence, answered, differing }: TopicQuestion, pen: Pen): string[] {
  const [first] = differing.length > 0 ? differing : answered;
  const counted =
    differing.length > 0
      ? `${String(differing.length)} of ${String(answered.length)}`
      : String(answered.length);
  const times = answered.length === 1 ? "" : ` (${counted} ×)`;
  const mark = markOf(first?.answer ?? "unknown", differing.length === 0, pen);
  const [line = "", ...more] = wrap(sentence + times, pen.width - markWidth - 2);
  return [`  ${mark}${line}`, ...more.map((text) => `  ${" ".repeat(markWidth)}${text}`)];
}

const markWidth = 11;

function markOf(answer: Answer, isExpected: boolean, pen: Pen): string {
  const text = `${isExpected ? "✓" : "✗"} ${answer}`.padEnd(markWidth);
  return isExpected ? pen.green(text) : pen.red(text);
}

/** Every answer with its statements, under its topic. */
function verboseSections({ questions }: ProofReport, pen: Pen): string[][] {
  return byTopic(questions).flatMap(({ title, questions: asked }) => [
    [pen.bold(title)],
    ...asked.flatMap(({ answered }) => answered.map((question) => questionLines(question, pen))),
  ]);
}

function questionLines(
  { question, expected, answer, example, because }: AnsweredQuestion,
  pen: Pen,
  isJudged = true,
): string[] {
  const isExpected = answer === expected;
  const verdict = isExpected ? answer : `${answer}, not ${expected}`;
  const paint = isJudged ? (isExpected ? pen.green : pen.red) : pen.bold;
  const mark = isJudged ? (isExpected ? "✓ " : "✗ ") : "";
  const [first = "", ...more] = wrap(`${question} ${verdict}`, pen.width - 4);
  return [
    paint(mark + first),
    ...more.map((line) => paint(`  ${line}`)),
    ...(example === "" ? [] : wrap(example, pen.width, "    ").map(pen.dim)),
    ...because.flatMap((statement) => statementLines(statement, pen, "    ")),
  ];
}

/** `dev · CICDCrossAccountRole · trust · SourceIdentityForTheTrail: …` */
function statementLines(
  { stack, subject, document, statement, reason }: DecidingStatement,
  pen: Pen,
  indent: string,
): string[] {
  const place = [stack, subject, document, statement].filter((part) => part !== "").join(" · ");
  return [...wrap(place, pen.width, indent), ...wrap(reason, pen.width, `${indent}  `).map(pen.dim)];
}
