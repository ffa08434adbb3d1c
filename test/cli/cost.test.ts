import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { assumptionNames } from "../../reports/cost/assumptions";
import type { CostComparison } from "../../reports/cost/compare";
import type { CostReport } from "../../reports/cost/report";
import { action, documentOf, pipeline, resource, stack } from "../reports/cost/documents";
import { projectDirectory, slipway, type Run } from "../support/shipped-preview";

const fixtures = path.join(projectDirectory, "test", "preview", "fixtures");
const names = assumptionNames.join(", ");
const form =
  "  Write one number, or three for low, expected and high, such as 5 or 1,5,10 (in a file also [1, 5, 10]).\n";

describe("slipway cost", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-"));
    const resources = [
      pipeline("shop", [action("shop", "Source")]),
      resource("aws:kms/key:Key", "key"),
      resource("aws:iam/role:Role", "role"),
    ];
    write("preview.json", JSON.stringify(documentOf(stack("cicd", resources))));
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  function write(file: string, text: string): void {
    fs.writeFileSync(path.join(folder, file), text);
  }

  /** The command on the saved preview, in its folder. */
  function cost(...args: readonly string[]): Promise<Run> {
    return slipway(["cost", "--preview", "preview.json", ...args], folder);
  }

  async function reportOf(...args: readonly string[]): Promise<CostReport & { changes?: CostComparison }> {
    const { status, stdout, stderr } = await cost("--json", ...args);
    assert.deepEqual([status, stderr], [0, ""]);
    return JSON.parse(stdout) as CostReport;
  }

  it("previews the project without its policy pack", async () => {
    const { status, stdout, stderr } = await slipway(
      ["cost", "--cwd", path.join(fixtures, "policy")],
      folder,
    );
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /^≈ \d+\.\d\d USD a month, before anything is deployed\n/);
  });

  it("prints one JSON document of a form that is held here", async () => {
    const report = await reportOf();
    assert.deepEqual(Object.keys(report), [
      "version",
      "currency",
      "period",
      "pricesOf",
      "total",
      "shared",
      "applications",
      "running",
      "accounts",
      "services",
      "items",
      "free",
      "notPriced",
      "notIncluded",
      "assumptions",
      "prices",
      "remarks",
    ]);
    assert.deepEqual([report.version, report.currency, report.period], [1, "USD", "month"]);
    assert.deepEqual(report.shared, { low: 1, expected: 1, high: 1 });
    assert.deepEqual(Object.keys(report.items[0] ?? {}), [
      "stack",
      "accountId",
      "region",
      "application",
      "service",
      "what",
      "quantity",
      "unit",
      "usd",
      "running",
    ]);
    assert.deepEqual(Object.keys(report.prices[0] ?? {}), [
      "name",
      "service",
      "what",
      "unit",
      "region",
      "usd",
      "known",
      "source",
      "stated",
    ]);
    assert.deepEqual(
      report.assumptions.map(({ name }) => name),
      assumptionNames,
    );
  });

  it("takes assumptions from a file, then from flags", async () => {
    write("assume.yaml", "releasesPerDay: 3\nworkingDays: [10, 20, 30]\nsourceMinutes: 1,2,3\n");
    const report = await reportOf(
      "--assume",
      "assume.yaml",
      "--set",
      "workingDays=25",
      "--releases-per-day",
      "4",
    );
    const changed = report.assumptions.filter((assumption) => assumption.changed);
    assert.deepEqual(
      changed.map(({ name, low, expected, high }) => [name, low, expected, high]),
      [
        ["releasesPerDay", 4, 4, 4],
        ["workingDays", 25, 25, 25],
        ["sourceMinutes", 1, 2, 3],
      ],
    );
  });

  it("compares with a former report", async () => {
    const { stdout } = await cost("--json");
    write("base.json", stdout);
    const resources = [pipeline("shop", []), pipeline("till", []), resource("aws:kms/key:Key", "another")];
    const keys = [resource("aws:kms/key:Key", "key"), ...resources];
    write("preview.json", JSON.stringify(documentOf(stack("cicd", keys))));
    const { changes } = await reportOf("--base", "base.json");
    assert.deepEqual(changes?.shared, { low: 1, expected: 1, high: 1 });
    assert.match((await cost("--base", "base.json")).stdout, /^Change +at least +expected +at most$/m);
    assert.match(
      (await cost("--base", "base.json", "--markdown")).stdout,
      /^## Slipway cost: \+\d+\.\d\d USD a month, then ≈ 2\.00\n/,
    );
  });

  it("ends with 1 when more is expected than --fail-over allows, and prints all the same", async () => {
    const over = await cost("--set", "releasesPerDay=0", "--fail-over", "0.99");
    assert.equal(over.status, 1);
    assert.equal(over.stderr, "error: ≈ 1.00 USD a month is more than the 0.99 that --fail-over allows.\n");
    assert.match(over.stdout, /^≈ 1\.00 USD/);
    assert.equal((await cost("--set", "releasesPerDay=0", "--fail-over", "1")).status, 0);
  });

  it("tells what is wrong with the project as a preview does", async () => {
    const args = ["--cwd", path.join(fixtures, "failures"), "--stack", "several-problems"];
    const { status, stdout, stderr } = await slipway(["cost", ...args], folder);
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /^✖ 3 problems\. There is nothing to show until they are solved\.\n/);
  });

  const misuses = [
    [
      ["--set", "approvedShare=2", "--fail-over", "much", "--base", "missing.json"],
      `error: --set approvedShare: "2" is not a share: 0 to 1 is wanted.\n${form}` +
        "error: missing.json: This file cannot be read: " +
        "there is no such file, or it is a symbolic link that leads nowhere.\n" +
        'error: --fail-over: "much" is not a number of 0 or more.\n' +
        "  Write a number of USD a month, such as --fail-over 100.\n",
    ],
    [
      ["--assume", "assume.yaml"],
      `error: assume.yaml:1:1: "testMinute" is not the name of an assumption.\n` +
        `  Did you mean testMinutes?\n  Allowed: ${names}.\n` +
        `error: assume.yaml:2:1: workingDays: [1,2] holds 2 numbers.\n${form}` +
        `error: assume.yaml:3:1: imageGb: true is not a number of 0 or more.\n${form}`,
    ],
    [
      ["--json", "--markdown"],
      "error: option '--json' cannot be used with option '--markdown'\n(cost: --help says more)\n",
    ],
  ] as const;
  for (const [args, message] of misuses) {
    it(`refuses ${args.join(" ")} with words and status 2`, async () => {
      write("assume.yaml", "testMinute: 5\nworkingDays: [1, 2]\nimageGb: true\n");
      assert.deepEqual(await cost(...args), { status: 2, stdout: "", stderr: message });
    });
  }
});
