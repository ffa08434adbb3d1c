import assert from "node:assert/strict";
import {
  buildMachines,
  elsewhere,
  freeTiers,
  lookedUp,
  prices,
  type Price,
} from "../../../reports/cost/prices";

const table: readonly (readonly [string, Price])[] = Object.entries(prices);

describe("the price table", () => {
  it("gives each price a page and, where the page has one, a date before it was looked up", () => {
    const faults = table.flatMap(([name, { regions }]) =>
      Object.entries(regions)
        .filter(
          ([, { usd, source, stated }]) =>
            !(usd > 0) ||
            !source.startsWith("https://") ||
            !/^(|\d{4}-\d{2}(-\d{2})?)$/.test(stated) ||
            stated > lookedUp,
        )
        .map(([region]) => `${name} ${region}`),
    );
    assert.deepEqual(faults, []);
  });

  it("has a price of Ireland and one of us-east-1, or says which could not be found", () => {
    const silent = table.filter(([, { regions, note }]) => {
      const known = Object.keys(regions);
      return !known.includes("everywhere") && known.length < 2 && !/^No stored page/.test(note ?? "");
    });
    assert.deepEqual(silent, []);
  });

  it("is no cheaper where the price is that of another region", () => {
    assert.ok(1 <= elsewhere.low && elsewhere.low <= elsewhere.expected);
    assert.ok(elsewhere.expected <= elsewhere.high);
  });

  it("has free tiers and machines of prices that are there", () => {
    const names = new Set(Object.keys(prices));
    assert.deepEqual(
      [...Object.keys(freeTiers), ...Object.values(buildMachines)].filter((name) => !names.has(name)),
      [],
    );
  });
});
