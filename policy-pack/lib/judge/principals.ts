/** Judges who a trust policy or a resource policy lets in. */
import { actionsMatching, type ActionInfo } from "../aws/action-table";
import { documentsSourceInTrust, sendsSourceToResources } from "../aws/service-principals";
import type { Context } from "../document/context";
import type { PrincipalEntry, Statement } from "../document/statement";
import { hasWildcard } from "../document/wildcard";
import { confinesAtLeast, type Confinement } from "../measure/caller-keys";
import {
  confinedCallers,
  confinement,
  demandsService,
  type Callers,
  type Confined,
} from "../measure/callers";
import { weakness } from "../measure/conditions";
import { isOwner } from "../measure/own-account";
import { accountNamedIn, principalKind } from "../measure/principal-kinds";
import { judgeOidc, judgeSaml, type FindingPart } from "./federation";
import { namesInShort, shortened, statementLabel, type Finding, type Severity } from "./findings";

/** Findings about the Principal or NotPrincipal element of one Allow statement of a document. */
export function judgePrincipals(
  statement: Statement,
  all: readonly Statement[],
  context: Context,
): Finding[] {
  if (statement.notPrincipals !== undefined) return [allButThese(statement, statement.notPrincipals)];
  if (context.kind === "trust" && !letsIn(statement))
    return riders(statement, confinement(statement, context));
  return statement.principals.flatMap((principal) => judge({ statement, principal, all, context }));
}

/** What NotPrincipal amounts to in an Allow statement. */
export function allButThese(statement: Statement, excluded: readonly PrincipalEntry[]): Finding {
  return finding(statement, {
    path: `${statement.path}.NotPrincipal`,
    value: namesInShort(excluded.map(({ value }) => shortened(value))),
    severity: "error",
    reason: "with Allow lets in everybody but these, anonymous callers included.",
    remedy: "Name who is meant in Principal.",
  });
}

/** A principal of a statement, and all that bears on how far it is let in. */
interface LetIn {
  readonly statement: Statement;
  readonly principal: PrincipalEntry;
  readonly all: readonly Statement[];
  readonly context: Context;
}

function confinedOf({ statement, principal, all, context }: LetIn, callers?: Callers): Confined {
  return confinedCallers(statement, principal, all, context, callers);
}

/**
 * sts:TagSession and sts:SetSourceIdentity let nobody in by themselves, they ride on sts:AssumeRole. Still nobody means
 * everybody: one statement more in the document, or one of another role's, and it is a way in under any name.
 */
