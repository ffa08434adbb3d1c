import { PolicyPack } from "@pulumi/policy";
import { noOpenTrust } from "./rules/no-open-trust";
import { noPrivilegeEscalation } from "./rules/no-privilege-escalation";
import { noWildcardGrants } from "./rules/no-wildcard-grants";
import { readablePolicies } from "./rules/readable-policies";

new PolicyPack("slipway", {
  enforcementLevel: "mandatory",
  policies: [readablePolicies, noWildcardGrants, noOpenTrust, noPrivilegeEscalation],
});
