import * as pulumi from "@pulumi/pulumi";
import type { ApplicationPlan } from "../delivery/plan";
import { approverPermissions, peopleTrust, readerPermissions } from "../iam/people";
import * as names from "../names";
import type { Platform } from "../settings/settings";
import { Role } from "./role";
import { platformTags } from "./tags";

export interface PeopleRolesArgs {
  readonly platform: Platform;
  readonly plan: ApplicationPlan;
}

/** What people may do with one application's pipelines: read them, and approve its releases. Nothing else is for people. */
export class PeopleRoles extends pulumi.ComponentResource {
  constructor(name: string, args: PeopleRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:PeopleRoles", name, {}, opts);
    const { platform, plan } = args;
    const { approverPermissionSet, readerPermissionSet } = platform.people;
    const pipelines = plan.pipelines.map((pipeline) => pipeline.name);
    const approvals = plan.pipelines.flatMap((pipeline) =>
      pipeline.stages.flatMap((stage) =>
        stage.actions
          .filter((action) => action.kind === "approval")
          .map((action) => ({ pipeline: pipeline.name, stage: stage.name, action: action.name })),
      ),
    );

    if (approvals.length > 0) {
      new Role(
        `${name}-approver`,
        {
          roleName: names.approverRoleName(plan.application),
          path: names.paths.people,
          description: `Approves releases of ${plan.application}`,
          trust: peopleTrust(platform, approverPermissionSet),
          policies: { approver: approverPermissions(platform, pipelines, approvals) },
          tags: platformTags,
        },
        { parent: this },
      );
    }
    new Role(
      `${name}-reader`,
      {
        roleName: names.readerRoleName(plan.application),
        path: names.paths.people,
        description: `Reads the pipelines of ${plan.application}`,
        trust: peopleTrust(platform, readerPermissionSet),
        policies: {
          reader: readerPermissions(platform, {
            pipelines,
            projects: plan.jobs.map((job) => job.project),
            reportGroups: plan.jobs.flatMap((job) => job.reports.map(({ group }) => group)),
          }),
        },
        tags: platformTags,
      },
      { parent: this },
    );

    this.registerOutputs({});
  }
}
