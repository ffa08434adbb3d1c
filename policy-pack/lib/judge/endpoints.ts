/**
 * Judges the policy of a VPC endpoint. It grants nothing: it limits what passes through, and those who pass have
 * permissions of their own. So it may allow every action, as long as it says whose callers or whose resources are
 * meant (https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html).
 */
import { actionsMatching } from "../aws/action-table";
import type { Context } from "../document/context";
import type { PrincipalEntry, Statement } from "../document/statement";
import { confinesAtLeast } from "../measure/caller-keys";
import { confinedCallers } from "../measure/callers";
import { accountNamedIn, principalKind } from "../measure/principal-kinds";
import { isNarrow, reachOf } from "../measure/reach";
import type { Finding, Severity } from "./findings";
import { allButThese, findingsAbout, foreign } from "./principals";

/** Findings about one Allow statement of an endpoint's policy. */
export function judgeEndpoint(statement: Statement, all: readonly Statement[], context: Context): Finding[] {
  if (statement.notPrincipals !== undefined) return [allButThese(statement, statement.notPrincipals)];
  return statement.principals.flatMap((principal) => judge(statement, principal, all, context));
}

function judge(
  statement: Statement,
  principal: PrincipalEntry,
  all: readonly Statement[],
  context: Context,
): Finding[] {
  const verdict = (severity: Severity, reason: string, remedy: string): Finding[] =>
    findingsAbout(statement, principal, [{ severity, reason, remedy }]);
  const kind = principalKind(principal);
  if (kind !== "everyone" && kind !== "loose") return foreign(principal, context, verdict);
  const { level, why } = confinedCallers(statement, principal, all, context);
  if (confinesAtLeast(level, "organization") || namesResources(statement)) return [];
  const excuse = why.length === 0 ? "" : ` The condition does not confine it: ${why.join("; ")}.`;
  const remedy =
    "Add StringEquals aws:PrincipalOrgID or aws:ResourceOrgID, name the principals by ArnLike aws:PrincipalArn, or name the resources.";
  return level === "network"
    ? verdict(
        "warning",
        `limits only where calls come from: with any credentials, any account's resources are reached.${excuse}`,
        remedy,
      )
    : verdict(
        "error",
        `limits nothing: with any credentials, any account's resources are reached through the endpoint.${excuse}`,
        remedy,
      );
}

/** Whether every resource is named, or is of an account that is; those of AWS stand under the account `aws`. */
function namesResources({ actions, notActions, resources, notResources }: Statement): boolean {
  if (notResources !== undefined || notActions !== undefined || resources.length === 0) return false;
  const allowed = actions.flatMap(({ value }) => actionsMatching(value));
  return (
    allowed.length > 0 &&
    resources.every(
      ({ value }) =>
        isOfOneAccount(value) ||
        allowed.every((action) => isNarrow(reachOf(value, action)?.breadth ?? "exact")),
    )
  );
}

function isOfOneAccount(arn: string): boolean {
  return accountNamedIn(arn) !== undefined || /^arn:[^:]*:[^:]*:[^:]*:aws:/.test(arn);
}
