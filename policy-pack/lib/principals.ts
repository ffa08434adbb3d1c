/** Judges who a trust policy or a resource policy lets in. */
import { labelOf } from "./actions";
import { expand } from "./action-table";
import {
  accountOf,
  isOwnAccount,
  atLeast,
  confinedByDenial,
  confinement,
  kindOf,
  type Confined,
  type Confinement,
} from "./callers";
import { weakness } from "./conditions";
import type { Context } from "./context";
import type { PrincipalEntry, Statement } from "./statement";
import { brief, some, type Finding, type Severity } from "./findings";
import { isNarrow, reach } from "./reach";
import { judgeOidc, judgeSaml } from "./federation";
import { needsSource } from "./service-principals";

/** Findings about the Principal or NotPrincipal element of one Allow statement of a document. */
export function judgePrincipals(
  statement: Statement,
  all: readonly Statement[],
  context: Context,
): Finding[] {
  if (statement.notPrincipals !== undefined) {
    return [
      finding(statement, {
        path: `${statement.path}.NotPrincipal`,
        value: some(statement.notPrincipals.map(({ value }) => brief(value))),
        severity: "error",
        reason: "with Allow lets in everybody but these, anonymous callers included.",
        remedy: "Name who is meant in Principal.",
      }),
    ];
  }
  const own = confinement(statement, context);
  if (context.kind === "trust" && !letsIn(statement)) return riders(statement, own);
  const denied = confinedByDenial(statement, all, context);
  const confined = { ...own, level: atLeast(denied, own.level) ? denied : own.level };
  return statement.principals.flatMap((principal) => judge(statement, principal, confined, context));
}

/**
 * sts:TagSession and sts:SetSourceIdentity let nobody in by themselves, they ride on sts:AssumeRole. Still nobody means
 * everybody: one statement more in the document, or one of another role's, and it is a way in under any name.
 */
function riders(statement: Statement, { level }: Confined): Finding[] {
  if (level !== "none") return [];
  return statement.principals
    .filter((principal) => kindOf(principal) === "everyone")
    .map((principal) =>
      finding(statement, {
        path: principal.path,
        value: principal.value,
        severity: "error",
        reason: "lets anybody give the session tags or a source identity.",
        remedy: "Name the same principals as in the statement that allows sts:AssumeRole.",
      }),
    );
}

function judge(
  statement: Statement,
  principal: PrincipalEntry,
  confined: Confined,
  context: Context,
): Finding[] {
  const found = (severity: Severity, reason: string, remedy: string): Finding[] => [
    finding(statement, { ...about(principal), severity, reason: reason + excuse(confined), remedy }),
  ];
  switch (kindOf(principal)) {
    case "everyone":
      return opensToNamed(statement, context) ? [] : everyone(confined.level, context, found);
    case "account":
      return account(statement, principal, confined.level, context, found);
    case "loose":
      return found(
        "error",
        "holds a wildcard that Principal does not understand, or lets in a whole account.",
        "Name the role, or name the account and add ArnLike aws:PrincipalArn.",
      );
    case "principal":
      return foreign(principal, context, found);
    case "service":
      return service(principal, confined.level, context, found);
    case "oidc":
      return judgeOidc(statement, principal).map((part) =>
        finding(statement, { ...about(principal), ...part }),
      );
    case "cognito":
    case "saml":
      return judgeSaml(statement, principal).map((part) =>
        finding(statement, { ...about(principal), ...part }),
      );
    case "federation":
      return found(
        "error",
        "is a kind of federation that cannot be judged.",
        "Name an identity provider's ARN.",
      );
    case "canonical":
      return [];
  }
}

function about({ path, value }: PrincipalEntry): Pick<Finding, "path" | "value"> {
  return { path, value };
}

type Found = (severity: Severity, reason: string, remedy: string) => Finding[];

/**
 * An endpoint's policy limits what passes through it, and those who pass have permissions of their own: everybody may
 * reach resources that are named (https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html).
 */
function opensToNamed(statement: Statement, { service: on }: Context): boolean {
  if (on !== "vpce" || statement.notResources !== undefined || statement.notActions !== undefined)
    return false;
  const { resources, actions } = statement;
  const granted = actions.flatMap(({ value }) => expand(value));
  if (resources.length === 0 || granted.length === 0) return false;
  return resources.every(({ value }) =>
    granted.every((action) => isNarrow(reach(value, action)?.breadth ?? "exact")),
  );
}

