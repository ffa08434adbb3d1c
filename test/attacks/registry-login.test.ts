import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { cleanUp, runBuild } from "../support/buildspec-runner";
import { partOf } from "../support/job-steps";
import { skipWithout } from "../support/requirements";

const digest = `sha256:${"a".repeat(64)}`;
/** Writes down, for each docker command, whether there is a login that a Dockerfile or an image could take. */
const watch = (more: string) =>
  `echo "$1 \${DOCKER_CONFIG:+own folder} $(find "$STATE" -name config.json | wc -l)" >>"$STATE/logins"; ${more}`;
const login = watch('cat >/dev/null; echo "{}" >"$DOCKER_CONFIG/config.json"');

/** Builds or promotes, and pushes, with a Docker that keeps its login where the real one does. */
function run(steps: readonly string[], push = ":") {
  return runBuild({
    buildspec: partOf("image-ecs.yaml", steps),
    source: { Dockerfile: "FROM scratch\n" },
    installed: true,
    environment: {
      SLIPWAY_REPOSITORY_URI: "example.com/slipway/shop",
      SLIPWAY_DOCKERFILE: "Dockerfile",
      SLIPWAY_CONTEXT: ".",
      SLIPWAY_COMMIT_ID: "0123abcd",
    },
    fakes: {
      aws: {
        "ecr get-login-password": "echo password",
        "ecr batch-get-image": `echo '{"images": [{"imageId": {"imageDigest": "${digest}"}}]}'`,
      },
      docker: {
        login,
        "buildx build": watch('case "$*" in *canary) echo "denied by policy" ;; esac'),
        pull: watch(":"),
        tag: watch(":"),
        push: watch(push),
      },
    },
  });
}

describe("The login to the registry", function () {
  before(function () {
    skipWithout(this, "bash", "jq");
  });
  after(cleanUp);

  it("is not there while the application's Dockerfile is built, only around the push", () => {
    const build = run([
      'echo 0 >"$SLIPWAY_WORK/tree"',
      "source-policy.json",
      "build-image.sh",
      "push-image.sh",
    ]);
    assert.equal(build.status, "SUCCEEDED", build.log);
    assert.deepEqual(build.left("logins")?.trim().split("\n"), [
      "buildx  0",
      "buildx  0",
      "tag  0",
      "login own folder 0",
      "push own folder 1",
    ]);
    assert.equal(build.left("work/login/config.json"), undefined);
  });

  it("is only around the pull of an image that is promoted", () => {
    const build = run([`echo ${digest} >"$SLIPWAY_WORK/digest"`, "build-image.sh", "push-image.sh"]);
    assert.equal(build.status, "SUCCEEDED", build.log);
    assert.deepEqual(build.left("logins")?.trim().split("\n"), [
      "login own folder 0",
      "pull own folder 1",
      "tag  0",
    ]);
  });

  it("is gone as well when the push fails", () => {
    const build = run(
      ['echo 0 >"$SLIPWAY_WORK/tree"', "source-policy.json", "build-image.sh", "push-image.sh"],
      "exit 1",
    );
    assert.equal(build.status, "FAILED");
    assert.equal(build.left("work/login/config.json"), undefined);
  });
});
