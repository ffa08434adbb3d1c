import readline from "node:readline/promises";
import type { Problem } from "../input/problem";

/** Something to ask of a person at a terminal. */
export interface Question<Answers extends object> {
  readonly key: keyof Answers & string;
  readonly text: string;
  /** What an empty answer means. */
  readonly initial?: string;
  /** Words that are offered; any answer is checked later in any case. */
  readonly choices?: readonly string[];
  /** What the words answer. */
  readonly answer: (words: string) => Partial<Answers>;
  /** An empty answer is one. */
  readonly isOptional?: boolean;
  /** Whether to ask at all, by the answers so far. */
  readonly when?: (answers: Answers) => boolean;
}

export interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Values with commas between. */
export function commaList(words: string): string[] {
  return words
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

type FaultsOf<Answers> = (key: string, answers: Answers) => readonly Problem[];

/**
 * Asks what is not answered yet, in order; an answer with a fault is asked again.
 * @param faultsOf what is wrong with the answer to this question, given all answers so far
 */
export async function ask<Answers extends object>(
  questions: readonly Question<Answers>[],
  given: Answers,
  faultsOf: FaultsOf<Answers>,
  streams: Streams,
): Promise<Answers> {
  const terminal = readline.createInterface(streams);
  const lines = terminal[Symbol.asyncIterator]();
  let answers = given;
  try {
    for (const question of questions) {
      if (answers[question.key] !== undefined || question.when?.(answers) === false) continue;
      answers = await answered(question, answers, faultsOf, lines, streams.output);
    }
  } finally {
    terminal.close();
  }
  return answers;
}

async function answered<Answers extends object>(
  question: Question<Answers>,
  answers: Answers,
  faultsOf: FaultsOf<Answers>,
  lines: AsyncIterator<string>,
  output: NodeJS.WritableStream,
): Promise<Answers> {
  const { key, text, initial, choices = [], isOptional = false } = question;
  const offered = [
    ...(choices.length === 0 ? [] : [`(${choices.join(", ")})`]),
    ...(initial === undefined ? [] : [`[${initial}]`]),
  ];
  for (;;) {
    output.write(`${[text, ...offered].join(" ")}: `);
    const line = await lines.next();
    // The end of the input answers nothing more: what is missing is told afterwards, all at once.
    if (line.done === true) return answers;
    const words = line.value.trim() === "" ? (initial ?? "") : line.value.trim();
    if (words === "" && isOptional) return answers;
    const next = { ...answers, ...question.answer(words) };
    const faults = words === "" ? [{ message: "An answer is wanted." }] : faultsOf(key, next);
    if (faults.length === 0) return next;
    output.write(faults.map(faultText).join(""));
  }
}

function faultText({ message, remedy = "" }: Problem): string {
  return [message, ...remedy.split("\n")]
    .filter((line) => line !== "")
    .map((line) => `  ${line}\n`)
    .join("");
}
