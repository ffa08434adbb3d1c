import { money } from "./money";
import type { CostItem, CostReport, FreeType, PriceUsed } from "./report";

/** `CodeBuild 10.32 · ECR 4.02`: the services of some items by what they are expected to cost, the dearest first. */
export function servicesText(items: readonly CostItem[]): string[] {
  const sums = new Map<string, number>();
  for (const { service, usd } of items) sums.set(service, (sums.get(service) ?? 0) + usd.expected);
  return [...sums]
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .filter(([, usd]) => usd >= 0.005)
    .map(([service, usd]) => `${service} ${money(usd)}`);
}

/** The delivery's items of an application, or with "" those that are shared. */
export function itemsOf(report: CostReport, application: string, running = false): CostItem[] {
  return report.items.filter((item) => item.application === application && item.running === running);
}

/** What is free, by the reason: resources that are so for one reason stand together. */
export function freeByReason(free: readonly FreeType[]): { reason: string; types: readonly FreeType[] }[] {
  const reasons = [...new Set(free.map(({ reason }) => reason))];
  return reasons.map((reason) => ({ reason, types: free.filter((type) => type.reason === reason) }));
}

/** A sentence for each price that stands for that of a region for which none was found. */
export function borrowedPrices(prices: readonly PriceUsed[]): string[] {
  const borrowed = new Map<string, string[]>();
  for (const { service, region, known } of prices) {
    if (known === "everywhere" || known === "here") continue;
    const key = `${region} ${known}`;
    borrowed.set(key, [...new Set([...(borrowed.get(key) ?? []), service])]);
  }
  return [...borrowed].map(([key, services]) => {
    const [region = "", known = ""] = key.split(" ");
    return `No price for ${region} was found for ${services.join(", ")}: that of ${known} is used, plus 0 to 30 %.`;
  });
}

/** The sites that the prices come from. */
export function sitesOf(prices: readonly PriceUsed[]): string[] {
  return [...new Set(prices.map(({ source }) => new URL(source).hostname))].toSorted();
}

export const accuracy =
  "An estimate before deployment, not a bill: it is as good as its assumptions. " +
  "At least and at most are what comes out when all of them are low, or all high.";
