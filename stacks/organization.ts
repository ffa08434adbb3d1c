import { Guardrail } from "../components/guardrail";
import { cicdGuardrail, environmentGuardrail } from "../iam/guardrails";
import * as names from "../names";
import type { OrganizationSettings } from "../settings/settings";

/** The organization's management account: what no one in the platform's accounts may do. Returns the stack's outputs. */
export function organizationStack({ platform }: OrganizationSettings): Record<string, unknown> {
  const cicd = new Guardrail("cicd", {
    policyName: names.guardrailName("cicd"),
    description: "Slipway: pipelines, builds and roles of the CI/CD account",
    policy: cicdGuardrail(platform),
    accountId: platform.cicd.accountId,
  });
  const environments = platform.environments.map(
    (environment) =>
      new Guardrail(environment.name, {
        policyName: names.guardrailName(environment.name),
        description: `Slipway: door, boundary and roles of ${environment.name}`,
        policy: environmentGuardrail(platform, environment),
        accountId: environment.accountId,
      }),
  );
  return { guardrails: [cicd, ...environments].map((guardrail) => guardrail.policyId) };
}
