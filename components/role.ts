import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { RolePlan } from "../access/role-plan";

export interface RoleArgs {
  readonly plan: RolePlan;
  /** Inline policies by name that hold an ARN which AWS picks. They stand alone, so that the others stay readable. */
  readonly unplannedPolicies?: Readonly<Record<string, pulumi.Input<aws.iam.PolicyDocument>>>;
  /** The policy that is the plan's permissions boundary: the role waits for it. */
  readonly boundary?: pulumi.Resource;
}

/** An IAM role with its inline policies, as its plan says. Nothing else makes a role. */
export class Role extends pulumi.ComponentResource {
  /** Known before deployment, but only there once the role is. */
  readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: RoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Role", name, {}, opts);
    const { plan, unplannedPolicies, boundary } = args;

    const role = new aws.iam.Role(
      name,
      {
        name: plan.name,
        path: plan.path,
        description: plan.description,
        assumeRolePolicy: plan.trust,
        maxSessionDuration: plan.maxSessionSeconds,
        ...(plan.boundary !== undefined && { permissionsBoundary: plan.boundary }),
        tags: plan.tags,
      },
      { parent: this, ...(boundary && { dependsOn: [boundary] }) },
    );
    for (const [policyName, policy] of Object.entries({ ...plan.policies, ...unplannedPolicies })) {
      new aws.iam.RolePolicy(
        `${name}-${policyName}`,
        { role: role.name, name: policyName, policy },
        { parent: this },
      );
    }

    this.roleArn = role.arn;
    this.registerOutputs({ roleArn: this.roleArn });
  }
}
