import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, it } from "mocha";
import { renderBuildspec } from "../../delivery/buildspec";
import { cleanUp, runBuild, type Build } from "../support/buildspec-runner";
import { downloads, lines, option, report, type Answers } from "../support/fake-tools";
import {
  absent,
  digest,
  dockerWords,
  ecsVariables,
  kubernetesVariables,
  present,
  repository,
  webContainer,
  zeros,
} from "../support/image-jobs";
import { messages, partOf } from "../support/job-steps";
import { restrictedPod } from "../support/pods";
import { skipWithout } from "../support/requirements";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const base = `node:22-alpine@sha256:${"b".repeat(64)}`;

const kubernetes = { ...kubernetesVariables, SLIPWAY_CHART: "chart" };

const ecsSource = {
  Dockerfile: `FROM ${base}\nCOPY . .\n`,
  "ecs/task-definition.json": JSON.stringify({ containerDefinitions: [webContainer] }),
};
const chartSource = {
  Dockerfile: `FROM ${base}\n`,
  "chart/Chart.yaml": "name: shop\n",
  "chart/values-dev.yaml": "",
  "chart/values-prod.yaml": "",
};

/** What the world answers when everything is in order; a test replaces one answer. */
interface World {
  readonly gitleaks?: string;
  readonly helm?: Answers;
  readonly kubeconform?: string;
  readonly lookup?: string;
  /** What Docker does with the Dockerfile in $file; the platform's canary it refuses, as BuildKit does. */
  readonly docker?: string;
}

const gitleaks = (findings: string, status = 0) => `${report(findings)}; exit ${status}`;

/** BuildKit's words when the source policy refuses a source. */
const denied = (source: string) =>
  `echo '#4 ERROR: could not resolve image due to policy: source "${source}" denied by policy: source denied by policy' >&2; exit 1`;

const pod = restrictedPod("");
/** A chart with one Deployment, as `helm template` prints it; the arguments give the image. */
const deployment = (namespace: string | null, image = '"$repository@$digest"') => `
  for argument in "$@"; do case "$argument" in
    image.repository=*) repository=\${argument#*=} ;; image.digest=*) digest=\${argument#*=} ;;
  esac; done
  jq -n --arg image ${image} '${JSON.stringify(pod)} as $spec | {apiVersion: "apps/v1", kind: "Deployment",
    metadata: {name: "shop", namespace: ${JSON.stringify(namespace)}}, spec: {template: {spec: $spec}}}
    | .spec.template.spec.containers[0].image = $image'`;

function build(
  world: World,
  overrides: {
    install?: boolean;
    source?: Readonly<Record<string, string>>;
    environment?: Readonly<Record<string, string>>;
  } = {},
): Build {
  return runBuild({
    buildspec: renderBuildspec(
      "SLIPWAY_CHART" in (overrides.environment ?? {}) ? "image-kubernetes.yaml" : "image-ecs.yaml",
      {},
      downloads().pins,
    ),
    installed: overrides.install !== true,
    tools: {
      gitleaks: { dir: world.gitleaks ?? gitleaks("[]") },
      helm: { lint: ":", template: deployment("shop"), ...world.helm },
      kubeconform: { "": world.kubeconform ?? ":" },
      yq: { "": 'cat "${@: -1}"' },
    },
    source: overrides.source ?? ecsSource,
    environment: overrides.environment ?? ecsVariables,
    fakes: {
      aws: {
        "ecr batch-get-image": world.lookup ?? absent,
      },
      docker: {
        "buildx build": `case "$*" in *canary) ${denied("docker-image://slipway.invalid/canary:latest")} ;; esac\n${world.docker ?? ":"}`,
        save: `${option("--output")}; echo layers >"$file"`,
      },
    },
  });
}

function assertRefused(run: Build, ...expected: readonly string[]): void {
  assert.equal(run.status, "FAILED");
  assert.deepEqual(messages(run.log), expected);
  assert.ok(!dockerWords(run).includes("save"), "an image was handed over after a gate had failed");
}

