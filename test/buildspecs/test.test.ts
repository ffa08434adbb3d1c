import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { renderBuildspec } from "../../delivery/buildspec";
import type { TestDefinition } from "../../definitions/application";
import { cleanUp, runBuild, type Build } from "../support/buildspec-runner";
import { skipWithout } from "../support/requirements";

const reports: TestDefinition["reports"] = [{ name: "unit", file: "junit.xml", format: "JUNITXML" }];

function run(test: Partial<TestDefinition>): Build {
  const definition = { runtimes: {}, install: [], commands: [], reports, ...test };
  return runBuild({
    buildspec: renderBuildspec("test.yaml", { test: definition }),
    source: { "a.txt": "content\n" },
  });
}

describe("The test job", function () {
  before(function () {
    skipWithout(this, "bash");
  });
  after(cleanUp);

  it("installs, then tests, in the source", () => {
    const build = run({
      install: ["mkdir lib", "cd lib"],
      commands: ["cat ../a.txt", "export X=1", "echo x=$X"],
    });
    assert.deepEqual(build.phases, { install: "SUCCEEDED", build: "SUCCEEDED" });
    assert.equal(build.log, "content\nx=1\n");
  });

  it("fails with the first failing command", () => {
    const build = run({ commands: ["false", "echo not reached"] });
    assert.equal(build.status, "FAILED");
    assert.equal(build.log, "");
  });

  it("does not test what could not be installed", () => {
    assert.deepEqual(run({ install: ["exit 3"], commands: ["true"] }).phases, { install: "FAILED" });
  });

  it("gives the application no variable of the platform", () => {
    assert.doesNotMatch(run({ commands: ["env"] }).log, /^SLIPWAY_/m);
  });
});
