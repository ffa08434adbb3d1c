import type { Context } from "./context";
import type { Patterns, Policy, Statement } from "./document";
import type { Principal } from "./principal";
import { any, not, type Truth } from "./truth";

/** What is asked, with everything that statements look at. */
export interface Question {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

/** Parts of a statement in the order in which they are looked at. */
export type Part = "action" | "principal" | "resource" | "condition";

export interface Match {
  readonly statement: Statement;
  readonly truth: Truth;
  /** The first part that does not match, or else the first that cannot be known; absent where all match. */
  readonly part?: Part;
  /** Whether the document stands on a resource, so that its statements name principals. */
  readonly namesPrincipals: boolean;
}

/** @param namesPrincipals whether the document stands on a resource */
export function match(statement: Statement, question: Question, namesPrincipals: boolean): Match {
  let unknownPart: Part | undefined;
  const parts: readonly (readonly [Part, () => Truth])[] = [
    ["action", () => covers(statement.actions, question.action, question.context)],
    ["principal", () => (namesPrincipals ? isAbout(statement, question.principal) : "yes")],
    ["resource", () => covers(statement.resources, question.resource, question.context)],
    ["condition", () => conditionsHold(statement, question.context)],
  ];
  for (const [part, truth] of parts) {
    const outcome = truth();
    if (outcome === "no") return { statement, truth: "no", part, namesPrincipals };
    if (outcome === "unknown") unknownPart ??= part;
  }
  if (unknownPart === undefined) return { statement, truth: "yes", namesPrincipals };
  return { statement, truth: "unknown", part: unknownPart, namesPrincipals };
}

/** The statements of a document that match, or may. */
export function matchAll(policy: Policy, question: Question, namesPrincipals: boolean): Match[] {
  return policy.statements.map((statement) => match(statement, question, namesPrincipals));
}

function covers(patterns: Patterns | undefined, text: string, context: Context): Truth {
  if (patterns === undefined) return "yes";
  const matching = any(patterns.patterns, (pattern) => pattern.matches(text, context));
  return patterns.negated ? not(matching) : matching;
}

/** AWS takes no document for a resource whose statement names nobody. */
function isAbout({ principals }: Statement, principal: Principal): Truth {
  return principals === undefined ? "unknown" : principals.matches(principal);
}

function conditionsHold({ conditions }: Statement, context: Context): Truth {
  let result: Truth = "yes";
  for (const condition of conditions) {
    const truth = condition.holds(context);
    if (truth === "no") return "no";
    if (truth === "unknown") result = "unknown";
  }
  return result;
}
