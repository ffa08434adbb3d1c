import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { EcsAccess } from "../access/target-access";
import * as names from "../names";
import { Role } from "./role";

export interface EcsTargetArgs {
  readonly access: EcsAccess;
  /** Where the application's containers write their log. */
  readonly logGroupName: string;
  readonly logRetentionDays: number;
  /** The policy that is the permissions boundary here. */
  readonly boundary: pulumi.Resource;
}

/** What an `ecs` application needs in an environment: its log group, and the roles of its tasks. */
export class EcsTarget extends pulumi.ComponentResource {
  constructor(name: string, args: EcsTargetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:EcsTarget", name, {}, opts);
    const { access, boundary } = args;
    const { task, taskExecution } = access;

    new aws.cloudwatch.LogGroup(
      name,
      {
        name: args.logGroupName,
        retentionInDays: args.logRetentionDays,
        tags: names.applicationTags(access.application),
      },
      { parent: this },
    );
    new Role(task.key, { plan: task, boundary }, { parent: this });
    new Role(taskExecution.key, { plan: taskExecution }, { parent: this });

    this.registerOutputs({});
  }
}
