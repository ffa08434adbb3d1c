import { Context } from "../../evaluator/context";
import type { Policy } from "../../evaluator/document";
import { any } from "../../evaluator/truth";
import { nameList, type Entrances, type NameList, type Tags } from "./entrances";
import type { Estate, Home, Member } from "./estate";
import { sessionOf, type Assumed, type Inquiry, type Session } from "./session";
import type { Survey } from "./survey";

/** A session with its owner. */
export interface Visitor extends Home {
  readonly session: Session;
  readonly inEnvironment: boolean;
  readonly accountId: string;
  readonly kind: Member["kind"] | "outsider";
  /** Whether all that is not in an environment lies in the account that the visitor administers. */
  readonly isOwnAccount?: boolean;
}

/** One role taken on the way. */
export interface Entry {
  readonly from: Visitor;
  readonly into: Visitor;
  readonly decision: Assumed;
}

const noContext = new Context([], "unknown");

/** Every role that a session can take, under every name that it could give itself. */
export class Reach {
  private readonly inquiry: Inquiry;
  private readonly estate: Estate;
  private readonly entrances: Entrances;
  private readonly tagSets: readonly Tags[];
  private readonly names = new Map<string | undefined, NameList>();
  private readonly tagged = new Map<Policy, boolean>();

  constructor({ inquiry, estate, entrances }: Survey) {
    this.inquiry = inquiry;
    this.estate = estate;
    this.entrances = entrances;
    this.tagSets = tagSetsOf(estate.members);
  }

  entriesOf(from: Visitor): Entry[] {
    return this.entrances.of(from.session).flatMap((member) => this.entriesInto(member, from));
  }

  private entriesInto(member: Member, from: Visitor): Entry[] {
    const { role } = member;
    if (role.arn === from.session.id) return [];
    const tagSets = this.takesTags(role.trust)
      ? this.entrances.namesInto(from.session, role.trust, this.namesFor(from))
      : [{}];
    return tagSets.flatMap((tags) => {
      const decision = this.inquiry.assume(from.session, role, tags);
      if (decision.answer === "no") return [];
      return [{ from, decision, into: enteredAs(this.inquiry, member, tags, decision) }];
    });
  }

  /** Every application's own tags, and its name with the caller's kind of deployment. */
  private namesFor({ session: { tags } }: Visitor): NameList {
    const { DeploymentKind: own } = tags;
    const before = this.names.get(own);
    if (before !== undefined) return before;
    const taken = new Set(
      this.tagSets.map((set) => `${set["Application"] ?? ""}/${set["DeploymentKind"] ?? ""}`),
    );
    const others = this.estate.applications
      .filter((application) => own !== undefined && !taken.has(`${application}/${own}`))
      .map((application): Tags => ({
        Application: application,
        ...(own !== undefined && { DeploymentKind: own }),
      }));
    const names = nameList([...this.tagSets, ...others]);
    this.names.set(own, names);
    return names;
  }

  /** Whether a session can bring tags of its own at all. */
  private takesTags(trust: Policy): boolean {
    const known = this.tagged.get(trust);
    if (known !== undefined) return known;
    const takes =
      trust.unreadable !== undefined ||
      trust.statements.some(
        ({ effect, actions: { negated, patterns } }) =>
          effect === "Allow" &&
          (negated || any(patterns, (pattern) => pattern.matches("sts:TagSession", noContext)) !== "no"),
      );
    this.tagged.set(trust, takes);
    return takes;
  }
}

/** No tags, and the tags of each role that has those of a deploy job: what somebody would call himself. */
function tagSetsOf(members: readonly Member[]): Readonly<Record<string, string>>[] {
  const sets = new Map<string, Readonly<Record<string, string>>>([["", {}]]);
  for (const { kind, role } of members) {
    const { Application: application, DeploymentKind: deploymentKind } = role.tags;
    if (kind !== "deploy" || application === undefined || deploymentKind === undefined) continue;
    sets.set(`${application}/${deploymentKind}`, {
      Application: application,
      DeploymentKind: deploymentKind,
    });
  }
  return [...sets.values()];
}

/** Whose a session is, its tags say; without them, the role's. */
function enteredAs(
  { graph }: Inquiry,
  { role, kind, application, environment, inEnvironment }: Member,
  tags: Tags,
  { sourceIdentity }: Assumed,
): Visitor {
  const session = sessionOf(graph, role, {
    tags,
    ...(sourceIdentity !== undefined && { sourceIdentity }),
  });
  return {
    session,
    kind,
    application: tags["Application"] ?? application,
    environment,
    inEnvironment,
    accountId: role.accountId,
  };
}

export function visitorOf(inquiry: Inquiry, member: Member): Visitor {
  const { role, kind, application, environment, inEnvironment } = member;
  const session = sessionOf(inquiry.graph, role);
  return { session, kind, application, environment, inEnvironment, accountId: role.accountId };
}
