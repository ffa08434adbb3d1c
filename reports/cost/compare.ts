import type { Range } from "./range";
import { nothing } from "./range";
import type { CostReport } from "./report";

/** What is different from a former report. The three numbers of a difference need not be in order. */
export interface CostComparison {
  readonly total: Range;
  readonly shared: Range;
  /** By name, also those that are gone. */
  readonly applications: readonly ApplicationChange[];
  /** Why the difference is not of the program alone, a sentence each. */
  readonly differs: readonly string[];
}

export interface ApplicationChange {
  readonly name: string;
  readonly kind: "new" | "gone" | "changed";
  readonly usd: Range;
}

/** The parts of a former report that a comparison needs. */
export type FormerReport = Pick<CostReport, "total" | "shared" | "pricesOf"> & {
  readonly applications: readonly { readonly name: string; readonly usd: Range }[];
  readonly assumptions: readonly ({ readonly name: string } & Range)[];
};

export function compareCosts(former: FormerReport, report: CostReport): CostComparison {
  const before = new Map(former.applications.map(({ name, usd }) => [name, usd]));
  const after = new Map(report.applications.map(({ name, usd }) => [name, usd]));
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return {
    total: difference(former.total, report.total),
    shared: difference(former.shared, report.shared),
    applications: names.map((name) => ({
      name,
      kind: !before.has(name) ? "new" : after.has(name) ? "changed" : "gone",
      usd: difference(before.get(name) ?? nothing, after.get(name) ?? nothing),
    })),
    differs: differences(former, report),
  };
}

function differences(former: FormerReport, report: CostReport): string[] {
  const assumed = new Map(report.assumptions.map((assumption) => [assumption.name, assumption]));
  const changed = former.assumptions.filter(({ name, low, expected, high }) => {
    const now = assumed.get(name);
    return now === undefined || now.low !== low || now.expected !== expected || now.high !== high;
  });
  return [
    ...(changed.length === 0
      ? []
      : [`The former report assumed another ${changed.map(({ name }) => name).join(", ")}.`]),
    ...(former.pricesOf === report.pricesOf
      ? []
      : [`The former report has prices of ${former.pricesOf}, this one of ${report.pricesOf}.`]),
  ];
}

function difference(before: Range, after: Range): Range {
  return {
    low: round(after.low - before.low),
    expected: round(after.expected - before.expected),
    high: round(after.high - before.high),
  };
}

/** Millionths of a dollar, as in the JSON form. */
export function round(usd: number): number {
  return Math.round(usd * 1e6) / 1e6;
}
