import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { cleanUp, runBuild, type Build } from "../support/buildspec-runner";
import { lines, option } from "../support/fake-tools";
import { messages, partOf } from "../support/job-steps";
import { restrictedPod } from "../support/pods";
import { skipWithout } from "../support/requirements";

const registry = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/slipway";
const zeros = `sha256:${"0".repeat(64)}`;
const digest = `sha256:${"a".repeat(64)}`;
const built = `${registry}/shop@${zeros}`;
const foreign = `docker.io/library/redis@${digest}`;
const neighbours = `${registry}/bank@${digest}`;
/** An image of the application's own repository that an earlier release pushed and a gate then refused. */
const earlier = `${registry}/shop@${digest}`;
const nobody = (image: string) =>
  `image ${image} was judged by nobody: it is neither the built one nor listed, unexpired, in buildspecs/allowed-images.json; ask the platform team`;

const web = { name: "web", image: "<set>", healthCheck: { command: ["CMD", "true"] } };
const ecs = (...others: readonly object[]) => ({ containerDefinitions: [web, ...others] });
const environment = {
  SLIPWAY_APPLICATION: "shop",
  SLIPWAY_REPOSITORY_URI: `${registry}/shop`,
  SLIPWAY_CONTAINER_NAME: "web",
  SLIPWAY_TASK_DEFINITION: "task.json",
  SLIPWAY_CHART: "chart",
  SLIPWAY_ENVIRONMENTS: "dev",
};

/** Describes an ECS release under a platform's list of images. */
function describeEcs(definition: object, images: readonly object[] = []): Build {
  return runBuild({
    buildspec: partOf("image-ecs.yaml", [
      `echo '${JSON.stringify({ images })}' >"$SLIPWAY_WORK/allowed-images.json"`,
      "judge-task-definition.jq",
      "describe-ecs.sh",
    ]),
    source: { "task.json": JSON.stringify(definition) },
    environment,
    installed: true,
  });
}

/** Describes a chart that renders to these objects. */
function describeChart(objects: readonly object[], images: readonly object[] = []): Build {
  return runBuild({
    buildspec: partOf("image-kubernetes.yaml", [
      `echo '${JSON.stringify({ images })}' >"$SLIPWAY_WORK/allowed-images.json"`,
      "judge-manifests.jq",
      "describe-kubernetes.sh",
    ]),
    source: { "chart/values-dev.yaml": "" },
    tools: {
      helm: { lint: ":", template: objects.map((object) => `echo '${JSON.stringify(object)}'`).join("\n") },
      yq: { "": 'cat "${@: -1}"' },
      kubeconform: { "": ":" },
    },
    environment,
    installed: true,
  });
}

const deployment = (spec: object) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "shop" },
  spec: { template: { spec } },
});
const beside = (image: string) => {
  const { containers } = restrictedPod(image) as { containers: object[] };
  return restrictedPod(built, {}, { initContainers: containers.map((one) => ({ ...one, name: "side" })) });
};
const listed = (image: string, expires = "2999-12-31") => ({
  image,
  owner: "platform",
  reason: "log router",
  expires,
});

describe("An image that no gate of this release has judged", function () {
  before(function () {
    skipWithout(this, "bash", "jq");
  });
  after(cleanUp);

  for (const [what, image] of [
    ["a stranger's", foreign],
    ["a neighbour's", neighbours],
    ["an earlier one of its own", earlier],
  ] as const) {
    it(`does not run on ECS: ${what}`, () => {
      assert.deepEqual(messages(describeEcs(ecs({ name: "side", image })).log), [
        `slipway: task.json container side: ${nobody(image)}`,
      ]);
    });

    it(`does not run on Kubernetes: ${what}`, () => {
      assert.deepEqual(messages(describeChart([deployment(beside(image))]).log), [
        `slipway: chart/values-dev.yaml: Deployment shop: container side: ${nobody(image)}`,
      ]);
    });

    it(`runs once the platform lists it, until the day it says: ${what}`, () => {
      const definition = ecs({ name: "side", image });
      const objects = [deployment(beside(image))];
      assert.equal(describeEcs(definition, [listed(image)]).status, "SUCCEEDED");
      assert.equal(describeChart(objects, [listed(image)]).status, "SUCCEEDED");
      assert.equal(describeEcs(definition, [listed(image, "2020-01-01")]).status, "FAILED");
      assert.equal(describeChart(objects, [listed(image, "2020-01-01")]).status, "FAILED");
    });
  }

  it("does not run because the built one stands in a ConfigMap, or only prepares", () => {
    const configMap = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "x" },
      data: { image: built },
    };
    const { containers } = restrictedPod(built) as { containers: object[] };
    const unused = `slipway: chart/values-dev.yaml: no container runs ${built}: let a workload of the chart use image.repository and image.digest`;
    for (const objects of [
      [configMap, deployment(restrictedPod(foreign))],
      [deployment(restrictedPod(foreign, {}, { initContainers: containers }))],
    ])
      assert.deepEqual(messages(describeChart(objects, [listed(foreign)]).log), [unused]);
  });

  it("does not run on ECS in place of the built one, whatever the template says", () => {
    assert.equal(describeEcs({ containerDefinitions: [{ ...web, image: foreign }] }).status, "SUCCEEDED");
    assert.deepEqual(
      messages(describeEcs({ containerDefinitions: [{ ...web, name: "other", image: built }] }).log),
      ["slipway: task.json has 0 containers called web; there must be exactly one"],
    );
  });

  it("is scanned like the built one when it is listed", () => {
    const scan = `${option("--output")}
      echo "{\\"ArtifactName\\": \\"\${@: -1}\\", \\"Results\\": [{\\"Packages\\": [{}], \\"Secrets\\": [$SECRETS]}]}" >"$file"`;
    const run = (secrets: string) =>
      runBuild({
        buildspec: partOf("publish-ecs.yaml", [
          `echo ${foreign} >"$SLIPWAY_WORK/sidecars"; export SECRETS='${secrets}'`,
          "scan-image.sh",
        ]),
        source: {},
        tools: { trivy: { image: scan } },
        installed: true,
      });
    const build = run("");
    assert.equal(build.status, "SUCCEEDED", build.log);
    assert.deepEqual(
      lines(build.calls, "trivy").map((line) => [
        /--image-src \w+ --scanners \S+/.exec(line)?.[0],
        line.split(" ").at(-1),
      ]),
      [
        ["--image-src docker --scanners vuln,secret", "slipway:candidate"],
        ["--image-src remote --scanners vuln,secret", foreign],
      ],
    );
    assert.deepEqual(messages(run('{"StartLine": 3, "RuleID": "aws-access-key-id"}').log), [
      "slipway: there are secrets in slipway:candidate. Revoke them, then build without them; earlier layers keep what later ones delete:",
      "  null:3  aws-access-key-id",
    ]);
  });
});
