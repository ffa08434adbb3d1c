/** Findings with what an exception of them is bound to. */
import { statementHash, textHash } from "../document/fingerprint";
import type { PolicyDocument } from "../document/statement";
import type { Finding } from "./findings";

export interface LocatedFinding {
  readonly finding: Finding;
  /** The property of the resource that the finding is about; for a document alone, the finding's own path. */
  readonly property: string;
  /** The hash that an exception of the finding is bound to: of the statement, or of the value if there is none. */
  readonly hash: string;
}

/** The findings about one document with their hashes; without a property, each stands at its own path. */
export function locateFindings(
  findings: readonly Finding[],
  { statements }: PolicyDocument,
  property?: string,
): LocatedFinding[] {
  const hashes = new Map(statements.map((statement) => [statement.index, statementHash(statement)]));
  return findings.map((finding) => ({
    finding,
    property: property ?? finding.path,
    hash: (finding.index === undefined ? undefined : hashes.get(finding.index)) ?? textHash(finding.value),
  }));
}
