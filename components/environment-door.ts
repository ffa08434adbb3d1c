import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { permissionsBoundary } from "../iam/boundary";
import { doorPermissions, doorTrust } from "../iam/door";
import * as names from "../names";
import type { Environment, Platform } from "../settings/settings";
import { Role } from "./role";
import { platformTags } from "./tags";

export interface EnvironmentDoorArgs {
  readonly platform: Platform;
  readonly environment: Environment;
}

/** The one way from the CI/CD account into an environment, and the boundary of every role that comes to be behind it. */
export class EnvironmentDoor extends pulumi.ComponentResource {
  readonly doorRoleArn: pulumi.Output<string>;
  readonly boundaryArn: pulumi.Output<string>;
  /** Roles under the boundary wait for it. */
  readonly boundary: pulumi.Resource;

  constructor(name: string, args: EnvironmentDoorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:EnvironmentDoor", name, {}, opts);
    const { platform, environment } = args;

    const door = new Role(
      name,
      {
        roleName: names.doorRoleName,
        path: names.paths.platform,
        description: `Deploy jobs of ${platform.cicd.accountId} enter ${environment.name} here`,
        trust: doorTrust(platform, environment),
        policies: { door: doorPermissions(platform, environment) },
        tags: platformTags,
      },
      { parent: this },
    );
    const boundary = new aws.iam.Policy(
      `${name}-boundary`,
      {
        name: names.boundaryName,
        path: names.paths.platform,
        description: "The most that a role of an application can do",
        policy: permissionsBoundary(environment),
        tags: platformTags,
      },
      { parent: this },
    );

    this.doorRoleArn = door.roleArn;
    this.boundaryArn = boundary.arn;
    this.boundary = boundary;
    this.registerOutputs({ doorRoleArn: this.doorRoleArn, boundaryArn: this.boundaryArn });
  }
}
