import { Context, type ContextValues } from "../../evaluator/context";
import { statementsAbout, type Policy, type Statement } from "../../evaluator/document";
import { principalKeys } from "../../evaluator/keys";
import type { Principal } from "../../evaluator/principal";
import { groupBy } from "../group-by";
import { Lookup, type Entry } from "./lookup";
import { contextOf, type Session } from "./session";

/** What can be asked for. */
export interface Offer {
  readonly resource: string;
  /** Keys that a request for it brings; they are none of those that a session has. */
  readonly context?: ContextValues;
}

/** What is known of the owner of a resource. */
export interface Owner {
  policyOf(resource: string): Policy | undefined;
  accountOf(resource: string): string | undefined;
}

interface Ownership {
  readonly policy: Policy | undefined;
  readonly account: string | undefined;
}

/**
 * Which offers a session could get at all by one action. Every session could ask for everything, so with ten times the
 * applications there are a hundred times the requests; but a statement names few resources, and what no statement names is
 * refused. An offer that is left out is refused for certain; one that is not left out must be evaluated.
 *
 * A grant asks for an Allow in the caller's own policies, or for one of the resource's policy that names the caller itself:
 * one that names its account passes the decision on to the caller's policies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 */
export class Shortlist<Item extends Offer> {
  private readonly lookup: Lookup<Item>;
  /** Of each offer, by its number: looked up once, because every session is asked about all of them. */
  private readonly owners: readonly Ownership[];
  /** Offers whose own policy nobody can read. */
  private readonly unreadable: Entry<Item>[] = [];
  private readonly grantsByName = new Map<string, Grant<Item>[]>();
  /** Grants to everybody, or to somebody who is not named plainly. */
  private readonly otherGrants: Grant<Item>[] = [];

  constructor(
    private readonly action: string,
    items: readonly Item[],
    owner: Owner,
  ) {
    const entries = items.map((item, number) => ({ item, number }));
    this.lookup = new Lookup(entries);
    this.owners = items.map(({ resource }) => ({
      policy: owner.policyOf(resource),
      account: owner.accountOf(resource),
    }));
    const owned = entries.flatMap((entry) => {
      const policy = this.owners[entry.number]?.policy;
      return policy === undefined ? [] : [{ policy, entry }];
    });
    for (const [policy, pairs] of groupBy(owned, ({ policy: owner }) => owner)) {
      this.addGrants(
        policy,
        pairs.map(({ entry }) => entry),
      );
    }
  }

  /** In the order in which they were given. */
  of(session: Session): readonly Item[] {
    const { principal, policies } = session;
    const isUnlimited =
      principal.kind === "root" || policies.identity.some(({ unreadable }) => unreadable !== undefined);
    if (isUnlimited) return this.lookup.entries.map(({ item }) => item);
    const context = knownOf(session);
    const found = new Set<Entry<Item>>(this.unreadable);
    const isLetIn = this.admission(principal);
    for (const statement of policies.identity.flatMap((policy) => allowing(policy, this.action))) {
      if (this.lookup.isExcluded(statement, context)) continue;
      for (const entry of this.lookup.matching(statement, context)) {
        if (isLetIn(entry)) found.add(entry);
      }
    }
    for (const { statement, lookup } of this.grantsTo(principal)) {
      if (lookup.isExcluded(statement, context)) continue;
      for (const entry of lookup.matching(statement, context)) found.add(entry);
    }
    return [...found].toSorted((a, b) => a.number - b.number).map(({ item }) => item);
  }

  /** Into another account, the resource's own policy must let the caller as well; each policy is asked once. */
  private admission(principal: Principal): (entry: Entry<Item>) => boolean {
    if (!("accountId" in principal)) return () => true;
    const { accountId } = principal;
    const verdicts = new Map<Policy, boolean>();
    return ({ number }) => {
      const { policy, account } = this.owners[number] ?? {};
      if (account === undefined || account === accountId) return true;
      if (policy === undefined) return false;
      const isAdmitted = verdicts.get(policy) ?? this.admits(policy, principal);
      verdicts.set(policy, isAdmitted);
      return isAdmitted;
    };
  }

  private admits(policy: Policy, principal: Principal): boolean {
    return (
      policy.unreadable !== undefined ||
      allowing(policy, this.action).some(
        ({ principals }) => principals === undefined || principals.matches(principal) !== "no",
      )
    );
  }

  private addGrants(policy: Policy, owned: readonly Entry<Item>[]): void {
    if (policy.unreadable !== undefined) {
      this.unreadable.push(...owned);
      return;
    }
    const lookup = new Lookup(owned);
    for (const statement of allowing(policy, this.action)) {
      const grant = { statement, lookup };
      const { principals } = statement;
      const plain =
        principals === undefined || principals.negated ? [undefined] : principals.names.map(plainName);
      if (plain.includes(undefined)) this.otherGrants.push(grant);
      for (const name of plain) {
        if (name === undefined || name === "") continue;
        const others = this.grantsByName.get(name);
        if (others === undefined) this.grantsByName.set(name, [grant]);
        else others.push(grant);
      }
    }
  }

  private grantsTo(principal: Principal): Grant<Item>[] {
    const name = principal.kind === "service" ? principal.service : "arn" in principal ? principal.arn : "";
    const others = this.otherGrants.filter(
      ({ statement: { principals } }) => principals === undefined || principals.matches(principal) !== "no",
    );
    return [...(this.grantsByName.get(name) ?? []), ...others];
  }
}

interface Grant<Item extends Offer> {
  readonly statement: Statement;
  readonly lookup: Lookup<Item>;
}

/** The statements that allow the action, whatever they are about. */
export function allowing(policy: Policy, action: string): Statement[] {
  return statementsAbout(policy, action).filter(({ effect }) => effect === "Allow");
}

/** The name of a role, user or service as it is compared; "" for an account; undefined for everything else. */
function plainName(name: string): string | undefined {
  if (/^(\d{12}|arn:aws[a-z-]*:iam::\d{12}:root)$/.test(name)) return "";
  const isPlain = /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[^*?]+$|^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/;
  return isPlain.test(name) ? name : undefined;
}

const knownContexts = new WeakMap<Session, Context>();

/** What is known of a session before it asks for anything. */
export function knownOf(session: Session): Context {
  const before = knownContexts.get(session);
  if (before !== undefined) return before;
  const context = new Context([principalKeys(session.principal), contextOf(session)], "unknown");
  knownContexts.set(session, context);
  return context;
}
