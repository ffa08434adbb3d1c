import * as pulumi from "@pulumi/pulumi";
import type { Application } from "../definitions/application";
import { cloudFormationPermissions, cloudFormationTrust } from "../iam/execution-roles";
import * as names from "../names";
import type { EnvironmentSettings } from "../settings/settings";
import { Role } from "./role";
import { applicationTags } from "./tags";

export interface ServerlessTargetArgs {
  readonly settings: EnvironmentSettings;
  readonly application: Application;
}

/** What a `serverless` application needs in an environment: the role that CloudFormation works with. */
export class ServerlessTarget extends pulumi.ComponentResource {
  constructor(name: string, args: ServerlessTargetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:ServerlessTarget", name, {}, opts);
    const { settings, application } = args;
    const { platform, environment, confusedDeputyConditions } = settings;

    new Role(
      `${name}-cloudformation`,
      {
        roleName: names.cloudFormationRoleName(application.name),
        path: names.paths.execution,
        description: `CloudFormation makes the stack of ${application.name} with it`,
        trust: cloudFormationTrust(environment, application.name, confusedDeputyConditions),
        policies: { stack: cloudFormationPermissions(platform, environment, application) },
        tags: applicationTags(application.name),
      },
      { parent: this },
    );

    this.registerOutputs({});
  }
}
