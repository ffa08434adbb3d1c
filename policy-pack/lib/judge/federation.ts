/**
 * Identity providers outside AWS. An OpenID Connect provider such as GitHub Actions signs tokens for everybody
 * who uses it, so only the audience and the subject tell our workloads from a stranger's.
 */
import { TOKEN_ISSUERS, type SubjectForm, type TokenIssuer } from "../aws/token-issuers";
import type { Condition, PrincipalEntry, Statement } from "../document/statement";
import { canBe, told } from "../document/template";
import { withoutVariables } from "../document/wildcard";
import { operatorOf, presenceRequired } from "../measure/conditions";
import type { Finding } from "./findings";

/** What distinguishes a finding about an identity provider; the rest is that of its statement. */
export type FindingPart = Pick<Finding, "severity" | "reason" | "remedy">;

/** An OIDC provider must be held to an exact audience and a subject that names the workload. */
export function judgeOidc(statement: Statement, principal: PrincipalEntry): FindingPart[] {
  if (statement.conditionsUnknown) return [];
  const issuer = principal.value.replace(/^.*:oidc-provider\//i, "").toLowerCase();
  const known = TOKEN_ISSUERS.find((candidate) => candidate.issuer.test(issuer));
  const parts: FindingPart[] = [];
  if (!isExact(statement, [`${issuer}:aud`, `${issuer}:app_id`, `${issuer}:client_id`])) {
    parts.push({
      severity: "error",
      reason: `is not held to an exact audience (${issuer}:aud).`,
      remedy: `Add StringEquals ${issuer}:aud, ${known === undefined ? 'for AWS "sts.amazonaws.com"' : `for ${known.name} ${known.audience}`}.`,
    });
  }
  // Login with Amazon and Facebook have keys of their own for the user (and the application, above).
  const subjects = strong(statement, [`${issuer}:sub`, `${issuer}:id`, `${issuer}:user_id`]);
  return [...parts, ...judgeSubjects(statement, subjects, issuer, known)];
}

/** Conditions are ANDed, so the best one counts; its values are ORed, so the worst one does. */
function judgeSubjects(
  statement: Statement,
  subjects: readonly Condition[],
  issuer: string,
  known: TokenIssuer | undefined,
): FindingPart[] {
  const key = `${issuer}:sub`;
  const verdicts = subjects.map(({ values }) =>
    values
      .map((value) => judgeSubject(withoutVariables(value), key, known))
      .reduce<FindingPart | undefined>((worst, next) => (rank(next) > rank(worst) ? next : worst), undefined),
  );
  if (verdicts.length === 0) {
    return [
      {
        severity: "error",
        reason: `lets in every workload of ${known?.name ?? "the provider"}: its subject (${key}) is not checked.`,
        remedy: remedyFor(key, known),
      },
    ];
  }
  const best = verdicts.reduce((least, next) => (rank(next) < rank(least) ? next : least));
  if (best === undefined) return [];
  return best.severity === "error" && known !== undefined && isNamedByKey(statement, issuer, known)
    ? [everyRun(key, known)].filter((part) => part !== undefined)
    : [best];
}

function rank(part: FindingPart | undefined): number {
  return part === undefined ? 0 : { note: 1, warning: 2, error: 3 }[part.severity];
}

/** What one value of a subject lets in besides one workload; undefined if nothing. */
function judgeSubject(value: string, key: string, known: TokenIssuer | undefined): FindingPart | undefined {
  const issuer = known ?? TOKEN_ISSUERS.find((candidate) => candidate.anyHost && hasFormOf(value, candidate));
  const isPattern = /[*?]/.test(value);
  // What a wildcard follows may go on, so that it is no complete claim.
  const certain = isPattern ? `${value.slice(0, value.search(/[*?]/))}*` : value;
  if (issuer?.claims?.test(certain) === true) return isPattern ? everyRun(key, issuer) : undefined;
  const text = withoutSlashesOfNames(value, issuer);
  const forms = (issuer?.forms ?? []).filter(({ form }) => canBe(text, form));
  if (issuer !== undefined && forms.length > 0) {
    return forms
      .map((form) => judgeForm(text, form, key, issuer))
      .reduce((worst, next) => (rank(next) > rank(worst) ? next : worst));
  }
  if (!isPattern && value !== "" && issuer?.shared !== true) return undefined;
  return {
    severity: "error",
    reason: `lets in more than one workload of ${issuer?.name ?? "the provider"}: its subject (${key}) is ${isPattern ? "open" : "not one that names a workload"}.`,
    remedy: remedyFor(key, issuer),
  };
}

/** `refs/heads/main` is one name: its slashes are taken for another character. */
function withoutSlashesOfNames(value: string, issuer: TokenIssuer | undefined): string {
  if (issuer?.slashesAfter === undefined) return value;
  return value
    .split(issuer.slashesAfter)
    .map((piece, index) => (index > 0 && index % 2 === 0 ? piece.replaceAll("/", "\u0003") : piece))
    .join("");
}

/** Whether a value begins as the subjects of an issuer do. */
function hasFormOf(value: string, { forms }: TokenIssuer): boolean {
  return forms.some(
    ({ form }) =>
      value.toLowerCase().startsWith(form.slice(0, form.indexOf("{")).toLowerCase()) && canBe(value, form),
  );
}

/** A value against one form that it can have. */
function judgeForm(
  value: string,
  { form, workload, group, family, run }: SubjectForm,
  key: string,
  issuer: TokenIssuer,
): FindingPart | undefined {
  const says = (part: string): ReturnType<typeof told> => told(value, form, part);
  const missing = (parts: readonly string[]): string[] => parts.filter((part) => says(part) !== "whole");
  const [open = []] = workload.map(missing).toSorted((left, right) => left.length - right.length);
  if (open.length === 0) {
    return run !== undefined && says(run) !== "whole" ? everyRun(key, issuer) : undefined;
  }
  const [only = ""] = open;
  const words = inWords(only);
  const isOnly = (part: string | undefined): boolean => open.length === 1 && only === part;
  if (isOnly(family) && says(only) === "beginning") {
    return {
      severity: "warning",
      reason: `lets in every ${words} whose name begins as its subject (${key}) says.`,
      remedy: `Name the ${words} in the subject.`,
    };
  }
  if (isOnly(family) && group !== undefined && missing(group).length === 0) {
    return {
      severity: "warning",
      reason: `lets in every ${words} of the ${inWords(group.at(-1) ?? "")} that its subject (${key}) names.`,
      remedy: `Name the ${words} in the subject.`,
    };
  }
  return {
    severity: "error",
    reason: `lets in more than one workload of ${issuer.name}: its subject (${key}) does not name the ${open.map(inWords).join(" and the ")}.`,
    remedy: remedyFor(key, issuer),
  };
}

function inWords(part: string): string {
  return part.replaceAll("_", " ");
}

/** The workload is named, which of its runs is not. */
function everyRun(key: string, { runs, example }: TokenIssuer): FindingPart | undefined {
  if (runs === undefined) return undefined;
  return {
    severity: runs.severity,
    reason: `lets in every ${runs.words} of what its subject (${key}) names.`,
    remedy: `Say which in the subject, as "${example}".`,
  };
}

/** A claim besides the subject says which workload it is, exactly. */
function isNamedByKey(statement: Statement, issuer: string, { keys = [] }: TokenIssuer): boolean {
  return keys.some((key) =>
    isExact(statement, [(key.includes(":") ? key : `${issuer}:${key}`).toLowerCase()]),
  );
}

function remedyFor(key: string, issuer: TokenIssuer | undefined): string {
  return issuer === undefined
    ? `Add StringEquals ${key} with the workload that is meant.`
    : `Add StringEquals ${key} with the workload that is meant, as "${issuer.example}".`;
}

/** SAML and Cognito must be held to an audience; Cognito also to signed-in users. */
export function judgeSaml(statement: Statement, principal: PrincipalEntry): FindingPart[] {
  if (statement.conditionsUnknown) return [];
  const cognito = /cognito/i.test(principal.value);
  const key = cognito ? "cognito-identity.amazonaws.com:aud" : "saml:aud";
  const parts: FindingPart[] = [];
  if (!isExact(statement, [key])) {
    parts.push({
      severity: "error",
      reason: `is not held to an exact audience (${key}).`,
      remedy: `Add StringEquals ${key}.`,
    });
  }
  if (cognito && strong(statement, ["cognito-identity.amazonaws.com:amr"]).length === 0) {
    parts.push({
      severity: "error",
      reason: "also lets in guests who have not signed in.",
      remedy: 'Add ForAnyValue:StringLike cognito-identity.amazonaws.com:amr "authenticated".',
    });
  }
  return parts;
}

/** Whether one of the keys must have one of a few values. */
function isExact(statement: Statement, keys: readonly string[]): boolean {
  return strong(statement, keys).some(({ values }) =>
    values.every((value) => value !== "" && !/[*?]/.test(withoutVariables(value))),
  );
}

/** The conditions on one of the keys that do not hold without it. */
function strong(statement: Statement, keys: readonly string[]): Condition[] {
  return statement.conditions.filter(({ key, operator: text, values, unknown }) => {
    const operator = operatorOf(text);
    if (!keys.includes(key.toLowerCase()) || operator.ifExists) return false;
    if (!["stringequals", "stringequalsignorecase", "stringlike"].includes(operator.name)) return false;
    if (operator.set === "ForAllValues" && !presenceRequired(key, statement)) return false;
    return values.length > 0 || unknown;
  });
}
