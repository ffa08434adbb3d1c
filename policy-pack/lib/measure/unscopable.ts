/**
 * Actions for which `*` is the only form that works, or the only one that anybody can use. The first are those
 * to which the action table gives no resource type. The second are listed here with the condition that narrows
 * each, since AWS's table gives them a type that does not cover how they are called.
 */
import type { ActionInfo } from "../aws/action-table";
import type { Statement } from "../document/statement";
import { weakness } from "./conditions";

/** Action to the condition key that narrows it, with the page that says so. */
const NARROWED_BY_KEY: ReadonlyMap<string, string> = new Map([
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html
  ["cloudwatch:PutMetricData", "cloudwatch:namespace"],
]);

/** Whether an action on a broad resource is the author's choice: not if AWS leaves none. */
export function scopableInPractice(action: ActionInfo, statement: Statement): boolean {
  if (action.types.length === 0) return false;
  const key = NARROWED_BY_KEY.get(action.name)?.toLowerCase();
  if (key === undefined) return true;
  return !statement.conditions.some(
    (condition) => condition.key.toLowerCase() === key && weakness(condition, statement) === undefined,
  );
}