function riders(statement: Statement, { level }: Confined): Finding[] {
  if (level !== "none") return [];
  return statement.principals
    .filter((principal) => principalKind(principal) === "everyone")
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

function judge(letIn: LetIn): Finding[] {
  const { statement, principal, context } = letIn;
  const confined = confinedOf(letIn);
  const verdict = (severity: Severity, reason: string, remedy: string): Finding[] =>
    findingsAbout(statement, principal, [{ severity, reason: reason + excuse(confined), remedy }]);
  switch (principalKind(principal)) {
    case "everyone":
      return everyone(letIn, confined.level, verdict);
    case "account":
      return account(letIn, confined.level, verdict);
    case "loose":
      return verdict(
        "error",
        "holds a wildcard that Principal does not understand, or lets in a whole account.",
        "Name the role, or name the account and add ArnLike aws:PrincipalArn.",
      );
    case "principal":
      return foreign(principal, context, verdict);
    case "service":
      return service(letIn, verdict);
    case "oidc":
      return findingsAbout(statement, principal, judgeOidc(statement, principal));
    case "cognito":
    case "saml":
      return findingsAbout(statement, principal, judgeSaml(statement, principal));
    case "federation":
      return verdict(
        "error",
        "is a kind of federation that cannot be judged.",
        "Name an identity provider's ARN.",
      );
    case "canonical":
      return [];
  }
}

export function findingsAbout(
  statement: Statement,
  { path, value }: PrincipalEntry,
  parts: readonly FindingPart[],
): Finding[] {
  return parts.map((part) => finding(statement, { path, value, ...part }));
}

export type Verdict = (severity: Severity, reason: string, remedy: string) => Finding[];

function everyone(letIn: LetIn, level: Confinement, verdict: Verdict): Finding[] {
  const remedy =
    "Name the principals, or add StringEquals aws:PrincipalOrgID, aws:PrincipalAccount or ArnLike aws:PrincipalArn.";
  if (letIn.context.kind !== "trust") {
    if (level === "none") return verdict("error", "lets in everybody, anonymous callers included.", remedy);
    return everyService(letIn, verdict);
  }
  if (level === "none" || level === "network")
    return verdict("error", "lets anybody with an AWS account assume the role.", remedy);
  if (level === "principal") return everyService(letIn, verdict);
  return verdict(
    "error",
    `lets every principal of the ${level} assume the role.`,
    "Add ArnLike aws:PrincipalArn with the roles that are meant.",
  );
}

/**
 * Where everybody is let in and only `aws:PrincipalIsAWSService` tells who is meant, AWS's services come in on the
 * behalf of whoever asks them. As the exception of a denial it is how AWS publishes perimeters, beside a denial of
 * foreign sources (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html).
 */
function everyService(letIn: LetIn, verdict: Verdict): Finding[] {
  if (confinedOf(letIn, "services").level !== "none") return [];
  if (letIn.statement.conditions.some(demandsService)) {
    return verdict(
      "error",
      "lets in every service of AWS, on the behalf of any account (confused deputy).",
      "Name the service, and add StringEquals aws:SourceAccount or aws:SourceOrgID.",
    );
  }
  return verdict(
    "warning",
    "leaves in every service of AWS, on the behalf of any account (confused deputy).",
    "Deny other sources too: StringNotEqualsIfExists aws:SourceOrgID, with Null aws:SourceAccount false and Bool aws:PrincipalIsAWSService true.",
  );
}

function account(letIn: LetIn, level: Confinement, verdict: Verdict): Finding[] {
  const { statement, principal, context } = letIn;
  const stranger = foreign(principal, context, verdict);
  if (stranger.length > 0) return stranger;
  if (confinesAtLeast(level, "principal") || tagged(statement) || hasExternalId(statement)) return [];
  if (context.kind === "trust") {
    if (demandsMfa(statement))
      return verdict(
        "warning",
        "lets every user of the account with a second factor assume the role.",
        "Add ArnLike aws:PrincipalArn.",
      );
    return verdict(
      "error",
      "lets every principal of the account assume the role that may call sts:AssumeRole.",
      "Add ArnLike aws:PrincipalArn with the roles that are meant, or name the role.",
    );
  }
  // A policy that names its own account's root only hands the decision to that account's IAM.
  return isOwner(statement, principal, context) ? [] : accountOnResource(statement, verdict);
}

/** A whole account may read what is lent to it; writing and permissions are for named roles. */
function accountOnResource(statement: Statement, verdict: Verdict): Finding[] {
  const granted = statement.actions.flatMap(({ value }) => actionsMatching(value));
  const levels = granted.map(({ level }) => level);
  if (levels.includes("P")) {
    return verdict(
      "error",
      "lets a whole account change who may use this resource.",
      "Name the role and list the actions; leave permissions management to this account.",
    );
  }
  const administrative = granted.filter(administersKey).map(({ name }) => name);
  if (administrative.length > 0) {
    return verdict(
      "error",
      `lets a whole account administer the key (${namesInShort(administrative, 3)}).`,
      "Leave to others only the use of the key, such as kms:Decrypt.",
    );
  }
  const reads = levels.every((level) => level === "R" || level === "L");
  return verdict(
    reads ? "note" : "warning",
    `lets every principal of the account ${reads ? "read" : "write"}.`,
    "Name the roles, or add ArnLike aws:PrincipalArn.",
  );
}

/**
 * Whether an action changes a key instead of using it. Every use of a key takes an alias and so carries
 * `kms:RequestAlias` (https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-request-alias).
 */
function administersKey({ service: prefix, level, types, keys }: ActionInfo): boolean {
  const changes = level === "W" || level === "T";
  return prefix === "kms" && changes && types.length > 0 && !keys.includes("kms:RequestAlias");
}

/** An account that is not ours, where the pack was told which ones are. */
export function foreign(principal: PrincipalEntry, context: Context, verdict: Verdict): Finding[] {
  const owner = accountNamedIn(principal.value);
  if (owner === undefined || context.accounts.length === 0) return [];
  if (owner === context.account || context.accounts.includes(owner)) return [];
  return verdict(
    "error",
    `belongs to account ${owner}, which is not one of ours.`,
    "Remove it, or add the account to the pack's `accounts`.",
  );
}

function service(letIn: LetIn, verdict: Verdict): Finding[] {
  const { principal, context } = letIn;
  if (confinesAtLeast(confinedOf(letIn, "services").level, "organization")) return [];
  const inTrust = context.kind === "trust";
  const isSourceTold = inTrust
    ? documentsSourceInTrust(principal.value)
    : sendsSourceToResources(principal.value);
  if (!isSourceTold) return [];
  return verdict(
    inTrust ? "warning" : "error",
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

/** The shared word of a third party: it only helps in full, and where the account is named too. */
function hasExternalId(statement: Statement): boolean {
  return statement.conditions.some(
    (condition) =>
      /^sts:ExternalId$/i.test(condition.key) &&
      weakness(condition, statement) === undefined &&
      !condition.values.some((value) => hasWildcard(value)),
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
    ({ value }) =>
      actionsMatching(value).length === 0 || actionsMatching(value).some(({ name }) => /:Assume/.test(name)),
  );
}

function excuse(confined: Confined): string {
  return confined.why.length === 0 ? "" : ` The condition does not confine it: ${confined.why.join("; ")}.`;
}

function finding(statement: Statement, part: FindingPart & Pick<Finding, "path" | "value">): Finding {
  return {
    rule: "no-open-trust",
    statement: statementLabel(statement),
    index: statement.index,
    actions: statement.actions.map(({ value }) => value),
    ...part,
    value: shortened(part.value),
  };
}
