/** Judges every policy document in a file, in whatever form the file has it. Pure. */
import { actionsMatching } from "../aws/action-table";
import type { Context, DocumentKind } from "../document/context";
import { textHash } from "../document/fingerprint";
import { messageOf, SEVERITIES, type Finding, type RuleName, type Severity } from "../judge/findings";
import { judgeDocument } from "../judge/judge-document";
import { locateFindings, type LocatedFinding } from "../judge/located-finding";
import { documentsIn, judgeGrants } from "../judge/resource-grants";
import { ACCOUNT_VARIABLE, ANY_ACCOUNT, Intrinsics } from "./intrinsics";
import { accountOfArn, decodedPolicy, policiesIn, statementsOf, type FoundDocument } from "./policies-in";
import { grantsIn, type FoundResource } from "./resources-in";
import { isFields, stepsOf, type Source, type Unreadable } from "./source";

/** One finding in the public form of `--json`. */
export interface ReportedFinding {
  readonly rule: RuleName;
  readonly severity: Severity;
  readonly path: string;
  /** Counted from one. */
  readonly line: number;
  readonly message: string;
  readonly remedy: string;
}

/** A finding and what exceptions, the baseline and people need of it. */
export interface CheckedFinding {
  readonly located: LocatedFinding;
  readonly line: number;
}

/** What is judged as one: a document, or a grant that a resource makes without one. */
export interface CheckedGrant {
  /** What the file calls it; null if it is the whole file. */
  readonly name: string | null;
  readonly line: number;
  /** The gravest come first. */
  readonly findings: readonly CheckedFinding[];
  /** Paths of values that the file does not tell. */
  readonly unknowns: readonly string[];
}

export interface CheckOptions {
  /** Absent: told from the document itself. */
  readonly kind?: DocumentKind | undefined;
  readonly service?: string | undefined;
  /** Absent: taken from the ARNs. */
  readonly account?: string | undefined;
}

/** Judges all grants of a template, plan or state, and all documents of any other file; there may be none. */
export function checkSource(source: Source, options: CheckOptions): CheckedGrant[] {
  const { value, lines } = source;
  if (isWholeDocument(value)) return [checkWhole(source, options)];
  const found = grantsIn(value, lines, options.account);
  // A piece of a template may stand in any file.
  const intrinsics = new Intrinsics(lines, options.account);
  const documents =
    found?.documents ??
    policiesIn(value, lines).map((document) => ({ ...document, value: intrinsics.resolve(document.value) }));
  return [
    ...(found?.resources ?? []).flatMap((resource) => checkResource(resource, source, options)),
    ...documents.map((document) => checkFound(document, source, options)),
    ...hiddenResources(source),
  ].sort((left, right) => left.line - right.line);
}

/** Judges the file as one document, whatever it holds. */
export function checkWhole(source: Source, options: CheckOptions): CheckedGrant {
  return checkFound({ name: null, line: 1, value: source.value }, source, options);
}

/** Whether the file is a template, a plan or a state, which may well hold no grant. */
export function holdsResources({ value, lines }: Source): boolean {
  return grantsIn(value, lines, undefined) !== undefined;
}

/** A file that cannot be read is a finding, since nobody can tell what it grants. */
export function unreadableFile({ problem, line }: Unreadable): CheckedGrant {
  const finding = unreadable(problem, line, "Correct it, or leave the file out.");
  return { name: null, line: 1, findings: [finding], unknowns: [] };
}

function unreadable(problem: string, line: number, remedy: string): CheckedFinding {
  const finding: Finding = {
    rule: "readable-policies",
    severity: "error",
    path: "document",
    value: "",
    reason: `${problem}, so what it grants cannot be told.`,
    remedy,
    actions: [],
  };
  return { located: { finding, property: "document", hash: textHash("") }, line };
}

function isWholeDocument(value: unknown): boolean {
  return isFields(value) && Object.keys(value).some((key) => key.toLowerCase() === "statement");
}

function checkFound(found: FoundDocument, source: Source, options: CheckOptions): CheckedGrant {
  const { name, line, value } = found;
  const { findings, unknowns, document } = judgeDocument(value, contextFor(found, options));
  const located = locateFindings(findings, document, "document");
  return {
    name,
    line,
    findings: gravestFirst([
      ...repeatedKeys(value, source),
      ...located.map((one) => ({
        located: one,
        line: source.lines.at(value, stepsOf(one.finding.path), line),
      })),
    ]),
    unknowns,
  };
}

function gravestFirst(findings: readonly CheckedFinding[]): CheckedFinding[] {
  const rank = ({ located }: CheckedFinding): number => SEVERITIES.indexOf(located.finding.severity);
  return [...findings].sort((left, right) => rank(right) - rank(left));
}

