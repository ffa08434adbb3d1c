/**
 * Who a statement lets in once its conditions and the denials beside it are taken into account: they narrow `*` or a
 * whole account down to a network, an organization, an account or a named principal.
 */
import type { Context } from "../document/context";
import type { Condition, PrincipalEntry, Statement } from "../document/statement";
import { CALLER_KEYS, narrowest, OWNER_KEYS, widest, type CallerKey, type Confinement } from "./caller-keys";
import { operatorOf, weakness } from "./conditions";
import { coversShare, sharesOf } from "./denied";
import { accountNamedIn, principalKind } from "./principal-kinds";

/**
 * Two kinds of callers: those with credentials of their own or none at all, and the services of AWS that call under
 * their own name, on the behalf of somebody else. Only `aws:PrincipalIsAWSService` tells them apart.
 */
export type Callers = "customers" | "services";

/** How far callers are confined, and why conditions that look like it do not confine them. */
export interface Confined {
  readonly level: Confinement;
  readonly why: readonly string[];
}

/** How far a statement's own conditions and the denials of its document confine the callers of one principal. */
export function confinedCallers(
  statement: Statement,
  principal: PrincipalEntry,
  all: readonly Statement[],
  context: Context,
  callers: Callers = "customers",
): Confined {
  const { level, why } = confinement(statement, context, callers);
  return { level: narrowest([level, confinedByDenial(statement, principal, all, context, callers)]), why };
}

/** How far the conditions of a statement confine its callers. */
export function confinement(
  statement: Statement,
  context: Context,
  callers: Callers = "customers",
): Confined {
  if (statement.conditionsUnknown) return { level: "principal", why: [] };
  const levels: Confinement[] = [];
  const why: string[] = [];
  for (const condition of statement.conditions) {
    if (demandsService(condition)) {
      // Nobody but a service is let in; which service, and on whose behalf, is left open.
      if (callers === "customers") levels.push("principal");
      continue;
    }
    const key = keysFor(context).find(({ pattern }) => pattern.test(condition.key));
    if (key === undefined) continue;
    const reason =
      foreignOrganization(condition, context) ??
      foreignAccount(condition, context) ??
      key.weakness?.(condition) ??
      weakCaller(condition, key, statement);
    if (reason === undefined) levels.push(levelOf(condition, key));
    else why.push(`${condition.operator} ${condition.key}: ${reason}`);
  }
  return { level: narrowest(levels), why };
}

/** Where a policy limits, the owner of the resource counts as much as the caller. */
function keysFor({ service }: Context): readonly CallerKey[] {
  return service === "vpce" ? [...CALLER_KEYS, ...OWNER_KEYS] : CALLER_KEYS;
}

/** A condition is as wide as the widest of its values; one that is not known yet has the benefit of the doubt. */
function levelOf({ values }: Condition, key: CallerKey): Confinement {
  return widest([key.full, ...values.map((value) => key.level(value))]);
}

function weakCaller(condition: Condition, key: CallerKey, statement: Statement): string | undefined {
  if (condition.values.length === 0 && !condition.unknown) return "it has no value";
  const weakOperator =
    key.weakness === undefined ? weakness({ ...condition, values: ["named"] }, statement) : undefined;
  if (weakOperator !== undefined) return weakOperator;
  const open = condition.values.find((value) => key.level(value) === "none");
  return open === undefined ? undefined : `${JSON.stringify(open)} is not ${key.form}`;
}

/**
 * How far the denials of the same document confine an Allow for one of its principals: each of its actions on each of
 * its resources as far as the denial that covers it whole and leaves in the fewest, and all of them as far as the
 * widest.
 */
export function confinedByDenial(
  allowed: Statement,
  principal: PrincipalEntry,
  statements: readonly Statement[],
  context: Context,
  callers: Callers = "customers",
): Confinement {
  const denials = statements.filter(({ effect }) => effect === "Deny");
  const shares = sharesOf(allowed, principal);
  if (denials.length === 0 || shares.length === 0) return "none";
  return widest(
    shares.map((share) =>
      narrowest(
        denials
          .filter((denial) => coversShare(denial, share))
          .map((denial) => leftIn(denial, context, callers)),
      ),
    ),
  );
}

