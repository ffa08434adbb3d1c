import type { ContextValues } from "../../evaluator/context";
import { callersIn } from "./callers";
import type { Estate } from "./estate";
import { evidenceOf } from "./evidence";
import type { Role } from "./graph";
import type { Answer, AnsweredQuestion } from "./report";
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

/** Everybody who can do it, or perhaps can; nobody is an empty list. */
export function whoCan(inquiry: Inquiry, estate: Estate, question: OwnQuestion): AnsweredQuestion[] {
  return callersIn(inquiry, estate)
    .map(({ session }) => canSession(inquiry, session, question))
    .filter(({ answer }) => answer !== "no");
}

function canSession(inquiry: Inquiry, session: Session, question: OwnQuestion): AnsweredQuestion {
  const { action, resource, context, expected } = question;
  const { answer, decisions } = ask(inquiry, session, question);
  const tags = Object.entries(session.tags).filter(([key]) =>
    ["Application", "DeploymentKind"].includes(key),
  );
  const as = tags.length === 0 ? "" : ` (${tags.map(([key, value]) => `${key}=${value}`).join(", ")})`;
  const keys = Object.entries(context).map(([key, value]) => `${key}=${String(value)}`);
  return {
    id: "own",
    question: `Can ${session.name}${as} do ${action} on ${resource}?`,
    expected: expected ?? answer,
    answer,
    because: evidenceOf(inquiry.graph, decisions),
    example: keys.length === 0 ? "" : `with ${keys.join(", ")}`,
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
