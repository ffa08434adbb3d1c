import type { Context } from "../../evaluator/context";
import type { Statement } from "../../evaluator/document";
import type { Offer } from "./shortlist";

export interface Entry<Item> {
  readonly item: Item;
  /** Its place among all. */
  readonly number: number;
}

/** Entries in the order of a text, so that those which begin alike stand side by side. */
interface Sorted<Item> {
  readonly texts: readonly string[];
  readonly entries: readonly Entry<Item>[];
}

interface ByKey<Item> {
  readonly sorted: Sorted<Item>;
  /** Offers that do not have the key. */
  readonly without: readonly Entry<Item>[];
}

/** So few are evaluated sooner than found. */
const few = 4;

/** Finds the offers that a statement could be about, by how the texts begin that it compares. */
export class Lookup<Item extends Offer> {
  private byResource: Sorted<Item> | undefined;
  private readonly byKey = new Map<string, ByKey<Item>>();
  private keys: ReadonlySet<string> | undefined;

  constructor(readonly entries: readonly Entry<Item>[]) {}

  /** Whether a condition fails by what is known of the session, whatever it asks for. */
  isExcluded({ conditions }: Statement, session: Context): boolean {
    return conditions.some(
      (condition) =>
        !this.offeredKeys().has(condition.key.toLowerCase()) &&
        !condition.values.some((value) => value.includes("${")) &&
        condition.holds(session) === "no",
    );
  }

  /** Never fewer than the statement matches. */
  matching(statement: Statement, session: Context): readonly Entry<Item>[] {
    if (this.entries.length <= few) return this.entries;
    const choices = [...this.resourceChoices(statement, session), ...this.keyChoices(statement, session)];
    const [best] = choices.toSorted((a, b) => a.size - b.size);
    return best === undefined ? this.entries : best.entries();
  }

  private resourceChoices({ resources }: Statement, session: Context): Choice<Item>[] {
    if (resources === undefined || resources.negated) return [];
    this.byResource ??= sorted(this.entries, ({ resource }) => resource);
    const texts = resources.patterns.map(({ text }) => text);
    return [choiceOf(this.byResource, texts, session, [])];
  }

  /** Only operators that compare texts as they are: what `ArnLike` makes of a text that is no ARN, nobody knows. */
  private keyChoices({ conditions }: Statement, session: Context): Choice<Item>[] {
    return conditions
      .filter(
        ({ operator, key }) =>
          /^String(Equals|Like)$/.test(operator) && this.offeredKeys().has(key.toLowerCase()),
      )
      .map(({ key, values }) => {
        const { sorted: offered, without } = this.offering(key.toLowerCase());
        return choiceOf(offered, values, session, without);
      });
  }

  private offering(lowerCaseKey: string): ByKey<Item> {
    const before = this.byKey.get(lowerCaseKey);
    if (before !== undefined) return before;
    const valueOf = ({ context = {} }: Item): string | undefined => {
      const [, value] = Object.entries(context).find(([key]) => key.toLowerCase() === lowerCaseKey) ?? [];
      return typeof value === "string" ? value : undefined;
    };
    const having = this.entries.filter(({ item }) => valueOf(item) !== undefined);
    const made = {
      sorted: sorted(having, (item) => valueOf(item) ?? ""),
      without: this.entries.filter(({ item }) => valueOf(item) === undefined),
    };
    this.byKey.set(lowerCaseKey, made);
    return made;
  }

  private offeredKeys(): ReadonlySet<string> {
    this.keys ??= new Set(
      this.entries.flatMap(({ item: { context = {} } }) =>
        Object.keys(context).map((key) => key.toLowerCase()),
      ),
    );
    return this.keys;
  }
}

function sorted<Item>(entries: readonly Entry<Item>[], textOf: (item: Item) => string): Sorted<Item> {
  const pairs = entries.map((entry) => ({ entry, text: textOf(entry.item) }));
  pairs.sort((a, b) => compare(a.text, b.text));
  return { texts: pairs.map(({ text }) => text), entries: pairs.map(({ entry }) => entry) };
}

/** By code units, as `startsWith` compares. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Entries that can be counted before they are gathered. */
interface Choice<Item> {
  readonly size: number;
  readonly entries: () => readonly Entry<Item>[];
}

/** Entries whose text begins as one of the patterns does, and others beside them. */
function choiceOf<Item>(
  { texts, entries }: Sorted<Item>,
  patterns: readonly string[],
  session: Context,
  others: readonly Entry<Item>[],
): Choice<Item> {
  const ranges = patterns.map((pattern) => {
    const start = literalStart(pattern, session);
    // No text of AWS holds the last of all characters.
    return { from: firstNotBefore(texts, start), to: firstNotBefore(texts, `${start}\uffff`) };
  });
  return {
    size: ranges.reduce((sum, { from, to }) => sum + to - from, others.length),
    entries: () => [...ranges.flatMap(({ from, to }) => entries.slice(from, to)), ...others],
  };
}

function firstNotBefore(texts: readonly string[], start: string): number {
  let low = 0;
  let high = texts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((texts[middle] ?? "") < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What every text that the pattern matches begins with: up to its first wildcard, or a variable whose value is not known. */
export function literalStart(pattern: string, session: Context): string {
  let start = "";
  let end = 0;
  for (const match of pattern.matchAll(/\$\{([^}]*)\}|[*?]/g)) {
    start += pattern.slice(end, match.index);
    const [whole, variable] = match;
    const value = variable === undefined ? undefined : valueOf(variable, session);
    if (value === undefined) return start;
    start += value;
    end = match.index + whole.length;
  }
  return start + pattern.slice(end);
}

function valueOf(variable: string, session: Context): string | undefined {
  const values = /^[\w:/.-]+$/.test(variable) ? session.get(variable.toLowerCase()) : "unknown";
  if (values === undefined || values === "unknown" || values.length !== 1) return undefined;
  const [value = ""] = values;
  return /[*?]/.test(value) ? undefined : value;
}
