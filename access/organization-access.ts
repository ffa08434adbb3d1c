import type { PolicyDocument } from "../iam/document";
import { cicdGuardrail, environmentGuardrail } from "../iam/guardrails";
import * as names from "../names";
import type { Platform } from "../settings/settings";

/** A service control policy on one account: what nobody there may do. */
export interface GuardrailPlan {
  /** The policy's name in Pulumi. */
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly document: PolicyDocument;
  readonly accountId: string;
}

/** One for each account of the platform. */
export function planGuardrails(platform: Platform): GuardrailPlan[] {
  return [
    {
      key: "cicd",
      name: names.guardrailName("cicd"),
      description: "Slipway: pipelines, builds and roles of the CI/CD account",
      document: cicdGuardrail(platform),
      accountId: platform.cicd.accountId,
    },
    ...platform.environments.map((environment) => ({
      key: environment.name,
      name: names.guardrailName(environment.name),
      description: `Slipway: door, boundary and roles of ${environment.name}`,
      document: environmentGuardrail(platform, environment),
      accountId: environment.accountId,
    })),
  ];
}
