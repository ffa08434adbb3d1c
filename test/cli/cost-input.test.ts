import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { readAmount, readAssumptions, type AssumptionArguments } from "../../cli/cost-input";
import { readFormerReport, readSavedPreview } from "../../cli/saved-output";
import type { Problem } from "../../input/problem";
import { assumptionNames } from "../../reports/cost/assumptions";

const names = assumptionNames.join(", ");
const form =
  "Write one number, or three for low, expected and high, such as 5 or 1,5,10 (in a file also [1, 5, 10]).";

function faults(checked: object): readonly Problem[] {
  return "problems" in checked ? (checked.problems as readonly Problem[]) : [];
}

describe("what slipway cost is told", () => {
  const misuses: readonly (readonly [AssumptionArguments, string, string])[] = [
    [
      { set: ["releasePerDay=2"] },
      '"releasePerDay" is not the name of an assumption.',
      `Did you mean releasesPerDay?\nAllowed: ${names}.`,
    ],
    [{ set: ["testMinutes"] }, '--set "testMinutes" has no "=".', `Write --set NAME=VALUE. ${form}`],
    [{ set: ["testMinutes=1,2"] }, '--set testMinutes: "1,2" holds 2 numbers.', form],
    [{ set: ["testMinutes="] }, '--set testMinutes: "" is not a number of 0 or more.', form],
    [
      { set: ["testMinutes=9,5,1"] },
      '--set testMinutes: "9,5,1" is in the wrong order: low, expected and high must not fall.',
      form,
    ],
    [
      { set: ["freeTierLeft=0,1,1"] },
      '--set freeTierLeft: "0,1,1" is in the wrong order: ' +
        "what makes it cheapest comes first, so the numbers must not rise.",
      form,
    ],
    [{ releasesPerDay: "many" }, '--releases-per-day: "many" is not a number of 0 or more.', form],
  ];
  for (const [options, message, remedy] of misuses) {
    it(`refuses ${JSON.stringify(options)}`, () => {
      assert.deepEqual(faults(readAssumptions(options)), [{ message, remedy }]);
    });
  }

  it("takes the last of two values for the same assumption", () => {
    const read = readAssumptions({ set: ["testMinutes=1", "testMinutes=2,3,4"] });
    assert.ok("value" in read);
    assert.deepEqual(read.value.testMinutes, { low: 2, expected: 3, high: 4 });
  });

  it("takes an amount of 0 or more", () => {
    assert.deepEqual(readAmount("0", "--fail-over"), { value: 0 });
    assert.deepEqual(
      faults(readAmount("-1", "--fail-over")).map(({ message }) => message),
      ['--fail-over: "-1" is not a number of 0 or more.'],
    );
  });

  describe("by files", () => {
    let folder: string;
    beforeEach(() => {
      folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-"));
    });
    afterEach(() => {
      fs.rmSync(folder, { recursive: true });
    });

    function file(text: string): string {
      const name = path.join(folder, "file");
      fs.writeFileSync(name, text);
      return name;
    }

    const notJson = "This file is not valid JSON.";
    const noReport = "This is no output of slipway cost --json, version 1.";
    const noPreview = "This is no output of slipway preview --json, version 1.";
    const usd = { low: 1, expected: 1, high: 1 };
    const report = {
      version: 1,
      currency: "USD",
      pricesOf: "",
      total: usd,
      shared: usd,
      applications: [],
      assumptions: [],
    };
    const cases = [
      ["a report", readFormerReport, "{", [notJson]],
      ["a report", readFormerReport, "[]", [noReport]],
      ["a report", readFormerReport, JSON.stringify({ ...report, version: 2 }), [noReport]],
      ["a report", readFormerReport, JSON.stringify({ ...report, total: { low: 1 } }), [noReport]],
      [
        "a report",
        readFormerReport,
        JSON.stringify({ ...report, applications: [{ name: "x" }] }),
        [noReport],
      ],
      ["a report", readFormerReport, JSON.stringify(report), []],
      ["a preview", readSavedPreview, "{}", [noPreview]],
      ["a preview", readSavedPreview, '{"version":1,"problems":[],"stacks":[{"name":"x"}]}', [noPreview]],
      ["a preview", readSavedPreview, '{"version":1,"problems":[],"stacks":[]}', []],
    ] as const;
    for (const [what, read, text, messages] of cases) {
      it(`${messages.length === 0 ? "takes" : "refuses"} ${text.slice(0, 60)} for ${what}`, () => {
        assert.deepEqual(
          faults(read(file(text))).map(({ message }) => message),
          messages,
        );
      });
    }

    it("refuses assumptions that are a list, and takes an empty file", () => {
      const list = file("- 1\n");
      assert.deepEqual(faults(readAssumptions({ assume: list })), [
        { message: "This file is no map of assumptions and numbers.", remedy: form, file: list },
      ]);
      assert.deepEqual(faults(readAssumptions({ assume: file("") })), []);
    });
  });
});
