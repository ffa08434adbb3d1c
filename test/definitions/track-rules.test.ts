import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Application, Patterns, Track } from "../../definitions/application";
import { environmentProblems, trackProblems } from "../../definitions/track-rules";
import type { WrittenApplication } from "../../definitions/written-application";
import { renderProblems } from "../../input/problem-text";
import { dev, platform, prod } from "../support/platform";

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

const none: Patterns = { includes: [], excludes: [] };

function track(name: string, branches: Patterns, ...environments: readonly string[]): Track {
  return { name, trigger: { branches, paths: none, tags: none }, environments };
}

describe("tracks", () => {
  const main = track("main", { includes: ["main"], excludes: [] });

  it("may part branches by excluding what the other one takes", () => {
    const others = (excludes: readonly string[]): Track => track("others", { includes: ["ma*"], excludes });
    const problemsOf = (other: Track): string =>
      renderProblems(trackProblems(written({ tracks: [main, other] })));
    assert.equal(problemsOf(others(["main"])), "");
    assert.equal(
      problemsOf(others(["other"])),
      'tracks[1]: the branch "main" starts this track and the track main.\n  Exclude it from one of them, or lead one track to all environments.',
    );
  });
});

describe("the environments of a track", () => {
  const test = { ...dev, name: "test", accountId: "333333333333" };

  it("are in the platform's order, each after the one before it", () => {
    const problemsOf = (...environments: readonly string[]): string =>
      renderProblems(
        environmentProblems(written({ tracks: [track("main", none, ...environments)] }), {
          ...platform,
          environments: [dev, test, prod],
        }),
      );
    assert.equal(problemsOf("dev", "test", "prod"), "");
    assert.equal(
      problemsOf("dev", "prod", "test"),
      'tracks[0].environments[2]: "test" comes after "prod", but before it in the platform\'s order.\n  Order of the environments: dev, test, prod.',
    );
  });

  it("may be in any region for containers, in the pipelines' alone for functions", () => {
    const elsewhere = { ...platform, environments: [dev, { ...prod, region: "us-east-1" }] };
    const tracks = [track("main", none, "prod")];
    const functions = { kind: "serverless", directory: ".", healthPath: "/" } as const;
    assert.equal(renderProblems(environmentProblems(written({ tracks }), elsewhere)), "");
    assert.equal(
      renderProblems(environmentProblems(written({ tracks, deployment: functions }), elsewhere)),
      'tracks[0].environments[0]: "prod" is in us-east-1, and functions take their code from the pipelines\' region, eu-west-1.\n  Environments that are there: dev.',
    );
  });
});