/** One entry for each document of the resource, and for each other grant that has findings. */
function checkResource(resource: FoundResource, source: Source, options: CheckOptions): CheckedGrant[] {
  const { name, line, type, properties, spelled } = resource;
  const account = options.account ?? accountFor(properties, resource.account);
  const { located, unknowns } = judgeGrants(type, properties, { account, accounts: [], organizations: [] });
  const documents = documentsIn(type, properties);
  const places = new Set([
    ...documents.map(({ property }) => property),
    ...located.map(({ property }) => property),
  ]);
  return [...places].map((property) => {
    const steps = stepsOf(property);
    const value = documents.find((document) => document.property === property)?.value;
    return {
      name: property === "grant" ? name : `${name} ${spelled(property)}`,
      line: source.lines.at(properties, steps, line),
      findings: gravestFirst([
        ...repeatedKeys(value, source),
        ...located
          .filter((one) => one.property === property)
          .map((one) => {
            const inside = one.finding.path === property ? [] : stepsOf(one.finding.path);
            return { located: one, line: source.lines.at(properties, [...steps, ...inside], line) };
          }),
      ]),
      unknowns: unknowns
        .filter((path) => path === property || path.startsWith(`${property}.`))
        .map((path) => (path === property ? "document" : path.slice(property.length + 1))),
    };
  });
}

/** JSON keeps the last of two equal keys in silence, which hides a grant from whoever reads the first one. */
function repeatedKeys(value: unknown, { repeatedKeys: all }: Source): CheckedFinding[] {
  if (all.length === 0) return [];
  const inside = new Set<object>();
  const visit = (part: unknown): void => {
    if (typeof part !== "object" || part === null) return;
    inside.add(part);
    Object.values(part).forEach(visit);
  };
  visit(value);
  return all
    .filter(({ container }) => inside.has(container))
    .map(({ key, line }) => unreadable(`has the key ${shownKey(key)} twice in one object`, line, WRITE_ONCE));
}

/** Two resources of one logical id: the file holds only the last of them. */
function hiddenResources({ value, repeatedKeys: all }: Source): CheckedGrant[] {
  const resources = isFields(value) ? value["Resources"] : undefined;
  return all
    .filter(({ container }) => container === resources)
    .map(({ key, line }) => ({
      name: key,
      line,
      findings: [unreadable(`has the resource ${shownKey(key)} twice`, line, WRITE_ONCE)],
      unknowns: [],
    }));
}

const WRITE_ONCE = "Write each name once.";

function shownKey(key: string): string {
  return JSON.stringify(key.slice(0, 64));
}

function contextFor(found: FoundDocument, options: CheckOptions): Context {
  const { value } = found;
  const statements = statementsOf(typeof value === "string" ? parsed(value) : value).filter(isFields);
  const kind =
    options.kind ?? (options.service === undefined ? (found.kind ?? kindOf(statements)) : "resource");
  const isResource = kind === "resource";
  return {
    kind,
    service: isResource ? (options.service?.toLowerCase() ?? serviceOf(statements)) : undefined,
    account: options.account ?? accountFor(statements, found.account, isResource),
    accounts: [],
    organizations: [],
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(decodedPolicy(text));
  } catch {
    return undefined;
  }
}

/** An element of a statement, which may be written in any case, as a list. */
function element(statement: Readonly<Record<string, unknown>>, name: string): readonly unknown[] {
  const [, value] = Object.entries(statement).find(([key]) => key.toLowerCase() === name) ?? [];
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** A document with principals is a trust policy if it lets roles be assumed, else a resource policy. */
function kindOf(statements: readonly Readonly<Record<string, unknown>>[]): DocumentKind {
  const has = (statement: Readonly<Record<string, unknown>>, name: string): boolean =>
    element(statement, name).length > 0;
  if (!statements.some((one) => has(one, "principal") || has(one, "notprincipal"))) return "identity";
  const assumes = statements.some(
    (one) =>
      !has(one, "resource") &&
      !has(one, "notresource") &&
      element(one, "action").some((action) => /^\s*sts:/i.test(String(action))),
  );
  return assumes ? "trust" : "resource";
}

/** The one service whose actions a resource policy names, if it is one. */
function serviceOf(statements: readonly Readonly<Record<string, unknown>>[]): string | undefined {
  const names = statements.flatMap((one) => [...element(one, "action"), ...element(one, "notaction")]);
  const texts = names.filter((name) => typeof name === "string");
  const services = new Set(
    texts.flatMap((name) => actionsMatching(name.trim()).map(({ service }) => service)),
  );
  return services.size === 1 ? [...services][0] : undefined;
}

/**
 * The account that a document is for, as far as its file tells: a template's own; that of the ARN of what it belongs to;
 * for a resource policy, the one account of the resources that it names, as it can only be about its own.
 */
function accountFor(value: unknown, named: string | undefined, isResource = false): string | undefined {
  if (JSON.stringify(value ?? null).includes(ANY_ACCOUNT)) return ANY_ACCOUNT;
  if (named !== undefined || !isResource || !Array.isArray(value)) return named;
  const accounts = new Set(
    value.filter(isFields).flatMap((one) => element(one, "resource").map(accountOfArn)),
  );
  accounts.delete(undefined);
  return accounts.size === 1 ? [...accounts][0] : undefined;
}

/** A finding in its public form. */
export function reportedFinding({ located, line }: CheckedFinding): ReportedFinding {
  const { finding } = located;
  const { rule, severity, path } = finding;
  return {
    rule,
    severity,
    path,
    line,
    message: shownText(messageOf(finding)),
    remedy: shownText(finding.remedy),
  };
}

/** A text in which the account of a template is written as the template writes it. */
export function shownText(text: string): string {
  return text.replaceAll(ANY_ACCOUNT, ACCOUNT_VARIABLE);
}
