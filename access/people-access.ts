import type { Members } from "../definitions/application";
import type { ApplicationPlan } from "../delivery/application-plan";
import type { PolicyDocument } from "../iam/document";
import * as people from "../iam/people";
import * as names from "../names";
import type { Platform } from "../settings/settings";
import { type RolePlan, shortestSession } from "./role-plan";

/**
 * What people may do with one application's pipelines. The approver is there only where there is something to approve, the
 * starter only where settings or application name a permission set for it.
 */
export function planPeople(platform: Platform, plan: ApplicationPlan): RolePlan[] {
  return [...planApprover(platform, plan), ...planStarter(platform, plan), planReader(platform, plan)];
}

/** The approvals that an application's pipelines ask for. */
export function approvalsOf({ pipelines }: ApplicationPlan): people.ApprovalAction[] {
  return pipelines.flatMap((pipeline) =>
    pipeline.stages.flatMap((stage) =>
      stage.actions
        .filter(({ kind }) => kind === "approval")
        .map((action) => ({ pipeline: pipeline.name, stage: stage.name, action: action.name })),
    ),
  );
}

function planApprover(platform: Platform, plan: ApplicationPlan): RolePlan[] {
  const approvals = approvalsOf(plan);
  if (approvals.length === 0) return [];
  const pipelines = plan.pipelines.map(({ name }) => name);
  return [
    peopleRole(platform, {
      name: names.approverRoleName(plan.application),
      description: `Approves releases of ${plan.application}`,
      members: membersOf(plan.people.approvers, platform.people.approverPermissionSet),
      policies: { approver: people.approverPermissions(platform, pipelines, approvals) },
    }),
  ];
}

function planStarter(platform: Platform, plan: ApplicationPlan): RolePlan[] {
  const { starters } = plan.people;
  const permissionSet = starters?.permissionSet ?? platform.people.starterPermissionSet;
  if (permissionSet === undefined) return [];
  const pipelines = plan.pipelines.filter(({ start }) => start.kind === "push").map(({ name }) => name);
  return [
    peopleRole(platform, {
      name: names.starterRoleName(plan.application),
      description: `Starts releases of ${plan.application} by hand`,
      members: membersOf(starters, permissionSet),
      policies: { starter: people.starterPermissions(platform, pipelines) },
    }),
  ];
}

function planReader(platform: Platform, plan: ApplicationPlan): RolePlan {
  return peopleRole(platform, {
    name: names.readerRoleName(plan.application),
    description: `Reads the pipelines of ${plan.application}`,
    members: membersOf(plan.people.readers, platform.people.readerPermissionSet),
    policies: {
      reader: people.readerPermissions(platform, {
        pipelines: plan.pipelines.map(({ name }) => name),
        projects: plan.jobs.map(({ project }) => project),
        logs: [...new Set(plan.jobs.map(({ log }) => log))],
        reportGroups: plan.jobs.flatMap(({ reports }) => reports.map(({ group }) => group)),
      }),
    },
  });
}

/** The application's word, then the platform's. */
function membersOf(members: Members | undefined, permissionSet: string): people.RoleMembers {
  return {
    permissionSet: members?.permissionSet ?? permissionSet,
    attributes: members?.attributes ?? {},
  };
}

function peopleRole(
  platform: Platform,
  role: {
    readonly name: string;
    readonly description: string;
    readonly members: people.RoleMembers;
    readonly policies: Readonly<Record<string, PolicyDocument>>;
  },
): RolePlan {
  return {
    key: role.name,
    name: role.name,
    path: names.paths.people,
    description: role.description,
    trust: people.peopleTrust(platform, role.members),
    policies: role.policies,
    tags: names.platformTags,
    maxSessionSeconds: shortestSession,
  };
}
