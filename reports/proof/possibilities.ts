import { groupBy } from "../group-by";
import type { Inquiry, Session } from "./session";
import { Shortlist } from "./shortlist";
import type { Thing } from "./things";

/** One action on one thing. */
export interface Possibility {
  readonly thing: Thing;
  readonly action: string;
}

/** What each session could do with the things of an estate, as far as any statement mentions them. */
export class Possibilities {
  private readonly numbers: ReadonlyMap<Thing, number>;
  private readonly shortlists: readonly { readonly action: string; readonly things: Shortlist<Thing> }[];
  private readonly bySession = new WeakMap<Session, readonly Possibility[]>();

  constructor(
    inquiry: Inquiry,
    readonly things: readonly Thing[],
  ) {
    this.numbers = new Map(things.map((thing, number) => [thing, number]));
    const offers = things.flatMap((thing) => thing.actions.map((action) => ({ thing, action })));
    this.shortlists = [...groupBy(offers, ({ action }) => action)].map(([action, offered]) => ({
      action,
      things: new Shortlist(
        action,
        offered.map(({ thing }) => thing),
        {
          policyOf: (resource) => inquiry.graph.policyOfResource(action, resource),
          accountOf: (resource) => inquiry.accountOf(resource),
        },
      ),
    }));
  }

  /** In the order of the things; everything else is refused for certain. */
  of(session: Session): readonly Possibility[] {
    const before = this.bySession.get(session);
    if (before !== undefined) return before;
    const possible = this.shortlists
      .flatMap(({ action, things }) => things.of(session).map((thing) => ({ thing, action })))
      .toSorted((a, b) => this.placeOf(a) - this.placeOf(b));
    this.bySession.set(session, possible);
    return possible;
  }

  private placeOf({ thing, action }: Possibility): number {
    return (this.numbers.get(thing) ?? 0) + thing.actions.indexOf(action) / (thing.actions.length + 1);
  }
}
