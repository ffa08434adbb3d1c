/**
 * Tags that a session brings along override the role's own. Where a role's policies decide by such a tag and its trust
 * does not bind it, whoever is trusted chooses what the role may reach
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html).
 */
import { actionsMatching } from "../aws/action-table";
import type { Condition, Statement } from "../document/statement";
import { grantedActions } from "../measure/granted-actions";
import { isLooseValue, operatorOf } from "../measure/conditions";
import { isDeniedOutright, withoutDenied } from "../measure/denied";
import { principalKind } from "../measure/principal-kinds";

/** The tag keys, in lower case, by which statements decide and which a session could bring along; as they are written. */
export function decidingTags(statements: readonly Statement[]): ReadonlyMap<string, string> {
  const keys = statements.flatMap((statement) => {
    const boundByArn = statement.conditions
      .filter(({ key }) => /^aws:PrincipalArn$/i.test(key))
      .flatMap(({ values }) => variablesIn(values));
    const { resources, notResources = [], conditions } = statement;
    const written = [
      ...variablesIn([...resources, ...notResources].map(({ value }) => value)),
      ...conditions.flatMap(({ values }) => variablesIn(values)),
      ...conditions.flatMap(({ key }) => /^aws:PrincipalTag\/(.+)$/i.exec(key)?.[1] ?? []),
    ];
    // The role's ARN, which no session changes, must carry the tag's value as well: another value opens nothing.
    return written.filter((key) => !boundByArn.some((bound) => bound.toLowerCase() === key.toLowerCase()));
  });
  return new Map(keys.map((key) => [key.toLowerCase(), key]));
}

/** The tags whose values stand in texts as `${aws:PrincipalTag/Key}`, also with a default. */
function variablesIn(texts: readonly string[]): string[] {
  return texts.flatMap((text) =>
    [...text.matchAll(/\$\{\s*aws:PrincipalTag\/([^},]+?)\s*(?:,[^}]*)?\}/gi)].map(([, key]) => key ?? ""),
  );
}

/**
 * Whether a trust policy lets those whom it trusts choose a tag. A request with tags needs both the action by which it
 * assumes the role and `sts:TagSession`, so that a condition on either binds it. The tags of AWS's services and of
 * identity providers are set by these, as by EKS Pod Identity, and not by who asks.
 */
export function letsChooseTag(trust: readonly Statement[], key: string): boolean {
  return ["sts:AssumeRole", "sts:TagSession"].every((action) => {
    if (trust.some((denial) => deniesTag(denial, action, key))) return false;
    return trust.some(
      (statement) =>
        statement.effect === "Allow" &&
        allowsToCustomers(statement, action, trust) &&
        !bindsTag(statement, key),
    );
  });
}

function allowsToCustomers(statement: Statement, action: string, trust: readonly Statement[]): boolean {
  const left = withoutDenied(statement, trust);
  const info = actionsMatching(action)[0];
  if (left === undefined || info === undefined || !grantedActions(left).includes(info)) return false;
  if (left.notPrincipals !== undefined) return true;
  return left.principals.some(
    (principal) =>
      ["everyone", "account", "principal", "loose"].includes(principalKind(principal)) &&
      !isDeniedOutright({ action, resource: undefined, principal }, trust),
  );
}

/** Whether the conditions of an Allow statement say which value the tag has, or that it is not brought along. */
function bindsTag({ conditions, conditionsUnknown }: Statement, key: string): boolean {
  return (
    conditionsUnknown ||
    conditions.some((condition) => {
      const { name, set } = operatorOf(condition.operator);
      if (isTagKeys(condition)) {
        // Every key must be one of the list; no wildcard of StringLike may stand for another.
        const lists = set === "ForAllValues" && /^stringequals|^stringlike$/.test(name);
        return lists && !mayContain(condition, key) && isNotEmpty(condition);
      }
      if (!isRequestTag(condition, key)) return false;
      if (name === "null") return condition.values.every((value) => value === "true");
      return demandsValue(condition, name);
    })
  );
}

/** Whether a denial, for everybody, of an action says which value the tag has, or that it is not brought along. */
function deniesTag(denial: Statement, action: string, key: string): boolean {
  const [condition] = denial.conditions;
  if (denial.effect !== "Deny" || denial.conditions.length !== 1 || condition === undefined) return false;
  const everybody = { kind: "*", value: "*", path: denial.path };
  const unconditional = { ...denial, conditions: [] };
  if (!isDeniedOutright({ action, resource: undefined, principal: everybody }, [unconditional])) return false;
  const { name, set } = operatorOf(condition.operator);
  if (isTagKeys(condition))
    return set === "ForAnyValue" && name.startsWith("stringequals") && has(condition, key);
  if (!isRequestTag(condition, key)) return false;
  if (name === "null") return condition.values.every((value) => value === "false");
  return name.startsWith("stringnot") && demandsValue(condition, name.replace("not", ""));
}

function isTagKeys({ key }: Condition): boolean {
  return /^aws:TagKeys$/i.test(key);
}

function isRequestTag({ key }: Condition, tag: string): boolean {
  return key.toLowerCase() === `aws:requesttag/${tag.toLowerCase()}`;
}

function has({ values }: Condition, key: string): boolean {
  return values.some((value) => value.toLowerCase() === key.toLowerCase());
}

function mayContain(condition: Condition, key: string): boolean {
  return has(condition, key) || condition.values.some((value) => /[*?]/.test(value));
}

function isNotEmpty({ values, unknown }: Condition): boolean {
  return values.length > 0 || unknown;
}

/** A positive operator with values that are no wildcards. A request without the tag is harmless: ...IfExists is too. */
function demandsValue(condition: Condition, operator: string): boolean {
  const positive = ["stringequals", "stringequalsignorecase", "stringlike"].includes(operator);
  return positive && isNotEmpty(condition) && !condition.values.some((value) => isLooseValue(value));
}
