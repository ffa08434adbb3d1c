import "./late-modules";
import { PolicyPack } from "@pulumi/policy";
import { policyOf } from "./adapter";
import { RULES } from "./rule-list";

new PolicyPack("slipway", { enforcementLevel: "mandatory", policies: RULES.map(policyOf) });
