import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { readApplications } from "../../definitions/read";
import { buildspecSize } from "../../delivery/buildspec";
import { renderProblems } from "../../input/problem-text";
import { cleanUp } from "../support/buildspec-runner";
import { framework, honestWorld } from "../support/honest-world";
import { skipWithoutTools } from "../support/job-steps";
import { definitions, runPipeline } from "../support/pipeline-runner";
import { platform } from "../support/platform";
import { skipWithout } from "../support/requirements";

const read = readApplications(definitions, platform, buildspecSize);
const applications = "value" in read ? read.value : [];

describe("Honest applications", function () {
  before(function () {
    skipWithout(this, "bash", "jq", "tar", "zip", "unzip");
    skipWithoutTools(this, "gitleaks", "helm", "kubeconform", "yq", "buildkit-sources");
    if (existsSync(join(framework, ".bin/osls"))) return;
    console.log("      skipped: run npm ci in examples/hello-world first");
    this.skip();
  });
  after(cleanUp);

  it("have definitions that the platform accepts, together", () => {
    assert.equal("problems" in read ? renderProblems(read.problems) : "", "");
    assert.deepEqual(
      applications.map(({ name, deployment }) => `${name}: ${deployment.kind}`),
      [
        "billing-portal: ecs",
        "invoice-worker: serverless",
        "link-shortener: ecs",
        "orders-api: serverless",
        "report-runner: kubernetes",
        "status-page: kubernetes",
      ],
    );
  });

  for (const application of applications)
    it(`${application.name} passes every gate of every job`, () => {
      const runs = runPipeline(platform, application, join(__dirname, application.name), honestWorld());
      for (const { project, build } of runs)
        assert.equal(build.status, "SUCCEEDED", `${project}:\n${build.log}`);
      assert.equal(runs.length, 2 + (application.tracks[0]?.environments.length ?? 0));
    });
});
