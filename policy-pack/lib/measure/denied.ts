/**
 * What the Deny statements of a document cover. A denial takes away from a grant only what it covers whole: what its
 * patterns merely have in common with the grant's leaves the rest granted.
 */
import type { PrincipalEntry, Statement } from "../document/statement";
import { includesPattern, overlaps } from "../document/wildcard";
import { accountNamedIn, principalKind } from "./principal-kinds";

/** One part of what a statement grants. */
export interface Share {
  /** An action or a pattern of actions. */
  readonly action: string;
  /** A resource or a pattern of resources; undefined where there is none, or where it is not known yet. */
  readonly resource: string | undefined;
  /** Who is granted it; undefined in an identity policy, whose holder it is. */
  readonly principal: PrincipalEntry | undefined;
}

/** The parts of a statement's grant: each of its actions on each of its resources, for the principal. */
export function sharesOf(statement: Statement, principal?: PrincipalEntry): Share[] {
  const { actions, notActions, resources, notResources } = statement;
  // What NotAction and NotResource leave is open upwards: only a denial of everything covers it.
  const actionPatterns = notActions === undefined ? actions.map(({ value }) => value) : ["*"];
  const known = notResources === undefined ? resources.map(({ value }) => value) : ["*"];
  const resourcePatterns = known.length === 0 ? [undefined] : known;
  return actionPatterns.flatMap((action) =>
    resourcePatterns.map((resource) => ({ action, resource, principal })),
  );
}

/** Whether a Deny statement, while its conditions hold, takes the whole share away. */
export function coversShare(denial: Statement, share: Share): boolean {
  return (
    denial.effect === "Deny" &&
    coversAction(denial, share.action) &&
    coversResource(denial, share.resource) &&
    coversPrincipal(denial, share.principal)
  );
}

/** Whether the document takes a share away whatever the request. */
export function isDeniedOutright(share: Share, statements: readonly Statement[]): boolean {
  return statements.some((denial) => isUnconditional(denial) && coversShare(denial, share));
}

/**
 * An Allow statement without the actions, resources and principals that the same document denies outright; undefined
 * if nothing is left of it.
 */
export function withoutDenied(statement: Statement, statements: readonly Statement[]): Statement | undefined {
  const denials = statements.filter(isUnconditional);
  if (denials.length === 0) return statement;
  const principals = statement.hasPrincipal ? statement.principals : [undefined];
  const granted = principals.flatMap((principal) => sharesOf(statement, principal));
  const shares = granted.filter((share) => !isDeniedOutright(share, denials));
  if (shares.length === granted.length) return statement;
  if (shares.length === 0) return undefined;
  return {
    ...statement,
    actions: statement.actions.filter(({ value }) => shares.some(({ action }) => action === value)),
    resources: statement.resources.filter(({ value }) => shares.some(({ resource }) => resource === value)),
    principals: statement.principals.filter((entry) => shares.some(({ principal }) => principal === entry)),
  };
}

/** A denial with NotPrincipal leaves somebody in, which is a condition too. */
export function isUnconditional({
  effect,
  conditions,
  conditionsUnknown,
  notPrincipals,
}: Statement): boolean {
  return effect === "Deny" && conditions.length === 0 && !conditionsUnknown && notPrincipals === undefined;
}

/** Whether a denial takes all that a pattern of actions means. */
export function coversAction({ actions, notActions }: Statement, action: string): boolean {
  if (notActions !== undefined) return !notActions.some(({ value }) => overlaps(value, action));
  return actions.some(({ value }) => includesPattern(everyName(value), everyName(action)));
}

/** `*` and `*:*` are the same actions; case does not count in them. */
function everyName(pattern: string): string {
  return /^\*+$/.test(pattern) ? "*:*" : pattern.toLowerCase();
}

/** Whether a denial takes all that a pattern of resources means. */
export function coversResource(denial: Statement, resource: string | undefined): boolean {
  const { resources, notResources } = denial;
  if (notResources !== undefined) {
    return (
      resource !== undefined && !notResources.some(({ value }) => overlaps(widened(value), widened(resource)))
    );
  }
  // No resource at all, as in a trust policy; or none that is known yet, which the update judges.
  if (resources.length === 0) return true;
  return resources.some(
    ({ value }) =>
      value === resource ||
      // Which text a variable stands for is not known: in a denial it covers nothing for certain.
      (!value.includes("${") && includesPattern(value, resource === undefined ? "*" : widened(resource))),
  );
}

/** A pattern whose policy variables may be any text. */
function widened(pattern: string): string {
  return pattern.replaceAll(/\$\{[^{}]*\}/g, "*");
}

function coversPrincipal(denial: Statement, principal: PrincipalEntry | undefined): boolean {
  if (principal === undefined) return !denial.hasPrincipal;
  if (denial.notPrincipals !== undefined)
    return !denial.notPrincipals.some((left) => mayMean(left, principal));
  return denial.principals.some((denied) => isEverybody(denied) || isSame(denied, principal));
}

/** `*` and `{"AWS": "*"}`, which mean the same; any other wildcard in a principal is one that IAM does not take. */
function isEverybody({ kind, value }: PrincipalEntry): boolean {
  return value === "*" && (kind === "*" || kind === "AWS");
}

function isSame(one: PrincipalEntry, other: PrincipalEntry): boolean {
  if (one.kind !== other.kind) return false;
  if (one.value === other.value) return true;
  const areAccounts = principalKind(one) === "account" && principalKind(other) === "account";
  return areAccounts && accountNamedIn(one.value) === accountNamedIn(other.value);
}

/** Whether somebody whom NotPrincipal leaves out of a denial may be one of those whom a principal means. */
function mayMean(left: PrincipalEntry, principal: PrincipalEntry): boolean {
  // For everybody, what is left in is judged by its own narrowness.
  if (isEverybody(principal)) return false;
  if (left.kind !== principal.kind && left.kind !== "*" && principal.kind !== "*") return false;
  const [account, other] = [accountNamedIn(left.value), accountNamedIn(principal.value)];
  return account === undefined || other === undefined || account === other;
}
