import { round, type CostComparison } from "./compare";
import type { CostReport } from "./report";

/** One JSON document: the report, and with a former one what changed. Numbers have at most six decimals. */
export function renderCostJson(report: CostReport, comparison?: CostComparison): string {
  const document = comparison === undefined ? report : { ...report, changes: comparison };
  return `${JSON.stringify(document, shortened, 2)}\n`;
}

/** A request costs less than a millionth of a dollar, so what is small keeps its digits. */
function shortened(_: string, value: unknown): unknown {
  if (typeof value !== "number") return value;
  return Math.abs(value) < 1e-3 ? Number(value.toPrecision(6)) : round(value);
}
