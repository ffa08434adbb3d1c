import { assumeRole, type AssumptionDecision } from "../../evaluator/assume-role";
import { evaluate, type Decision, type Policies } from "../../evaluator/evaluate";
import type { ContextValues } from "../../evaluator/context";
import { readPolicy, type Policy } from "../../evaluator/document";
import type { Principal } from "../../evaluator/principal";
import { resourceAccountOf } from "../../evaluator/services";
import type { Graph, Role } from "./graph";

/** Somebody who can ask AWS for something, with all that policies know of it. */
export interface Session {
  /** In people's words. */
  readonly name: string;
  /** ARN of the role, or the service's name. */
  readonly id: string;
  readonly principal: Principal;
  /** Own policies, boundary included. */
  readonly policies: Pick<Policies, "identity" | "boundary">;
  /** Role tags and session tags together. */
  readonly tags: Readonly<Record<string, string>>;
  readonly organizationId: string | undefined;
  /** What it was entered with and hands on. */
  readonly sourceIdentity?: string;
  /** For an AWS service: the account for which it acts. */
  readonly actsFor?: string;
}

/** An organization that is not the platform's. */
export const strangersOrganization = "o-stranger0000";

/** What a job sends as its source identity; its value is free, and no policy can check it. */
export const anySourceIdentity = "pipeline-execution";

/** A role's session, with session tags over the role's own. */
export function sessionOf(
  graph: Graph,
  role: Role,
  { tags = {}, sourceIdentity }: { tags?: Readonly<Record<string, string>>; sourceIdentity?: string } = {},
): Session {
  const isPlain = Object.keys(tags).length === 0 && sourceIdentity === undefined;
  const before = isPlain ? plainSessions.get(role) : undefined;
  if (before !== undefined) return before;
  const { arn, accountId, name, identity, boundary } = role;
  const session: Session = {
    name,
    id: arn,
    principal: { kind: "role", accountId, arn },
    policies: { identity, ...(boundary && { boundary }) },
    tags: { ...role.tags, ...tags },
    organizationId: graph.organizationId,
    ...(sourceIdentity !== undefined && { sourceIdentity }),
  };
  if (isPlain) plainSessions.set(role, session);
  return session;
}

/** One for each role of a graph: what is known of a session is kept by the session. */
const plainSessions = new WeakMap<Role, Session>();

const administrator: Policy = readPolicy({
  Version: "2012-10-17",
  Statement: { Sid: "Everything", Effect: "Allow", Action: "*", Resource: "*" },
});

/** A role that the preview does not hold, whose own account lets it do everything. */
export function administratorOf(
  accountId: string,
  name: string,
  organizationId: string | undefined,
): Session {
  const arn = `arn:aws:iam::${accountId}:role/Administrator`;
  return {
    name,
    id: arn,
    principal: { kind: "role", accountId, arn },
    policies: { identity: [administrator] },
    tags: {},
    organizationId,
  };
}

/** An AWS service that does what a stranger's account asked it to. */
export function serviceFor(service: string, accountId: string): Session {
  return {
    name: `${service} on behalf of a stranger`,
    id: service,
    principal: { kind: "service", service },
    policies: { identity: [] },
    tags: {},
    organizationId: undefined,
    actsFor: accountId,
  };
}

/** Everybody on the internet, without credentials. */
export const everybody: Session = {
  name: "anybody without credentials",
  id: "*",
  principal: { kind: "anonymous" },
  policies: { identity: [] },
  tags: {},
  organizationId: undefined,
};

/** How a role was taken, or not. */
export interface Assumed extends AssumptionDecision {
  readonly sourceIdentity?: string;
}

/** Asks questions of all documents together. What a request does not say of itself counts as not known. */
export class Inquiry {
  /** How many requests were evaluated. */
  evaluated = 0;

  constructor(readonly graph: Graph) {}

  can(session: Session, action: string, resource: string, context: ContextValues = {}): Decision {
    this.evaluated += 1;
    const account = this.accountOf(resource);
    return evaluate(
      {
        principal: session.principal,
        action,
        resource,
        ...(account !== undefined && { resourceAccount: account }),
        context: [contextOf(session), context],
        otherKeys: "unknown",
      },
      this.policiesFor(session, action, resource, account),
    );
  }

