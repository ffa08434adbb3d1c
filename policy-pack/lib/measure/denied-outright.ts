/**
 * What the Deny statements of an identity document take away whatever the request is: such actions are not granted,
 * however an Allow words them. A Deny with a condition takes away nothing here.
 */
import type { ActionInfo } from "../aws/action-table";
import type { Statement } from "../document/statement";
import { coversAction, coversResource, isUnconditional } from "./denied";
import { grantedActions } from "./granted-actions";

/** What is denied outright, for an action or an action's pattern, on all that a resource pattern can mean. */
export interface DeniedOutright {
  readonly action: (action: ActionInfo, resource: string) => boolean;
  readonly pattern: (actions: string, resource: string) => boolean;
}

/** Reads the Deny statements of one principal's documents. */
export function deniedOutright(statements: readonly Statement[]): DeniedOutright {
  const denials = statements.filter((statement) => isUnconditional(statement) && !statement.hasPrincipal);
  if (denials.length === 0) return { action: () => false, pattern: () => false };
  const actions = denials.map((denial) => [denial, new Set(grantedActions(denial))] as const);
  // One resource pattern is asked for with one action after another.
  let latest: { readonly resource: string; readonly denied: readonly ReadonlySet<ActionInfo>[] } | undefined;
  const deniedOn = (resource: string): readonly ReadonlySet<ActionInfo>[] => {
    if (latest?.resource !== resource) {
      const covering = actions.filter(([denial]) => coversResource(denial, resource));
      latest = { resource, denied: covering.map(([, denied]) => denied) };
    }
    return latest.denied;
  };
  return {
    action: (action, resource) => deniedOn(resource).some((denied) => denied.has(action)),
    pattern: (pattern, resource) =>
      denials.some((denial) => coversAction(denial, pattern) && coversResource(denial, resource)),
  };
}

/** The resource patterns of an Allow, for which it must be denied; NotResource can mean anything. */
export function resourcesOf({ resources, notResources }: Statement): readonly string[] {
  return notResources !== undefined || resources.length === 0 ? ["*"] : resources.map(({ value }) => value);
}