/**
 * Whom a denial leaves in: those whom its NotPrincipal names, and those for whom one of its conditions does not hold.
 * Every condition is a way in of its own, so that the widest counts.
 */
function leftIn(denial: Statement, context: Context, callers: Callers): Confinement {
  if (denial.conditionsUnknown) return "none";
  return widest([
    ...(denial.notPrincipals ?? []).map(principalLevel),
    ...denial.conditions.map((condition) => leftInBy(condition, denial, context, callers)),
  ]);
}

function principalLevel(principal: PrincipalEntry): Confinement {
  const kind = principalKind(principal);
  return kind === "account" || kind === "principal" ? kind : "none";
}

/** The operators of a Deny that leave in only who is named, and the positive ones they stand for. */
const TURNED: ReadonlyMap<string, string> = new Map([
  ["stringnotequals", "StringEquals"],
  ["stringnotequalsignorecase", "StringEqualsIgnoreCase"],
  ["stringnotlike", "StringLike"],
  ["arnnotequals", "ArnEquals"],
  ["arnnotlike", "ArnLike"],
  ["notipaddress", "IpAddress"],
]);

/** The keys that are present if and only if a service calls under its own name. */
const SOURCE_KEY = /^aws:Source(Account|Arn|OrgID|OrgPaths|Owner)$/i;

function leftInBy(condition: Condition, denial: Statement, context: Context, callers: Callers): Confinement {
  const { name, set, ifExists } = operatorOf(condition.operator);
  const isService = saysWhetherService(condition);
  if (isService === true) return callers === "services" ? "principal" : "none";
  // Requests without a signature do not carry the key: without ...IfExists the denial misses them.
  if (isService === false) return callers === "customers" && ifExists ? "principal" : "none";
  if (name === "null") {
    const present = SOURCE_KEY.test(condition.key) && condition.values.every((value) => value === "false");
    return present && callers === "services" ? "principal" : "none";
  }
  // ForAnyValue does not hold for a request without the key, so that the denial misses it.
  const operator = TURNED.get(name);
  if (operator === undefined || set === "ForAnyValue") return "none";
  return confinement({ ...denial, conditions: [{ ...condition, operator }] }, context, callers).level;
}

/** Whether a condition lets in nobody but services of AWS that call under their own name. */
export function demandsService(condition: Condition): boolean {
  return saysWhetherService(condition) === true && !operatorOf(condition.operator).ifExists;
}

/** What a condition demands of `aws:PrincipalIsAWSService`; undefined if it is about something else. */
function saysWhetherService({ operator, key, values }: Condition): boolean | undefined {
  if (!/^aws:PrincipalIsAWSService$/i.test(key) || operatorOf(operator).name !== "bool") return undefined;
  if (values.length !== 1) return undefined;
  return values[0]?.toLowerCase() === "true";
}

/** An organization that is not ours, where the pack was told which ones are. */
function foreignOrganization({ key, values }: Condition, { organizations }: Context): string | undefined {
  if (organizations.length === 0 || !/^aws:(PrincipalOrgID|SourceOrgID|ResourceOrgID)$/i.test(key))
    return undefined;
  return values.some((value) => !organizations.includes(value))
    ? "it is an organization that is not ours"
    : undefined;
}

const ACCOUNT_OF_CALLER = /^aws:Principal(Account|Arn)$|^kms:CallerAccount$|^s3:DataAccessPointAccount$/i;

/** An account that is not ours, likewise. */
function foreignAccount({ key, values }: Condition, { account, accounts }: Context): string | undefined {
  if (accounts.length === 0 || !ACCOUNT_OF_CALLER.test(key)) return undefined;
  const isOurs = (value: string): boolean => {
    const named = accountNamedIn(value);
    return named === undefined || named === account || accounts.includes(named);
  };
  return values.every(isOurs) ? undefined : "it is an account that is not ours";
}

/** Whether a principal is the account of the resource itself, as far as that account is known. */
export function isOwnAccount(principal: PrincipalEntry, { account }: Context): boolean {
  return (
    account !== undefined &&
    principalKind(principal) === "account" &&
    accountNamedIn(principal.value) === account
  );
}
