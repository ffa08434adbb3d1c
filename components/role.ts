import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { PolicyDocument } from "../iam/document";

export interface RoleArgs {
  readonly roleName: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly description: string;
  readonly trust: PolicyDocument;
  /** Inline policies by name. A document that holds an unknown ARN stands alone, so that the others stay readable. */
  readonly policies: Readonly<Record<string, pulumi.Input<PolicyDocument>>>;
  /** A plain ARN, so that policy checks can read it before the boundary exists; the role waits for the policy itself. */
  readonly permissionsBoundary?: { readonly arn: string; readonly policy: pulumi.Resource };
  readonly tags: Readonly<Record<string, string>>;
}

/** An IAM role with its inline policies. */
export class Role extends pulumi.ComponentResource {
  /** Known before deployment, but only there once the role is. */
  readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: RoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Role", name, {}, opts);

    const role = new aws.iam.Role(
      name,
      {
        name: args.roleName,
        path: args.path,
        description: args.description,
        assumeRolePolicy: args.trust,
        maxSessionDuration: 3600,
        ...(args.permissionsBoundary && { permissionsBoundary: args.permissionsBoundary.arn }),
        tags: args.tags,
      },
      { parent: this, ...(args.permissionsBoundary && { dependsOn: [args.permissionsBoundary.policy] }) },
    );
    for (const [policyName, policy] of Object.entries(args.policies)) {
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
