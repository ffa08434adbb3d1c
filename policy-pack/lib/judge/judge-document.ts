/** The whole analysis of one document: text in, findings out. Pure, and it never throws. */
import type { Context } from "../document/context";
import { sidProblems } from "../document/grammar";
import { readDocument } from "../document/read-document";
import type { PolicyDocument, ReadingProblem, Statement } from "../document/statement";
import { withoutDenied } from "../measure/denied";
import { deniedOutright, type DeniedOutright } from "../measure/denied-outright";
import { takenForOwn } from "../measure/own-account";
import { judgeActions } from "./actions";
import { judgeEndpoint } from "./endpoints";
import { judgeEscalation } from "./escalation";
import { shortened, statementLabel, type Finding } from "./findings";
import { accountNotTold } from "./key-owner";
import { judgePrincipals } from "./principals";
import { judgeResources } from "./resources";

export interface Judgement {
  readonly findings: readonly Finding[];
  /** Paths of values that are not known yet; what is known has been judged. */
  readonly unknowns: readonly string[];
  /** The document as it was read. */
  readonly document: PolicyDocument;
}

/** Judges a policy document given as JSON text or as an object. */
export function judgeDocument(value: unknown, context: Context): Judgement {
  const document = readDocument(value);
  const taken = takenForOwn(document.statements, context);
  const surroundings = taken === undefined ? context : { ...context, account: taken.account };
  // A Deny that names principals takes nothing away from all of them: it is weighed with who is let in.
  const denied = deniedOutright(document.statements);
  const findings = [
    ...document.problems.map(({ path, text }): Finding => unreadable(path, text)),
    ...sidProblems(document.statements, context.kind, context.service).map(refusedSid),
    ...document.statements.flatMap((statement) => shape(statement, context)),
    ...document.statements
      .filter(({ effect }) => effect === "Allow")
      .flatMap((statement) => judgeStatement(statement, document.statements, denied, surroundings)),
    ...(taken === undefined ? [] : accountNotTold(document.statements, taken)),
    ...judgeEscalation(document.statements, context),
  ];
  return { findings, unknowns: document.unknowns, document };
}

function judgeStatement(
  statement: Statement,
  all: readonly Statement[],
  denied: DeniedOutright,
  context: Context,
): Finding[] {
  switch (context.kind) {
    case "identity":
      return [...judgeActions(statement, denied, context), ...judgeResources(statement, denied)];
    case "trust":
    case "resource":
      return judgeAccess(statement, all, denied, context);
    // A boundary, a session's policy or a control policy of the organization grants nothing by itself: Allow * there is
    // AWS's own starting point.
    case "boundary":
    case "scp":
      return [];
  }
}

/** What a trust or resource policy gives to others, less what it denies outright. */
function judgeAccess(
  statement: Statement,
  all: readonly Statement[],
  denied: DeniedOutright,
  context: Context,
): Finding[] {
  const left = withoutDenied(statement, all);
  if (left === undefined) return [];
  if (context.service === "vpce") return judgeEndpoint(left, all, context);
  return [...judgeActions(left, denied, context), ...judgePrincipals(left, all, context)];
}

/** Elements that this kind of document must or must not have. */
function shape(statement: Statement, context: Context): Finding[] {
  const faults: string[] = [];
  const { kind } = context;
  const needsPrincipal = kind === "trust" || kind === "resource";
  if (needsPrincipal && !statement.hasPrincipal) faults.push("has no Principal");
  // A resource control policy, unlike a service control policy, names everybody as principal.
  if (!needsPrincipal && kind !== "scp" && statement.hasPrincipal) {
    faults.push("has a Principal, which this kind of policy cannot have");
  }
  if (!needsPrincipal && !statement.hasResource) faults.push("has neither Resource nor NotResource");
  if (kind === "trust" && statement.hasResource)
    faults.push("has a Resource, which a trust policy cannot have");
  for (const { value } of [...statement.actions, ...(statement.notActions ?? [])]) {
    if (!value.includes(":") && !/^\*+$/.test(value))
      faults.push(`names the action ${JSON.stringify(shortened(value))} without its service`);
  }
  return faults.map((text) => ({
    ...unreadable(statement.path, text),
    statement: statementLabel(statement),
    index: statement.index,
  }));
}

function refusedSid({ path, text }: ReadingProblem): Finding {
  return {
    ...unreadable(path, text),
    reason: `${text}, and AWS refuses the whole document for it.`,
    remedy: "Give each statement a Sid of its own, of letters and digits, or none.",
  };
}

function unreadable(path: string, text: string): Finding {
  return {
    rule: "readable-policies",
    severity: "error",
    path,
    value: "",
    reason: `${shortened(text)}, so what it grants cannot be told.`,
    remedy: "Write it as the IAM JSON policy grammar has it.",
    actions: [],
  };
}
