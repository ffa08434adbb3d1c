/** Checks one document from anywhere: what `slipway check-policy` does to each file. Pure. */
import { expand } from "./action-table";
import { contextOf, type Context } from "./context";
import { readDocument } from "./document";
import {
  SEVERITIES,
  message,
  type DocumentKind,
  type Finding,
  type RuleName,
  type Severity,
} from "./findings";
import { statementHash, textHash } from "./fingerprint";
import { judge } from "./judge";
import type { Located } from "./resource-grants";

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
export function checkDocument(text: string, options: CheckOptions): Located[] {
  const { findings, document } = judge(text, contextFor(text, options));
  const hashes = new Map(document.statements.map((statement) => [statement.index, statementHash(statement)]));
  return findings
    .map((finding) => ({
      finding,
      property: finding.path,
      hash: (finding.index === undefined ? undefined : hashes.get(finding.index)) ?? textHash(finding.value),
    }))
    .sort((left, right) => rank(right.finding) - rank(left.finding));
}

function rank({ severity }: Finding): number {
  return SEVERITIES.indexOf(severity);
}

/** A finding in its public form. */
export function reported({ finding }: Located): ReportedFinding {
  const { rule, severity, path, remedy } = finding;
  return { rule, severity, path, message: message(finding), remedy };
}

function contextFor(text: string, { kind, service, account }: CheckOptions): Context {
  const told = kind ?? (service === undefined ? kindOf(text) : "resource");
  return { ...contextOf(told, told === "resource" ? (service ?? serviceOf(text)) : undefined), account };
}

/** A document with principals is a trust policy if it lets roles be assumed, else a resource policy. */
function kindOf(text: string): DocumentKind {
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
  const services = new Set(actions.flatMap(({ value }) => expand(value).map((action) => action.service)));
  return services.size === 1 ? [...services][0] : undefined;
}
