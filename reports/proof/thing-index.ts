import { groupBy } from "../group-by";
import type { Thing, ThingKind } from "./things";

/** Which things a question is about. */
export interface Wanted {
  readonly kinds: readonly ThingKind[];
  readonly whose: "application" | "other" | "all";
  /** Whose things, or whose not. */
  readonly application: string | undefined;
  readonly environment: string | undefined;
}

interface Group {
  readonly things: readonly Thing[];
  readonly byApplication: ReadonlyMap<string, readonly Thing[]>;
  /** How many actions there are on the things of applications. */
  readonly actions: number;
}

/** Finds and counts things without looking at all of them for each application. */
export class ThingIndex {
  private readonly groups: ReadonlyMap<ThingKind, Group>;

  constructor(
    things: readonly Thing[],
    private readonly applications: ReadonlySet<string>,
  ) {
    const byKind = groupBy(things, ({ kind }) => kind);
    this.groups = new Map(
      [...byKind].map(([kind, group]) => [
        kind,
        {
          things: group,
          byApplication: groupBy(group, ({ application }) => application),
          actions: actionsOn(group.filter(({ application }) => applications.has(application))),
        },
      ]),
    );
  }

  /** Whether the owner is the one that is asked about; what all share is no other application's. */
  isWhose(owner: string, whose: Wanted["whose"], application: string | undefined): boolean {
    if (whose === "all" || application === undefined) return true;
    return whose === "application"
      ? owner === application
      : owner !== application && this.applications.has(owner);
  }

  isWanted(thing: Thing, { kinds, whose, application, environment }: Wanted): boolean {
    return (
      kinds.includes(thing.kind) &&
      this.isWhose(thing.application, whose, application) &&
      (environment === undefined || thing.environment === environment)
    );
  }

  /** How many actions there are on the wanted things. */
  count(wanted: Wanted): number {
    const { whose, environment } = wanted;
    if (whose !== "other" || environment !== undefined) return actionsOn(this.all(wanted));
    return this.groupsOf(wanted).reduce(
      (sum, group) => sum + group.actions - actionsOn(ownThings(group, wanted)),
      0,
    );
  }

  first(wanted: Wanted): Thing | undefined {
    for (const pool of this.poolsOf(wanted)) {
      const thing = pool.find((one) => this.isWanted(one, wanted));
      if (thing !== undefined) return thing;
    }
    return undefined;
  }

  all(wanted: Wanted): Thing[] {
    return this.poolsOf(wanted).flatMap((pool) => pool.filter((thing) => this.isWanted(thing, wanted)));
  }

  private poolsOf(wanted: Wanted): (readonly Thing[])[] {
    return this.groupsOf(wanted).map((group) =>
      wanted.whose === "application" ? ownThings(group, wanted) : group.things,
    );
  }

  private groupsOf({ kinds }: Wanted): Group[] {
    return kinds.flatMap((kind) => this.groups.get(kind) ?? []);
  }
}

function ownThings({ byApplication }: Group, { application = "" }: Wanted): readonly Thing[] {
  return byApplication.get(application) ?? [];
}

function actionsOn(things: readonly Thing[]): number {
  return things.reduce((sum, { actions }) => sum + actions.length, 0);
}
