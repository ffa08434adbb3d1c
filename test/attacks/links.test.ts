import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { renderBuildspec, type BuildspecFile } from "../../delivery/buildspec";
import { cleanUp, runBuild, type Build } from "../support/buildspec-runner";
import { downloads } from "../support/fake-tools";
import { messages, partOf } from "../support/job-steps";
import { skipWithout } from "../support/requirements";

const folder = mkdtempSync(join(tmpdir(), "slipway-links-"));
const refusal =
  "slipway: links may only lead, by a relative path, to something in the same tree. Replace these by what they point to:";
const jobs: readonly BuildspecFile[] = ["image-ecs.yaml", "image-kubernetes.yaml", "package-serverless.yaml"];

/** A tree with a chart and a source folder, and the links that bash makes in it. */
function tree(command: string): string {
  const made = mkdtempSync(join(folder, "tree-"));
  mkdirSync(join(made, "src/deep"), { recursive: true });
  mkdirSync(join(made, "chart/templates"), { recursive: true });
  writeFileSync(join(made, "src/real.txt"), "real\n");
  assert.equal(spawnSync("bash", ["-euc", command], { cwd: made }).status, 0, command);
  return made;
}

const judge = (command: string): Build =>
  runBuild({ buildspec: partOf("image-ecs.yaml", ["refuse-links.sh"]), source: tree(command) });

describe("A link out of the tree is refused", function () {
  before(function () {
    skipWithout(this, "bash", "mkfifo");
  });
  after(cleanUp);
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const [what, command, expected] of [
    [
      "to the job's environment",
      "ln -s /proc/self/environ chart/templates/e.txt",
      "chart/templates/e.txt links to /proc/self/environ",
    ],
    [
      "to credentials, by going up",
      "ln -s ../../../root/.docker/config.json src/c",
      "src/c links to ../../../root/.docker/config.json",
    ],
    ["to an absolute place that is in the tree", 'ln -s "$PWD/src/real.txt" src/a', undefined],
    [
      "through another link",
      "ln -s . src/deep/here; ln -s deep/here/../../../.. src/up",
      "src/up links to deep/here/../../../..",
    ],
    [
      "through a folder that is a link",
      "ln -s .. src/deep/up; ln -s src/deep/up/../../x out",
      "out links to src/deep/up/../../x",
    ],
    ["with a new line in its name", "ln -s / $'a\\nb'", "$'a\\nb' links to /"],
    ["with a dash before its name", "ln -s / -- -rf", "-rf links to /"],
  ] as const) {
    it(what, () => {
      const build = judge(command);
      assert.equal(build.status, "FAILED", build.log);
      const [first, second, ...more] = messages(build.log);
      assert.equal(first, refusal);
      assert.deepEqual(more, []);
      if (expected !== undefined) assert.equal(second, `  ${expected}`);
    });
  }

  it("as is a pipe, which would block who reads it", () => {
    const build = runBuild({
      buildspec: partOf("image-ecs.yaml", ["mkfifo src/pipe", "refuse-links.sh"]),
      source: { "src/a.txt": "" },
    });
    assert.deepEqual(messages(build.log), [refusal, "  src/pipe is neither a file, a folder nor a link"]);
  });

  it("but not a link inside the tree", () => {
    const build = judge(
      "ln -s ../real.txt src/deep/a; ln -s deep/a src/b; ln -s src/deep folder; ln -s missing gone",
    );
    assert.equal(build.status, "SUCCEEDED", build.log);
  });

  for (const job of jobs) {
    it(`before anything else in ${job}`, () => {
      const build = runBuild({
        buildspec: renderBuildspec(job, {}, downloads().pins),
        source: tree("ln -s /proc/self/environ e"),
      });
      assert.deepEqual(build.phases, { install: "FAILED" });
      assert.deepEqual(messages(build.log), [refusal, "  e links to /proc/self/environ"]);
      assert.deepEqual(build.calls, []);
    });
  }
});
