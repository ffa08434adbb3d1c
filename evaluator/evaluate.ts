/**
 * Who may do what, as AWS documents it:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 *
 * - A Deny anywhere decides.
 * - Of each level of service and resource control policies, one must allow.
 * - Within an account the identity's or the resource's policies allow. What limits a grant of the resource's policy depends on
 *   whom it names: reference_policies_evaluation-logic_policy-eval-basics.html
 * - Across accounts both must allow: reference_policies_evaluation-logic-cross-account.html
 */
import { Context, unknownValue, type ContextValues } from "./context";
import { mayAllow, type Policy } from "./document";
import { principalKeys } from "./keys";
import { isServiceLinked, resourceAccountOf, resourcePolicyDecides } from "./services";
import { Layer, LayerOfLevels, type LayerName } from "./layer";
import type { Question } from "./match";
import type { Principal } from "./principal";
import { reasonsOf, type Reason } from "./reason";
import { both, either, not, type Truth } from "./truth";

export interface Request {
  readonly principal: Principal;
  readonly action: string;
  /** An ARN, or `*` for an action that has none. */
  readonly resource: string;
  /** The account that owns the resource; by default the one in its ARN, else the principal's. */
  readonly resourceAccount?: string;
  /** Condition keys beside those that AWS derives from the principal; later ones win over earlier ones, and over those. */
  readonly context?: ContextValues | readonly ContextValues[];
  /** What holds of all keys that are not named. */
  readonly otherKeys?: "absent" | "unknown";
}

/** All documents that AWS looks at for one request. */
export interface Policies {
  readonly identity: readonly Policy[];
  /** Absent where the principal has none. */
  readonly boundary?: readonly Policy[];
  /** Absent where the session has none. */
  readonly session?: readonly Policy[];
  /** Absent where the resource has none. */
  readonly resource?: Policy;
  /** Of the principal's account: from the root to the account, the policies of each level. Absent where none apply. */
  readonly serviceControl?: readonly (readonly Policy[])[];
  /** Of the resource's account, likewise. */
  readonly resourceControl?: readonly (readonly Policy[])[];
}

export interface Decision {
  readonly answer: Truth;
  /** The statements that decided, and why; made only when asked for. */
  because(): readonly Reason[];
}

/** Answers one request for one action. `sts:AssumeRole` with tags is several: assume-role.ts. */
export function evaluate(request: Request, policies: Policies): Decision {
  // Most requests are about something that no statement mentions.
  if (!mayBeGranted(request, policies)) {
    return { answer: "no", because: () => decide(request, policies).because() };
  }
  return decide(request, policies);
}

function mayBeGranted({ principal, action, resource }: Request, policies: Policies): boolean {
  const { identity, resource: owner } = policies;
  return (
    principal.kind === "root" ||
    identity.some((document) => mayAllow(document, action, resource)) ||
    (owner !== undefined && mayAllow(owner, action, resource, principal))
  );
}

function decide(request: Request, policies: Policies): Decision {
  const { principal, action, resource, context = [] } = request;
  const ownAccount = "accountId" in principal ? principal.accountId : undefined;
  const owner = request.resourceAccount ?? resourceAccountOf(resource) ?? ownAccount;
  const keys = new Context([principalKeys(principal), accountKeys(owner), context].flat(), request.otherKeys);
  const question: Question = { principal, action, resource, context: keys };
  const layers = layersOf(policies, question);
  const denied = either(...layers.all.map((layer) => layer.denies()));
  const granted = ownAccount === owner ? withinAccount(layers, question) : acrossAccounts(layers, question);
  const controlled = both(layers.serviceControl.permits(), layers.resourceControl.permits());
  const answer = both(not(denied), controlled, granted);
  return { answer, because: () => reasonsOf(answer, layers.all, question) };
}

/** The key of the resource's owner, kept by account. */
function accountKeys(account: string | undefined): ContextValues {
  const keys = keysByAccount.get(account) ?? { "aws:ResourceAccount": account ?? unknownValue };
  keysByAccount.set(account, keys);
  return keys;
}

const keysByAccount = new Map<string | undefined, ContextValues>();

interface Layers {
  readonly identity: Layer;
  readonly boundary: Layer;
  readonly session: Layer;
  readonly resource: Layer;
  readonly serviceControl: LayerOfLevels;
  readonly resourceControl: LayerOfLevels;
  readonly all: readonly (Layer | LayerOfLevels)[];
}

function layersOf(policies: Policies, question: Question): Layers {
  const { identity, boundary, session, resource, serviceControl, resourceControl } = policies;
  const { principal } = question;
  const isBound = !(principal.kind === "role" && isServiceLinked(principal.arn));
  const layer = (name: LayerName, documents: readonly Policy[] | undefined, namesPrincipals = false): Layer =>
    new Layer(name, documents, question, namesPrincipals);
  const layers = {
    identity: layer("identity", identity),
    boundary: layer("boundary", boundary),
    session: layer("session", session),
    resource: layer("resource", resource === undefined ? undefined : [resource], true),
    // They bind the principals of an account: neither services nor strangers.
    serviceControl: new LayerOfLevels(
      "serviceControl",
      isBound && "accountId" in principal ? serviceControl : undefined,
      question,
    ),
    resourceControl: new LayerOfLevels("resourceControl", isBound ? resourceControl : undefined, question),
  };
  return { ...layers, all: Object.values(layers) };
}

/** Every grant that reaches as far as the principal's own policies let it. */
function withinAccount(layers: Layers, { principal, action, resource }: Question): Truth {
  const { identity, boundary, session, resource: owner } = layers;
  const limits = both(boundary.permits(), session.permits());
  const byIdentity = both(
    principal.kind === "root" ? "yes" : identity.allows(),
    limits,
    resourcePolicyDecides(action, resource) ? owner.allows() : "yes",
  );
  // A role's name stands for all its sessions, which a boundary and a session policy limit; no other name does, nor `*`:
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
  const byName = owner.allowsNaming("identity");
  const direct = (["everybody", "session", "service"] as const).map((naming) => owner.allowsNaming(naming));
  return either(byIdentity, principal.kind === "role" ? both(byName, limits) : byName, ...direct);
}

/** Both sides: the owner's account lets the principal in, the principal's account lets it out. */
function acrossAccounts(layers: Layers, { principal }: Question): Truth {
  const { identity, boundary, session, resource } = layers;
  if (!("accountId" in principal)) return resource.allows();
  const ownSide = principal.kind === "root" ? "yes" : identity.allows();
  return both(resource.allows(), ownSide, boundary.permits(), session.permits());
}
