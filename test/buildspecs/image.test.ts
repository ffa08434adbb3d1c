import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { renderBuildspec } from "../../delivery/buildspec";
import { cleanUp, runBuild, type Build } from "../support/buildspec-runner";
import { downloads, lines, type Answers } from "../support/fake-tools";
import { partOf } from "../support/job-steps";
import { restrictedPod } from "../support/pods";
import { skipWithout } from "../support/requirements";

const registry = "111122223333.dkr.ecr.eu-central-1.amazonaws.com";
const repository = `${registry}/slipway/shop`;
const digest = `sha256:${"a".repeat(64)}`;
const zeros = `sha256:${"0".repeat(64)}`;
const base = `node:22-alpine@sha256:${"b".repeat(64)}`;

const environment = {
  SLIPWAY_APPLICATION: "shop",
  SLIPWAY_REPOSITORY_URI: repository,
  SLIPWAY_DOCKERFILE: "Dockerfile",
  SLIPWAY_CONTEXT: ".",
  SLIPWAY_COMMIT_ID: "0123abcd",
};
const ecs = {
  ...environment,
  SLIPWAY_CONTAINER_NAME: "web",
  SLIPWAY_TASK_DEFINITION: "ecs/task-definition.json",
};
const kubernetes = {
  ...environment,
  SLIPWAY_CHART: "chart",
  SLIPWAY_ENVIRONMENTS: "dev prod",
};

const web = { name: "web", image: "<set by the platform>", healthCheck: { command: ["CMD", "/health"] } };
const ecsSource = {
  Dockerfile: `FROM ${base}\nCOPY . .\n`,
  "ecs/task-definition.json": JSON.stringify({ containerDefinitions: [web] }),
};
const chartSource = {
  Dockerfile: `FROM ${base}\n`,
  "chart/Chart.yaml": "name: shop\n",
  "chart/values-dev.yaml": "",
  "chart/values-prod.yaml": "",
};

const scanned = { ArtifactName: "slipway:candidate", Results: [{ Packages: [{ Name: "musl" }] }] };
const finding = {
  VulnerabilityID: "CVE-2026-1",
  PkgName: "openssl",
  InstalledVersion: "3.5.0",
  FixedVersion: "3.5.1",
  Severity: "HIGH",
};
const absent = { images: [], failures: [{ failureCode: "ImageNotFound" }] };
const present = { images: [{ imageId: { imageDigest: digest } }], failures: [] };

/** What the world answers when everything is in order; a test replaces one answer. */
interface World {
  readonly gitleaks?: string;
  readonly trivy?: string;
  readonly helm?: Answers;
  readonly kubeconform?: string;
  readonly lookup?: string;
  /** What Docker does with the Dockerfile in $file; the platform's canary it refuses, as BuildKit does. */
  readonly docker?: string;
  readonly findings?: string;
}

/** The option's value in "$@", as bash. */
const option = (name: string) =>
  `for ((i = 1; i < $#; i++)); do [ "\${!i}" != ${name} ] || { next=$((i + 1)); file=\${!next}; }; done`;
const gitleaks = (report: string, status = 0) =>
  `${option("--report-path")}; echo '${report}' >"$file"; exit ${status}`;
const trivy = (report: object) => `${option("--output")}; echo '${JSON.stringify(report)}' >"$file"`;
const findings = (status: string, counts: object = {}) =>
  `echo '${JSON.stringify({ imageScanStatus: { status }, imageScanFindings: { findingSeverityCounts: counts } })}'`;

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
      trivy: { image: world.trivy ?? trivy(scanned) },
      helm: { lint: ":", template: deployment("shop"), ...world.helm },
      kubeconform: { "": world.kubeconform ?? ":" },
      yq: { "": 'cat "${@: -1}"' },
    },
    source: overrides.source ?? ecsSource,
    environment: overrides.environment ?? ecs,
    fakes: {
      aws: {
        "ecr batch-get-image":
          world.lookup ??
          `[ ! -e "$STATE/pushed" ] && echo '${JSON.stringify(absent)}' || echo '${JSON.stringify(present)}'`,
        "ecr get-login-password": "echo password",
        "ecr describe-image-scan-findings": world.findings ?? findings("COMPLETE"),
      },
      docker: {
        login: "cat >/dev/null",
        "buildx build": `case "$*" in *canary) ${denied("docker-image://slipway.invalid/canary:latest")} ;; esac\n${world.docker ?? ":"}`,
        pull: ":",
        tag: ":",
        push: 'touch "$STATE/pushed"',
      },
    },
  });
}

