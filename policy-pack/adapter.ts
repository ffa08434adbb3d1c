/**
 * Between Pulumi and the analysis: has the grants of a resource judged, applies exceptions and the baseline, and
 * reports. Every rule goes through here, so that a resource is judged once however many rules look at it.
 */
import {
  UnknownValueError,
  type EnforcementLevel,
  type ReportViolation,
  type ResourceValidationArgs,
} from "@pulumi/policy";
import { UNKNOWN_MARKS } from "./lib/document";
import { exemptionFor, isExpired, urnParts, type Exemption } from "./lib/exemptions";
import { message, type RuleName } from "./lib/findings";
import { canGrant, judgeGrants, type Located, type ResourceGrants } from "./lib/resource-grants";
import { matches } from "./lib/wildcard";
import { settings } from "./options";
import { send, type Violation } from "./report";

/** Begins the message of an advisory about values that are not known yet; reports look for it. */
const NOT_VERIFIABLE = "not verifiable: ";
/** Begins the message of an advisory about a finding that an exception covers; reports look for it. */
const EXEMPTED = "exempted: ";
/** Begins the message of an advisory about breadth that the baseline already had. */
const BASELINE = "baseline: ";

/** The exceptions that covered a finding so far. */
const used = new Set<Exemption>();

/** Whether an exception has covered a finding of this run. */
export function wasUsed(exemption: Exemption): boolean {
  return used.has(exemption);
}

/** Reports a rule's findings about a resource. An error in the analysis is itself a violation, never a pass. */
export function reportFindings(rule: RuleName, args: ResourceValidationArgs, report: ReportViolation): void {
  if (!canGrant(args.type)) return;
  let judged: ResourceGrants;
  try {
    judged = judgeResource(args);
  } catch (error) {
    // Every rule would say so; one is enough. The error's text may hold parts of the document: its name does not.
    const name = error instanceof Error ? error.name : "error";
    if (rule === "readable-policies") report(`could not be judged: ${name} in the analysis.`);
    return;
  }
  for (const located of judged.located) {
    if (located.finding.rule === rule && located.finding.severity !== "note")
      send(report, violation(located, args.urn));
  }
  if (rule === "readable-policies" && judged.unknowns.length > 0) {
    const { strict, strictStackTag } = settings();
    const failing = strict || args.stackTags.get(strictStackTag) === "true";
    send(report, {
      message: `${NOT_VERIFIABLE}${judged.unknowns.join(", ")} cannot be known before the update, which will judge it.`,
      severity: failing ? "high" : "low",
      ...(failing ? {} : { enforcementLevel: "advisory" }),
    });
  }
}

/**
 * A finding as Pulumi reports it. An error has the rule's own level, which pack configuration may set; a warning,
 * an excepted finding and one that the baseline had never block.
 */
export function violation(located: Located, urn: string, today = now()): Violation {
  const { finding, property } = located;
  const text = `${property === finding.path ? "" : `${property}: `}${message(finding)}`;
  const advisory: EnforcementLevel = "advisory";
  const exemption = exemptionFor(located, urn, settings().exemptions, today);
  if (exemption !== undefined) {
    used.add(exemption);
    const { reason, owner, ticket, expires } = exemption;
    if (!isExpired(exemption, today)) {
      const why = `Excepted until ${expires} by ${owner} (${ticket}): ${reason}`;
      return { message: `${EXEMPTED}${text} ${why}`, enforcementLevel: advisory, severity: "low" };
    }
    return {
      message: `${text} The exception of ${owner} (${ticket}) expired on ${expires}.`,
      severity: "high",
    };
  }
  if (finding.severity === "warning")
    return { message: text, enforcementLevel: advisory, severity: "medium" };
  if (settings().baseline?.covers(urn, located) === true) {
    return { message: `${BASELINE}${text}`, enforcementLevel: advisory, severity: "medium" };
  }
  return { message: text, severity: finding.rule === "no-open-trust" ? "critical" : "high" };
}

/** Today in UTC, as `2026-11-21`. */
export function now(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Pulumi lets several resources through at once, so a few answers are kept. */
const KEPT = 64;
const judgements = new Map<string, ResourceGrants>();

/** Judges a resource; the rules ask for it one after another. */
function judgeResource(args: ResourceValidationArgs): ResourceGrants {
  const properties = known(args.props);
  const account = accountOf(args);
  const key = JSON.stringify([args.urn, args.type, properties, account, settings().surroundings]);
  const kept = judgements.get(key);
  if (kept !== undefined) return kept;
  const grants = judgeGrants(args.type, properties, { ...settings().surroundings, account });
  const judged = isBoundary(args.type, args.urn, properties) ? readableOnly(grants) : grants;
  if (judgements.size >= KEPT) judgements.clear();
  judgements.set(key, judged);
  return judged;
}

/** Whether the resource is a managed policy that is declared to be a permissions boundary. */
export function isBoundary(type: string, urn: string, properties: unknown): boolean {
  if (type !== "aws:iam/policy:Policy" && type !== "aws-native:iam:ManagedPolicy") return false;
  const given = (properties ?? {}) as { readonly name?: unknown; readonly managedPolicyName?: unknown };
  const names = [urnParts(urn).name, given.name, given.managedPolicyName].filter(
    (name) => typeof name === "string",
  );
  return settings().boundaries.some((pattern) => names.some((name) => matches(pattern, name)));
}

function readableOnly({ located, unknowns }: ResourceGrants): ResourceGrants {
  return { located: located.filter(({ finding }) => finding.rule === "readable-policies"), unknowns };
}

/** The account that the provider is held to, if it is held to one. */
function accountOf({ provider }: ResourceValidationArgs): string | undefined {
  const given =
    provider === undefined
      ? undefined
      : (known(provider.props) as { readonly allowedAccountIds?: unknown }).allowedAccountIds;
  const text = typeof given === "string" ? given : JSON.stringify(given ?? []);
  const ids = [...text.matchAll(/"(\d{12})"/g)].map(([, id]) => id);
  return ids.length === 1 ? ids[0] : undefined;
}

/**
 * The properties without Pulumi's proxies, which throw at every value that is not known yet. Such a value
 * becomes Pulumi's own mark for it, so that the rest of the document can still be judged.
 */
export function known(value: unknown): unknown {
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
