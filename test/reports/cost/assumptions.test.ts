import assert from "node:assert/strict";
import { assumptionNames, assumptions, assuming, rangeFault } from "../../../reports/cost/assumptions";

describe("what is assumed", () => {
  it("is a range for each that a person could set", () => {
    assert.deepEqual(
      assumptionNames.filter((name) => rangeFault(name, assumptions[name].range) !== undefined),
      [],
    );
  });

  it("stays as it is where nothing else is said", () => {
    const five = { low: 5, expected: 5, high: 5 };
    const changed = assuming({ releasesPerDay: five });
    assert.deepEqual(changed.releasesPerDay, five);
    assert.deepEqual(changed.testMinutes, assumptions.testMinutes.range);
  });

  const faults = [
    ["releasesPerDay", [-1, 0, 0], "is not a number of 0 or more."],
    ["releasesPerDay", [1, 2, Infinity], "is not a number of 0 or more."],
    ["releasesPerDay", [NaN, 1, 1], "is not a number of 0 or more."],
    ["approvedShare", [0, 0.5, 2], "is not a share: 0 to 1 is wanted."],
    ["releasesPerDay", [2, 1, 3], "is in the wrong order: low, expected and high must not fall."],
    [
      "freeTierLeft",
      [0, 0, 1],
      "is in the wrong order: what makes it cheapest comes first, so the numbers must not rise.",
    ],
    ["freeTierLeft", [1, 1, 0], undefined],
    ["releasesPerDay", [0, 0, 0], undefined],
  ] as const;
  for (const [name, [low, expected, high], fault] of faults) {
    it(`${fault === undefined ? "accepts" : "refuses"} ${low}, ${expected}, ${high} for ${name}`, () => {
      assert.equal(rangeFault(name, { low, expected, high }), fault);
    });
  }
});
