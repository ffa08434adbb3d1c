import { elsewhere, prices, type Price, type PriceName, type Quotation } from "./prices";
import type { Home } from "./facts";
import { exactly, times, type Range } from "./range";

/** So much of something that has a price. */
export interface Line extends Home {
  /** "" for what the platform shares. */
  readonly application: string;
  readonly price: PriceName;
  readonly quantity: Range;
  /** What the application runs, in distinction from how it is delivered. */
  readonly running: boolean;
}

/** A price as it is used in one region. */
export interface PriceThere {
  readonly usd: Range;
  readonly quotation: Quotation;
  /** "everywhere", "here", or the other region whose price stands for it. */
  readonly known: string;
}

/** The price in a region; where none is known there, that of another region with a margin. */
export function priceIn(name: PriceName, region: string): PriceThere {
  const { regions }: Price = prices[name];
  const quoted = new Map(Object.entries(regions));
  const everywhere = quoted.get("everywhere");
  if (everywhere !== undefined)
    return { usd: exactly(everywhere.usd), quotation: everywhere, known: "everywhere" };
  const here = quoted.get(region);
  if (here !== undefined) return { usd: exactly(here.usd), quotation: here, known: "here" };
  const reference = quoted.has("us-east-1") ? "us-east-1" : ([...quoted.keys()][0] ?? "");
  const quotation = quoted.get(reference);
  if (quotation === undefined) throw new Error(`${name} has no price in any region.`);
  return { usd: times(exactly(quotation.usd), elsewhere), quotation, known: reference };
}
