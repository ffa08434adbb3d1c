/** What the analysis knows about a document besides its text. */

/** The kinds of document, which mean different things by the same words. */
export type DocumentKind = "identity" | "trust" | "resource" | "boundary" | "scp";

/** What is known about where a document is deployed. */
export interface Surroundings {
  /** The account that the document is deployed to, where it is known. */
  readonly account?: string | undefined;
  /** Accounts that count as ours besides `account`; empty when the pack was not told. */
  readonly accounts: readonly string[];
  /** Organization ids that count as ours; empty when the pack was not told. */
  readonly organizations: readonly string[];
}

export interface Context extends Surroundings {
  readonly kind: DocumentKind;
  /** The service whose resource the policy stands on, such as `s3` or `kms`; only for kind `resource`. */
  readonly service?: string | undefined;
}

/** A context with nothing known but the kind, and the service of a resource policy. */
export function contextOf(kind: DocumentKind, service?: string): Context {
  return { kind, service, accounts: [], organizations: [] };
}
