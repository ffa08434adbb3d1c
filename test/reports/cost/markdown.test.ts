import assert from "node:assert/strict";
import { compareCosts } from "../../../reports/cost/compare";
import { costOf } from "../../../reports/cost/cost";
import { renderCostMarkdown } from "../../../reports/cost/markdown";
import type { CostReport } from "../../../reports/cost/report";
import { action, documentOf, onlyAssuming, pipeline, resource, stack } from "./documents";

const assumed = onlyAssuming({ releasesPerDay: 10, workingDays: 20, sourceMinutes: 10 });

function reportOf(...names: readonly string[]): CostReport {
  const resources = names.map((name) => pipeline(name, [action(name, "Source")]));
  return costOf(documentOf(stack("cicd", [resource("aws:kms/key:Key", "key"), ...resources])), assumed);
}

describe("the cost in a pull request", () => {
  it("begins with the sum and a table of the shares", () => {
    const [title, table] = renderCostMarkdown(reportOf("shop")).split("\n\n");
    assert.equal(title, "## Slipway cost: ≈ 5.00 USD a month");
    assert.equal(
      table,
      [
        "| USD a month | At least | Expected | At most | Expected of |",
        "| --- | --: | --: | --: | --- |",
        "| shared by the platform | 1.00 | 1.00 | 1.00 | KMS 1.00 |",
        "| **shop** | 4.00 | 4.00 | 4.00 | CodePipeline 4.00 |",
        "| **total** | 5.00 | 5.00 | 5.00 |  |",
      ].join("\n"),
    );
  });

  it("begins with the change where there is a former report", () => {
    const report = reportOf("shop", "till");
    const text = renderCostMarkdown(report, compareCosts(reportOf("shop"), report));
    const [title, table] = text.split("\n\n");
    assert.equal(title, "## Slipway cost: +4.00 USD a month, then ≈ 9.00");
    assert.equal(
      table,
      [
        "| Change, USD a month | At least | Expected | At most |",
        "| --- | --: | --: | --: |",
        "| shared by the platform | 0.00 | 0.00 | 0.00 |",
        "| **till** (new) | +4.00 | +4.00 | +4.00 |",
        "| **total** | +4.00 | +4.00 | +4.00 |",
      ].join("\n"),
    );
  });

  it("gives each price its page and date", () => {
    const text = renderCostMarkdown(reportOf("shop"));
    const link = "[aws.amazon.com](https://aws.amazon.com/codepipeline/pricing/)";
    assert.ok(text.includes(`| CodePipeline: V2 action execution | 0.002 | minute | all | ${link} |`), text);
  });

  it("lets no name become markup", () => {
    const text = renderCostMarkdown(reportOf("<b>|shop"));
    assert.ok(text.includes("**&lt;b&gt;\\|shop**"), text);
  });
});
