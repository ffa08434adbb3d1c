import type { Context } from "./context";
import { covers, statementsAbout, type Policy, type Statement } from "./document";
import type { Principal } from "./principal";
import { all, type Truth } from "./truth";

/** What is asked, with everything that statements look at. */
export interface Question {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

/** Parts of a statement in the order in which they are looked at, after the action. */
export type Part = "principal" | "resource" | "condition";

export interface Match {
  readonly statement: Statement;
  readonly truth: Truth;
  /** The first part that does not match, or else the first that cannot be known; absent where all match. */
  readonly part?: Part;
}

/**
 * How a statement matches whose action does.
 * @param namesPrincipals whether the document stands on a resource
 */
function match(statement: Statement, question: Question, namesPrincipals: boolean): Match {
  const { context, resource, principal } = question;
  const { resources } = statement;
  const principalTruth = namesPrincipals ? isAbout(statement, principal) : "yes";
  if (principalTruth === "no") return { statement, truth: "no", part: "principal" };
  const resourceTruth = resources === undefined ? "yes" : covers(resources, resource, context);
  if (resourceTruth === "no") return { statement, truth: "no", part: "resource" };
  const conditionTruth = all(statement.conditions, (condition) => condition.holds(context));
  if (conditionTruth === "no") return { statement, truth: "no", part: "condition" };
  if (principalTruth === "unknown") return { statement, truth: "unknown", part: "principal" };
  if (resourceTruth === "unknown") return { statement, truth: "unknown", part: "resource" };
  if (conditionTruth === "unknown") return { statement, truth: "unknown", part: "condition" };
  return { statement, truth: "yes" };
}

/** The statements of a document that are about the action. */
export function matchAll(policy: Policy, question: Question, namesPrincipals: boolean): Match[] {
  return statementsAbout(policy, question.action).map((statement) =>
    match(statement, question, namesPrincipals),
  );
}

/** AWS takes no document for a resource whose statement names nobody. */
function isAbout({ principals }: Statement, principal: Principal): Truth {
  return principals === undefined ? "unknown" : principals.matches(principal);
}
