/**
 * The words with which the pack marks messages that are no plain violations. Pulumi hands on nothing but text, so the
 * mark is the message's beginning: the adapter's side writes it here, and a reader of the messages, such as the
 * offline preview, reads it back here. This file imports nothing, so that a reader loads nothing else of the pack.
 */

/** The marks, and what stands for each at the beginning of a message. */
const PREFIXES = {
  /** A finding that an exception covers. */
  exempted: "exempted: ",
  /** Values that are not known before the update. */
  "not-verifiable": "not verifiable: ",
  /** Breadth that the baseline already had. */
  baseline: "baseline: ",
} as const;

export type Mark = keyof typeof PREFIXES;

export interface MarkedText {
  /** Undefined: the message bears no mark, as those of other packs. */
  readonly mark: Mark | undefined;
  /** The message without the mark. */
  readonly text: string;
}

const MARKS = Object.keys(PREFIXES) as Mark[];

/** The message for a text under a mark. */
export function markedMessage(mark: Mark, text: string): string {
  return `${PREFIXES[mark]}${text}`;
}

/** Reads a message back; one mark is taken off, whatever follows it. */
export function readMessage(message: string): MarkedText {
  const mark = MARKS.find((candidate) => message.startsWith(PREFIXES[candidate]));
  return { mark, text: mark === undefined ? message : message.slice(PREFIXES[mark].length) };
}

const CANNOT_BE_KNOWN = " cannot be known before the update, which will judge it.";

/** The message about properties whose values are not known before the update. */
export function notVerifiableMessage(paths: readonly string[]): string {
  return markedMessage("not-verifiable", `${paths.join(", ")}${CANNOT_BE_KNOWN}`);
}

/** The properties that the text of a `not-verifiable` message names, as one text; "" where it names none. */
export function unknownPathsIn(text: string): string {
  return text.endsWith(CANNOT_BE_KNOWN) ? text.slice(0, -CANNOT_BE_KNOWN.length) : "";
}
