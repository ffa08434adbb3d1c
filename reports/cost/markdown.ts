import { kindName } from "../summary";
import { plural } from "../pipelines";
import type { CostComparison } from "./compare";
import { change, money, rangeText } from "./money";
import type { Range } from "./range";
import type { CostReport } from "./report";
import { accuracy, borrowedPrices, freeByReason, itemsOf, servicesText } from "./view";

/** The cost for the comment on a pull request: what changed first, the rest folded away. */
export function renderCostMarkdown(report: CostReport, comparison?: CostComparison): string {
  const { total } = report;
  const title =
    comparison === undefined
      ? `## Slipway cost: ≈ ${money(total.expected)} USD a month`
      : `## Slipway cost: ${change(comparison.total.expected)} USD a month, then ≈ ${money(total.expected)}`;
  const sections = [
    title,
    ...(comparison === undefined ? [] : [changeTable(comparison), ...comparison.differs.map(text)]),
    shareTable(report),
    ...(report.notPriced.length === 0 ? [] : [notPriced(report)]),
    details("By service and account", serviceTables(report)),
    details("What is free, and what is not included", coverage(report)),
    details("Assumptions", assumptionTable(report)),
    details(`Prices, looked up ${report.pricesOf}`, priceTable(report)),
    accuracy,
  ];
  return `${sections.join("\n\n")}\n`;
}

const amountColumns = ["At least", "Expected", "At most"];

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, columns.map((column) => (amountColumns.includes(column) ? "--:" : "---")), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function amounts({ low, expected, high }: Range, word: (usd: number) => string = money): string[] {
  return [low, expected, high].map(word);
}

function shareTable(report: CostReport): string {
  const rows = [
    ["shared by the platform", ...amounts(report.shared), servicesText(itemsOf(report, "")).join(", ")],
    ...report.applications.map(({ name, usd }) => [
      `**${text(name)}**`,
      ...amounts(usd),
      servicesText(itemsOf(report, name)).join(", "),
    ]),
    ["**total**", ...amounts(report.total), ""],
    ...report.applications
      .filter(({ running }) => running.high > 0)
      .map(({ name, running }) => [
        `beside it: what ${text(name)} runs`,
        ...amounts(running),
        servicesText(itemsOf(report, name, true)).join(", "),
      ]),
  ];
  return table(["USD a month", ...amountColumns, "Expected of"], rows);
}

function changeTable({ shared, applications, total }: CostComparison): string {
  const rows = [
    ["shared by the platform", ...amounts(shared, change)],
    ...applications
      .filter(({ usd }) => usd.low !== 0 || usd.expected !== 0 || usd.high !== 0)
      .map(({ name, kind, usd }) => [
        `**${text(name)}**${kind === "changed" ? "" : ` (${kind})`}`,
        ...amounts(usd, change),
      ]),
    ["**total**", ...amounts(total, change)],
  ];
  return table(["Change, USD a month", ...amountColumns], rows);
}

function notPriced({ notPriced: things }: CostReport): string {
  return `**Not priced:** ${things.map(({ what, count }) => `${String(count)} × ${text(what)}`).join("; ")}`;
}

function serviceTables({ services, accounts }: CostReport): string {
  return [
    table(
      ["Service", ...amountColumns],
      services.map(({ service, usd }) => [service, ...amounts(usd)]),
    ),
    table(
      ["Account", ...amountColumns],
      accounts.map(({ stack, accountId, region, usd }) => [
        text(`${stack} ${accountId} ${region}`.trim()),
        ...amounts(usd),
      ]),
    ),
  ].join("\n\n");
}

function coverage({ free, notIncluded }: CostReport): string {
  const reasons = freeByReason(free).map(({ reason, types }) => {
    const names = types.map(({ type, count }) => plural(count, kindName(type))).join(", ");
    return `- ${text(names)}: ${text(reason)}`;
  });
  return [reasons.join("\n"), `Not included: ${notIncluded.map(text).join("; ")}.`].join("\n\n");
}

function assumptionTable({ assumptions }: CostReport): string {
  return table(
    ["Name", "Low – expected – high", "Meaning"],
    assumptions.map((assumption) => [
      `\`${assumption.name}\``,
      `${rangeText(assumption)}${assumption.changed ? " (changed)" : ""}`,
      text(assumption.text),
    ]),
  );
}

function priceTable({ prices, remarks }: CostReport): string {
  const rows = prices.map(({ service, what, unit, region, usd, source, stated }) => [
    text(`${service}: ${what}`),
    rangeText(usd),
    unit,
    region === "" ? "all" : region,
    `[${new URL(source).hostname}](${source})${stated === "" ? "" : ` ${stated}`}`,
  ]);
  const notes = [...borrowedPrices(prices), ...remarks].map(text);
  return [table(["Price", "USD", "For one", "Region", "Source"], rows), ...notes].join("\n\n");
}

function details(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}

/** Text that cannot turn into markup or break out of a table cell. */
function text(value: string): string {
  return value
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\\`*_[\]|]/g, "\\$&");
}
