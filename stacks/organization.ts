import { planGuardrails } from "../access/organization-access";
import { Guardrail } from "../components/guardrail";
import type { OrganizationSettings } from "../settings/settings";

/** The organization's management account: what no one in the platform's accounts may do. Returns the stack's outputs. */
export function organizationStack({ platform }: OrganizationSettings): Record<string, unknown> {
  const guardrails = planGuardrails(platform).map((plan) => new Guardrail(plan.key, { plan }));
  return { guardrails: guardrails.map((guardrail) => guardrail.policyId) };
}
