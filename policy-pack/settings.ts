/**
 * The pack's settings, from the pack configuration of the rule `pack-settings` and from `exemptions.ts`. That rule is
 * listed first, so that it has taken the configuration over when the other rules run.
 */
import { readFileSync } from "node:fs";
import type { PolicyConfigSchema } from "@pulumi/policy";
import { boundaries as packBoundaries, exemptions as packExemptions } from "./exemptions";
import type { Surroundings } from "./lib/document/context";
import type { Result } from "./lib/document/result";
import { readBaseline, type Baseline } from "./lib/govern/baseline";
import { exemptionProblems, type Exemption } from "./lib/govern/exemptions";

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
  /** What is wrong with the settings, a sentence without its full stop each; each fails the stack. */
  readonly problems: readonly string[];
}

/** The schema of the pack configuration, which Pulumi checks and shows. */
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

/** The pack configuration of the rule `pack-settings`. */
interface Configuration {
  readonly accounts?: readonly string[];
  readonly organizations?: readonly string[];
  readonly exemptions?: readonly Exemption[];
  readonly boundaries?: readonly string[];
  readonly strict?: boolean;
  readonly strictStackTag?: string;
  readonly baseline?: string;
}

let latest: { readonly key: string; readonly settings: Settings } | undefined;

/** The settings that were configured last, or the pack's own. */
export function settings(): Settings {
  return latest?.settings ?? configure({});
}

/** Takes the pack configuration over; the same configuration again costs nothing. */
export function configure(configuration: object): Settings {
  const key = JSON.stringify(configuration);
  if (latest?.key !== key) latest = { key, settings: settingsOf(configuration) };
  return latest.settings;
}

function settingsOf(configuration: Configuration): Settings {
  const exemptions = [...packExemptions, ...(configuration.exemptions ?? [])];
  const surroundings = {
    accounts: configuration.accounts ?? [],
    organizations: configuration.organizations ?? [],
  };
  const baseline =
    configuration.baseline === undefined ? undefined : baselineAt(configuration.baseline, surroundings);
  const problems = exemptionProblems(exemptions);
  return {
    surroundings,
    // A bad entry is told as a problem. Until it is corrected, no exception excuses anything.
    exemptions: problems.length === 0 ? exemptions : [],
    boundaries: [...packBoundaries, ...(configuration.boundaries ?? [])],
    strict: configuration.strict ?? false,
    strictStackTag: configuration.strictStackTag ?? "slipway:strict",
    baseline: baseline !== undefined && "value" in baseline ? baseline.value : undefined,
    problems: baseline !== undefined && "problem" in baseline ? [...problems, baseline.problem] : problems,
  };
}

function baselineAt(path: string, surroundings: Surroundings): Result<Baseline> {
  try {
    return readBaseline(readFileSync(path, "utf8"), surroundings);
  } catch {
    return { problem: `the baseline ${JSON.stringify(path)} cannot be read; give the path of a file` };
  }
}
