import * as pulumi from "@pulumi/pulumi";
import type { ServerlessAccess } from "../access/target-access";
import { Role } from "./role";

export interface ServerlessTargetArgs {
  readonly access: ServerlessAccess;
}

/** What a `serverless` application needs in an environment: the role that CloudFormation works with. */
export class ServerlessTarget extends pulumi.ComponentResource {
  constructor(name: string, args: ServerlessTargetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:ServerlessTarget", name, {}, opts);
    const { cloudFormation } = args.access;

    new Role(cloudFormation.key, { plan: cloudFormation }, { parent: this });

    this.registerOutputs({});
  }
}
