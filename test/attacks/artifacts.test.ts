import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { renderBuildspec } from "../../delivery/buildspec";
import { cleanUp, runBuild } from "../support/buildspec-runner";
import { doorVariables, openDoor } from "../support/environment";
import { messages } from "../support/job-steps";
import { skipWithout } from "../support/requirements";

const folder = mkdtempSync(join(tmpdir(), "slipway-artifacts-"));
const refused = (file: string, problem: string) =>
  `slipway: ${file} of the job before this one ${problem}. Nothing of it was used; release again from a new build.`;

/** Runs the deploy job for ECS on an artifact that bash changes first. */
function deploy(command: string) {
  const artifact = mkdtempSync(join(folder, "artifact-"));
  writeFileSync(join(artifact, "image.json"), "{}");
  writeFileSync(join(artifact, "imagedefinitions.json"), "[]");
  writeFileSync(join(artifact, "task-definition.json"), "{}");
  assert.equal(spawnSync("bash", ["-euc", command], { cwd: artifact }).status, 0, command);
  return runBuild({
    buildspec: renderBuildspec("deploy-ecs.yaml"),
    source: artifact,
    environment: doorVariables("ecs"),
    fakes: { aws: openDoor },
  });
}

describe("A deploy job opens nothing of an artifact but what it expects, and refuses", function () {
  before(function () {
    skipWithout(this, "bash", "jq");
  });
  after(cleanUp);
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const [what, command, file, problem] of [
    [
      "a link to the job's environment",
      "ln -sf /proc/self/environ task-definition.json",
      "task-definition.json",
      "is a link",
    ],
    [
      "a link inside the artifact",
      "mv task-definition.json t; ln -s t task-definition.json",
      "task-definition.json",
      "is a link",
    ],
    ["a file that is not there", "rm imagedefinitions.json", "imagedefinitions.json", "is missing"],
    [
      "a file without end",
      "head -c 2000000 /dev/zero >task-definition.json",
      "task-definition.json",
      "has more than 1048576 bytes",
    ],
    [
      "two documents in one file",
      "echo '{} {}' >task-definition.json",
      "task-definition.json",
      "is not one JSON object",
    ],
    ["another type", "echo '{}' >imagedefinitions.json", "imagedefinitions.json", "is not one JSON array"],
    ["what is no JSON", "echo evil >imagedefinitions.json", "imagedefinitions.json", "is not one JSON array"],
  ] as const) {
    it(what, () => {
      const build = deploy(command);
      assert.deepEqual(build.phases, { pre_build: "FAILED" });
      assert.deepEqual(messages(build.log), [refused(file, problem)]);
      assert.deepEqual(build.calls, [], "the door was opened for it");
    });
  }
});
