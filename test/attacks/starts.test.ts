import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { Patterns } from "../../definitions/application";
import { trackStart } from "../../delivery/track-start";
import { cleanUp, runBuild } from "../support/buildspec-runner";
import { messages, partOf } from "../support/job-steps";
import { skipWithout } from "../support/requirements";
import { startedBy, startVariables } from "../support/track-start";

const none: Patterns = { includes: [], excludes: [] };
const byBranch = (includes: readonly string[], excludes: readonly string[] = []) =>
  trackStart({ branches: { includes, excludes }, tags: none, paths: none });
const byTag = trackStart({ branches: none, tags: { includes: ["v*"], excludes: [] }, paths: none });

/** Runs the judgement of a publish job: what started the run, and which branch it took. */
function judge({ branchPattern, words }: ReturnType<typeof trackStart>, start: string, branch: string) {
  return runBuild({
    buildspec: partOf("publish-ecs.yaml", ["judge-start.sh"]),
    source: {},
    installed: true,
    environment: {
      ...startVariables,
      SLIPWAY_BRANCH: branch,
      SLIPWAY_BRANCH_PATTERN: branchPattern,
      SLIPWAY_STARTS: words,
    },
    fakes: { aws: startedBy(start) },
  });
}

describe("A run that no push started", function () {
  before(function () {
    skipWithout(this, "bash", "jq");
  });
  after(cleanUp);

  for (const [what, track, start, branch, starts] of [
    ["the first one of a track by tags", byTag, "CreatePipeline", "main", "tags v*"],
    ["one by hand of a track by tags", byTag, "StartPipelineExecution", "main", "tags v*"],
    [
      "the first one of a track by a pattern",
      byBranch(["release/*"]),
      "CreatePipeline",
      "main",
      "branches release/*",
    ],
    [
      "one whose branch is excluded",
      byBranch(["**"], ["main", "wip/**"]),
      "StartPipelineExecution",
      "wip/a/b",
      "branches ** without main, wip/**",
    ],
    [
      "one of a branch of which the track's is the beginning",
      byBranch(["main"]),
      "CreatePipeline",
      "main2",
      "branches main",
    ],
    ["one of a branch with a second line", byBranch(["main"]), "CreatePipeline", "x\nmain", "branches main"],
  ] as const) {
    it(`is refused: ${what}`, () => {
      const run = judge(track, start, branch);
      assert.equal(run.status, "FAILED");
      assert.match(run.log, /^slipway: this run of shop-main was started by /);
      assert.ok(
        run.log.includes(`Its track is started by ${starts}. Nothing was published: push one of these.`),
        run.log,
      );
    });
  }

  it("says what started it and which branch it took", () => {
    assert.deepEqual(messages(judge(byTag, "CreatePipeline", "main").log), [
      "slipway: this run of shop-main was started by CreatePipeline and took the branch main. Its track is started by tags v*. Nothing was published: push one of these.",
    ]);
  });

  for (const [what, track, start, branch] of [
    ["the track's own branch, by hand", byBranch(["main"]), "StartPipelineExecution", "main"],
    ["a branch of the pattern", byBranch(["release/{1,2}.?"]), "CreatePipeline", "release/2.0"],
    ["a push of a tag, whatever branch CodePipeline tells", byTag, "WebhookV2", "main"],
  ] as const) {
    it(`goes on: ${what}`, () => {
      const run = judge(track, start, branch);
      assert.equal(run.status, "SUCCEEDED", run.log);
    });
  }

  it("is refused when CodePipeline does not say what started it", () => {
    const run = runBuild({
      buildspec: partOf("publish-ecs.yaml", ["judge-start.sh"]),
      source: {},
      installed: true,
      environment: { ...startVariables, SLIPWAY_BRANCH: "other" },
      fakes: { aws: { "codepipeline get-pipeline-execution": "echo '{}'" } },
    });
    assert.equal(run.status, "FAILED");
    assert.match(run.log, /was started by something unknown and took the branch other\./);
  });
});
