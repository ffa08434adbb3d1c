/** What the analysis says about a document. */
import type { Statement } from "../document/statement";

/** error: must not be deployed. warning: a reviewer should look. note: worth knowing. */
export type Severity = "error" | "warning" | "note";

export const SEVERITIES: readonly Severity[] = ["note", "warning", "error"];

/** The rules by their names; each has a page in docs/rules/. */
export type RuleName =
  | "readable-policies"
  | "no-wildcard-grants"
  | "no-open-trust"
  | "no-privilege-escalation"
  | "no-broad-managed-policies"
  | "role-reach";

export interface Finding {
  readonly rule: RuleName;
  readonly severity: Severity;
  /** Where in the document, such as `Statement[0].Resource[1]`; `document` for the whole. */
  readonly path: string;
  /** The statement in words: its Sid or number. Absent when the finding is about the whole document. */
  readonly statement?: string;
  /** Index of the statement, by which exceptions find its hash. */
  readonly index?: number;
  /** The value complained of, cut to a readable length. */
  readonly value: string;
  /** Why it matters here, a sentence. */
  readonly reason: string;
  /** What to write instead, a sentence. */
  readonly remedy: string;
  /** The actions concerned, as AWS writes them; what a ratchet compares. */
  readonly actions: readonly string[];
}

/** The whole message: statement, value, why, remedy and the rule's page. */
export function messageOf(finding: Finding): string {
  return `${textOf(finding)} (docs/rules/${finding.rule}.md)`;
}

/** The message without the page, for where the rule is told beside it. */
export function textOf(finding: Finding): string {
  const where = finding.statement === undefined ? finding.path : `${finding.statement}, ${finding.path}`;
  const value = finding.value === "" ? "" : ` ${JSON.stringify(finding.value)}`;
  return `${where}:${value} ${finding.reason} ${finding.remedy}`;
}

/** A value as it is shown: whole if short, else its beginning. */
export function shortened(value: string): string {
  return value.length > 120 ? `${value.slice(0, 117)}...` : value;
}

/** A few names and how many more there are. */
export function namesInShort(names: readonly string[], limit = 5): string {
  const shown = names.slice(0, limit).join(", ");
  return names.length > limit ? `${shown} and ${names.length - limit} more` : shown;
}

/** The parts that all findings of a statement share. */
export function findingAt(
  statement: Statement,
  path: string,
  value: string,
): Pick<Finding, "rule" | "path" | "statement" | "index" | "value"> {
  return {
    rule: "no-wildcard-grants",
    path,
    statement: statementLabel(statement),
    index: statement.index,
    value: shortened(value),
  };
}

/** The statement in words. */
export function statementLabel(statement: Statement): string {
  return statement.sid === undefined
    ? `statement ${statement.index + 1}`
    : `statement "${shortened(statement.sid)}"`;
}
