/** What a change of access means, a plain sentence each. */
import type { DocumentKind } from "../../../policy-pack/lib/document/context";
import type { Condition, Statement } from "../../../policy-pack/lib/document/statement";
import type { Gap, Instead } from "./gaps";

/** Whether what the gap says is granted now, or was before. */
export type Side = "now" | "before";

/** The sentence for parts of a statement that stand on one side alone. */
export function sentenceOf(subject: string, kind: DocumentKind, gap: Gap, side: Side): string {
  const { statement } = gap.placed;
  const lead = leadOf(subject, kind, gap, side);
  const what = kind === "trust" ? "" : ` ${actionsInWords(gap.actions)}${resourcesInWords(gap.resources)}`;
  return `${lead}${what}${onlyIf(statement, gap.conditions)}${insteadInWords(gap.instead, statement, side)}.`;
}

/** The sentence where the conditions of both sides cannot be compared. */
export function openSentence(
  subject: string,
  kind: DocumentKind,
  now: Gap | undefined,
  before: Gap | undefined,
): string {
  const gap = now ?? before;
  if (gap === undefined) return "";
  const actions = actionsInWords(gap.actions);
  const who = kind === "trust" ? `may enter ${subject} by` : `${subject} may`;
  const conditions = (side: Gap | undefined): string =>
    side === undefined ? "as the other statements say" : conditionsInWords(side.conditions);
  return (
    `Nobody can tell here whether ${who} more or less ${actions}${resourcesInWords(gap.resources)}: ` +
    `before ${conditions(before)}, now ${conditions(now)}.`
  );
}

function leadOf(
  subject: string,
  kind: DocumentKind,
  { placed, principals, actions }: Gap,
  side: Side,
): string {
  const denies = placed.statement.effect === "Deny";
  const now = side === "now";
  const who = principals.length === 0 ? "" : ` ${list(principals.map(principalInWords))}`;
  switch (kind) {
    case "identity":
      return denies
        ? `${subject} is ${now ? "now" : "no longer"} refused to`
        : `${subject} may ${now ? "now" : "no longer"}`;
    case "trust": {
      const verbs = list(actions.map((action) => TRUST_VERBS[action] ?? `do ${action} on`));
      if (denies) return `${subject} ${now ? "now" : "no longer"} forbids${who} to ${verbs} it`;
      return `${who.trim()} may ${now ? "now" : "no longer"} ${verbs} ${subject}`;
    }
    case "boundary":
      if (denies) return `${subject} ${now ? "now" : "no longer"} forbids its roles to`;
      return `${subject} ${now ? "now" : "no longer"} lets its roles`;
    case "scp":
      if (denies) return `${subject} ${now ? "now forbids" : "no longer forbids"} everybody to`;
      return `${subject} ${now ? "now lets" : "no longer lets"} accounts`;
    case "resource":
      if (denies) return `${subject} ${now ? "now forbids" : "no longer forbids"}${who} to`;
      return `${subject} ${now ? "now lets" : "no longer lets"}${who}`;
  }
}

const TRUST_VERBS: Readonly<Record<string, string>> = {
  "sts:AssumeRole": "assume",
  "sts:AssumeRoleWithWebIdentity": "assume, by an identity provider,",
  "sts:AssumeRoleWithSAML": "assume, by an identity provider,",
  "sts:TagSession": "choose session tags of",
  "sts:SetSourceIdentity": "set the source identity of",
};

function principalInWords(value: string): string {
  return value === "*" ? "everybody (*)" : value;
}

/** Actions that say more by another word than by their own name. */
const VERBS: Readonly<Record<string, string>> = {
  "iam:PassRole": "hand on a role",
  "sts:AssumeRole": "become another role",
  "s3:GetObject": "read objects",
  "s3:PutObject": "write objects",
  "s3:DeleteObject": "delete objects",
  "kms:Decrypt": "decrypt",
  "codebuild:StartBuild": "start builds",
  "codepipeline:PutApprovalResult": "approve",
  "codepipeline:StartPipelineExecution": "start a pipeline",
};

/** How many values a sentence names. */
const MOST_NAMED = 6;

function actionsInWords(actions: readonly string[]): string {
  const verbs = actions.map((action) => VERBS[action]);
  const spoken = verbs.filter((verb) => verb !== undefined);
  const names = shortList(actions);
  if (spoken.length === 0) return `do ${names}`;
  return spoken.length === actions.length || actions.length <= 2
    ? `${list(spoken)} (${names})`
    : `do ${names}`;
}

function resourcesInWords(resources: readonly string[]): string {
  return resources.length === 0 ? "" : ` on ${shortList(resources)}`;
}

/** The conditions of what is granted; a Deny holds where they do. */
function onlyIf({ effect }: Statement, conditions: readonly Condition[]): string {
  if (conditions.length === 0) return "";
  return ` ${effect === "Deny" ? "where" : "if"} ${conditions.map(conditionInWords).join(" and ")}`;
}

function conditionsInWords(conditions: readonly Condition[]): string {
  return conditions.length === 0
    ? "without condition"
    : `if ${conditions.map(conditionInWords).join(" and ")}`;
}

function conditionInWords({ operator, key, values, unknown }: Condition): string {
  const all = unknown ? [...values, "(known only after deployment)"] : values;
  return `${operator} ${key} = ${shortList(all)}`;
}

function insteadInWords(instead: Instead, { effect }: Statement, side: Side): string {
  const when = side === "now" ? "before" : "now";
  switch (instead.kind) {
    case "nothing":
      return "";
    case "a part":
      return `; ${when}: a part of it`;
    case "resources":
    case "principals":
      return `; ${when}: only ${shortList(instead.values.filter((value) => value !== ""))}`;
    case "conditions": {
      const conditions = instead.conditions.map(conditionInWords).join(" and ");
      return conditions === "" ? "" : `; ${when}: only ${effect === "Deny" ? "where" : "if"} ${conditions}`;
    }
  }
}

function shortList(values: readonly string[]): string {
  const shown = values.slice(0, MOST_NAMED).join(", ");
  return values.length > MOST_NAMED ? `${shown} and ${values.length - MOST_NAMED} more` : shown;
}

function list(values: readonly string[]): string {
  const all = [...new Set(values)];
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1) ?? ""}`;
}

/** The statement by its Sid, or by its number. */
export function statementName({ sid, index }: Statement): string {
  return sid ?? `statement ${index + 1}`;
}
