import type { Decision } from "../../evaluator/evaluate";
import { evidenceOf } from "./evidence";
import { outsidersOf } from "./outsiders";
import type { Possibilities } from "./possibilities";
import { Reach, visitorOf, type Entry, type Visitor } from "./reach";
import type { AccessPath, AccessStep } from "./report";
import type { Inquiry } from "./session";
import type { Survey } from "./survey";
import type { Thing } from "./things";

/** A chain through more roles than these is cut off; AWS itself sets no end. */
const longestChain = 4;

/** Every way from one application or environment into another one, and from outside into any. */
export function pathsOf(survey: Survey): AccessPath[] {
  const search = new Search(survey);
  const { inquiry, estate } = survey;
  const members = estate.members
    .filter(({ kind }) => kind !== "door")
    .map((member) => visitorOf(inquiry, member));
  return [...members, ...outsidersOf(estate)].flatMap((origin) => search.from(origin));
}

class Search {
  private readonly inquiry: Inquiry;
  private readonly possibilities: Possibilities;
  private readonly reach: Reach;

  constructor(survey: Survey) {
    this.inquiry = survey.inquiry;
    this.possibilities = survey.possibilities;
    this.reach = new Reach(survey);
  }

  from(origin: Visitor): AccessPath[] {
    const paths: AccessPath[] = [];
    const visited = new Set<string>();
    let chains: readonly (readonly Entry[])[] = [[]];
    for (let length = 0; length <= longestChain && chains.length > 0; length += 1) {
      const longer: (readonly Entry[])[] = [];
      for (const chain of chains) {
        const visitor = chain.at(-1)?.into ?? origin;
        const identity = `${visitor.session.id} ${JSON.stringify(visitor.session.tags)}`;
        if (visited.has(identity)) continue;
        visited.add(identity);
        paths.push(...this.thingsReached(origin, chain, visitor));
        for (const entry of this.reach.entriesOf(visitor)) {
          if (strays(origin, entry.into)) paths.push(this.entryPath(origin, [...chain, entry]));
          else longer.push([...chain, entry]);
        }
      }
      chains = longer;
    }
    return paths;
  }

  private thingsReached(origin: Visitor, chain: readonly Entry[], visitor: Visitor): AccessPath[] {
    return this.possibilities.of(visitor.session).flatMap(({ thing, action }) => {
      if (!crosses(origin, thing)) return [];
      const decision = this.inquiry.can(visitor.session, action, thing.resource, thing.context);
      if (decision.answer === "no") return [];
      return [this.thingPath(origin, chain, visitor, thing, action, decision)];
    });
  }

  private entryPath(origin: Visitor, chain: readonly Entry[]): AccessPath {
    const into = chain.at(-1)?.into ?? origin;
    const as = into.application === "" ? "" : ` as ${into.application}`;
    const where = into.environment === "" ? "" : ` of ${into.environment}`;
    return this.path(
      origin,
      chain,
      `can take the role ${into.session.name}${where}${as}`,
      ownerText(into),
      [],
    );
  }

  private thingPath(
    origin: Visitor,
    chain: readonly Entry[],
    visitor: Visitor,
    thing: Thing,
    action: string,
    decision: Decision,
  ): AccessPath {
    const step: AccessStep = {
      principal: visitor.session.id,
      action,
      resource: thing.resource,
      because: evidenceOf(this.inquiry.graph, [decision]),
    };
    const summary = `can do ${action} on ${thing.name}`;
    return this.path(origin, chain, summary, ownerText(thing), [step], decision.answer);
  }

  private path(
    origin: Visitor,
    chain: readonly Entry[],
    what: string,
    to: string,
    last: readonly AccessStep[],
    answer: Decision["answer"] = "yes",
  ): AccessPath {
    const steps = chain.map(({ from, into, decision }) => ({
      principal: from.session.id,
      action: decision.parts.map(({ action }) => action).join(" + "),
      resource: into.session.id,
      because: evidenceOf(
        this.inquiry.graph,
        decision.parts.map((part) => part.decision),
      ),
    }));
    const isCertain = answer === "yes" && chain.every(({ decision }) => decision.answer === "yes");
    const perhaps = isCertain ? "" : "perhaps ";
    const from = ownerText(origin);
    const names = [...new Set([origin, ...chain.map(({ into }) => into)].map(({ session }) => session.name))];
    const by = chain.length <= 1 ? "" : ` by way of ${names.slice(1, -1).join(", ")}`;
    return {
      summary: `${origin.session.name}${from === "" ? "" : ` (${from})`} ${perhaps}${what}${by}.`,
      answer: isCertain ? "yes" : "unknown",
      from,
      to,
      steps: [...steps, ...last],
    };
  }
}

/** `hello-world, dev` */
function ownerText({ application, environment }: { application: string; environment: string }): string {
  return [application, environment].filter((part) => part !== "").join(", ");
}

/** Whether a thing is another's. */
function crosses(origin: Visitor, thing: Thing): boolean {
  if (origin.kind === "outsider") return isOutside(origin, thing);
  if (origin.application !== thing.application) return true;
  if (thing.inEnvironment) return origin.environment !== thing.environment;
  if (origin.inEnvironment) return !(thing.readers ?? []).includes(origin.environment);
  return origin.environment !== "" && thing.environment !== "" && origin.environment !== thing.environment;
}

/** An account's own administrator may do there what he likes, and get what is meant for his account. */
function isOutside({ environment, accountId, isOwnAccount }: Visitor, thing: Thing): boolean {
  if (environment === "") return !(isOwnAccount ?? false);
  if (thing.inEnvironment) return thing.resource.split(":")[4] !== accountId;
  return !(thing.readers ?? []).includes(environment);
}

/** Whether a role is another's than the session's that took it. */
function strays(origin: Visitor, into: Visitor): boolean {
  if (origin.kind === "outsider") return origin.environment === "" || origin.accountId !== into.accountId;
  if (into.application !== origin.application) return true;
  return into.inEnvironment && into.environment !== origin.environment;
}
