import type { PreviewDocument } from "../../preview/preview-document";
import { groupBy } from "../group-by";
import { madeResources } from "../summary";
import { assumptionNames, assumptions, type Assumed } from "./assumptions";
import { usageOf } from "./lines";
import { freeTiers, lookedUp, prices, type PriceName } from "./prices";
import { combine, exactly, nothing, sumOf, times, type Range } from "./range";
import type {
  AccountCost,
  ApplicationCost,
  AssumptionUsed,
  CostItem,
  CostReport,
  FreeType,
  NotPriced,
  PriceUsed,
} from "./report";
import { freeTypes, notIncluded, pricedTypes } from "./resource-types";
import { priceIn, type Line } from "./tally";

/** What the stacks of a preview cost a month, from their graph, the price table and assumptions. */
export function costOf(document: PreviewDocument, assumed: Assumed): CostReport {
  const usage = usageOf(document, assumed);
  const lines = merged(usage.lines);
  const costs = itemsOf(lines, assumed);
  const delivery = costs.filter(({ running }) => !running);
  const applications = applicationsOf(costs);
  return {
    version: 1,
    currency: "USD",
    period: "month",
    pricesOf: lookedUp,
    total: total(delivery),
    shared: total(delivery.filter(({ application }) => application === "")),
    applications,
    running: sumOf(applications.map(({ running }) => running)),
    accounts: accountsOf(document, delivery),
    services: servicesOf(delivery),
    items: costs,
    ...typesOf(document, usage.notPriced),
    notIncluded,
    assumptions: assumptionsUsed(assumed),
    prices: pricesUsed(lines),
    remarks: remarksOf(document),
  };
}

/** One line for each account, application and price; in an order that does not hang on that of the resources. */
function merged(lines: readonly Line[]): Line[] {
  const groups = groupBy(lines, ({ stack, accountId, region, application, price, running }) =>
    JSON.stringify([running, application, stack, accountId, region, price]),
  );
  return [...groups]
    .toSorted(([a], [b]) => compare(a, b))
    .flatMap(([, [first, ...others]]) =>
      first === undefined
        ? []
        : [{ ...first, quantity: sumOf([first, ...others].map(({ quantity }) => quantity)) }],
    );
}

function itemsOf(lines: readonly Line[], assumed: Assumed): CostItem[] {
  const left = shareLeft(lines, assumed);
  return lines.map((line) => {
    const { service, what, unit } = prices[line.price];
    const { stack, accountId, region, application, quantity, running } = line;
    const usd = times(quantity, priceIn(line.price, region).usd, left(line));
    return { stack, accountId, region, application, service, what, quantity, unit, usd, running };
  });
}

/** What share of a line is paid for: AWS gives each account so much, which all that use it share by what they use. */
function shareLeft(lines: readonly Line[], { freeTierLeft }: Assumed): (line: Line) => Range {
  const used = new Map<string, Range>();
  const key = ({ accountId, price }: Line): string => `${accountId} ${price}`;
  for (const line of lines) {
    if (!line.running) used.set(key(line), sumOf([used.get(key(line)) ?? nothing, line.quantity]));
  }
  return (line) => {
    const free = freeAmount(line.price);
    if (free === 0 || line.running) return exactly(1);
    return combine(
      (all, share) => (all === 0 ? 0 : Math.max(0, all - free * share) / all),
      used.get(key(line)) ?? nothing,
      freeTierLeft,
    );
  };
}

function freeAmount(price: PriceName): number {
  const tiers: Partial<Readonly<Record<PriceName, { readonly amount: number }>>> = freeTiers;
  return tiers[price]?.amount ?? 0;
}

function total(items: readonly CostItem[]): Range {
  return sumOf(items.map(({ usd }) => usd));
}

function applicationsOf(items: readonly CostItem[]): ApplicationCost[] {
  const names = new Set(items.map(({ application }) => application).filter((name) => name !== ""));
  return [...names].toSorted(compare).map((name) => {
    const own = items.filter(({ application }) => application === name);
    return {
      name,
      usd: total(own.filter(({ running }) => !running)),
      running: total(own.filter(({ running }) => running)),
    };
  });
}

/** Every stack, also one that costs nothing. */
function accountsOf({ stacks }: PreviewDocument, items: readonly CostItem[]): AccountCost[] {
  return stacks.map(({ name, accountId, region }) => ({
    stack: name,
    accountId,
    region,
    usd: total(items.filter(({ stack }) => stack === name)),
  }));
}

/** The dearest first. */
function servicesOf(items: readonly CostItem[]): { service: string; usd: Range }[] {
  const services = new Set(items.map(({ service }) => service));
  return [...services]
    .map((service) => ({ service, usd: total(items.filter((item) => item.service === service)) }))
    .toSorted((a, b) => b.usd.expected - a.usd.expected || compare(a.service, b.service));
}

function typesOf(
  { stacks }: PreviewDocument,
  withoutPrice: readonly string[],
): { free: FreeType[]; notPriced: NotPriced[] } {
  const types = counted(stacks.flatMap(madeResources).map(({ type }) => type));
  return {
    free: types.flatMap(([type, count]) => {
      const reason = freeTypes[type];
      return reason === undefined ? [] : [{ type, count, reason }];
    }),
    notPriced: [
      ...types.filter(([type]) => !pricedTypes.has(type) && freeTypes[type] === undefined),
      ...counted(withoutPrice),
    ].map(([what, count]) => ({ what, count })),
  };
}

function counted(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted(([a], [b]) => compare(a, b));
}

function assumptionsUsed(assumed: Assumed): AssumptionUsed[] {
  return assumptionNames.map((name) => {
    const { text, unit, range } = assumptions[name];
    const changed = (["low", "expected", "high"] as const).some((end) => assumed[name][end] !== range[end]);
    return { name, text, unit, ...assumed[name], changed };
  });
}

function pricesUsed(lines: readonly Line[]): PriceUsed[] {
  const used = new Map<string, PriceUsed>();
  for (const { price: name, region } of lines) {
    const { service, what, unit } = prices[name];
    const { usd, quotation, known } = priceIn(name, region);
    const { source, stated } = quotation;
    const shown = known === "everywhere" ? "" : region;
    used.set(`${service} ${what} ${shown}`, {
      name,
      service,
      what,
      unit,
      region: shown,
      usd,
      known,
      source,
      stated,
    });
  }
  return [...used].toSorted(([a], [b]) => compare(a, b)).map(([, price]) => price);
}

function remarksOf({ stacks }: PreviewDocument): string[] {
  const regions = [...new Set(stacks.map(({ region }) => region))].toSorted(compare);
  return regions
    .filter((region) => /^(cn|us-gov)-/.test(region))
    .map(
      (region) =>
        `${region} has a price list of its own, which is not in the table: these are prices of other regions.`,
    );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