describe("The image job", function () {
  before(function () {
    skipWithout(this, "bash", "jq", "tar", "awk");
  });
  after(cleanUp);

  describe("when every gate is passed", () => {
    it("leaves the image in a file, with a seal over all that it leaves", () => {
      const run = build({}, { install: true });
      assert.equal(run.status, "SUCCEEDED", run.log);
      assert.deepEqual(run.phases, { install: "SUCCEEDED", pre_build: "SUCCEEDED", build: "SUCCEEDED" });
      assert.deepEqual(dockerWords(run), ["buildx", "buildx", "save"]);
      assert.equal(run.artifact("image.tar"), "layers\n");
      const checksums = run.artifact("checksums") ?? "";
      assert.match(checksums, new RegExp(`^${sha256("layers\n")}  image\\.tar$`, "m"));
      assert.deepEqual(run.exported, { SLIPWAY_SEAL: `sha256:${sha256(checksums)}` });
    });

    it("writes the manifests of every environment with a digest of zeros, rendered once", () => {
      const run = build({}, { source: chartSource, environment: kubernetes });
      assert.equal(run.status, "SUCCEEDED", run.log);
      for (const name of ["dev", "prod"]) {
        const list = JSON.parse(run.artifact(`manifests/${name}.json`) ?? "") as {
          kind: string;
          items: unknown[];
        };
        assert.equal(list.kind, "List");
        assert.deepEqual(list.items, [
          {
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata: { name: "shop", namespace: "shop" },
            spec: { template: { spec: restrictedPod(`${repository}@${zeros}`) } },
          },
        ]);
      }
      const rendered = run.calls.filter(({ tool, args }) => tool === "helm" && args[0] === "template");
      assert.deepEqual(
        rendered.map(({ args }) => args.at(-1)),
        [`image.digest=${zeros}`, `image.digest=${zeros}`],
      );
    });

    it("scans the source before anything is built", () => {
      const order = build({})
        .calls.filter(({ tool }) => ["gitleaks", "docker"].includes(tool))
        .map(({ tool, args }) => `${tool} ${args[0] ?? ""}`);
      assert.deepEqual(order, [
        "gitleaks dir",
        "gitleaks dir",
        "docker buildx",
        "docker buildx",
        "docker save",
      ]);
    });

    it("asks the registry one question and never logs in to it", () => {
      const run = build({});
      assert.deepEqual(
        lines(run.calls, "aws").map((line) => line.split(" ").slice(0, 2).join(" ")),
        ["ecr batch-get-image"],
      );
    });
  });

  describe("with a source that was built before", () => {
    it("builds nothing: the publish job takes the image from the registry", () => {
      const run = build({ lookup: present });
      assert.equal(run.status, "SUCCEEDED", run.log);
      assert.deepEqual(dockerWords(run), []);
      assert.equal(run.artifact("image.tar"), undefined);
      assert.match(
        run.artifact("checksums") ?? "",
        /^[0-9a-f]{64} {2}imagedefinitions\.json\n[0-9a-f]{64} {2}task-definition\.json\n$/,
      );
    });
  });

  describe("the tree's hash", () => {
    const tag = (source: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}) =>
      lines(
        build({}, { source: { ...ecsSource, ...source }, environment: { ...ecsVariables, ...more } }).calls,
        "aws",
      )
        .find((line) => line.startsWith("ecr batch-get-image"))
        ?.replace(/^.*imageTag=(\S+).*$/, "$1");
    const original = { "app.js": "1" };

    it("is the same for the same source", () => {
      assert.equal(tag(original), tag({ ...original }));
    });

    for (const [what, source, more] of [
      ["a content", { "app.js": "2" }, {}],
      ["a name", { "app.mjs": "1" }, {}],
      ["the build's folder", original, { SLIPWAY_CONTEXT: "./" }],
    ] as const) {
      it(`is another when ${what} changes`, () => {
        assert.notEqual(tag(source, more), tag(original));
      });
    }
  });

  describe("stops before it builds", () => {
    it("when there is a secret in the source, without showing it", () => {
      const report = [
        { File: "/tmp/work/scan/source/config/settings.py", StartLine: 3, RuleID: "aws-access-token" },
      ];
      assertRefused(
        build({ gitleaks: gitleaks(JSON.stringify(report), 1) }),
        "slipway: there are secrets in the source. Revoke them, then take them out; the history keeps what was pushed.",
        "  config/settings.py:3  aws-access-token",
      );
    });

    it("when the secret scan finds something but ends as if it had not", () => {
      assert.equal(
        build({ gitleaks: gitleaks('[{"File": "a", "StartLine": 1, "RuleID": "r"}]', 0) }).status,
        "FAILED",
      );
    });

    for (const status of [0, 1, 139]) {
      it(`when the secret scan ends with ${status} and leaves no report`, () => {
        assertRefused(
          build({ gitleaks: `exit ${status}` }),
          `slipway: the secret scan left no report (exit status ${status}), so nobody knows whether there are secrets.`,
        );
      });
    }

    it("when the secret scan ends well with an empty file", () => {
      assertRefused(
        build({ gitleaks: `${option("--report-path")}; : >"$file"` }),
        "slipway: the secret scan left no report (exit status 0), so nobody knows whether there are secrets.",
      );
    });

    it("when the build fails", () => {
      assertRefused(build({ docker: "exit 1" }));
    });

    it("when the registry cannot say whether the image exists", () => {
      const run = build({ lookup: "echo 'AccessDeniedException' >&2; exit 254" });
      assertRefused(run);
      assert.deepEqual(dockerWords(run), []);
      assertRefused(build({ lookup: `echo '{"images": [], "failures": [{"failureCode": "KmsError"}]}'` }));
    });

    it("when a tool is not the one that is pinned, without running anything of it", () => {
      const { pins } = downloads();
      const gitleaksPin = pins.binaries.gitleaks;
      assert.ok(gitleaksPin !== undefined);
      const sha256 = "0".repeat(64);
      const tampered = { ...pins, binaries: { ...pins.binaries, gitleaks: { ...gitleaksPin, sha256 } } };
      const run = runBuild({
        buildspec: renderBuildspec("image-ecs.yaml", {}, tampered),
        source: ecsSource,
        environment: ecsVariables,
        tools: { gitleaks: { "": ":" } },
      });
      assert.deepEqual(run.phases, { install: "FAILED" });
      assert.deepEqual(messages(run.log), [
        `slipway: gitleaks from ${gitleaksPin.url} is not the file that buildspecs/tools.json pins. Nothing of it was run.`,
      ]);
      assert.deepEqual(lines(run.calls, "gitleaks"), []);
    });

    it("when a tool cannot be downloaded", () => {
      const run = runBuild({
        buildspec: renderBuildspec("image-ecs.yaml"),
        source: ecsSource,
        environment: ecsVariables,
        fakes: { curl: { "": "exit 22" } },
      });
      assert.deepEqual(run.phases, { install: "FAILED" });
    });
  });

  describe("refuses a Dockerfile", () => {
    const refused = (dockerfile: string) => build({}, { source: { ...ecsSource, Dockerfile: dockerfile } });

    it("that takes what BuildKit's policy does not let it, by name and with what to write", () => {
      assertRefused(
        build({ docker: denied("docker-image://docker.io/library/node:22-alpine") }),
        "slipway: Dockerfile takes what can change without notice:",
        "  docker-image://docker.io/library/node:22-alpine",
        "slipway: write images as name@sha256:<64 digits>, downloads as ADD --checksum=sha256:<64 digits> https://…; copy Git sources in.",
      );
    });

    it("that begins with a directive", () => {
      assertRefused(
        refused(`# syntax=docker/dockerfile:1\nFROM ${base}\n`),
        "slipway: Dockerfile begins with a syntax or escape directive. The platform builds with Docker's own frontend: leave it out.",
      );
    });

    it("that does not build, in Docker's words", () => {
      const run = build({ docker: "echo 'failed to solve: exit code: 1' >&2; exit 1" });
      assertRefused(run);
      assert.match(run.log, /^failed to solve: exit code: 1$/m);
    });

    it("with a Docker that does not know policies", () => {
      const careless = runBuild({
        buildspec: partOf("image-ecs.yaml", ["source-policy.json", "build-image.sh"]),
        source: ecsSource,
        environment: ecsVariables,
        fakes: { docker: { "buildx build": "echo 'no such host'" } },
      });
      assertRefused(
        careless,
        "slipway: Docker did not apply the platform's source policy to a Dockerfile that it must refuse. Nothing was built. It said:",
      );
    });

    it("that is not there", () => {
      assertRefused(
        build({}, { environment: { ...ecsVariables, SLIPWAY_DOCKERFILE: "Dockerfile.prod" } }),
        "slipway: there is no Dockerfile at Dockerfile.prod in the repository.",
      );
    });
  });

  describe("refuses a task definition", () => {
    for (const [what, content, expected] of [
      [
        "without the container",
        { containerDefinitions: [] },
        "has 0 containers called web; there must be exactly one",
      ],
      [
        "without a health check",
        { containerDefinitions: [{ ...webContainer, healthCheck: undefined }] },
        "container web has no healthCheck, so ECS could not tell a broken release",
      ],
      [
        "with a sidecar by tag",
        { containerDefinitions: [webContainer, { name: "log", image: "fluent-bit:4" }] },
        "container log: image fluent-bit:4 is not named by digest; write name@sha256:<64 digits>",
      ],
      [
        "with a privileged container",
        { containerDefinitions: [{ ...webContainer, privileged: true }] },
        "container web: privileged is not accepted; leave it out (roles, network, logs and registry are the platform's)",
      ],
    ] as const) {
      it(what, () => {
        const source = { ...ecsSource, "ecs/task-definition.json": JSON.stringify(content) };
        assertRefused(build({}, { source }), `slipway: ecs/task-definition.json ${expected}`);
      });
    }

    for (const content of ["{", ""]) {
      it(`that is ${content === "" ? "empty" : "no JSON"}`, () => {
        assertRefused(build({}, { source: { ...ecsSource, "ecs/task-definition.json": content } }));
      });
    }
  });

  describe("refuses a chart", () => {
    const kinds =
      "ConfigMap, CronJob, DaemonSet, Deployment, HorizontalPodAutoscaler, Ingress, Job, NetworkPolicy, " +
      "PersistentVolumeClaim, Pod, PodDisruptionBudget, Service, ServiceAccount, StatefulSet";
    const refused = (world: World, source: Readonly<Record<string, string>> = chartSource) =>
      build(world, { source, environment: kubernetes });
    const rendering = (objects: string) => ({ template: `repository=r\n${deployment("shop")}\n${objects}` });

    for (const [what, template, ...expected] of [
      [
        "for another namespace",
        { template: deployment("kube-system") },
        "Deployment shop is for namespace kube-system; only shop belongs to this application",
      ],
      [
        "with an image by tag",
        rendering(
          `echo '${JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec: restrictedPod("redis:8") })}'`,
        ),
        "Pod p: container main: image redis:8 is not named by digest",
      ],
      [
        "with a secret",
        rendering(`echo '{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}}'`),
        `Secret s is of v1, a kind that the platform does not deploy; accepted are ${kinds}`,
        "Secret s would carry a secret through the pipeline; let the cluster fetch it",
      ],
      [
        "with a hook",
        rendering(
          `echo '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "j", "annotations": {"helm.sh/hook": "pre-install"}}}'`,
        ),
        "ConfigMap j is a Helm hook, and nothing here runs hooks",
      ],
      [
        "that hides a namespace in a list",
        rendering(
          `echo '{"kind": "List", "items": [{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "r", "namespace": "other"}}]}'`,
        ),
        "ConfigMap r is for namespace other; only shop belongs to this application",
      ],
    ] as const) {
      it(what, () => {
        assertRefused(
          refused({ helm: template }),
          ...expected.map((sentence) => `slipway: chart/values-dev.yaml: ${sentence}`),
        );
      });
    }

    it("that does not run the image which was built", () => {
      const other = `example.com/other@${digest}`;
      assertRefused(
        refused({ helm: { template: deployment("shop", `'${other}'`) } }),
        `slipway: chart/values-dev.yaml: Deployment shop: container main: image ${other} was judged by nobody: it is neither the built one nor listed, unexpired, in buildspecs/allowed-images.json; ask the platform team`,
        `slipway: chart/values-dev.yaml: no container runs ${repository}@${zeros}: let a workload of the chart use image.repository and image.digest`,
      );
    });

    it("without values for an environment", () => {
      const source = { ...ecsSource, "chart/values-dev.yaml": "" };
      assertRefused(
        refused({}, source),
        "slipway: there is no chart/values-prod.yaml. Every environment has its own values, also when it changes nothing.",
      );
    });

    for (const [what, world] of [
      ["that helm cannot lint", { helm: { lint: "exit 1" } }],
      ["that helm cannot render", { helm: { template: "exit 1" } }],
      ["that cannot be read", { helm: { template: "echo {" } }],
      ["whose objects do not fit Kubernetes' schemas", { kubeconform: "exit 1" }],
    ] as const) {
      it(what, () => {
        assertRefused(refused(world));
      });
    }
  });
});
