/** The public result of `slipway prove --json`, version 1. Fields are only ever added, never renamed. */

/** "unknown" where a value is known only after deployment, or the rule is one that the evaluator does not know. */
export type Answer = "yes" | "no" | "unknown";

export interface ProofReport {
  readonly version: 1;
  /** The shipped questions, and those that were asked on the command line. */
  readonly questions: readonly AnsweredQuestion[];
  /** Every way from one application or environment into another one; empty for a sound platform. */
  readonly paths: readonly AccessPath[];
  /** How many requests were answered to get there; those that no statement mentions are refused without being evaluated. */
  readonly evaluated: number;
}

export interface AnsweredQuestion {
  readonly id: string;
  /** A sentence, such as `Can a job of hello-world read what sso-dashboard built?`. */
  readonly question: string;
  readonly expected: Answer;
  readonly answer: Answer;
  readonly because: readonly DecidingStatement[];
  /** What it was asked for: one request in people's words, the first of those that gave the answer. */
  readonly example: string;
  /** How many requests were answered for it. */
  readonly evaluated: number;
}

/** One statement of one document, and what it did to the answer. */
export interface DecidingStatement {
  /** "" with the urn for what is not in the preview, such as the rights of an account's own administrator. */
  readonly stack: string;
  readonly urn: string;
  /** Property path of the document, such as `policy` or `assumeRolePolicy`. */
  readonly path: string;
  /** The statement's `Sid`, or its number in the document, from 1; "" where the document as a whole decided. */
  readonly statement: string;
  readonly effect: "Allow" | "Deny";
  /** A sentence: what the statement did, and why it matched or did not. */
  readonly reason: string;
  /** The role, bucket, key, repository, topic or account that the document is about. */
  readonly subject: string;
  /** Which of its documents it is, such as `trust` or `policy job`. */
  readonly document: string;
  /** False for a statement that came near without deciding: where nothing allows, those that were nearest. */
  readonly decided: boolean;
}

export interface AccessPath {
  /** A sentence that says who reaches what. */
  readonly summary: string;
  /** "unknown" where it is open only if something that nobody can know is so. */
  readonly answer: "yes" | "unknown";
  readonly from: string;
  readonly to: string;
  readonly steps: readonly AccessStep[];
}

export interface AccessStep {
  /** ARN of the role, or the service's name. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly because: readonly DecidingStatement[];
}
