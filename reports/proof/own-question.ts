import type { ContextValues } from "../../evaluator/context";
import { isRoleEntry } from "../../evaluator/services";
import { either } from "../../evaluator/truth";
import { plural } from "../pipelines";
import { callersIn } from "./callers";
import type { Estate } from "./estate";
import { evidenceOf } from "./evidence";
import type { Role } from "./graph";
import type { Answer, AnsweredQuestion, DecidingStatement } from "./report";
import { sessionOf, type Inquiry, type Session } from "./session";

/** A request of one's own. */
export interface OwnQuestion {
  readonly action: string;
  readonly resource: string;
  readonly context: ContextValues;
  /** Absent where nobody said what is to be expected. */
  readonly expected?: Answer;
}

/** Whether a role can do it. Keys that are not named count as not known. */
export function canRole(inquiry: Inquiry, role: Role, question: OwnQuestion): AnsweredQuestion {
  return canSession(
    inquiry,
    sessionOf(inquiry.graph, role, { tags: tagsIn(question.context, "aws:PrincipalTag/") }),
    question,
  );
}

/**
 * Whether anybody can do it, and then everybody who can, or perhaps can. Of an account's own administrator it is asked only which
 * roles he takes: everything else there is his own, and would be the answer to every question.
 */
export function whoCan(inquiry: Inquiry, estate: Estate, question: OwnQuestion): AnsweredQuestion[] {
  const { action, resource, expected, context } = question;
  const owner = isRoleEntry(action) ? undefined : inquiry.accountOf(resource);
  const all = callersIn(inquiry, estate)
    .filter(({ kind, accountId }) => kind !== "outsider" || accountId !== owner)
    .map(({ session }) => canSession(inquiry, session, { action, resource, context }));
  const able = all.filter(({ answer }) => answer !== "no");
  const answer = either(...able.map((one) => one.answer));
  const summary: AnsweredQuestion = {
    id: "own",
    question: `Can anybody do ${action} on ${resource}?`,
    expected: expected ?? answer,
    answer,
    because: answer === "no" ? nearestMisses(all) : [],
    example: `${String(able.length)} of ${plural(all.length, "caller")}${keysText(context)}`,
    evaluated: all.length,
  };
  return [summary, ...able];
}

/** What the resource's own policy says, and the callers' that came near: a few statements, not those of all callers. */
function nearestMisses(answers: readonly AnsweredQuestion[]): readonly DecidingStatement[] {
  const most = 3;
  const statements = answers.flatMap(({ because }) => because).filter(({ statement }) => statement !== "");
  const keys = new Set<string>();
  return statements
    .filter(({ urn, path, statement }) => {
      const key = [urn, path, statement].join("\n");
      return !keys.has(key) && keys.add(key);
    })
    .slice(0, most);
}

function keysText(context: ContextValues): string {
  const keys = Object.entries(context).map(([key, value]) => `${key}=${String(value)}`);
  return keys.length === 0 ? "" : ` with ${keys.join(", ")}`;
}

function canSession(inquiry: Inquiry, session: Session, question: OwnQuestion): AnsweredQuestion {
  const { action, resource, context, expected } = question;
  const { answer, decisions } = ask(inquiry, session, question);
  const tags = Object.entries(session.tags).filter(([key]) =>
    ["Application", "DeploymentKind"].includes(key),
  );
  const as = tags.length === 0 ? "" : ` (${tags.map(([key, value]) => `${key}=${value}`).join(", ")})`;
  return {
    id: "own",
    question: `Can ${session.name}${as} do ${action} on ${resource}?`,
    expected: expected ?? answer,
    answer,
    because: evidenceOf(inquiry.graph, decisions),
    example: keysText(context).trimStart(),
    evaluated: 1,
  };
}

/** Taking a role with tags is several actions. */
function ask(
  inquiry: Inquiry,
  session: Session,
  { action, resource, context }: OwnQuestion,
): ReturnType<typeof answered> {
  const role = inquiry.graph.rolesByArn.get(resource);
  if (action.toLowerCase() === "sts:assumerole" && role !== undefined) {
    const { answer, parts } = inquiry.assume(session, role, tagsIn(context, "aws:RequestTag/"), context);
    return { answer, decisions: parts.map(({ decision }) => decision) };
  }
  return answered(inquiry, session, action, resource, context);
}

function answered(
  inquiry: Inquiry,
  session: Session,
  action: string,
  resource: string,
  context: ContextValues,
) {
  const decision = inquiry.can(session, action, resource, context);
  return { answer: decision.answer, decisions: [decision] };
}

function tagsIn(context: ContextValues, prefix: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(context).flatMap(([key, value]) =>
      key.toLowerCase().startsWith(prefix.toLowerCase()) && typeof value === "string"
        ? [[key.slice(prefix.length), value]]
        : [],
    ),
  );
}
