import { leadsTo, type Application } from "../definitions/application";
import { targetIn } from "../delivery/target";
import { permissionsBoundary } from "../iam/boundary";
import { doorPermissions, doorTrust } from "../iam/door";
import * as names from "../names";
import type { EnvironmentSettings } from "../settings/settings";
import { type PolicyPlan, type RolePlan, shortestSession } from "./role-plan";
import { planTargetAccess, rolesOfTarget, type TargetAccess } from "./target-access";

/** Who may do what in one environment's account. */
export interface EnvironmentAccess {
  /** The cross-account role `CICDCrossAccountRole`, the door: the one way in from the CI/CD account. */
  readonly door: RolePlan;
  /** The permissions boundary of every role that runs code of an application. */
  readonly boundary: PolicyPlan;
  /** One for each application that leads here, in the order of the applications. */
  readonly targets: readonly TargetAccess[];
}

export function planEnvironmentAccess(
  settings: EnvironmentSettings,
  applications: readonly Application[],
): EnvironmentAccess {
  const { environment } = settings;
  return {
    door: planDoor(settings),
    boundary: planBoundary(settings),
    targets: applications
      .filter((application) => leadsTo(application, environment.name))
      .map((application) => planTargetAccess(settings, application, targetIn(environment, application))),
  };
}

/** Every role that is made in the environment's account. */
export function rolesOfEnvironment({ door, targets }: EnvironmentAccess): RolePlan[] {
  return [door, ...targets.flatMap(rolesOfTarget)];
}

function planDoor({ platform, environment }: EnvironmentSettings): RolePlan {
  return {
    key: "door",
    name: names.doorRoleName,
    path: names.paths.platform,
    description: `Deploy jobs of ${platform.cicd.accountId} enter ${environment.name} here`,
    trust: doorTrust(platform, environment),
    policies: { door: doorPermissions(platform, environment) },
    tags: names.platformTags,
    maxSessionSeconds: shortestSession,
  };
}

function planBoundary({ environment }: EnvironmentSettings): PolicyPlan {
  return {
    key: "door-boundary",
    name: names.boundaryName,
    path: names.paths.platform,
    description: "The most that a role of an application can do",
    document: permissionsBoundary(environment),
    tags: names.platformTags,
  };
}
