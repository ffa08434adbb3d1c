import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { GuardrailPlan } from "../access/organization-access";
import { platformTags } from "../names";

export interface GuardrailArgs {
  readonly plan: GuardrailPlan;
}

/** A service control policy on one account. */
export class Guardrail extends pulumi.ComponentResource {
  readonly policyId: pulumi.Output<string>;

  constructor(name: string, args: GuardrailArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Guardrail", name, {}, opts);
    const { plan } = args;

    const policy = new aws.organizations.Policy(
      name,
      {
        name: plan.name,
        description: plan.description,
        type: "SERVICE_CONTROL_POLICY",
        content: JSON.stringify(plan.document),
        tags: platformTags,
      },
      { parent: this },
    );
    new aws.organizations.PolicyAttachment(
      name,
      { policyId: policy.id, targetId: plan.accountId },
      { parent: this },
    );

    this.policyId = policy.id;
    this.registerOutputs({ policyId: this.policyId });
  }
}
