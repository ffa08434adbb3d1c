/**
 * A ratchet: what a former state already granted does not fail, only breadth that is new. The former state is a
 * `pulumi stack export`, a `pulumi preview --json` or a `slipway preview --json`.
 */
import type { Surroundings } from "../document/context";
import type { Result } from "../document/result";
import { matches } from "../document/wildcard";
import type { LocatedFinding } from "../judge/located-finding";
import { canGrant, judgeGrants } from "../judge/resource-grants";
import { urnParts } from "./urn";

/** What was granted before, by resource and rule. */
export class Baseline {
  private readonly grants = new Map<string, Set<string>>();

  /** Whether everything that a finding is about was granted before, at least as broadly. */
  covers(urn: string, { finding, property }: LocatedFinding): boolean {
    // What cannot be read names no actions: nobody can say that it granted no less before.
    if (finding.actions.length === 0) return false;
    const before = this.grants.get(keyOf(urn, finding.rule, property));
    if (before === undefined) return false;
    return finding.actions.every((action) =>
      [...before].some((grant) => {
        const [oldAction = "", oldValue = ""] = grant.split("\n");
        return (
          (oldAction === action || oldAction === "*") &&
          (oldValue === finding.value || matches(oldValue, finding.value))
        );
      }),
    );
  }

  add(urn: string, { finding, property }: LocatedFinding): void {
    const key = keyOf(urn, finding.rule, property);
    const granted = this.grants.get(key) ?? new Set<string>();
    for (const action of finding.actions) granted.add(`${action}\n${finding.value}`);
    this.grants.set(key, granted);
  }
}

/** Reads a former state from its JSON text; a text that is none of the three is refused. */
export function readBaseline(text: string, surroundings: Surroundings): Result<Baseline> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: "the baseline is not JSON" };
  }
  const resources = resourcesIn(value);
  if (resources === undefined) {
    return {
      problem:
        "the baseline is neither `pulumi stack export` nor `pulumi preview --json` nor `slipway preview --json`: it has no resources",
    };
  }
  const baseline = new Baseline();
  for (const { urn, type, inputs } of resources) {
    if (typeof urn !== "string" || typeof type !== "string" || !canGrant(type)) continue;
    for (const located of judgeGrants(type, inputs, surroundings).located) baseline.add(urn, located);
  }
  return { value: baseline };
}

interface ResourceRecord {
  readonly urn?: unknown;
  readonly type?: unknown;
  readonly inputs?: unknown;
}

/** The resources of any of the three; undefined if the value is none of them. */
export function resourcesIn(value: unknown): ResourceRecord[] | undefined {
  const root = value as {
    readonly deployment?: { readonly resources?: ResourceRecord[] };
    readonly steps?: { readonly newState?: ResourceRecord }[];
    readonly stacks?: { readonly resources?: ResourceRecord[] }[];
  } | null;
  if (Array.isArray(root?.deployment?.resources)) return root.deployment.resources;
  if (Array.isArray(root?.steps)) return root.steps.flatMap(({ newState }) => newState ?? []);
  if (Array.isArray(root?.stacks)) return root.stacks.flatMap(({ resources }) => resources ?? []);
  return undefined;
}

/** The stack's name is left out, so that one environment can be the baseline of another. */
function keyOf(urn: string, rule: string, property: string): string {
  const { type, name } = urnParts(urn);
  // What is no resource of Pulumi's has a name of its own.
  const resource = urn.startsWith("urn:pulumi:") ? `${type}\n${name}` : urn;
  return `${resource}\n${rule}\n${property}`;
}
