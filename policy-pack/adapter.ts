/**
 * Between Pulumi and the analysis: finds the documents of a resource, has them judged, and reports. Every rule
 * goes through here, so that a resource is judged once however many rules look at it.
 */
import { UnknownValueError, type ReportViolation, type ResourceValidationArgs } from "@pulumi/policy";
import { contextOf } from "./lib/context";
import { UNKNOWN_MARKS } from "./lib/document";
import { message, type Finding, type RuleName, type Severity } from "./lib/findings";
import { judge } from "./lib/judge";
import { DOCUMENT_PLACES, type Place } from "./lib/places";

/** A finding and the property whose document it is about. */
interface Located {
  readonly finding: Finding;
  readonly property: string;
}

interface Judged {
  readonly located: readonly Located[];
  /** Full paths of what is not known yet. */
  readonly unknowns: readonly string[];
}

/** Begins the message of an advisory about values that are not known yet; readers of reports look for it. */
export const NOT_VERIFIABLE = "not verifiable: ";

/** Reports a rule's findings about a resource. An error in the analysis is itself a violation, never a pass. */
export function reportFindings(rule: RuleName, args: ResourceValidationArgs, report: ReportViolation): void {
  let judged: Judged;
  try {
    judged = judgeResource(args);
  } catch (error) {
    if (rule === "readable-policies")
      report(`could not be judged: ${error instanceof Error ? error.name : "error"} in the analysis.`);
    return;
  }
  for (const { finding, property } of judged.located) {
    if (finding.rule !== rule || finding.severity === "note") continue;
    const text = `${property}: ${message(finding)}`;
    // An error has the rule's own level, which pack configuration may set; a warning never blocks.
    if (finding.severity === "error") report({ message: text, severity: PULUMI_SEVERITY.error });
    else report({ message: text, severity: PULUMI_SEVERITY.warning, enforcementLevel: "advisory" });
  }
  if (rule === "readable-policies" && judged.unknowns.length > 0) {
    report({
      message: `${NOT_VERIFIABLE}${judged.unknowns.join(", ")} cannot be known before the update, which will judge it.`,
      enforcementLevel: "advisory",
      severity: "low",
    });
  }
}

const PULUMI_SEVERITY: Readonly<Record<Severity, "high" | "medium" | "low">> = {
  error: "high",
  warning: "medium",
  note: "low",
};

let last: { readonly key: string; readonly judged: Judged } | undefined;

/** Judges every document of a resource; the rules ask one after another, so one answer is kept. */
function judgeResource(args: ResourceValidationArgs): Judged {
  const places = DOCUMENT_PLACES.get(args.type);
  if (places === undefined) return { located: [], unknowns: [] };
  const documents = places.flatMap((place) => find(known(args.props), place));
  const key = JSON.stringify([args.urn, documents]);
  if (last?.key === key) return last.judged;
  const located: Located[] = [];
  const unknowns: string[] = [];
  for (const { value, property, place } of documents) {
    const result = judge(value, contextOf(place.kind, place.service));
    located.push(...result.findings.map((finding) => ({ finding, property })));
    unknowns.push(...result.unknowns.map((path) => (path === "document" ? property : `${property}.${path}`)));
  }
  const judged = { located, unknowns };
  last = { key, judged };
  return judged;
}

interface Found {
  readonly value: unknown;
  readonly property: string;
  readonly place: Place;
}

/** The documents at a place; absent ones are no grant. */
function find(props: unknown, place: Place): Found[] {
  let found: { value: unknown; property: string }[] = [{ value: props, property: "" }];
  for (const step of place.path) found = found.flatMap((at) => descend(at.value, at.property, step));
  return found.map((at) => ({ ...at, place }));
}

function descend(value: unknown, property: string, step: string): { value: unknown; property: string }[] {
  if (typeof value === "string" && UNKNOWN_MARKS.includes(value)) return [{ value, property }];
  if (typeof value !== "object" || value === null) return [];
  if (step === "*") {
    return Object.values(value).map((item: unknown, index) => ({
      value: item,
      property: `${property}[${index}]`,
    }));
  }
  const child = (value as Record<string, unknown>)[step];
  if (child === undefined || child === null || child === "") return [];
  return [{ value: child, property: property === "" ? step : `${property}.${step}` }];
}

/**
 * The properties without Pulumi's proxies, which throw at every value that is not known yet. Such a value
 * becomes Pulumi's own mark for it, so that the rest of the document can still be judged.
 */
function known(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return Object.keys(value).map((key) => known(read(value, key)));
  return Object.fromEntries(Object.keys(value).map((key) => [key, known(read(value, key))]));
}

function read(value: object, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch (error) {
    if (error instanceof UnknownValueError) return UNKNOWN_MARKS[0];
    throw error;
  }
}
