import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Application } from "../definitions/application";
import { taskExecutionPermissions, taskPermissions, taskTrust } from "../iam/execution-roles";
import * as names from "../names";
import type { EnvironmentSettings } from "../settings/settings";
import { Role } from "./role";
import { applicationTags } from "./tags";

export interface EcsTargetArgs {
  readonly settings: EnvironmentSettings;
  readonly application: Application;
  /** The policy that is the permissions boundary here. */
  readonly boundary: pulumi.Resource;
}

/** What an `ecs` application needs in an environment: its log group, and the roles of its tasks. */
export class EcsTarget extends pulumi.ComponentResource {
  constructor(name: string, args: EcsTargetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:EcsTarget", name, {}, opts);
    const { settings, application } = args;
    const { platform, environment } = settings;
    const tags = applicationTags(application.name);
    const permissions = taskPermissions(environment, application);

    new aws.cloudwatch.LogGroup(
      name,
      {
        name: names.workloadLogGroupName(application.name, environment.name),
        retentionInDays: settings.logRetentionDays,
        tags,
      },
      { parent: this },
    );
    new Role(
      `${name}-task`,
      {
        roleName: names.taskRoleName(application.name),
        path: names.paths.execution,
        description: `The code of ${application.name}`,
        trust: taskTrust(environment),
        policies: permissions ? { capabilities: permissions } : {},
        permissionsBoundary: { arn: names.boundaryArn(environment), policy: args.boundary },
        tags,
      },
      { parent: this },
    );
    new Role(
      `${name}-task-execution`,
      {
        roleName: names.taskExecutionRoleName(application.name),
        path: names.paths.execution,
        description: `ECS starts the tasks of ${application.name} with it`,
        trust: taskTrust(environment),
        policies: { start: taskExecutionPermissions(platform, environment, application.name) },
        tags,
      },
      { parent: this },
    );

    this.registerOutputs({});
  }
}
