import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, it } from "mocha";
import { planApplicationAccess } from "../../access/application-access";
import { planApplication } from "../../delivery/plan-application";
import { renderBuildspec } from "../../delivery/buildspec";
import * as names from "../../names";
import { cleanUp, runBuild } from "../support/buildspec-runner";
import { doorVariables, openDoor } from "../support/environment";
import { messages } from "../support/job-steps";
import { application as applicationOf, cicdSettings, platform, track } from "../support/platform";
import { skipWithout } from "../support/requirements";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const files = { "image.json": "{}", "imagedefinitions.json": "[]", "task-definition.json": "{}" };
const checksums = (of: Readonly<Record<string, string>>) =>
  Object.entries(of)
    .map(([file, text]) => `${sha256(text)}  ${file}\n`)
    .join("");
/** What CodePipeline kept when the publish job ended. */
const kept = `sha256:${sha256(checksums(files))}`;

function deploy(artifact: Readonly<Record<string, string>>) {
  return runBuild({
    buildspec: renderBuildspec("deploy-ecs.yaml"),
    source: artifact,
    environment: { ...doorVariables("ecs"), SLIPWAY_INPUT_SEAL: kept },
    fakes: { aws: openDoor },
  });
}

describe("What waits for an approval stays what was judged:", function () {
  before(function () {
    skipWithout(this, "bash", "jq");
  });
  after(cleanUp);

  const evil = { ...files, "task-definition.json": '{"family": "evil"}' };
  for (const [what, artifact, expected] of [
    [
      "another file under the old list of hashes",
      { ...evil, checksums: checksums(files) },
      "task-definition.json of the job before this one was changed after it was made: its hash is not the one that was sealed",
    ],
    [
      "another file with a list of its own",
      { ...evil, checksums: checksums(evil) },
      `the artifact of the job before this one was changed after it was made: its seal is not ${kept}`,
    ],
    [
      "no list at all",
      { ...evil, checksums: "" },
      `the artifact of the job before this one was changed after it was made: its seal is not ${kept}`,
    ],
  ] as const) {
    it(`${what} is refused before the door is opened`, () => {
      const run = deploy(artifact);
      assert.deepEqual(run.phases, { pre_build: "FAILED" });
      assert.deepEqual(messages(run.log), [
        `slipway: ${expected}. Nothing of it was used; release again from a new build.`,
      ]);
      assert.deepEqual(run.calls, []);
    });
  }

  it("no job of one track may write what another track reads", () => {
    for (const kind of ["serverless", "ecs", "kubernetes"] as const) {
      const application = applicationOf("shop", kind, {
        tracks: [track("main", ["dev"]), track("live", ["prod"])],
      });
      const { jobs } = planApplicationAccess(cicdSettings, planApplication(platform, application));
      const [first = "", second = ""] = application.tracks.map(({ name }) =>
        names.pipelinePrefix(names.pipelineName(application.name, name)),
      );
      const writers = jobs.flatMap(({ job }) =>
        job.writes.map((prefix) => ({ project: job.project, prefix })),
      );
      for (const [track, other] of [
        [first, second],
        [second, first],
      ] as const) {
        const own = writers
          .filter(({ prefix }) => prefix.startsWith(`${track}/`))
          .map(({ project }) => project);
        assert.equal(new Set(own).size, 2);
        assert.deepEqual(
          writers.filter(({ project, prefix }) => own.includes(project) && prefix.startsWith(`${other}/`)),
          [],
        );
      }
    }
  });
});
