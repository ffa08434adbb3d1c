import { connectionPolicy, rolesOfApplication } from "../../access/application-access";
import { planCicdAccess } from "../../access/cicd-access";
import { planEnvironmentAccess } from "../../access/environment-access";
import type { RolePlan } from "../../access/role-plan";
import { rolesOfTarget } from "../../access/target-access";
import type { Application } from "../../definitions/application";
import { planApplication } from "../../delivery/plan-application";
import type { PolicyDocument } from "../../iam/document";
import { applicationTag, deploymentKindTag } from "../../iam/tags";
import type { CicdSettings, EnvironmentSettings } from "../../settings/settings";

/** One session that somebody or something can have, with all that it is allowed. */
export interface Session {
  /** The application that it belongs to. */
  readonly of: string;
  readonly name: string;
  readonly documents: readonly PolicyDocument[];
  /** Keys that AWS sets from the session itself: its tags. */
  readonly context: Readonly<Record<string, string>>;
  /** Where the session lives, by account. */
  readonly accountId: string;
}

const connectionArn =
  "arn:aws:codeconnections:eu-west-1:111111111111:connection/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

/** Every session of these applications in all accounts, from the roles that the stacks of these settings make. */
export function sessionsOf(
  settings: readonly (CicdSettings | EnvironmentSettings)[],
  applications: readonly Application[],
): Session[] {
  return settings.flatMap((account) =>
    account.stack === "cicd" ? cicdSessions(account, applications) : entered(account, applications),
  );
}

function cicdSessions(settings: CicdSettings, applications: readonly Application[]): Session[] {
  const { platform } = settings;
  const plans = applications.map((application) => planApplication(platform, application));
  return planCicdAccess(settings, plans).applications.flatMap((access) =>
    rolesOfApplication(access).map((role) => {
      const session = sessionOf(role, access.plan.application, role.name, platform.cicd.accountId);
      if (role !== access.pipelineRole) return session;
      const source = connectionPolicy(access.pipelineRole, connectionArn);
      return { ...session, documents: [...session.documents, source] };
    }),
  );
}

/** What lies behind an environment's door: for each application the door itself with its tags, its roles, and the boundary. */
function entered(settings: EnvironmentSettings, applications: readonly Application[]): Session[] {
  const { name, accountId } = settings.environment;
  const access = planEnvironmentAccess(settings, applications);
  return access.targets.flatMap((target) => {
    const of = target.application;
    const application = { [applicationTag.principal]: of };
    return [
      {
        of,
        name: `${name}: door`,
        documents: Object.values(access.door.policies),
        context: { ...application, [deploymentKindTag.principal]: target.kind },
        accountId,
      },
      {
        of,
        name: `${name}: boundary`,
        documents: [access.boundary.document],
        context: application,
        accountId,
      },
      ...rolesOfTarget(target).map((role) => sessionOf(role, of, `${name}: ${role.name}`, accountId)),
    ];
  });
}

function sessionOf(role: RolePlan, of: string, name: string, accountId: string): Session {
  const tags = Object.entries(role.tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]);
  return {
    of,
    name,
    documents: Object.values(role.policies),
    context: Object.fromEntries(tags) as Record<string, string>,
    accountId,
  };
}
