import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { renderBuildspec } from "../../delivery/buildspec";
import { cleanUp, runBuild, type Build } from "../support/buildspec-runner";
import { doorVariables, openDoor } from "../support/environment";
import { downloads, lines, type Answers } from "../support/fake-tools";
import { skipWithout } from "../support/requirements";

const environment = {
  ...doorVariables("kubernetes"),
  SLIPWAY_CLUSTER: "apps",
  SLIPWAY_NAMESPACE: "shop",
  SLIPWAY_NAMESPACE_ROLE_ARN: "arn:aws:iam::222222222222:role/slipway/namespace/shop",
};
const manifests = JSON.stringify({
  kind: "List",
  items: ["Service", "Deployment", "StatefulSet", "DaemonSet"].map((kind) => ({
    kind,
    metadata: { name: kind.toLowerCase() },
  })),
});

function deploy(answers: { kubectl?: Answers; aws?: Answers; manifests?: string } = {}): Build {
  return runBuild({
    buildspec: renderBuildspec("deploy-kubernetes.yaml", {}, downloads().pins),
    source: { "manifests/dev.json": answers.manifests ?? manifests, "manifests/prod.json": "{}" },
    environment,
    tools: {
      kubectl: { "--namespace shop apply": ":", "--namespace shop rollout": ":", ...answers.kubectl },
    },
    fakes: { aws: { ...openDoor, "eks update-kubeconfig": ":", ...answers.aws } },
  });
}

const kubectl = (run: Build) => lines(run.calls, "kubectl");

describe("The deploy job for Kubernetes applications", function () {
  before(function () {
    skipWithout(this, "bash", "jq", "tar");
  });
  after(cleanUp);

  it("applies the environment's manifests in the application's namespace and waits for every workload", () => {
    const run = deploy();
    assert.equal(run.status, "SUCCEEDED", run.log);
    const [apply = "", ...rollouts] = kubectl(run);
    assert.match(
      apply,
      /^--namespace shop apply --server-side --force-conflicts --field-manager slipway --filename \S+\/src\/manifests\/dev\.json$/,
    );
    assert.deepEqual(rollouts, [
      "--namespace shop rollout status deployment/deployment --timeout 10m",
      "--namespace shop rollout status statefulset/statefulset --timeout 10m",
      "--namespace shop rollout status daemonset/daemonset --timeout 10m",
    ]);
  });

  it("speaks to the cluster as the namespace's role, reached through the door", () => {
    const calls = deploy().calls.filter(({ tool }) => tool === "aws");
    assert.deepEqual(
      calls.slice(-3).map(({ as, args }) => `${as}: ${args.slice(0, 4).join(" ")}`),
      [
        "job: sts assume-role --role-arn arn:aws:iam::222222222222:role/slipway/CICDCrossAccountRole",
        "CICDCrossAccountRole: sts assume-role --role-arn arn:aws:iam::222222222222:role/slipway/namespace/shop",
        "shop: eks update-kubeconfig --name apps",
      ],
    );
  });

  it("fails when a workload does not come up, and asks no further", () => {
    const run = deploy({ kubectl: { "--namespace shop rollout": "exit 1" } });
    assert.deepEqual(run.phases, { install: "SUCCEEDED", pre_build: "SUCCEEDED", build: "FAILED" });
    assert.equal(kubectl(run).length, 2);
  });

  it("fails when the cluster refuses an object", () => {
    const run = deploy({ kubectl: { "--namespace shop apply": "exit 1" } });
    assert.equal(run.phases.build, "FAILED");
    assert.equal(kubectl(run).length, 1);
  });

  for (const [what, aws] of [
    ["the door stays closed", { "sts assume-role": "exit 254" }],
    ["the door leads elsewhere", { "sts get-caller-identity": "echo 1" }],
    ["the namespace's role may not be taken", { "eks update-kubeconfig": "exit 254" }],
  ] as const) {
    it(`applies nothing when ${what}`, () => {
      const run = deploy({ aws });
      assert.equal(run.status, "FAILED");
      assert.deepEqual(kubectl(run), []);
    });
  }

  for (const [what, text] of [
    ["are empty", ""],
    ["hold no object", '{"kind": "List", "items": []}'],
  ] as const) {
    it(`applies nothing when the manifests ${what}`, () => {
      const run = deploy({ manifests: text });
      assert.equal(run.status, "FAILED");
      assert.match(run.log, /^slipway: the image job left no manifests for dev\. Nothing was deployed\.$/m);
      assert.deepEqual(kubectl(run), []);
    });
  }
});
