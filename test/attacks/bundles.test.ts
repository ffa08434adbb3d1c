import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { renderBuildspec } from "../../delivery/buildspec";
import { cleanUp, runBuild, type Build } from "../support/buildspec-runner";
import { pushed, startVariables } from "../support/track-start";
import { lines, recognised, report } from "../support/fake-tools";
import { messages } from "../support/job-steps";
import { skipWithout } from "../support/requirements";

const template = (resources: object = {}) =>
  JSON.stringify({
    Resources: {
      Function: {
        Type: "AWS::Lambda::Function",
        Properties: { Code: { S3Bucket: "b", S3Key: "x/shop.zip" } },
      },
      ...resources,
    },
  });

/** What a plugin may leave of the package job, instead of what the framework made. */
interface Bundle {
  readonly template?: string;
  /** Content of the code for dev and for prod. */
  readonly code?: readonly [string, string];
  /** What is done to the bundle afterwards. */
  readonly tamper?: (folder: string) => void;
}

describe("A bundle that plugins of an application made is data to the job that publishes:", function () {
  const folders: string[] = [];
  before(function () {
    skipWithout(this, "bash", "jq", "zip", "unzip");
  });
  after(() => {
    cleanUp();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  function publish(bundle: Bundle): Build {
    const source = mkdtempSync(join(tmpdir(), "slipway-bundle-"));
    folders.push(source);
    for (const [index, environment] of ["dev", "prod"].entries()) {
      const folder = join(source, "bundle", environment);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "index.js"), bundle.code?.[index] ?? "the code");
      spawnSync("touch", ["-d", "2020-01-01", "index.js"], { cwd: folder });
      spawnSync("zip", ["-qX", "code.zip", "index.js"], { cwd: folder });
      rmSync(join(folder, "index.js"));
      writeFileSync(join(folder, "template.json"), bundle.template ?? template());
      writeFileSync(join(folder, "names.json"), JSON.stringify({ archive: "shop.zip" }));
    }
    bundle.tamper?.(join(source, "bundle"));
    return runBuild({
      buildspec: renderBuildspec("publish-serverless.yaml"),
      installed: true,
      source,
      environment: {
        ...startVariables,
        SLIPWAY_APPLICATION: "shop",
        SLIPWAY_ENVIRONMENTS: "dev prod",
        SLIPWAY_FILES:
          "bundle/dev/code.zip bundle/dev/template.json bundle/dev/names.json bundle/prod/code.zip bundle/prod/template.json bundle/prod/names.json",
        SLIPWAY_ARTIFACT_BUCKET: "artifacts",
        SLIPWAY_KMS_KEY_ALIAS: "alias/slipway-artifacts",
        SLIPWAY_COMMIT_ID: "0123abcd",
      },
      tools: { gitleaks: { dir: report("[]") }, trivy: { rootfs: recognised } },
      fakes: { aws: { ...pushed, "s3api put-object": `echo '{"VersionId": "v1"}'` } },
    });
  }

  const refused = (file: string, problem: string) =>
    `slipway: bundle/${file} of the job before this one ${problem}. Nothing of it was used; release again from a new build.`;

  for (const [what, bundle, ...expected] of [
    [
      "one archive for the tests and another for production",
      { code: ["the code", "the evil code"] },
      "slipway: the code for prod differs from that for dev. What is tested must be what is released:",
      "slipway: put what differs into environment variables.",
    ],
    [
      "a template that includes what is written later",
      { template: template({ "Fn::Transform": { Type: "AWS::CloudFormation::Stack" } }) },
      "slipway: in the package for dev: Resources.Fn::Transform is read by CloudFormation later, when nobody judges it; put the value itself there",
      "slipway: in the package for dev: Fn::Transform is of type AWS::CloudFormation::Stack, which brings resources or values of its own; only resources of AWS services are accepted",
    ],
    [
      "a link in the place of the archive",
      {
        tamper: (folder) => {
          rmSync(join(folder, "prod/code.zip"));
          symlinkSync("/proc/self/environ", join(folder, "prod/code.zip"));
        },
      },
      refused("prod/code.zip", "is a link"),
    ],
    [
      "a folder that is a link",
      {
        tamper: (folder) => {
          rmSync(join(folder, "prod"), { recursive: true });
          symlinkSync("dev", join(folder, "prod"));
        },
      },
      refused("prod/code.zip", "is a link"),
    ],
    [
      "no archive",
      {
        tamper: (folder) => {
          rmSync(join(folder, "dev/code.zip"));
        },
      },
      refused("dev/code.zip", "is missing"),
    ],
    [
      "two documents in one template",
      { template: `${template()}\n${template({ Role: { Type: "AWS::IAM::Role" } })}` },
      refused("dev/template.json", "is not one JSON object"),
    ],
    [
      "a template of two megabytes",
      { template: template({ Description: "x".repeat(2_000_000) }) },
      refused("dev/template.json", "has more than 1048576 bytes"),
    ],
  ] as const satisfies readonly (readonly [string, Bundle, ...string[]])[]) {
    it(`${what} is refused, and nothing is uploaded`, () => {
      const run = publish(bundle);
      assert.equal(run.status, "FAILED", run.log);
      assert.deepEqual(messages(run.log), expected);
      assert.deepEqual(lines(run.calls, "aws"), []);
    });
  }

  it("what the framework makes is published", () => {
    const run = publish({});
    assert.equal(run.status, "SUCCEEDED", run.log);
    assert.equal(lines(run.calls, "aws").length, 4);
    assert.match(run.exported["SLIPWAY_DIGEST"] ?? "", /^sha256:[0-9a-f]{64}$/);
    assert.match(run.exported["SLIPWAY_SEAL"] ?? "", /^sha256:[0-9a-f]{64}$/);
  });
});
