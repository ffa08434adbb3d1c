import type { Json } from "../../preview/preview-document";

/** A role in plain sentences. */
export interface RoleExplanation {
  readonly stack: string;
  readonly urn: string;
  readonly name: string;
  readonly arn: string;
  /** The application that the role was made for, "" for a role of the platform. */
  readonly application: string;
  /** What the role is for, in a sentence. */
  readonly purpose: string;
  /** Who may take it, and under which conditions. */
  readonly enteredBy: readonly string[];
  /** What it may do, and on what. */
  readonly may: readonly string[];
  /** What a boundary, a denial or an organization's policy keeps from it. */
  readonly limits: readonly string[];
  /** The statements that the sentences above tell of, exactly as AWS gets them. */
  readonly statements: readonly StatementExplanation[];
}

/** A statement in plain sentences, and exactly. */
export interface StatementExplanation {
  readonly stack: string;
  /** The resource that carries the document. */
  readonly urn: string;
  /** What the document belongs to, such as `the trust of the role hello-world-test`. */
  readonly document: string;
  /** Property path of the document in its resource. */
  readonly path: string;
  /** The statement's `Sid`, or its number in the document, from 1. */
  readonly statement: string;
  readonly effect: "Allow" | "Deny";
  readonly sentences: readonly string[];
  readonly exact: Json;
  /** The source that writes it, such as `iam/job-role.ts:63`; left out where it is not known. */
  readonly source?: string;
}
