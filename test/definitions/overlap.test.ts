import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Application } from "../../definitions/application";
import { overlapProblems } from "../../definitions/overlap";
import type { WrittenApplication } from "../../definitions/written-application";
import { dev, platform } from "../support/platform";

const shop: Application = {
  name: "shop",
  repository: "example-org/shop",
  notifications: [],
  test: { runtimes: {}, install: [], commands: ["make test"], reports: [] },
  deployment: { kind: "kubernetes", dockerfile: "Dockerfile", context: ".", chart: "chart" },
  capabilities: [],
  tracks: [],
};

function written(changes: Partial<Application>): WrittenApplication {
  const application = { ...shop, ...changes };
  return { application, fileName: application.name, locate: () => undefined };
}

describe("names of two applications", () => {
  /** What is said of shop and shop-web beside environments of these names. */
  function beside(...environments: readonly string[]): string[] {
    const named = environments.map((name) => ({ ...dev, name }));
    return overlapProblems([written({}), written({ name: "shop-web" })], {
      ...platform,
      environments: named,
    }).map(({ message }) => message);
  }

  it("do not meet through environments of several words, whichever is the longer", () => {
    const both = 'name: "shop-web" and "shop" would both own names that begin with shop-web-';
    assert.deepEqual(beside("dev", "prod"), []);
    assert.deepEqual(beside("dev", "web-dev"), [`${both}dev-`]);
    assert.deepEqual(beside("dev", "web-dev-two"), [`${both}dev-two-`]);
    assert.deepEqual(beside("dev-two", "web-dev"), [`${both}dev-`]);
  });
});
