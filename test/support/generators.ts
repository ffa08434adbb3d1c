/** Generators of whole organizations for property tests. */
import fc from "fast-check";
import type { Application } from "../../definitions/application";
import { limits, reservedSuffixes } from "../../names";
import type { Platform } from "../../settings/settings";
import { application, applicationSets } from "./generated-applications";
import { platforms, settingsFor, type SettingsOfAccounts } from "./generated-platforms";

/** A whole valid organization: one platform, a stack for each account, and the applications on it. */
export interface Organization {
  readonly platform: Platform;
  readonly settings: SettingsOfAccounts;
  /** Sorted by name, as they are read. */
  readonly applications: readonly Application[];
}

/** One to four environments and one to six applications of all kinds, with shortest, longest and look-alike names. */
export function organizations(): fc.Arbitrary<Organization> {
  return platforms()
    .chain((platform) =>
      fc.record({
        platform: fc.constant(platform),
        settings: settingsFor(platform),
        applications: applicationSets(platform),
      }),
    )
    .map((generated) => plain(generated));
}

/** A platform and applications with names that look as if one belonged to the other: few of them may live together. */
export function lookAlikes(): fc.Arbitrary<{ platform: Platform; candidates: Application[] }> {
  return platforms()
    .chain((platform) => {
      const words = [
        ...reservedSuffixes,
        ...platform.environments.map(({ name }) => name),
        "main",
        "api",
        "web",
      ];
      const alike = fc
        .array(fc.constantFrom(...words), { minLength: 1, maxLength: 2 })
        .map((parts) => ["shop", ...parts].join("-"));
      const any = fc
        .oneof(fc.constant("shop"), alike)
        .filter((name) => name.length <= limits.applicationName);
      return fc.record({
        platform: fc.constant(platform),
        candidates: fc.array(application(platform, any), { minLength: 2, maxLength: 8 }),
      });
    })
    .map((generated) => plain(generated));
}

/** fast-check makes objects without a prototype; what is read from files has one. */
function plain<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
