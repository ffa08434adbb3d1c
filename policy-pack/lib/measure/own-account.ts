/** Whose account a resource is in: told, or taken from what its policy names. */
import type { Context } from "../document/context";
import type { PrincipalEntry, Statement } from "../document/statement";
import { isOwnAccount } from "./callers";
import { grantedActions } from "./granted-actions";
import { accountNamedIn, principalKind } from "./principal-kinds";

/** The account that is taken for the key's own, and how many the policy names as a whole. */
export interface TakenAccount {
  readonly account: string;
  readonly named: number;
}

/**
 * Whether a principal is the account that owns the resource: the account that the document is deployed to, where it is
 * known, else the one in the ARNs of the statement, which must be those of the resource itself.
 */
export function isOwner(statement: Statement, principal: PrincipalEntry, context: Context): boolean {
  if (isOwnAccount(principal, context)) return true;
  if (context.account !== undefined || principalKind(principal) !== "account") return false;
  const account = accountNamedIn(principal.value);
  const { resources, notResources } = statement;
  if (account === undefined || notResources !== undefined || resources.length === 0) return false;
  return resources.every(({ value }) => value.split(":")[4] === account);
}

/**
 * The one of the accounts that a key's policy names as a whole that can be its own: the only one, or else the one that
 * is given the most. A key's policy must name its own account or somebody in it, and AWS's default names its root
 * (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html). Undefined where the account was
 * told, for other resources, and if none of them is ours.
 */
export function takenForOwn(statements: readonly Statement[], context: Context): TakenAccount | undefined {
  if (context.kind !== "resource" || context.service !== "kms" || context.account !== undefined)
    return undefined;
  const powers = new Map<string, number>();
  for (const statement of statements.filter(({ effect }) => effect === "Allow")) {
    for (const account of wholeAccountsOf(statement)) {
      powers.set(account, Math.max(powers.get(account) ?? 0, grantedActions(statement).length));
    }
  }
  const ours = [...powers].filter(
    ([account]) => context.accounts.length === 0 || context.accounts.includes(account),
  );
  // Of several that are given the same, at most one is its own, and one of them must stand for it.
  const [most] = ours.sort(
    ([account, count], [other, otherCount]) => otherCount - count || account.localeCompare(other),
  );
  return most === undefined ? undefined : { account: most[0], named: powers.size };
}

function wholeAccountsOf({ principals }: Statement): string[] {
  return principals
    .filter((principal) => principalKind(principal) === "account")
    .flatMap(({ value }) => accountNamedIn(value) ?? []);
}
