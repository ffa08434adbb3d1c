/** Which of AWS's actions a statement grants, once its wildcards are expanded with the action table. */
import { actionsMatching, type ActionInfo } from "../aws/action-table";
import type { Context } from "../document/context";
import type { Statement } from "../document/statement";
import { reachOf } from "./reach";

const grantedByStatement = new WeakMap<Statement, readonly ActionInfo[]>();

/** Every action that a statement grants today; NotAction grants all the others. */
export function grantedActions(statement: Statement): readonly ActionInfo[] {
  const kept = grantedByStatement.get(statement);
  if (kept !== undefined) return kept;
  const granted = expandStatement(statement);
  grantedByStatement.set(statement, granted);
  return granted;
}

function expandStatement(statement: Statement): readonly ActionInfo[] {
  if (statement.notActions !== undefined) {
    const excluded = new Set(statement.notActions.flatMap(({ value }) => actionsMatching(value)));
    return actionsMatching("*").filter((action) => !excluded.has(action));
  }
  const [only] = statement.actions;
  if (statement.actions.length === 1 && only !== undefined) return actionsMatching(only.value);
  return [...new Set(statement.actions.flatMap(({ value }) => actionsMatching(value)))];
}

/** Whether a granted action can act on any resource of the statement; on others it is without effect. */
export function hasEffect(statement: Statement, action: ActionInfo, context: Context): boolean {
  if (context.kind !== "identity" || statement.notResources !== undefined) return true;
  if (statement.resources.length === 0) return true;
  return statement.resources.some(({ value }) =>
    action.types.length === 0
      ? /^[*?]+$/.test(value)
      : !isNobodysToChange(action, value) && reachOf(value, action) !== undefined,
  );
}

/**
 * Whether a resource is AWS's own, such as `arn:aws:iam::aws:policy/ReadOnlyAccess`, and the action would change it:
 * nobody can (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html).
 */
export function isNobodysToChange({ level }: ActionInfo, resource: string): boolean {
  return level !== "L" && level !== "R" && /^arn:[^:]*:[^:]*:[^:]*:aws:/i.test(resource);
}

/** Whether a statement grants every action, or every one but a few. */
export function grantsEveryAction({ actions, notActions }: Statement): boolean {
  return notActions !== undefined || actions.some(({ value }) => isEveryAction(value));
}

/** Whether an action pattern such as `*` or `*:*` means every action of every service. */
export function isEveryAction(pattern: string): boolean {
  if (!pattern.startsWith("*")) return false;
  const [prefix = "", name] = pattern.split(":");
  return /^\*+$/.test(prefix) && (name === undefined || /^[*?]+$/.test(name));
}
