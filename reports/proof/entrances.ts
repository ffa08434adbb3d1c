import type { Policy } from "../../evaluator/document";
import type { Estate, Member } from "./estate";
import { allowing, knownOf, Shortlist, type Offer } from "./shortlist";
import { Lookup } from "./lookup";
import type { Inquiry, Session } from "./session";

export type Tags = Readonly<Record<string, string>>;

interface RoleOffer extends Offer {
  readonly member: Member;
}

interface TagOffer extends Offer {
  readonly tags: Tags;
}

/** Names under which a session could enter a role; made once, and asked for many roles. */
export type NameList = Lookup<TagOffer>;

export function nameList(sets: readonly Tags[]): NameList {
  return new Lookup(
    sets.map((tags, number) => ({ item: { resource: "", context: requestKeys(tags), tags }, number })),
  );
}

function requestKeys(tags: Tags): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value]));
}

/** Which roles each session could take, and under which names, as far as any statement mentions it. */
export class Entrances {
  private readonly roles: Shortlist<RoleOffer>;

  constructor(inquiry: Inquiry, { members }: Estate) {
    const offers = members.map((member) => ({ member, resource: member.role.arn }));
    this.roles = new Shortlist("sts:AssumeRole", offers, {
      policyOf: (role) => inquiry.graph.policyOfResource("sts:AssumeRole", role),
      accountOf: (role) => inquiry.accountOf(role),
    });
  }

  /** In the order of the estate; every other role is closed for certain. */
  of(session: Session): Member[] {
    return this.roles.of(session).map(({ member }) => member);
  }

  /** The names under which a role's trust could let the session in: without an Allow of the trust nobody takes a role. */
  namesInto(session: Session, trust: Policy, names: NameList): Tags[] {
    if (trust.unreadable !== undefined) return names.entries.map(({ item }) => item.tags);
    const known = knownOf(session);
    const entries = allowing(trust, "sts:AssumeRole")
      .filter((statement) => !names.isExcluded(statement, known))
      // A trust has no Resource; one that has is no help to look names up.
      .flatMap((statement) =>
        statement.resources === undefined ? names.matching(statement, known) : names.entries,
      );
    return [...new Set(entries)].toSorted((a, b) => a.number - b.number).map(({ item }) => item.tags);
  }
}
