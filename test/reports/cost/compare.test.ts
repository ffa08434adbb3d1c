import assert from "node:assert/strict";
import { compareCosts, type FormerReport } from "../../../reports/cost/compare";
import { costOf } from "../../../reports/cost/cost";
import type { CostReport } from "../../../reports/cost/report";
import { action, documentOf, onlyAssuming, pipeline, stack } from "./documents";

function reportOf(names: readonly string[], releasesPerDay = 10): CostReport {
  const assumed = onlyAssuming({ releasesPerDay, workingDays: 20, sourceMinutes: 10 });
  const resources = names.map((name) => pipeline(name, [action(name, "Source")]));
  return costOf(documentOf(stack("cicd", resources)), assumed);
}

const exactly = (usd: number): object => ({ low: usd, expected: usd, high: usd });

describe("the comparison of two costs", () => {
  it("tells what is new, gone and changed, each once and by name", () => {
    // 200 × 10 minutes at 0.002 are 4 USD for each application
    assert.deepEqual(compareCosts(reportOf(["shop", "till"]), reportOf(["blog", "shop"])), {
      total: exactly(0),
      shared: exactly(0),
      applications: [
        { name: "blog", kind: "new", usd: exactly(4) },
        { name: "shop", kind: "changed", usd: exactly(0) },
        { name: "till", kind: "gone", usd: exactly(-4) },
      ],
      differs: [],
    });
  });

  it("tells the change of the whole", () => {
    assert.deepEqual(compareCosts(reportOf(["shop"]), reportOf(["shop", "till"])).total, exactly(4));
  });

  it("says when the difference is not of the program alone", () => {
    const now = reportOf(["shop"], 20);
    const former: FormerReport = { ...reportOf(["shop"], 10), pricesOf: "2025-01-01" };
    assert.deepEqual(compareCosts(former, now).differs, [
      "The former report assumed another releasesPerDay.",
      `The former report has prices of 2025-01-01, this one of ${now.pricesOf}.`,
    ]);
  });
});
