import { createColors } from "picocolors";
import { kindName } from "../summary";
import { plural } from "../pipelines";
import { flow, wrap } from "../text";
import type { CostComparison } from "./compare";
import { change, money, rangeText } from "./money";
import type { Range } from "./range";
import type { CostReport } from "./report";
import { accuracy, borrowedPrices, freeByReason, itemsOf, servicesText, sitesOf } from "./view";

interface Pen extends ReturnType<typeof createColors> {
  readonly width: number;
}

/** The cost for people at a terminal. */
export function renderCost(
  report: CostReport,
  { width, color }: { readonly width: number; readonly color: boolean },
  comparison?: CostComparison,
): string {
  const pen: Pen = { ...createColors(color), width: Math.max(60, Math.min(width, 110)) };
  const sections = [
    [pen.bold(`≈ ${money(report.total.expected)} USD a month, before anything is deployed`)],
    ...(comparison === undefined ? [] : [comparisonLines(comparison, pen)]),
    shareLines(report, pen),
    accountLines(report, pen),
    serviceLines(report, pen),
    runningLines(report, pen),
    freeLines(report, pen),
    entryLines("Not priced", notPricedTexts(report), pen),
    entryLines("Not included", report.notIncluded, pen),
    assumptionLines(report, pen),
    sourceLines(report, pen),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

const nameWidth = 26;
const amountWidth = 11;

/** A name, three amounts, and what they are made of. */
function row(name: string, usd: Range, notes: readonly string[], pen: Pen): string {
  const amounts = [usd.low, usd.expected, usd.high].map((number) => money(number).padStart(amountWidth));
  const lead = nameWidth + 3 * amountWidth + 5;
  const [note = "", further] = flow(notes, pen.width - lead - 2);
  const cut = further === undefined ? note : `${note} …`;
  const shown = cut.length > pen.width - lead ? "" : cut;
  const short = name.length > nameWidth ? `${name.slice(0, nameWidth - 1)}…` : name;
  return `  ${short.padEnd(nameWidth)}${amounts.join("")}   ${pen.dim(shown)}`.trimEnd();
}

function heading(title: string, pen: Pen): string {
  const columns = ["at least", "expected", "at most"].map((column) => column.padStart(amountWidth));
  return `${pen.bold(title.padEnd(nameWidth + 2))}${pen.dim(columns.join(""))}`;
}

function shareLines(report: CostReport, pen: Pen): string[] {
  return [
    heading("Delivery", pen),
    row("shared by the platform", report.shared, servicesText(itemsOf(report, "")), pen),
    ...report.applications.map(({ name, usd }) => row(name, usd, servicesText(itemsOf(report, name)), pen)),
    pen.bold(row("total", report.total, [], pen)),
  ];
}

function accountLines({ accounts }: CostReport, pen: Pen): string[] {
  return [
    heading("By account", pen),
    ...accounts.map(({ stack, accountId, region, usd }) =>
      row(stack, usd, [`${accountId} ${region}`.trim()], pen),
    ),
  ];
}

function serviceLines({ services }: CostReport, pen: Pen): string[] {
  return [heading("By service", pen), ...services.map(({ service, usd }) => row(service, usd, [], pen))];
}

function runningLines(report: CostReport, pen: Pen): string[] {
  const running = report.applications.filter((application) => application.running.high > 0);
  if (running.length === 0) return [];
  return [
    heading("What applications run", pen),
    ...running.map(({ name, running: usd }) =>
      row(name, usd, servicesText(itemsOf(report, name, true)), pen),
    ),
    ...wrap("Their own cost, no part of the total: the tasks of their ECS services.", pen.width, "  ").map(
      (line) => pen.dim(line),
    ),
  ];
}

function freeLines({ free }: CostReport, pen: Pen): string[] {
  if (free.length === 0) return [];
  return [
    pen.bold("Free"),
    ...freeByReason(free).flatMap(({ reason, types }) => {
      const names = types.map(({ type, count }) => plural(count, kindName(type))).join(", ");
      return wrap(`${names}: ${lowerFirst(reason)}`, pen.width, "  ").map((line) => pen.dim(line));
    }),
  ];
}

function notPricedTexts({ notPriced }: CostReport): string[] {
  if (notPriced.length === 0) return ["nothing: every resource has a price, or a reason to be free"];
  return notPriced.map(({ what, count }) => `${String(count)} × ${what}`);
}

function entryLines(title: string, entries: readonly string[], pen: Pen): string[] {
  return [pen.bold(title), ...wrap(entries.join("; "), pen.width, "  ").map((line) => pen.dim(line))];
}

function assumptionLines({ assumptions }: CostReport, pen: Pen): string[] {
  const longest = Math.max(...assumptions.map(({ name }) => name.length));
  return [
    `${pen.bold("Assumed")}  ${pen.dim("change one with --set NAME=VALUE or --set NAME=LOW,EXPECTED,HIGH")}`,
    ...assumptions.flatMap((assumption) => {
      const mark = assumption.changed ? pen.yellow("*") : " ";
      const head = `  ${assumption.name.padEnd(longest)} ${mark} ${rangeText(assumption).padEnd(22)}`;
      const text = pen.dim(assumption.text);
      const fits = longest + 28 + assumption.text.length <= pen.width;
      return fits ? [`${head} ${text}`] : [head.trimEnd(), `      ${text}`];
    }),
  ];
}

function sourceLines({ prices, pricesOf, remarks }: CostReport, pen: Pen): string[] {
  const sites = sitesOf(prices).join(", ");
  const sentences = [
    `${plural(prices.length, "price")}, looked up ${pricesOf} at ${sites}; --json has each with its page and date.`,
    ...borrowedPrices(prices),
    ...remarks,
    accuracy,
  ];
  return [
    pen.bold("Prices"),
    ...sentences.flatMap((sentence) => wrap(sentence, pen.width, "  ")).map((line) => pen.dim(line)),
  ];
}

function comparisonLines({ applications, shared, total, differs }: CostComparison, pen: Pen): string[] {
  const changed = applications.filter(({ usd }) => usd.low !== 0 || usd.expected !== 0 || usd.high !== 0);
  const line = (name: string, usd: Range, note: string): string => {
    const amounts = [usd.low, usd.expected, usd.high].map((number) => change(number).padStart(amountWidth));
    return `  ${name.padEnd(nameWidth)}${amounts.join("")}   ${pen.dim(note)}`.trimEnd();
  };
  return [
    heading("Change", pen),
    line("shared by the platform", shared, ""),
    ...changed.map(({ name, usd, kind }) => line(name, usd, kind === "changed" ? "" : kind)),
    pen.bold(line("total", total, "")),
    ...differs.flatMap((sentence) => wrap(sentence, pen.width, "  ")).map((text) => pen.yellow(text)),
  ];
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]* [a-z]/.test(text) && !text.startsWith("IAM") && !text.startsWith("AWS")
    ? text.slice(0, 1).toLowerCase() + text.slice(1)
    : text;
}
