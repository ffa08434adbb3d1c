/**
 * What the rules about grants say to one resource. All of them ask here, so that a resource is judged once however
 * many rules look at it.
 */
import { matches } from "./lib/document/wildcard";
import { urnParts } from "./lib/govern/urn";
import type { RuleName } from "./lib/judge/findings";
import { canGrant, judgeGrants, type ResourceGrants } from "./lib/judge/resource-grants";
import { notVerifiableMessage } from "./marks";
import type { JudgedResource, Violation } from "./rule";
import { settings } from "./settings";
import { violationOf } from "./violation";

/** The rule that also tells what cannot be judged: a resource in error, and values that are not known yet. */
const READABLE = "readable-policies" satisfies RuleName;

/** A rule's violations by a resource. An error in the analysis is itself a violation, never a pass. */
export function grantViolations(rule: RuleName, resource: JudgedResource): Violation[] {
  if (!canGrant(resource.type)) return [];
  let grants: ResourceGrants;
  try {
    grants = judgeOnce(resource);
  } catch (error) {
    // Every rule would say so; one is enough. The error's text may hold parts of the document: its name does not.
    const name = error instanceof Error ? error.name : "error";
    return rule === READABLE ? [{ message: `could not be judged: ${name} in the analysis.` }] : [];
  }
  const violations = grants.located
    .filter(({ finding }) => finding.rule === rule && finding.severity !== "note")
    .map((located) => violationOf(located, resource.urn));
  if (rule !== READABLE || grants.unknowns.length === 0) return violations;
  return [...violations, notVerifiable(grants.unknowns, resource)];
}

/** What is not known yet fails on a strict stack and is told on any other. */
function notVerifiable(unknowns: readonly string[], { stackTags }: JudgedResource): Violation {
  const { strict, strictStackTag } = settings();
  const message = notVerifiableMessage(unknowns);
  const isStrict = strict || stackTags.get(strictStackTag) === "true";
  return isStrict ? { message } : { message, advisory: "low" };
}

/** Pulumi lets several resources through at once, so a few answers are kept. */
const KEPT_ANSWERS = 64;
const answers = new Map<string, ResourceGrants>();

/** Judges a resource; the rules ask for it one after another. */
function judgeOnce(resource: JudgedResource): ResourceGrants {
  const { type, urn } = resource;
  const properties = resource.properties();
  const account = resource.account();
  const key = JSON.stringify([urn, type, properties, account, settings().surroundings]);
  const kept = answers.get(key);
  if (kept !== undefined) return kept;
  const grants = judgeGrants(type, properties, { ...settings().surroundings, account });
  const answer = isBoundary(type, urn, properties) ? readabilityOnly(grants) : grants;
  if (answers.size >= KEPT_ANSWERS) answers.clear();
  answers.set(key, answer);
  return answer;
}

/** Whether the resource is a managed policy that is declared to be a permissions boundary. */
export function isBoundary(type: string, urn: string, properties: unknown): boolean {
  if (type !== "aws:iam/policy:Policy" && type !== "aws-native:iam:ManagedPolicy") return false;
  const { name, managedPolicyName } = (properties ?? {}) as {
    readonly name?: unknown;
    readonly managedPolicyName?: unknown;
  };
  const names = [urnParts(urn).name, name, managedPolicyName].filter((text) => typeof text === "string");
  return settings().boundaries.some((pattern) => names.some((text) => matches(pattern, text)));
}

/** A boundary grants nothing, but it must be readable. */
function readabilityOnly({ located, unknowns }: ResourceGrants): ResourceGrants {
  return { located: located.filter(({ finding }) => finding.rule === READABLE), unknowns };
}
