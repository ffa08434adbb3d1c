import { actionWords } from "./actions";
import { conditionInWords } from "./conditions";
import { accountName, placesInWords } from "./places";
import type { Home, Scene } from "./scene";
import type { Condition, Principal, Statement } from "./statements";
import { capitalized, list, serviceName } from "./wording";

/** What a statement of a role's policy lets it do: a sentence for each service. */
export function permissionSentences(statement: Statement, scene: Scene, home: Home): string[] {
  const { actions, allActionsBut, resources, allResourcesBut } = statement;
  const alias = keyAlias(statement);
  const every = placesInWords(resources, scene, home);
  const places =
    alias === undefined ? every : every.replace("every key", `the key with the ${aliasWords(alias)}`);
  const where = `${allResourcesBut ? "everything but " : ""}${places}`;
  const rest = statement.conditions.filter((condition) => condition !== alias);
  return actionWords(actions).map(
    ({ service, words }) =>
      `In ${service}, ${allActionsBut ? "everything but " : ""}${words}: ${where}${ifClause(rest, scene, home)}.`,
  );
}

/** The condition by which a statement about all keys means the one with an alias. */
function keyAlias({ resources, allResourcesBut, conditions }: Statement): Condition | undefined {
  if (allResourcesBut || !resources.every((resource) => /^arn:[^:]+:kms:[^:]+:\d+:key\/\*$/.test(resource)))
    return undefined;
  return conditions.find(
    ({ operator, key }) => key === "kms:ResourceAliases" && operator === "ForAnyValue:StringEquals",
  );
}

function aliasWords({ values }: Condition): string {
  return `alias ${list(
    values.map((value) => value.replace(/^alias\//, "")),
    "or",
  )}`;
}

/** Who may do what by a statement that names principals: of a trust, a bucket, a key, a topic. */
export function principalSentences(statement: Statement, scene: Scene, home: Home): string[] {
  if (statement.principals.length === 0) return permissionSentences(statement, scene, home);
  const { subject, conditions } = subjectOf(statement, scene, home);
  const denied = statement.effect === "Deny";
  const who = denied && subject === "everybody" ? "nobody may" : `${subject} ${denied ? "must not" : "may"}`;
  const but = statement.allActionsBut ? "everything but " : "";
  // "*" means what carries the policy.
  const own = statement.resources.filter((resource) => resource !== "*");
  const places = own.length === 0 ? "" : `: ${placesInWords(own, scene, home)}`;
  return actionWords(statement.actions).map(({ service, words }) => {
    const deeds = service === "STS" ? ` ${words}` : `, in ${service}, ${but}${words}`;
    return `${capitalized(who)}${deeds}${places}${ifClause(conditions, scene, home)}.`;
  });
}

function ifClause(conditions: readonly Condition[], scene: Scene, home: Home): string {
  if (conditions.length === 0) return "";
  return `, if ${list(conditions.map((condition) => conditionInWords(condition, scene, home)))}`;
}

interface Subject {
  readonly subject: string;
  /** What the subject does not say yet. */
  readonly conditions: readonly Condition[];
}

function subjectOf({ principals, conditions }: Statement, scene: Scene, home: Home): Subject {
  const callers = conditions.find(
    ({ key, operator }) => key === "aws:PrincipalArn" && /^Arn(Equals|Like)$/.test(operator),
  );
  const accounts = principals.map(accountOf);
  // The account lets in whom its own policies allow; the condition says who of them is meant.
  const sameAccount = callers?.values.every((value) => accounts.includes(value.split(":")[4])) === true;
  if (callers !== undefined && sameAccount) {
    return {
      subject: placesInWords(callers.values, scene, home),
      conditions: conditions.filter((condition) => condition !== callers),
    };
  }
  return {
    subject: list(
      principals.map((principal) => principalInWords(principal, scene, home)),
      "or",
    ),
    conditions,
  };
}

function accountOf({ kind, value }: Principal): string | undefined {
  return kind === "AWS"
    ? (/^arn:[^:]+:iam::(\d{12}):root$/.exec(value)?.[1] ?? /^\d{12}$/.exec(value)?.[0])
    : undefined;
}

function principalInWords(principal: Principal, scene: Scene, home: Home): string {
  const { kind, value } = principal;
  if (kind.startsWith("Not")) {
    return `everybody but ${principalInWords({ kind: kind.slice("Not".length), value }, scene, home)}`;
  }
  if (value === "*") return "everybody";
  if (kind === "Service") return serviceName(value);
  const account = accountOf(principal);
  if (account !== undefined) return `whoever the policies of ${accountName(account, scene)} allow it`;
  return value.startsWith("arn:") ? placesInWords([value], scene, home) : value;
}
