import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { renderBuildspec } from "../../delivery/buildspec";
import { cleanUp, runBuild } from "../support/buildspec-runner";
import { partOf } from "../support/job-steps";
import { skipWithout } from "../support/requirements";

const digest = `sha256:${"a".repeat(64)}`;
/** Writes down, for each docker command, whether there is a login that a Dockerfile or an image could take. */
const watch = (more: string) =>
  `echo "$1 \${DOCKER_CONFIG:+own folder} $(find "$STATE" -name config.json | wc -l)" >>"$STATE/logins"; ${more}`;
const login = watch('cat >/dev/null; echo "{}" >"$DOCKER_CONFIG/config.json"');

const bundled =
  'echo 0 >"$SLIPWAY_WORK/tree"; mkdir "$SLIPWAY_WORK/artifact"; touch "$SLIPWAY_WORK/artifact/image.tar"';

/** Loads or promotes, and pushes, with a Docker that keeps its login where the real one does. */
function run(steps: readonly string[], push = ":") {
  return runBuild({
    buildspec: partOf("publish-ecs.yaml", steps),
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
        load: watch("echo 'Loaded image: slipway:candidate'"),
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

  it("is never made by the job that builds the application's Dockerfile", () => {
    for (const file of ["image-ecs.yaml", "image-kubernetes.yaml"] as const)
      assert.doesNotMatch(renderBuildspec(file), /get-login-password|docker (login|pull|push)/);
  });

  it("is only around the push of an image that was judged", () => {
    const build = run([bundled, "load-image.sh", "push-image.sh"]);
    assert.equal(build.status, "SUCCEEDED", build.log);
    assert.deepEqual(build.left("logins")?.trim().split("\n"), [
      "load  0",
      "tag  0",
      "login own folder 0",
      "push own folder 1",
    ]);
    assert.equal(build.left("work/login/config.json"), undefined);
  });

  it("is only around the pull of an image that is promoted", () => {
    const build = run([`echo ${digest} >"$SLIPWAY_WORK/digest"`, "load-image.sh", "push-image.sh"]);
    assert.equal(build.status, "SUCCEEDED", build.log);
    assert.deepEqual(build.left("logins")?.trim().split("\n"), [
      "login own folder 0",
      "pull own folder 1",
      "tag  0",
    ]);
  });

  it("is gone as well when the push fails", () => {
    const build = run([bundled, "load-image.sh", "push-image.sh"], "exit 1");
    assert.equal(build.status, "FAILED");
    assert.equal(build.left("work/login/config.json"), undefined);
  });
});
