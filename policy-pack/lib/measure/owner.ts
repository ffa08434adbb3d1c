/** Whose resource a resource policy stands on. */
import type { Context } from "../document/context";
import type { PrincipalEntry, Statement } from "../document/statement";
import { accountNamedIn, isOwnAccount, principalKind } from "./callers";

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
