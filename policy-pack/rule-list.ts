/** Every rule of the pack, in the order in which Pulumi runs them. */
import type { Rule } from "./rule";
import { governedExemptions } from "./rules/governed-exemptions";
import { noBroadManagedPolicies } from "./rules/no-broad-managed-policies";
import { noOpenTrust } from "./rules/no-open-trust";
import { noPrivilegeEscalation } from "./rules/no-privilege-escalation";
import { noWildcardGrants } from "./rules/no-wildcard-grants";
import { packSettings } from "./rules/pack-settings";
import { readablePolicies } from "./rules/readable-policies";
import { roleReach } from "./rules/role-reach";

/** The rules that findings about grants belong to. */
export const GRANT_RULES: readonly Rule[] = [
  readablePolicies,
  noWildcardGrants,
  noOpenTrust,
  noPrivilegeEscalation,
  noBroadManagedPolicies,
  roleReach,
];

export const RULES: readonly Rule[] = [
  packSettings, // first: it takes the settings over for the others
  ...GRANT_RULES,
  governedExemptions, // last: by then every use of an exception is known
];
