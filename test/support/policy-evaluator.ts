import { Context } from "../../evaluator/context";
import { readPolicy, type Policy } from "../../evaluator/document";
import { Layer } from "../../evaluator/layer";
import type { Principal } from "../../evaluator/principal";
import { both, not } from "../../evaluator/truth";
import type { PolicyDocument, Statement } from "../../iam/document";

/** One request as IAM sees it. `context` holds condition keys, spelled as in policies; a missing key is absent. */
export interface Request {
  readonly action: string;
  readonly resource?: string;
  /** ARN of an account's root or a service's name, for documents with a principal. */
  readonly principal?: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * Whether one document allows a request: an Allow matches and no Deny does. A question that the project's evaluator cannot
 * answer is an error, so that no test passes on something that cannot be known.
 */
export function allows(document: PolicyDocument, request: Request): boolean {
  return anyAllows([document], request);
}

/** Whether the identity's documents together allow a request. */
export function anyAllows(documents: readonly PolicyDocument[], request: Request): boolean {
  const { action, resource = "", principal, context = {} } = request;
  const question = { action, resource, principal: principalOf(principal), context: new Context([context]) };
  const namesPrincipals = documents.some(({ Statement }) => Statement.some(({ Principal }) => Principal));
  const layer = new Layer("identity", documents.map(compiled), question, namesPrincipals);
  const answer = both(layer.allows(), not(layer.denies()));
  if (answer === "unknown") throw new Error(`Whether ${action} is allowed cannot be known.`);
  return answer === "yes";
}

/** By their statements: the same documents are asked again and again. */
const policies = new WeakMap<readonly Statement[], Policy>();

function compiled(document: PolicyDocument): Policy {
  const policy = policies.get(document.Statement) ?? readPolicy(document);
  policies.set(document.Statement, policy);
  return policy;
}

function principalOf(text: string | undefined): Principal {
  if (text === undefined) return { kind: "anonymous" };
  const [, accountId] = /^arn:aws[a-z-]*:iam::(\d{12}):root$/.exec(text) ?? [];
  return accountId === undefined ? { kind: "service", service: text } : { kind: "root", accountId };
}
