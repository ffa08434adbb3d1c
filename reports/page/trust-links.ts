import type { Ground, Link } from "./access-map";
import { boxOfOutsider, boxOfRole, type BoxSeed } from "./boxes";
import type { RoleFacts } from "./roles";
import { hasAction, matches, type Statement } from "./statements";

/** A way into a role. */
export interface TrustLink extends Link {
  readonly target: RoleFacts;
}

/** Who may enter which role: both sides, the role's trust policy and the policies of who enters. */
export function trustLinks(ground: Ground): TrustLink[] {
  const entering = enteringStatements(ground.roles);
  return ground.roles.flatMap((target) => {
    const allowed = target.trust.filter((statement) => statement.allows && entersBy(statement));
    return allowed
      .flatMap((statement) => callersOf(statement, ground))
      .map(({ box, role }) => ({
        from: box,
        to: boxOfRole(target),
        target,
        verb: "enters" as const,
        places: [
          ...target.trust.map(({ place }) => place),
          ...(role === undefined ? [] : sidesOf(role, target, entering)),
        ],
      }));
  });
}

const entries = ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"];

function entersBy(statement: Statement): boolean {
  return entries.some((action) => hasAction(statement, action));
}

interface Caller {
  readonly box: BoxSeed;
  readonly role: RoleFacts | undefined;
}

/** Whom a statement of a resource's or a role's policy lets in, services apart: those are a part of AWS. */
export function callersOf({ principals, conditions }: Statement, ground: Ground): Caller[] {
  const narrowed = conditions
    .filter(({ operator, key }) => /^(?:Arn|String)(?:Equals|Like)$/.test(operator) && isPrincipalArn(key))
    .flatMap(({ values }) => values);
  return principals
    .filter(({ kind }) => kind !== "Service")
    .flatMap(({ value }) => {
      const whole = value === "*" || /^\d{12}$|:root$/.test(value);
      return whole && narrowed.length > 0 ? narrowed : [value];
    })
    .flatMap((pattern) => callersBy(pattern, ground));
}

function isPrincipalArn(key: string): boolean {
  return key.toLowerCase() === "aws:principalarn";
}

function callersBy(pattern: string, ground: Ground): Caller[] {
  const roles = pattern === "*" ? [] : rolesBy(pattern, ground);
  if (roles.length > 0) return roles.map((role) => ({ box: boxOfRole(role), role }));
  return [{ box: boxOfOutsider(pattern, ground.stackOf), role: undefined }];
}

function rolesBy(pattern: string, { roles, byArn, named }: Ground): readonly RoleFacts[] {
  const exact = byArn.get(pattern);
  if (exact !== undefined) return [exact];
  if (!/[*?$]/.test(pattern)) return [];
  const known = named.get(pattern) ?? roles.filter(({ arn }) => matches(pattern, arn));
  named.set(pattern, known);
  return known;
}

/** The statements by which each role may enter others. */
function enteringStatements(roles: readonly RoleFacts[]): ReadonlyMap<RoleFacts, readonly Statement[]> {
  const actions = [...entries, "sts:TagSession", "sts:SetSourceIdentity"];
  return new Map(
    roles.map((role) => [
      role,
      role.identity.filter((statement) => actions.some((action) => hasAction(statement, action))),
    ]),
  );
}

function sidesOf(
  role: RoleFacts,
  { arn }: RoleFacts,
  entering: ReadonlyMap<RoleFacts, readonly Statement[]>,
): Statement["place"][] {
  return (entering.get(role) ?? [])
    .filter(({ resources }) => resources.some((pattern) => matches(pattern, arn)))
    .map(({ place }) => place);
}
