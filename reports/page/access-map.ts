import type { PreviewDocument, StackPreview } from "../../preview/preview-document";
import { stackTitle } from "../summary";
import { boxOfRole, peopleHome, sourcesHome, type BoxSeed } from "./boxes";
import { handOvers } from "./hand-overs";
import { inOrder } from "./order";
import { rolesOf, type RoleFacts } from "./roles";
import type { StatementPlace } from "./statements";
import { sharedReads } from "./shared-reads";
import { trustLinks } from "./trust-links";

/** The accounts, who is in them, and who may enter, start, approve or read what. */
export interface AccessMap {
  readonly homes: readonly MapHome[];
  readonly arrows: readonly MapArrow[];
}

/** An account, or what stands outside of all of them. */
export interface MapHome {
  readonly name: string;
  readonly detail: string;
  readonly boxes: readonly MapBox[];
}

export interface MapBox {
  readonly id: string;
  readonly kind: BoxSeed["kind"];
  readonly title: string;
  /** The applications, or the names, that the box stands for. */
  readonly members: readonly string[];
}

export interface MapArrow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly verb: Verb;
  /** Whether the arrow is that of the whole account in which `from` is. */
  readonly account: boolean;
  /** Who may do what, in a sentence. */
  readonly sentence: string;
  readonly places: readonly StatementPlace[];
}

export type Verb = "enters" | "starts" | "approves" | "runs" | "hands over" | "reads" | "writes" | "pulls";

/** One grant between two boxes, before all grants of one sort are drawn as one arrow. */
export interface Link {
  readonly from: BoxSeed;
  readonly to: BoxSeed;
  readonly verb: Verb;
  readonly places: readonly StatementPlace[];
}

/** What the links are found in. */
export interface Ground {
  readonly document: PreviewDocument;
  readonly roles: readonly RoleFacts[];
  readonly byArn: ReadonlyMap<string, RoleFacts>;
  /** The roles that a pattern of an ARN names, for patterns that were asked for before: most policies have the same few. */
  readonly named: Map<string, readonly RoleFacts[]>;
  /** Which stack has an account, for roles that the stacks do not make. */
  readonly stackOf: ReadonlyMap<string, StackPreview>;
}

export function accessMapOf(document: PreviewDocument): AccessMap {
  const stacks = inOrder(document);
  const ground = groundOf({ ...document, stacks });
  const { roles } = ground;
  const links = [...trustLinks(ground), ...handOvers(ground), ...sharedReads(ground)];
  // The layout keeps to the order in which boxes are named: that of the environments, whose roles the first links lead to.
  const seeds = [...links.flatMap(({ from, to }) => [from, to]), ...roles.map(boxOfRole)];
  const boxes = gathered(seeds);
  return { homes: homesOf(stacks, boxes), arrows: arrowsOf(links, boxes) };
}

export function groundOf(document: PreviewDocument): Ground {
  const roles = rolesOf(document);
  return {
    document,
    roles,
    byArn: new Map(roles.map((role) => [role.arn, role])),
    named: new Map(),
    stackOf: new Map(document.stacks.map((stack) => [stack.accountId, stack])),
  };
}

type Gathered = ReadonlyMap<string, MapBox & { readonly home: string }>;

/** One box for all seeds of one key. */
function gathered(seeds: readonly BoxSeed[]): Gathered {
  const members = new Map<string, Set<string>>();
  const first = new Map<string, BoxSeed>();
  for (const seed of seeds) {
    if (!first.has(seed.key)) first.set(seed.key, seed);
    const known = members.get(seed.key) ?? new Set();
    members.set(seed.key, known.add(seed.member));
  }
  return new Map(
    [...first].map(([key, { home, kind, title }], index) => {
      const names = [...(members.get(key) ?? [])].filter((name) => name !== "").sort();
      return [key, { id: `box${String(index)}`, home, kind, title, members: names }];
    }),
  );
}

function homesOf(stacks: readonly StackPreview[], boxes: Gathered): MapHome[] {
  const within = (home: string): MapBox[] => [...boxes.values()].filter((box) => box.home === home);
  const outside = [peopleHome, sourcesHome].map((name) => ({ name, detail: "", boxes: within(name) }));
  const accounts = stacks.map((stack) => ({
    name: stack.name,
    detail: [stackTitle(stack), stack.accountId, stack.region].filter((fact) => fact !== "").join(" · "),
    boxes: within(stack.name),
  }));
  const known = new Set([...outside, ...accounts].map(({ name }) => name));
  const strangers = [...new Set([...boxes.values()].map(({ home }) => home))].filter(
    (home) => !known.has(home),
  );
  const others = strangers.map((name) => ({ name, detail: "not of these stacks", boxes: within(name) }));
  return [...outside, ...accounts, ...others].filter((home) => home.boxes.length > 0);
}

function arrowsOf(links: readonly Link[], boxes: Gathered): MapArrow[] {
  const groups = new Map<string, Link[]>();
  for (const link of links) {
    // What an account reads of another one is one arrow: which of its roles do so, the sentence says.
    const from = ofAccounts(link) ? link.from.home : link.from.key;
    const key = JSON.stringify([from, link.to.key, link.verb]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [link]);
    else group.push(link);
  }
  const order = [...boxes.keys()];
  const sorted = [...groups.values()].toSorted((a, b) => rank(a, order) - rank(b, order));
  return sorted.flatMap((group, index) => {
    const [link] = group;
    const [from, to] = [boxes.get(link?.from.key ?? ""), boxes.get(link?.to.key ?? "")];
    if (link === undefined || from === undefined || to === undefined || from === to) return [];
    const origins = [...new Set(group.map(({ from: origin }) => origin.title))].join(" and ");
    const places = new Map(group.flatMap(({ places: all }) => all).map((place) => [keyOf(place), place]));
    return [
      {
        id: `arrow${String(index)}`,
        from: from.id,
        to: to.id,
        verb: link.verb,
        account: ofAccounts(link),
        sentence: `${inPlace({ ...from, title: origins })} ${verbTexts[link.verb]} ${inPlace(to)}`,
        places: [...places.values()],
      },
    ];
  });
}

function rank([link]: readonly Link[], order: readonly string[]): number {
  return order.indexOf(link?.to.key ?? "");
}

function ofAccounts({ to, from }: Link): boolean {
  return to.kind === "store" && to.home !== from.home;
}

function keyOf({ stack, urn, path, index }: StatementPlace): string {
  return [stack, urn, path, index].join(" ");
}

function inPlace({ title, home }: { readonly title: string; readonly home: string }): string {
  return [peopleHome, sourcesHome].includes(home) ? title : `${title} (${home})`;
}

const verbTexts: Readonly<Record<Verb, string>> = {
  enters: "may enter",
  starts: "may start",
  approves: "may approve releases in",
  runs: "may run",
  "hands over": "may hand over to",
  reads: "may read from",
  writes: "may write to",
  pulls: "may pull from",
};
