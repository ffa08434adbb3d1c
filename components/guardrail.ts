import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { PolicyDocument } from "../iam/document";
import { platformTags } from "./tags";

export interface GuardrailArgs {
  readonly policyName: string;
  readonly description: string;
  readonly policy: PolicyDocument;
  /** The account that it binds. */
  readonly accountId: string;
}

/** A service control policy on one account. */
export class Guardrail extends pulumi.ComponentResource {
  readonly policyId: pulumi.Output<string>;

  constructor(name: string, args: GuardrailArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Guardrail", name, {}, opts);

    const policy = new aws.organizations.Policy(
      name,
      {
        name: args.policyName,
        description: args.description,
        type: "SERVICE_CONTROL_POLICY",
        content: JSON.stringify(args.policy),
        tags: platformTags,
      },
      { parent: this },
    );
    new aws.organizations.PolicyAttachment(
      name,
      { policyId: policy.id, targetId: args.accountId },
      { parent: this },
    );

    this.policyId = policy.id;
    this.registerOutputs({ policyId: this.policyId });
  }
}
