import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { renderBuildspec } from "../../delivery/buildspec";
import { cleanUp, runBuild, type Build } from "../support/buildspec-runner";
import { doorVariables, markedImage, openDoor, released } from "../support/environment";
import { downloads, lines, type Answers } from "../support/fake-tools";
import { messages } from "../support/job-steps";
import { restrictedPod } from "../support/pods";
import { skipWithout } from "../support/requirements";

const environment = {
  ...doorVariables("kubernetes"),
  SLIPWAY_CLUSTER: "apps",
  SLIPWAY_NAMESPACE: "shop",
  SLIPWAY_NAMESPACE_ROLE_ARN: "arn:aws:iam::222222222222:role/slipway/namespace/shop",
};
const image = `111122223333.dkr.ecr.eu-west-1.amazonaws.com/slipway/shop@sha256:${"a".repeat(64)}`;
const list = (...items: readonly object[]) => JSON.stringify({ kind: "List", items });
const workload = (kind: string, spec: object = restrictedPod(image)) => ({
  apiVersion: "apps/v1",
  kind,
  metadata: { name: kind.toLowerCase() },
  spec: { template: { spec } },
});
const service = { apiVersion: "v1", kind: "Service", metadata: { name: "service" } };
const manifests = list(service, workload("Deployment"), workload("StatefulSet"), workload("DaemonSet"));
const namespace = (labels: object) => `echo '${JSON.stringify({ metadata: { labels } })}'`;
const restricted = namespace({ "pod-security.kubernetes.io/enforce": "restricted" });

function deploy(answers: { kubectl?: Answers; aws?: Answers; manifests?: string } = {}): Build {
  return runBuild({
    buildspec: renderBuildspec("deploy-kubernetes.yaml", {}, downloads().pins),
    source: {
      "image.json": JSON.stringify(released),
      "manifests/dev.json": answers.manifests ?? manifests,
      "manifests/prod.json": "{}",
    },
    environment,
    tools: {
      kubectl: {
        "--namespace shop get namespace shop": restricted,
        "--namespace shop apply": ":",
        "--namespace shop rollout": ":",
        ...answers.kubectl,
      },
    },
    fakes: { aws: { ...openDoor, ...markedImage, "eks update-kubeconfig": ":", ...answers.aws } },
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
    const [, apply = "", ...rollouts] = kubectl(run);
    assert.match(
      apply,
      /^--namespace shop apply --server-side --force-conflicts --field-manager slipway --filename \S+\/work\/artifact\/manifests\/dev\.json$/,
    );
    assert.deepEqual(rollouts, [
      "--namespace shop rollout status --timeout 10m -- deployment/deployment",
      "--namespace shop rollout status --timeout 10m -- statefulset/statefulset",
      "--namespace shop rollout status --timeout 10m -- daemonset/daemonset",
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
    assert.equal(kubectl(run).length, 3);
  });

  it("fails when the cluster refuses an object", () => {
    const run = deploy({ kubectl: { "--namespace shop apply": "exit 1" } });
    assert.equal(run.phases.build, "FAILED");
    assert.equal(kubectl(run).length, 2);
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

  for (const [what, text, expected] of [
    [
      "are empty",
      "",
      "slipway: manifests/dev.json of the job before this one is not one JSON object. Nothing of it was used; release again from a new build.",
    ],
    [
      "hold no object",
      '{"kind": "List", "items": []}',
      "slipway: the image job left no manifests for dev. Nothing was deployed.",
    ],
    [
      "hold what the image job refuses",
      list(workload("Deployment", { ...restrictedPod(image), hostPID: true })),
      "slipway: manifests for dev: Deployment deployment: hostPID is true; only null or false is accepted",
    ],
    [
      "hold a name that reads as a further argument",
      list({ ...workload("Deployment"), metadata: { name: "x\n--kubeconfig=/evil" } }),
      "--kubeconfig=/evil has no name of lower-case letters, digits, - and .",
    ],
  ] as const) {
    it(`applies nothing when the manifests ${what}`, () => {
      const run = deploy({ manifests: text });
      assert.equal(run.status, "FAILED");
      assert.ok(run.log.includes(expected), run.log);
      assert.deepEqual(kubectl(run), []);
    });
  }

  for (const [what, labels, enforced] of [
    ["no standard", {}, "nothing"],
    ["a laxer one", { "pod-security.kubernetes.io/enforce": "baseline" }, "baseline"],
    ["the standard by warnings alone", { "pod-security.kubernetes.io/warn": "restricted" }, "nothing"],
  ] as const) {
    it(`applies nothing when the namespace enforces ${what}, and says what to do`, () => {
      const run = deploy({ kubectl: { "--namespace shop get namespace shop": namespace(labels) } });
      assert.deepEqual(messages(run.log), [
        `slipway: the namespace shop enforces ${enforced}, not the Pod Security Standard restricted. Nothing was deployed.`,
        "slipway: who owns the cluster runs: kubectl label namespace shop pod-security.kubernetes.io/enforce=restricted",
      ]);
      assert.equal(kubectl(run).length, 1);
    });
  }
});
