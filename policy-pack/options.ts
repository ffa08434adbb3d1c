/**
 * The pack's options, from pack configuration of the rule `pack-settings` (it is listed first, so that it has seen
 * them when the other rules run) and from `exemptions.ts`.
 */
import { readFileSync } from "node:fs";
import type { PolicyConfigSchema } from "@pulumi/policy";
import { boundaries as packBoundaries, exemptions as packExemptions } from "./exemptions";
import { readBaseline, type Baseline } from "./lib/baseline";
import { exemptionProblems, type Exemption } from "./lib/exemptions";
import type { Surroundings } from "./lib/resource-grants";

export interface Settings {
  readonly surroundings: Surroundings;
  readonly exemptions: readonly Exemption[];
  /** Name patterns of managed policies that serve as permissions boundaries. */
  readonly boundaries: readonly string[];
  /** Values that are not known yet fail, whatever the stack. */
  readonly strict: boolean;
  /** A stack with this tag set to "true" is strict. */
  readonly strictStackTag: string;
  readonly baseline: Baseline | undefined;
  /** What is wrong with the options; each fails the stack. */
  readonly problems: readonly string[];
}

/** The schema of the options, which Pulumi checks and shows. */
export const SETTINGS_SCHEMA: PolicyConfigSchema = {
  properties: {
    accounts: {
      type: "array",
      items: { type: "string", pattern: "^[0-9]{12}$" },
      description: "Account ids that are ours. If given, a principal of any other account is an error.",
    },
    organizations: {
      type: "array",
      items: { type: "string", pattern: "^o-[a-z0-9]{10,32}$" },
      description:
        "Organization ids that are ours. If given, aws:PrincipalOrgID with any other does not confine.",
    },
    exemptions: {
      type: "array",
      items: { type: "object" },
      description: "Exceptions in addition to those of exemptions.ts, in the same form.",
    },
    boundaries: {
      type: "array",
      items: { type: "string" },
      description: "Names of managed policies that are permissions boundaries; * and ? are wildcards.",
    },
    strict: {
      type: "boolean",
      default: false,
      description: "Fail a preview whose grants cannot be known before the update.",
    },
    strictStackTag: {
      type: "string",
      default: "slipway:strict",
      description: 'A stack with this tag set to "true" is strict.',
    },
    baseline: {
      type: "string",
      description: "Path of a former state; what it already granted is reported and does not fail.",
    },
  },
};

interface Options {
  readonly accounts?: readonly string[];
  readonly organizations?: readonly string[];
  readonly exemptions?: readonly Exemption[];
  readonly boundaries?: readonly string[];
  readonly strict?: boolean;
  readonly strictStackTag?: string;
  readonly baseline?: string;
}

let known: { readonly key: string; readonly settings: Settings } | undefined;

/** The settings that were configured last, or the pack's own. */
export function settings(): Settings {
  return known?.settings ?? configure({});
}

/** Takes the options over; the same options again cost nothing. */
export function configure(options: object): Settings {
  const key = JSON.stringify(options);
  if (known?.key === key) return known.settings;
  const made = settingsOf(options);
  known = { key, settings: made };
  return made;
}

function settingsOf(options: Options): Settings {
  const exemptions = [...packExemptions, ...(options.exemptions ?? [])];
  const surroundings = { accounts: options.accounts ?? [], organizations: options.organizations ?? [] };
  const read = options.baseline === undefined ? {} : baselineAt(options.baseline, surroundings);
  const problems = exemptionProblems(exemptions);
  return {
    surroundings,
    // One bad entry is told; it excuses nothing, and neither do the others until it is mended.
    exemptions: problems.length === 0 ? exemptions : [],
    boundaries: [...packBoundaries, ...(options.boundaries ?? [])],
    strict: options.strict ?? false,
    strictStackTag: options.strictStackTag ?? "slipway:strict",
    baseline: read.baseline,
    problems: [...problems, ...(read.problem === undefined ? [] : [read.problem])],
  };
}

function baselineAt(path: string, surroundings: Surroundings): { baseline?: Baseline; problem?: string } {
  try {
    return readBaseline(readFileSync(path, "utf8"), surroundings);
  } catch {
    return { problem: `the baseline ${JSON.stringify(path)} cannot be read; give the path of a file` };
  }
}
