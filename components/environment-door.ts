import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { PolicyPlan, RolePlan } from "../access/role-plan";
import { Role } from "./role";

export interface EnvironmentDoorArgs {
  readonly door: RolePlan;
  readonly boundary: PolicyPlan;
}

/** The one way from the CI/CD account into an environment, and the boundary of every role that comes to be behind it. */
export class EnvironmentDoor extends pulumi.ComponentResource {
  readonly doorRoleArn: pulumi.Output<string>;
  readonly boundaryArn: pulumi.Output<string>;
  /** Roles under the boundary wait for it. */
  readonly boundary: pulumi.Resource;

  constructor(name: string, args: EnvironmentDoorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:EnvironmentDoor", name, {}, opts);
    const { door, boundary } = args;

    const role = new Role(door.key, { plan: door }, { parent: this });
    const policy = new aws.iam.Policy(
      boundary.key,
      {
        name: boundary.name,
        path: boundary.path,
        description: boundary.description,
        policy: boundary.document,
        tags: boundary.tags,
      },
      { parent: this },
    );

    this.doorRoleArn = role.roleArn;
    this.boundaryArn = policy.arn;
    this.boundary = policy;
    this.registerOutputs({ doorRoleArn: this.doorRoleArn, boundaryArn: this.boundaryArn });
  }
}
