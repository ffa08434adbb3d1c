import assert from "node:assert/strict";
import { assuming } from "../../reports/cost/assumptions";
import { costOf } from "../../reports/cost/cost";
import type { CostReport } from "../../reports/cost/report";
import { renderCost } from "../../reports/cost/terminal";
import { shippedPreview } from "../support/shipped-preview";

describe("the cost of the shipped platform", () => {
  let report: CostReport;
  before(async () => {
    report = costOf(await shippedPreview(), assuming());
  });

  it("is told in these lines", () => {
    const [title, delivery, accounts, , running] = renderCost(report, { width: 100, color: false }).split(
      "\n\n",
    );
    assert.equal(title, "≈ 54.50 USD a month, before anything is deployed");
    assert.deepEqual(delivery?.split("\n"), [
      "Delivery                       at least   expected    at most",
      "  shared by the platform           4.41       8.82      13.28   CloudWatch 4.80 · KMS 4.00 …",
      "  backend-flask                    4.90      21.32     108.01   CodeBuild 10.32 · ECR 4.02 …",
      "  hello-world                      2.40      10.53      57.50   CodeBuild 7.10 · CodePipeline 2.85 …",
      "  sso-dashboard                    2.87      13.83      70.36   CodeBuild 6.00 · ECR 4.02 …",
      "  total                           14.58      54.50     249.16",
    ]);
    assert.deepEqual(accounts?.split("\n"), [
      "By account                     at least   expected    at most",
      "  cicd                            12.18      49.70     241.96   111111111111 eu-west-1",
      "  dev                              1.20       2.40       3.60   222222222222 eu-west-1",
      "  prod                             1.20       2.40       3.60   444444444444 eu-west-1",
      "  test                             0.00       0.00       0.00   333333333333 eu-west-1",
    ]);
    assert.deepEqual(running?.split("\n"), [
      "What applications run          at least   expected    at most",
      "  backend-flask                   40.84      80.48     162.16   Fargate 72.08 · CloudWatch 8.40",
      "  Their own cost, no part of the total: the tasks of their ECS services.",
    ]);
  });

  it("has a price, or a reason to be free, for every resource", () => {
    assert.deepEqual(report.notPriced, []);
    assert.deepEqual(report.remarks, []);
  });

  it("is the same by hand for what needs no releases", () => {
    // Two keys, each rotated once in twelve months; eight metrics in each of the two clusters at 0.3.
    const keys = report.items
      .filter(({ service }) => service === "KMS")
      .filter(({ unit }) => unit !== "request");
    assert.equal(
      keys.reduce((sum, { usd }) => sum + usd.expected, 0),
      4,
    );
    const metrics = report.items.filter(({ service, running }) => service === "CloudWatch" && !running);
    assert.equal(metrics.reduce((sum, { usd }) => sum + usd.expected, 0).toFixed(2), "4.80");
  });

  it("counts the delivery of hello-world by hand", () => {
    // 42 releases a month: 42 to dev, 21 to test, 10.5 to prod; 84 runs for pull requests.
    const minutes = report.items.find(
      ({ application, service }) => application === "hello-world" && service === "CodePipeline",
    );
    // Source 1, test 5, package 4, publish 4 for each; deploy 5 each time; 6 for each pull request.
    assert.equal(minutes?.quantity.expected, 42 * 14 + (42 + 21 + 10.5) * 5 + 84 * 6);
  });
});
