import * as pulumi from "@pulumi/pulumi";
import type { RolePlan } from "../access/role-plan";
import { Role } from "./role";

export interface PeopleRolesArgs {
  readonly roles: readonly RolePlan[];
}

/** What people may do with one application's pipelines. Nothing else is for people. */
export class PeopleRoles extends pulumi.ComponentResource {
  constructor(name: string, args: PeopleRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:PeopleRoles", name, {}, opts);

    for (const plan of args.roles) new Role(plan.key, { plan }, { parent: this });

    this.registerOutputs({});
  }
}
