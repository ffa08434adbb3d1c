import { Context, unknownValue, type ContextValue, type ContextValues } from "./context";
import { evaluate, type Decision, type Policies } from "./evaluate";
import type { Principal } from "./principal";
import { both, either, not, type Truth } from "./truth";

/** One call of `sts:AssumeRole`. */
export interface Assumption {
  readonly principal: Principal;
  /** ARN of the role. */
  readonly role: string;
  /** Session tags that the call brings. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly sessionName?: string;
  readonly sourceIdentity?: string;
  readonly externalId?: string;
  /** Keys that the caller carries: its own tags, its organization, its source identity. */
  readonly context?: readonly ContextValues[];
  /** What holds of all other keys. */
  readonly otherKeys?: "absent" | "unknown";
}

export interface AssumptionDecision {
  readonly answer: Truth;
  /** One for each action that the call is. */
  readonly parts: readonly { readonly action: string; readonly decision: Decision }[];
}

/**
 * A call with tags is also `sts:TagSession`, one with a source identity also `sts:SetSourceIdentity`; a trust and, across
 * accounts, the caller's policies must allow all of them. Each carries keys of its own:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
 * A session that has a source identity hands it on, which asks for the same right:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
 */
export function assumeRole(assumption: Assumption, policies: Policies): AssumptionDecision {
  const { principal, role, context = [], otherKeys } = assumption;
  const parts = actionsOf(assumption).map(({ action, keys, isAsked }) => ({
    action,
    isAsked,
    decision: evaluate(
      {
        principal,
        action,
        resource: role,
        context: [...context, keys],
        ...(otherKeys && { otherKeys }),
      },
      policies,
    ),
  }));
  return {
    answer: both(...parts.map(({ isAsked, decision }) => either(not(isAsked), decision.answer))),
    parts,
  };
}

/** One action that the call is, or may be. */
interface AskedAction {
  readonly action: string;
  readonly keys: ContextValues;
  readonly isAsked: Truth;
}

function actionsOf(assumption: Assumption): AskedAction[] {
  const { tags = {}, sessionName, externalId } = assumption;
  const isTagged = Object.keys(tags).length > 0;
  const identity = sourceIdentityOf(assumption);
  const tagKeys = {
    ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    "aws:RequestTag/*": [],
    "aws:TagKeys": Object.keys(tags),
    "sts:TransitiveTagKeys": [],
  };
  const identityKey = identity ?? [];
  const actions: AskedAction[] = [
    {
      action: "sts:AssumeRole",
      isAsked: "yes",
      keys: {
        ...tagKeys,
        "sts:SourceIdentity": identityKey,
        "sts:RoleSessionName": sessionName ?? unknownValue,
        "sts:ExternalId": externalId ?? [],
      },
    },
  ];
  if (isTagged) actions.push({ action: "sts:TagSession", isAsked: "yes", keys: tagKeys });
  if (identity !== undefined) {
    const isAsked = identity === unknownValue ? "unknown" : "yes";
    actions.push({ action: "sts:SetSourceIdentity", isAsked, keys: { "sts:SourceIdentity": identityKey } });
  }
  return actions;
}

/** What the call brings, or else what the caller's own session has; undefined where there is none. */
function sourceIdentityOf({ sourceIdentity, context = [], otherKeys }: Assumption): ContextValue | undefined {
  if (sourceIdentity !== undefined) return sourceIdentity;
  const inherited = new Context(context, otherKeys).get("aws:sourceidentity");
  return inherited === "unknown" ? unknownValue : inherited;
}
