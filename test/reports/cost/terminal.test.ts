import assert from "node:assert/strict";
import { assuming } from "../../../reports/cost/assumptions";
import { compareCosts } from "../../../reports/cost/compare";
import { costOf } from "../../../reports/cost/cost";
import type { CostReport } from "../../../reports/cost/report";
import { renderCost } from "../../../reports/cost/terminal";
import { action, documentOf, onlyAssuming, pipeline, project, resource, stack } from "./documents";

const assumed = onlyAssuming({ releasesPerDay: 10, workingDays: 20, sourceMinutes: 1, testMinutes: 5 });

function reportOf(...names: readonly string[]): CostReport {
  const resources = names.flatMap((name) => [
    pipeline(name, [action(name, "Source"), action(name, "Test")]),
    project(name, "test"),
  ]);
  const shared = [resource("aws:kms/key:Key", "key"), resource("aws:iam/role:Role", "role")];
  return costOf(documentOf(stack("cicd", [...shared, ...resources])), assumed);
}

/** The lines of a section, from its heading on. */
function section(text: string, title: string): string[] {
  const found = text.split("\n\n").find((part) => part.startsWith(title));
  return found?.split("\n") ?? [];
}

const plain = { width: 100, color: false };

describe("the cost at a terminal", () => {
  it("begins with what is expected", () => {
    // 1 for the key; 1,000 minutes at 0.005 and 1,200 at 0.002
    const [first] = renderCost(reportOf("shop"), plain).split("\n");
    assert.equal(first, "≈ 8.40 USD a month, before anything is deployed");
  });

  it("shows shared part, each application and the total, and what they are made of", () => {
    assert.deepEqual(section(renderCost(reportOf("shop", "till"), plain), "Delivery"), [
      "Delivery                       at least   expected    at most",
      "  shared by the platform           1.00       1.00       1.00   KMS 1.00",
      "  shop                             7.40       7.40       7.40   CodeBuild 5.00 · CodePipeline 2.40",
      "  till                             7.40       7.40       7.40   CodeBuild 5.00 · CodePipeline 2.40",
      "  total                           15.80      15.80      15.80",
    ]);
  });

  it("shows what is different from a former report, without what is not", () => {
    const report = reportOf("shop", "till");
    const text = renderCost(report, plain, compareCosts(reportOf("blog", "shop"), report));
    assert.deepEqual(section(text, "Change"), [
      "Change                         at least   expected    at most",
      "  shared by the platform           0.00       0.00       0.00",
      "  blog                            -7.40      -7.40      -7.40   gone",
      "  till                            +7.40      +7.40      +7.40   new",
      "  total                            0.00       0.00       0.00",
    ]);
  });

  it("says why something is free, and what has no price", () => {
    const text = renderCost(reportOf("shop"), plain);
    assert.deepEqual(section(text, "Free"), ["Free", "  1 iam role: IAM is free of charge."]);
    assert.deepEqual(section(text, "Not priced"), [
      "Not priced",
      "  nothing: every resource has a price, or a reason to be free",
    ]);
    const unknown = costOf(documentOf(stack("cicd", [resource("aws:x/y:Z", "z")])), assuming());
    assert.deepEqual(section(renderCost(unknown, plain), "Not priced"), ["Not priced", "  1 × aws:x/y:Z"]);
  });

  it("marks what is assumed otherwise than shipped", () => {
    const five = { low: 5, expected: 5, high: 5 };
    const report = costOf(documentOf(), assuming({ testMinutes: five }));
    const lines = section(renderCost(report, plain), "Assumed");
    assert.deepEqual(
      lines.filter((line) => line.includes(" * ")),
      ["  testMinutes           * 5                      Minutes of a test job, rounded up"],
    );
  });

  it("keeps to the width, however long names are", () => {
    const report = reportOf("an-application-with-a-name-that-is-far-too-long", "shop");
    for (const width of [80, 100]) {
      const long = renderCost(report, { width, color: false })
        .split("\n")
        .filter((line) => line.length > width);
      assert.deepEqual(long, []);
    }
  });
});