function everyone(level: Confinement, context: Context, found: Found): Finding[] {
  const remedy =
    "Name the principals, or add StringEquals aws:PrincipalOrgID, aws:PrincipalAccount or ArnLike aws:PrincipalArn.";
  if (context.kind !== "trust") {
    if (level === "none") return found("error", "lets in everybody, anonymous callers included.", remedy);
    return [];
  }
  if (level === "none" || level === "network")
    return found("error", "lets anybody with an AWS account assume the role.", remedy);
  if (level === "principal") return [];
  return found(
    "error",
    `lets every principal of the ${level} assume the role.`,
    "Add ArnLike aws:PrincipalArn with the roles that are meant.",
  );
}

function account(
  statement: Statement,
  principal: PrincipalEntry,
  level: Confinement,
  context: Context,
  found: Found,
): Finding[] {
  const stranger = foreign(principal, context, found);
  if (stranger.length > 0) return stranger;
  if (atLeast(level, "principal") || tagged(statement) || hasExternalId(statement)) return [];
  if (context.kind === "trust") {
    if (demandsMfa(statement))
      return found(
        "warning",
        "lets every user of the account with a second factor assume the role.",
        "Add ArnLike aws:PrincipalArn.",
      );
    return found(
      "error",
      "lets every principal of the account assume the role that may call sts:AssumeRole.",
      "Add ArnLike aws:PrincipalArn with the roles that are meant, or name the role.",
    );
  }
  // A policy that names its own account's root only hands the decision to that account's IAM.
  return isOwnAccount(principal, context) ? [] : accountOnResource(statement, found);
}

/** A whole account may read what is lent to it; writing and permissions are for named roles. */
function accountOnResource(statement: Statement, found: Found): Finding[] {
  const levels = statement.actions.flatMap(({ value }) => expand(value).map((action) => action.level));
  if (levels.includes("P")) {
    return found(
      "error",
      "lets a whole account change who may use this resource.",
      "Name the role and list the actions; leave permissions management to this account.",
    );
  }
  const reads = levels.every((level) => level === "R" || level === "L");
  return found(
    reads ? "note" : "warning",
    `lets every principal of the account ${reads ? "read" : "write"}.`,
    "Name the roles, or add ArnLike aws:PrincipalArn.",
  );
}

/** An account that is not ours, where the pack was told which ones are. */
function foreign(principal: PrincipalEntry, context: Context, found: Found): Finding[] {
  const owner = accountOf(principal.value);
  if (owner === undefined || context.accounts.length === 0) return [];
  if (owner === context.account || context.accounts.includes(owner)) return [];
  return found(
    "error",
    `belongs to account ${owner}, which is not one of ours.`,
    "Remove it, or add the account to the pack's `accounts`.",
  );
}

function service(principal: PrincipalEntry, level: Confinement, context: Context, found: Found): Finding[] {
  if (atLeast(level, "organization")) return [];
  const need = needsSource(principal.value, context);
  if (need === undefined) return [];
  return found(
    need,
    "acts for whoever asks it, in any account, unless the request's source is checked (confused deputy).",
    "Add StringEquals aws:SourceAccount, or ArnLike aws:SourceArn with the resource that is meant.",
  );
}

/** A strong condition on a tag of the caller confines to those that carry it. */
function tagged(statement: Statement): boolean {
  return statement.conditions.some(
    (condition) => /^aws:PrincipalTag\//i.test(condition.key) && weakness(condition, statement) === undefined,
  );
}

/** The shared word of a third party: it only helps where the account is named too. */
function hasExternalId(statement: Statement): boolean {
  return statement.conditions.some(
    (condition) => /^sts:ExternalId$/i.test(condition.key) && weakness(condition, statement) === undefined,
  );
}

function demandsMfa(statement: Statement): boolean {
  return statement.conditions.some(
    ({ operator, key, values }) =>
      /^bool$/i.test(operator) &&
      /^aws:MultiFactorAuthPresent$/i.test(key) &&
      values.every((value) => value.toLowerCase() === "true"),
  );
}

/** Whether the statement grants one of the actions by which a role is assumed. */
function letsIn(statement: Statement): boolean {
  if (statement.notActions !== undefined) return true;
  return statement.actions.some(
    ({ value }) => expand(value).length === 0 || expand(value).some(({ name }) => /:Assume/.test(name)),
  );
}

function excuse(confined: Confined): string {
  return confined.why.length === 0 ? "" : ` The condition does not confine it: ${confined.why.join("; ")}.`;
}

function finding(
  statement: Statement,
  part: Pick<Finding, "path" | "value" | "severity" | "reason" | "remedy">,
): Finding {
  return {
    rule: "no-open-trust",
    statement: labelOf(statement),
    index: statement.index,
    actions: statement.actions.map(({ value }) => value),
    ...part,
    value: brief(part.value),
  };
}
