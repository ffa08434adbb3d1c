import assert from "node:assert/strict";
import { priceIn } from "../../../reports/cost/tally";

describe("a price in a region", () => {
  it("is that of the region where it is known", () => {
    const { usd, known, quotation } = priceIn("logGbIn", "eu-west-1");
    assert.deepEqual([usd, known], [{ low: 0.57, expected: 0.57, high: 0.57 }, "here"]);
    assert.equal(quotation.stated, "2026-09-22");
  });

  it("is one for all regions where AWS says so", () => {
    assert.deepEqual(priceIn("key", "sa-east-1").usd, { low: 1, expected: 1, high: 1 });
    assert.equal(priceIn("key", "sa-east-1").known, "everywhere");
  });

  it("is that of us-east-1 and up to 30 % more elsewhere", () => {
    const { usd, known } = priceIn("logGbIn", "sa-east-1");
    assert.equal(known, "us-east-1");
    assert.deepEqual(usd, { low: 0.5, expected: 0.5 * 1.1, high: 0.5 * 1.3 });
  });

  it("is that of the one region that is known where us-east-1 is not", () => {
    assert.equal(priceIn("metric", "us-east-1").known, "eu-west-1");
  });
});