/** Words of the docker commands that were run. */
const docker = (run: Build) => lines(run.calls, "docker").map((line) => line.split(" ")[0]);
const messages = (run: Build) => run.log.split("\n").filter((line) => /^(slipway:| {2})/.test(line));

function assertRefused(run: Build, ...expected: readonly string[]): void {
  assert.equal(run.status, "FAILED");
  assert.deepEqual(messages(run), expected);
  assert.ok(!docker(run).includes("push"), "an image was pushed after a gate had failed");
}

describe("The image job", function () {
  before(function () {
    skipWithout(this, "bash", "jq", "tar", "awk");
  });
  after(cleanUp);

  describe("when every gate is passed", () => {
    it("pushes under the hash of the source tree and writes down the digest that the registry gave", () => {
      const run = build({}, { install: true });
      assert.equal(run.status, "SUCCEEDED", run.log);
      assert.deepEqual(run.phases, { install: "SUCCEEDED", pre_build: "SUCCEEDED", build: "SUCCEEDED" });
      assert.deepEqual(docker(run), ["buildx", "buildx", "tag", "login", "push"]);
      assert.match(
        lines(run.calls, "docker")[4] ?? "",
        new RegExp(`^push --quiet ${repository}:tree-[0-9a-f]{64}$`),
      );
      assert.deepEqual(JSON.parse(run.artifact("image.json") ?? ""), {
        application: "shop",
        repository,
        digest,
        commit: "0123abcd",
      });
    });

    it("writes what an ECS deployment needs", () => {
      const run = build({});
      assert.deepEqual(JSON.parse(run.artifact("imagedefinitions.json") ?? ""), [
        { name: "web", imageUri: `${repository}@${digest}` },
      ]);
      assert.equal(run.artifact("task-definition.json"), ecsSource["ecs/task-definition.json"]);
    });

    it("writes the manifests of every environment with the digest", () => {
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
            spec: { template: { spec: restrictedPod(`${repository}@${digest}`) } },
          },
        ]);
      }
    });

    it("renders the chart once, before the push, with a digest of zeros", () => {
      const run = build({}, { source: chartSource, environment: kubernetes });
      const order = run.calls
        .filter(({ tool, args }) => (tool === "helm" && args[0] === "template") || args[0] === "push")
        .map(({ tool, args }) => (tool === "helm" ? args.at(-1) : "push"));
      const rendered = `image.digest=${zeros}`;
      assert.deepEqual(order, [rendered, rendered, "push"]);
    });

    it("scans the source, then the image, before anything is pushed", () => {
      const order = build({})
        .calls.filter(({ tool }) => ["gitleaks", "docker", "trivy"].includes(tool))
        .map(({ tool, args }) => `${tool} ${args[0] ?? ""}`);
      assert.deepEqual(order, [
        "gitleaks dir",
        "gitleaks dir",
        "docker buildx",
        "docker buildx",
        "trivy image",
        "docker tag",
        "docker login",
        "docker push",
      ]);
    });
  });

  describe("with a source that was built before", () => {
    const lookup = `echo '${JSON.stringify(present)}'`;

    it("promotes the image by digest, without building or pushing, after judging it again", () => {
      const run = build({ lookup });
      assert.equal(run.status, "SUCCEEDED", run.log);
      assert.deepEqual(lines(run.calls, "docker").slice(1), [
        `pull --quiet ${repository}@${digest}`,
        `tag ${repository}@${digest} slipway:candidate`,
      ]);
      assert.equal(lines(run.calls, "trivy").length, 1);
      assert.equal(
        lines(run.calls, "aws").filter((line) => line.startsWith("ecr describe-image-scan")).length,
        1,
      );
      assert.deepEqual((JSON.parse(run.artifact("image.json") ?? "") as { digest: string }).digest, digest);
    });

    it("refuses it when a vulnerability has become known since", () => {
      const run = build({
        lookup,
        trivy: trivy({ ...scanned, Results: [{ ...scanned.Results[0], Vulnerabilities: [finding] }] }),
      });
      assert.equal(run.status, "FAILED");
      assert.equal(run.artifact("image.json"), undefined);
    });
  });

  describe("the tree's hash", () => {
    const tag = (source: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}) =>
      lines(build({}, { source: { ...ecsSource, ...source }, environment: { ...ecs, ...more } }).calls, "aws")
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

  describe("stops before the push", () => {
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

    it("when the image has a serious vulnerability for which there is a fix", () => {
      const report = { ...scanned, Results: [{ ...scanned.Results[0], Vulnerabilities: [finding] }] };
      assertRefused(
        build({ trivy: trivy(report) }),
        "slipway: slipway:candidate has vulnerabilities for which there is a fix. Update what is named here:",
        "  HIGH CVE-2026-1 openssl 3.5.0, fixed in 3.5.1",
      );
    });

    it("when the scanner crashes", () => {
      assertRefused(build({ trivy: "exit 2" }));
    });

    for (const [what, report] of [
      ["an empty report", {}],
      ["a report of another image", { ...scanned, ArtifactName: "something:else" }],
      ["a report without a single package", { ...scanned, Results: [] }],
    ] as const) {
      it(`when the scanner ends well with ${what}`, () => {
        assertRefused(
          build({ trivy: trivy(report) }),
          "slipway: Trivy recognised no package in slipway:candidate, so it cannot say that it is safe. Build from a base that it knows.",
        );
      });
    }

    for (const [what, trivy] of [
      ["no report", "exit 0"],
      ["an empty file", `${option("--output")}; : >"$file"`],
    ] as const) {
      it(`when the scanner ends well with ${what}`, () => {
        const run = build({ trivy });
        assert.equal(run.status, "FAILED");
        assert.ok(!docker(run).includes("push"));
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
      assert.deepEqual(docker(run), []);
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
        environment: ecs,
        tools: { gitleaks: { "": ":" } },
      });
      assert.deepEqual(run.phases, { install: "FAILED" });
      assert.deepEqual(messages(run), [
        `slipway: gitleaks from ${gitleaksPin.url} is not the file that buildspecs/tools.json pins. Nothing of it was run.`,
      ]);
      assert.deepEqual(lines(run.calls, "gitleaks"), []);
    });

    it("when a tool cannot be downloaded", () => {
      const run = runBuild({
        buildspec: renderBuildspec("image-ecs.yaml"),
        source: ecsSource,
        environment: ecs,
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
      const run = build({}, { source: ecsSource });
      assert.equal(run.status, "SUCCEEDED");
      const careless = runBuild({
        buildspec: partOf("image-ecs.yaml", ["source-policy.json", "build-image.sh"]),
        source: ecsSource,
        environment: ecs,
        fakes: { docker: { "buildx build": "echo 'no such host'" } },
      });
      assertRefused(
        careless,
        "slipway: Docker did not apply the platform's source policy to a Dockerfile that it must refuse. Nothing was built. It said:",
      );
    });

    it("that is not there", () => {
      assertRefused(
        build({}, { environment: { ...ecs, SLIPWAY_DOCKERFILE: "Dockerfile.prod" } }),
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
        { containerDefinitions: [{ ...web, healthCheck: undefined }] },
        "container web has no healthCheck, so ECS could not tell a broken release",
      ],
      [
        "with a sidecar by tag",
        { containerDefinitions: [web, { name: "log", image: "fluent-bit:4" }] },
        "container log: image fluent-bit:4 is not named by digest; write name@sha256:<64 digits>",
      ],
      [
        "with a privileged container",
        { containerDefinitions: [{ ...web, privileged: true }] },
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

  describe("refuses a pushed image, so that nothing can deploy it,", () => {
    const refused = (world: World, ...expected: readonly string[]) => {
      const run = build(world);
      assert.equal(run.status, "FAILED");
      assert.deepEqual(messages(run), expected);
      assert.equal(run.artifact("image.json"), undefined);
      assert.equal(run.artifact("imagedefinitions.json"), undefined);
    };

    it("when the registry's scan finds something critical", () => {
      refused(
        { findings: findings("COMPLETE", { CRITICAL: 2, HIGH: 1 }) },
        `slipway: the registry's scan found critical vulnerabilities in ${digest}:`,
      );
    });

    for (const status of ["FAILED", "UNSUPPORTED_IMAGE", "PENDING"]) {
      it(`when the registry's scan is ${status}`, () => {
        refused(
          { findings: findings(status) },
          `slipway: the registry did not scan ${digest} (its status is ${status}), so there is no second opinion on it.`,
        );
      });
    }

    it("when the findings may not be read", () => {
      refused({ findings: "echo AccessDeniedException >&2; exit 254" });
    });

    it("but waits for a scan that has not begun", () => {
      const later = `if [ -e "$STATE/asked" ]; then ${findings("COMPLETE")}; else touch "$STATE/asked"; echo ScanNotFoundException >&2; exit 254; fi`;
      assert.equal(build({ findings: later }).status, "SUCCEEDED");
    });
  });
});
