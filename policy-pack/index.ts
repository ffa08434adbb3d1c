import { PolicyPack } from "@pulumi/policy";
import { governedExemptions } from "./rules/governed-exemptions";
import { noBroadManagedPolicies } from "./rules/no-broad-managed-policies";
import { noOpenTrust } from "./rules/no-open-trust";
import { noPrivilegeEscalation } from "./rules/no-privilege-escalation";
import { noWildcardGrants } from "./rules/no-wildcard-grants";
import { packSettings } from "./rules/pack-settings";
import { readablePolicies } from "./rules/readable-policies";
import { roleReach } from "./rules/role-reach";

new PolicyPack("slipway", {
  enforcementLevel: "mandatory",
  policies: [
    packSettings, // first: it takes the options over for the others
    readablePolicies,
    noWildcardGrants,
    noOpenTrust,
    noPrivilegeEscalation,
    noBroadManagedPolicies,
    roleReach,
    governedExemptions, // last: by then every use of an exception is known
  ],
});