  /**
   * Taking a role, with a source identity where that helps: who has none yet may send one or not.
   * @param context keys of one's own; with a source identity among them, it is that one alone
   */
  assume(
    session: Session,
    role: Role,
    tags: Readonly<Record<string, string>>,
    context: ContextValues = {},
  ): Assumed {
    const given = context["sts:SourceIdentity"];
    const own = session.sourceIdentity ?? (typeof given === "string" ? given : undefined);
    if (own !== undefined) return this.assumeWith(session, role, tags, context, own);
    const plain = this.assumeWith(session, role, tags, context, undefined);
    if (plain.answer === "yes" || session.principal.kind === "service") return plain;
    const named = this.assumeWith(session, role, tags, context, anySourceIdentity);
    return named.answer === "no" && plain.answer === "unknown" ? plain : named;
  }

  private assumeWith(
    session: Session,
    role: Role,
    tags: Readonly<Record<string, string>>,
    context: ContextValues,
    sourceIdentity: string | undefined,
  ): Assumed {
    this.evaluated += 1;
    const decision = assumeRole(
      {
        principal: session.principal,
        role: role.arn,
        tags,
        ...(sourceIdentity !== undefined && { sourceIdentity }),
        context: [contextOf(session), tagsOfResource(role), context],
        otherKeys: "unknown",
      },
      this.policiesFor(session, "sts:AssumeRole", role.arn, role.accountId),
    );
    return { ...decision, ...(sourceIdentity !== undefined && { sourceIdentity }) };
  }

  /** Kept: every session is asked about the same resources. */
  private readonly owners = new Map<string, string | undefined>();

  /** The account that owns a resource. */
  accountOf(resource: string): string | undefined {
    if (!this.owners.has(resource)) this.owners.set(resource, ownerOf(resource, this.graph));
    return this.owners.get(resource);
  }

  private policiesFor(
    session: Session,
    action: string,
    resource: string,
    account: string | undefined,
  ): Policies {
    const { principal, policies } = session;
    const owner = this.graph.policyOfResource(action, resource);
    const service =
      "accountId" in principal ? this.graph.controlsOf(principal.accountId, "SERVICE") : undefined;
    const control = account === undefined ? undefined : this.graph.controlsOf(account, "RESOURCE");
    return {
      ...policies,
      ...(owner && { resource: owner }),
      ...(service && { serviceControl: service }),
      ...(control && { resourceControl: control }),
    };
  }
}

/** Keys that the caller carries. Everybody can use TLS, so a condition that asks for it keeps nobody out. */
export function contextOf(session: Session): ContextValues {
  const keys = sessionKeys.get(session) ?? keysOf(session);
  sessionKeys.set(session, keys);
  return keys;
}

const sessionKeys = new WeakMap<Session, ContextValues>();

function keysOf({ tags, organizationId, sourceIdentity, principal, actsFor }: Session): ContextValues {
  const isAccounts = "accountId" in principal;
  return {
    "aws:SecureTransport": "true",
    "aws:PrincipalTag/*": [],
    ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
    ...(isAccounts && { "aws:PrincipalOrgID": organizationId ?? [] }),
    // AWS sets them for calls by services only.
    ...(isAccounts && { "aws:SourceAccount": [], "aws:SourceArn": [] }),
    ...(actsFor !== undefined && sourceKeys(actsFor)),
    "aws:SourceIdentity": sourceIdentity ?? [],
  };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
function sourceKeys(accountId: string): ContextValues {
  return {
    "aws:SourceAccount": accountId,
    "aws:SourceArn": `arn:aws:any:eu-west-1:${accountId}:any/thing`,
    "aws:SourceOrgID": strangersOrganization,
  };
}

function tagsOfResource(role: Role): ContextValues {
  const keys = resourceKeys.get(role) ?? resourceKeysOf(role);
  resourceKeys.set(role, keys);
  return keys;
}

const resourceKeys = new WeakMap<Role, ContextValues>();

function resourceKeysOf(role: Role): ContextValues {
  const entries = Object.entries(role.tags).map(([key, value]): [string, string] => [
    `aws:ResourceTag/${key}`,
    value,
  ]);
  return { "aws:ResourceTag/*": [], ...Object.fromEntries<string>(entries) };
}

/** The account in the ARN, or for a bucket the one whose stack makes its policy. */
function ownerOf(resource: string, graph: Graph): string | undefined {
  const account = resourceAccountOf(resource);
  if (account !== undefined) return account;
  const policy = graph.policyOfResource("", resource);
  const stack = policy === undefined ? undefined : graph.placeOf(policy)?.stack;
  return graph.stacks.find(({ name }) => name === stack)?.accountId;
}
