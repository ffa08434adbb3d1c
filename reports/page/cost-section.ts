import { change, money, rangeText } from "../cost/money";
import type { Range } from "../cost/range";
import type { CostReport } from "../cost/report";
import { accuracy, borrowedPrices, itemsOf, servicesText, sitesOf } from "../cost/view";
import { plural } from "../pipelines";
import { escape, list, section, table } from "./html";

/** What the delivery costs a month, for each application and shared, with what was assumed. */
export function costSection(report: CostReport): string {
  const amounts = (usd: Range): string[] => [usd.low, usd.expected, usd.high].map(money);
  const rows = [
    ["shared by the platform", report.shared, servicesText(itemsOf(report, ""))] as const,
    ...report.applications.map(({ name, usd }) => [name, usd, servicesText(itemsOf(report, name))] as const),
    ["total", report.total, []] as const,
  ];
  const shares = table(
    "USD a month",
    ["Delivery of", "at least", "expected", "at most", "most of it"],
    rows.map(([name, usd, services]) => [
      escape(name),
      ...amounts(usd),
      escape(services.slice(0, 4).join(" · ")),
    ]),
    [1, 2, 3],
  );
  const running =
    report.running.high === 0
      ? ""
      : `<p>What the applications run beside, as ECS tasks: ≈ ${money(report.running.expected)} USD a month, no part of the total.</p>`;
  return section(
    "cost",
    "Cost",
    `<p>${escape(accuracy)}</p>${shares}${running}<details><summary>Assumptions and prices</summary>${assumedTable(report)}${list(sourceTexts(report).map(escape))}</details>`,
    `≈ ${money(report.total.expected)} USD a month`,
  );
}

function assumedTable({ assumptions }: CostReport): string {
  return table(
    "What was assumed",
    ["Assumption", "low – expected – high", "unit"],
    assumptions.map((assumption) => [
      escape(assumption.text + (assumption.changed ? " (changed)" : "")),
      escape(rangeText(assumption)),
      escape(assumption.unit),
    ]),
  );
}

function sourceTexts({ prices, pricesOf, remarks, notPriced, notIncluded }: CostReport): string[] {
  return [
    `${plural(prices.length, "price")}, looked up ${pricesOf} at ${sitesOf(prices).join(", ")}.`,
    ...borrowedPrices(prices),
    ...remarks,
    ...notPriced.map(({ what, count }) => `Not priced: ${String(count)} × ${what}.`),
    ...notIncluded.map((what) => `Not included: ${what}.`),
  ];
}

/** The difference that a change makes, with its sign. */
export function costChange({ before, after }: { readonly before: number; readonly after: number }): string {
  return `${change(after - before)} USD a month: ${money(before)} before, ${money(after)} after.`;
}
