/** Checks one document from anywhere: what `slipway check-policy` does to each file. Pure. */
import { actionsMatching } from "../aws/action-table";
import { contextOf, type Context, type DocumentKind } from "../document/context";
import { readDocument } from "../document/read-document";
import { messageOf, SEVERITIES, type Finding, type RuleName, type Severity } from "../judge/findings";
import { judgeDocument } from "../judge/judge-document";
import { locateFindings, type LocatedFinding } from "../judge/located-finding";

/** One finding in the public form of `--json`. */
export interface ReportedFinding {
  readonly rule: RuleName;
  readonly severity: Severity;
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

/** What a check says about one file. */
export interface CheckedDocument {
  readonly file: string;
  readonly findings: readonly ReportedFinding[];
  /** Why the file could not be opened, or null. */
  readonly error: string | null;
}

export interface CheckOptions {
  /** Absent: told from the document itself. */
  readonly kind?: DocumentKind | undefined;
  readonly service?: string | undefined;
  readonly account?: string | undefined;
}

/** Judges a document's text; the gravest findings come first. */
export function checkDocument(text: string, options: CheckOptions): LocatedFinding[] {
  const { findings, document } = judgeDocument(text, contextFor(text, options));
  return locateFindings(findings, document).sort((left, right) => rank(right.finding) - rank(left.finding));
}

function rank({ severity }: Finding): number {
  return SEVERITIES.indexOf(severity);
}

/** A finding in its public form. */
export function reportedFinding({ finding }: LocatedFinding): ReportedFinding {
  const { rule, severity, path, remedy } = finding;
  return { rule, severity, path, message: messageOf(finding), remedy };
}

function contextFor(text: string, { kind, service, account }: CheckOptions): Context {
  const told = kind ?? (service === undefined ? documentKind(text) : "resource");
  return { ...contextOf(told, told === "resource" ? (service ?? serviceOf(text)) : undefined), account };
}

/** A document with principals is a trust policy if it lets roles be assumed, else a resource policy. */
function documentKind(text: string): DocumentKind {
  const { statements } = readDocument(text);
  if (!statements.some(({ hasPrincipal }) => hasPrincipal)) return "identity";
  const assumes = statements.some(
    ({ actions, hasResource }) => !hasResource && actions.some(({ value }) => /^sts:/i.test(value)),
  );
  return assumes ? "trust" : "resource";
}

/** The one service whose actions a resource policy names, if it is one. */
function serviceOf(text: string): string | undefined {
  const actions = readDocument(text).statements.flatMap((statement) => statement.actions);
  const services = new Set(
    actions.flatMap(({ value }) => actionsMatching(value).map((action) => action.service)),
  );
  return services.size === 1 ? [...services][0] : undefined;
}
