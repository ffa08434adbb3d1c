/** Which powerful actions statements grant, and on what. */
import { actionsMatching, type ActionInfo } from "../aws/action-table";
import { POWERFUL } from "../aws/powerful-actions";
import type { Statement } from "../document/statement";
import { grantedActions } from "./granted-actions";
import { isEveryResource, reachOf, type Reach } from "./reach";

/** One powerful action as one statement grants it on one resource pattern. */
export interface Power {
  readonly action: string;
  readonly statement: Statement;
  readonly path: string;
  readonly resource: string;
  readonly reach: Reach;
}

/**
 * Whether a statement grants every action on everything: then there is no use in listing powers. NotAction with
 * names that are no actions does so too, and AWS accepts it.
 */
export function isAdministrator({
  effect,
  actions,
  notActions,
  resources,
  notResources,
}: Statement): boolean {
  const every =
    actions.some(({ value }) => /^\*+$|^\*+:[*?]*\*[*?]*$/.test(value)) ||
    (notActions !== undefined &&
      notActions.length > 0 &&
      notActions.every(({ value }) => actionsMatching(value).length === 0));
  const everywhere = notResources !== undefined || resources.some(({ value }) => /^\*+$/.test(value));
  return effect === "Allow" && every && everywhere;
}

/** Every powerful grant that no unconditional Deny of the same principal takes away. */
export function powersOf(statements: readonly Statement[]): Power[] {
  const denied = new Set(statements.filter(deniesOutright).flatMap((statement) => grantedActions(statement)));
  return statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap((statement) =>
      powerfulActions(statement)
        .filter((action) => !denied.has(action))
        .flatMap((action) => grants(statement, action.name)),
    );
}

function powerfulActions(statement: Statement): readonly ActionInfo[] {
  return grantedActions(statement).filter((action) => POWERFUL.has(action.name));
}

function deniesOutright({ effect, conditions, notActions, resources, hasPrincipal }: Statement): boolean {
  const everywhere = resources.some(({ value }) => /^\*+$/.test(value));
  return (
    effect === "Deny" && conditions.length === 0 && notActions === undefined && everywhere && !hasPrincipal
  );
}

function grants(statement: Statement, action: string): Power[] {
  if (statement.notResources !== undefined) {
    const everything: Reach = { breadth: "everything", open: [], types: [] };
    return [{ action, statement, path: `${statement.path}.NotResource`, resource: "", reach: everything }];
  }
  const info = actionsMatching(action)[0];
  if (info === undefined) return [];
  return statement.resources.flatMap((entry) => {
    // An action without resource types is granted by "*" alone.
    const reached = info.types.length === 0 ? whole(entry.value) : reachOf(entry.value, info);
    return reached === undefined
      ? []
      : [{ action, statement, path: entry.path, resource: entry.value, reach: reached }];
  });
}

function whole(pattern: string): Reach | undefined {
  return isEveryResource(pattern) ? { breadth: "everything", open: [], types: [] } : undefined;
}
