import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { LimitsReport } from "../../reports/limits/report";
import { documentOf, resource, stack } from "../reports/explain/documents";
import { slipway, type Run } from "../support/shipped-preview";

describe("slipway limits", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-"));
    const project = resource("aws:codebuild/project:Project", "shop", {
      name: "shop".padEnd(120, "p"),
      tags: { Application: "shop" },
    });
    const rule = resource("aws:cloudwatch/eventRule:EventRule", "rule");
    const document = documentOf(stack("cicd", "111111111111", [project, rule]));
    fs.writeFileSync(path.join(folder, "preview.json"), JSON.stringify(document));
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  function limits(...args: readonly string[]): Promise<Run> {
    return slipway(["limits", "--preview", "preview.json", ...args], folder);
  }

  const over =
    `error: CodeBuild: Length of a build project name (cicd eu-west-1, shop${"p".repeat(116)}): ` +
    "120 of 150 characters, 80.0 %, is more than the 79 % that --fail-over allows.\n" +
    "  Give the application a shorter name.\n";

  it("shows people what is near, what breaks first, and names the rest", async () => {
    const { status, stdout, stderr } = await limits();
    assert.deepEqual([status, stderr], [0, ""]);
    assert.equal(
      stdout.split("\n\nCounted\n")[0],
      [
        "With ten times the applications (10), nothing here breaks.",
        "First to break: CodeBuild, build projects (cicd), an adjustable limit of 5,000 projects, beyond",
        "5,000 applications like today's. Ask for more in Service Quotas, or build some applications in a",
        "second CI/CD account.",
        "",
        "    today     × 10  limit",
        "   80.0 %   80.0 %  CodeBuild: Length of a build project name",
        "                    120 of 150 characters",
        `                    cicd eu-west-1, shop${"p".repeat(116)}`,
        "                    Give the application a shorter name.",
        "",
        "Far from their limits (below 5 % also with ten times the applications)",
        "  EventBridge: Rules per event bus · CodeBuild: Build projects",
      ].join("\n"),
    );
  });

  it("prints one JSON document of a form that is held here, and Markdown", async () => {
    const report = JSON.parse((await limits("--json")).stdout) as LimitsReport;
    assert.deepEqual(Object.keys(report), ["version", "applications", "limits", "remarks"]);
    assert.deepEqual(Object.keys(report.limits[0] ?? {}), [
      "name",
      "service",
      "stack",
      "accountId",
      "region",
      "subject",
      "used",
      "limit",
      "unit",
      "adjustable",
      "atTenTimes",
      "fitsTimes",
      "source",
      "read",
      "remedy",
    ]);
    assert.match(
      (await limits("--markdown")).stdout,
      /^## Slipway limits\n\nWith ten times .*\n\nFirst to break: .*\n\n\| Limit \| Where \| Used \| Today \| × 10 \|\n.*\n\| \[CodeBuild: Length of a build project name\]\(https:/,
    );
  });

  it("ends with 1 when more of a limit is used than --fail-over allows, and prints all the same", async () => {
    const { status, stdout, stderr } = await limits("--fail-over", "79");
    assert.deepEqual([status, stderr], [1, over]);
    assert.match(stdout, /^With ten times/);
    assert.equal((await limits("--fail-over", "80 %")).status, 0);
  });

  it("refuses what it cannot read with words and status 2, all at once", async () => {
    assert.deepEqual(await limits("--fail-over", "much", "--preview", "missing.json"), {
      status: 2,
      stdout: "",
      stderr:
        'error: --fail-over: "much" is not a number of 0 or more.\n  Write percent of a limit, such as --fail-over 80.\n' +
        "error: missing.json: This file cannot be read: there is no such file, or it is a symbolic link that leads nowhere.\n",
    });
  });
});
