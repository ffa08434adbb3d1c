/** Which powerful actions statements grant, and on what. */
import { actionsMatching, type ActionInfo } from "../aws/action-table";
import { POLICY_WRITERS, POWERFUL } from "../aws/powerful-actions";
import type { Statement } from "../document/statement";
import { deniedOutright, type DeniedOutright } from "./denied-outright";
import { grantedActions, isNobodysToChange } from "./granted-actions";
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

/**
 * The statements that make their holder an administrator although other statements deny something outright: it is
 * one as long as some means is left to rewrite what it may do.
 */
export function administratorsAmong(statements: readonly Statement[]): Statement[] {
  const administrators = statements.filter((statement) => isAdministrator(statement));
  if (administrators.length === 0) return [];
  const denied = deniedOutright(statements);
  const writers = Object.keys(POLICY_WRITERS)
    .filter((name) => name.startsWith("iam:"))
    .flatMap((name) => actionsMatching(name));
  return writers.some((action) => !denied.action(action, "*")) ? administrators : [];
}

/** Every powerful grant that no unconditional Deny of the same principal takes away. */
export function powersOf(statements: readonly Statement[]): Power[] {
  const denied = deniedOutright(statements);
  return statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap((statement) =>
      powerfulActions(statement).flatMap((action) => grants(statement, action, denied)),
    );
}

function powerfulActions(statement: Statement): readonly ActionInfo[] {
  return grantedActions(statement).filter((action) => POWERFUL.has(action.name));
}

function grants(statement: Statement, info: ActionInfo, denied: DeniedOutright): Power[] {
  const action = info.name;
  if (statement.notResources !== undefined) {
    if (denied.action(info, "*")) return [];
    const everything: Reach = { breadth: "everything", open: [], types: [] };
    return [{ action, statement, path: `${statement.path}.NotResource`, resource: "", reach: everything }];
  }
  return statement.resources.flatMap((entry) => {
    if (denied.action(info, entry.value) || isNobodysToChange(info, entry.value)) return [];
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
