import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { renderBuildspec } from "../../delivery/buildspec";
import { cleanUp, runBuild, type Build } from "../support/buildspec-runner";
import { downloads, lines, type Answers } from "../support/fake-tools";
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
  SLIPWAY_DEPLOYMENT_KIND: "ecs",
  SLIPWAY_CONTAINER_NAME: "web",
  SLIPWAY_TASK_DEFINITION: "ecs/task-definition.json",
};
const kubernetes = {
  ...environment,
  SLIPWAY_DEPLOYMENT_KIND: "kubernetes",
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
  readonly docker?: Answers;
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

/** A chart with one Deployment, as `helm template` prints it; the arguments give the image. */
const deployment = (namespace: string | null, image = '"$repository@$digest"') => `
  for argument in "$@"; do case "$argument" in
    image.repository=*) repository=\${argument#*=} ;; image.digest=*) digest=\${argument#*=} ;;
  esac; done
  jq -n --arg image ${image} '{kind: "Deployment", metadata: {name: "shop", namespace: ${JSON.stringify(namespace)}},
    spec: {template: {spec: {containers: [{name: "shop", image: $image}]}}}}'`;

function build(
  world: World,
  overrides: {
    install?: boolean;
    source?: Readonly<Record<string, string>>;
    environment?: Readonly<Record<string, string>>;
  } = {},
): Build {
  return runBuild({
    buildspec: renderBuildspec("image.yaml", {}, downloads().pins),
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
        build: ":",
        pull: ":",
        tag: ":",
        push: 'touch "$STATE/pushed"',
        ...world.docker,
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
      assert.deepEqual(docker(run), ["login", "build", "tag", "push"]);
      assert.match(
        lines(run.calls, "docker")[3] ?? "",
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
            kind: "Deployment",
            metadata: { name: "shop", namespace: "shop" },
            spec: {
              template: { spec: { containers: [{ name: "shop", image: `${repository}@${digest}` }] } },
            },
          },
        ]);
      }
    });

    it("has judged the chart before the push, with a digest of zeros, and after it with the real one", () => {
      const run = build({}, { source: chartSource, environment: kubernetes });
      const order = run.calls
        .filter(({ tool, args }) => (tool === "helm" && args[0] === "template") || args[0] === "push")
        .map(({ tool, args }) => (tool === "helm" ? args.at(-1) : "push"));
      const before = `image.digest=${zeros}`;
      const after = `image.digest=${digest}`;
      assert.deepEqual(order, [before, before, "push", after, after]);
    });

    it("scans the source, then the image, before anything is pushed", () => {
      const order = build({})
        .calls.filter(({ tool }) => ["gitleaks", "docker", "trivy"].includes(tool))
        .map(({ tool, args }) => `${tool} ${args[0] ?? ""}`);
      assert.deepEqual(order, [
        "gitleaks dir",
        "docker login",
        "docker build",
        "trivy image",
        "docker tag",
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
        "slipway: the image has vulnerabilities for which there is a fix. Update what is named here:",
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
          "slipway: Trivy recognised no package in the image, so it cannot say that it is safe. Build from a base that it knows.",
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
      assertRefused(build({ docker: { build: "exit 1" } }));
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
        buildspec: renderBuildspec("image.yaml", {}, tampered),
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
        buildspec: renderBuildspec("image.yaml"),
        source: ecsSource,
        environment: ecs,
        fakes: { curl: { "": "exit 22" } },
      });
      assert.deepEqual(run.phases, { install: "FAILED" });
    });
  });

  describe("refuses a Dockerfile", () => {
    const refused = (dockerfile: string) => build({}, { source: { ...ecsSource, Dockerfile: dockerfile } });
    const line = (number: number, what: string) =>
      `slipway: Dockerfile:${number}: ${what} can change without notice. Write it as name@sha256:<64 digits>.`;

    for (const [dockerfile, ...expected] of [
      ["FROM node:22-alpine\n", line(1, 'the base image "node:22-alpine"')],
      ["FROM --platform=linux/amd64 node AS build\n", line(1, 'the base image "node"')],
      ["ARG BASE\nFROM $BASE\n", line(2, 'the base image "$BASE"')],
      [`FROM ${base}\nCOPY --from=nginx:1 /a /b\n`, line(2, 'the image "nginx:1"')],
      [`FROM ${base}\nRUN --mount=type=bind,from=tools:1,target=/t t\n`, line(2, 'the image "tools:1"')],
      [`# syntax=docker/dockerfile:1\nFROM ${base}\n`, line(1, 'the syntax image "docker/dockerfile:1"')],
      ["# nothing\n", "slipway: Dockerfile has no FROM line."],
    ] as const) {
      it(JSON.stringify(dockerfile), () => {
        assertRefused(refused(dockerfile), ...expected);
      });
    }

    it("that is not there", () => {
      assertRefused(
        build({}, { environment: { ...ecs, SLIPWAY_DOCKERFILE: "Dockerfile.prod" } }),
        "slipway: there is no Dockerfile at Dockerfile.prod in the repository.",
      );
    });

    it("but not one whose stages build on each other", () => {
      const dockerfile = `FROM ${base} AS build\nFROM build as more\nFROM scratch\nCOPY --from=build /a /a\nCOPY --from=0 /b /b\n`;
      assert.equal(refused(dockerfile).status, "SUCCEEDED");
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
        "container log: image fluent-bit:4 is not named by digest",
      ],
      [
        "with a privileged container",
        { containerDefinitions: [{ ...web, privileged: true }] },
        "container web is privileged",
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
    const refused = (world: World, source: Readonly<Record<string, string>> = chartSource) =>
      build(world, { source, environment: kubernetes });
    const rendering = (objects: string) => ({ template: `repository=r\n${deployment("shop")}\n${objects}` });

    for (const [what, template, expected] of [
      [
        "for another namespace",
        { template: deployment("kube-system") },
        "Deployment shop is for namespace kube-system; only shop belongs to this application",
      ],
      [
        "with an image by tag",
        rendering(
          `echo '{"kind": "Pod", "metadata": {"name": "p"}, "spec": {"containers": [{"image": "redis:8"}]}}'`,
        ),
        "Pod p: image redis:8 is not named by digest",
      ],
      [
        "with an image volume by tag",
        rendering(
          `echo '{"kind": "Pod", "metadata": {"name": "p"}, "spec": {"volumes": [{"image": {"reference": "data:1"}}]}}'`,
        ),
        "Pod p: image data:1 is not named by digest",
      ],
      [
        "with a secret",
        rendering(`echo '{"kind": "Secret", "metadata": {"name": "s"}}'`),
        "Secret s would carry a secret through the pipeline; let the cluster fetch it",
      ],
      [
        "with a hook",
        rendering(
          `echo '{"kind": "Job", "metadata": {"name": "j", "annotations": {"helm.sh/hook": "pre-install"}}}'`,
        ),
        "Job j is a Helm hook, and nothing here runs hooks",
      ],
      [
        "that hides a namespace in a list",
        rendering(
          `echo '{"kind": "List", "items": [{"kind": "Role", "metadata": {"name": "r", "namespace": "other"}}]}'`,
        ),
        "Role r is for namespace other; only shop belongs to this application",
      ],
    ] as const) {
      it(what, () => {
        assertRefused(refused({ helm: template }), `slipway: chart/values-dev.yaml: ${expected}`);
      });
    }

    it("that does not run the image which was built", () => {
      const other = `example.com/other@${digest}`;
      assertRefused(
        refused({ helm: { template: deployment("shop", `'${other}'`) } }),
        `slipway: chart/values-dev.yaml: no object runs ${repository}@${zeros}: let the chart use image.repository and image.digest`,
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
      const digests = (JSON.parse(run.artifact("image.json") ?? "") as { digest: string }).digest;
      assert.equal(digests, zeros, "the output names the refused image");
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
