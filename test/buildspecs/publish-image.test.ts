import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, it } from "mocha";
import { renderBuildspec } from "../../delivery/buildspec";
import { cleanUp, runBuild, type Build } from "../support/buildspec-runner";
import { pushed, startVariables } from "../support/track-start";
import { downloads, lines, option, report } from "../support/fake-tools";
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
import { messages } from "../support/job-steps";
import { restrictedPod } from "../support/pods";
import { skipWithout } from "../support/requirements";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

const ecs = { ...ecsVariables, SLIPWAY_FILES: "image.tar?" };
const kubernetes = {
  ...kubernetesVariables,
  SLIPWAY_FILES: "image.tar? manifests/dev.json manifests/prod.json",
};

const application = {
  Dockerfile: "FROM scratch\n",
  "ecs/task-definition.json": JSON.stringify({ containerDefinitions: [webContainer] }),
};
const deployment = (image: string) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "shop", namespace: "shop" },
  spec: { template: { spec: restrictedPod(image) } },
});
const manifests = (image = `${repository}@${zeros}`) =>
  JSON.stringify({ kind: "List", items: [deployment(image)] });
const ecsBundle = { "image.tar": "layers" };
const chartBundle = {
  "image.tar": "layers",
  "manifests/dev.json": manifests(),
  "manifests/prod.json": manifests(),
};

const scanned = { ArtifactName: "slipway:candidate", Results: [{ Packages: [{ Name: "musl" }] }] };
const finding = {
  VulnerabilityID: "CVE-2026-1",
  PkgName: "openssl",
  InstalledVersion: "3.5.0",
  FixedVersion: "3.5.1",
  Severity: "HIGH",
};

/** What the world answers when everything is in order; a test replaces one answer. */
interface World {
  readonly trivy?: string;
  readonly lookup?: string;
  /** What Docker says that it read from the image job's file. */
  readonly loaded?: string;
  readonly findings?: string;
}

const trivy = (answer: object) => report(JSON.stringify(answer));
const findings = (status: string, counts: object = {}) =>
  `echo '${JSON.stringify({ imageScanStatus: { status }, imageScanFindings: { findingSeverityCounts: counts } })}'`;

function publish(
  world: World,
  job: {
    readonly install?: boolean;
    readonly bundle?: Readonly<Record<string, string>>;
    readonly application?: Readonly<Record<string, string>>;
    readonly environment?: Readonly<Record<string, string>>;
  } = {},
): Build {
  const variables = job.environment ?? ecs;
  return runBuild({
    buildspec: renderBuildspec(
      "SLIPWAY_TASK_DEFINITION" in variables ? "publish-ecs.yaml" : "publish-kubernetes.yaml",
      {},
      downloads().pins,
    ),
    installed: job.install !== true,
    tools: { trivy: { image: world.trivy ?? trivy(scanned) } },
    source: job.bundle ?? ecsBundle,
    application: job.application ?? application,
    environment: { ...startVariables, ...variables },
    fakes: {
      aws: {
        ...pushed,
        "ecr batch-get-image":
          world.lookup ?? `if [ -e "$STATE/pushed" ]; then ${present}; else ${absent}; fi`,
        "ecr get-login-password": "echo password",
        "ecr describe-image-scan-findings": world.findings ?? findings("COMPLETE"),
      },
      docker: {
        login: "cat >/dev/null",
        load: `echo '${world.loaded ?? "Loaded image: slipway:candidate"}'`,
        pull: ":",
        tag: ":",
        push: 'touch "$STATE/pushed"',
      },
    },
  });
}

function assertRefused(run: Build, ...expected: readonly string[]): void {
  assert.equal(run.status, "FAILED");
  assert.deepEqual(messages(run.log), expected);
  assert.ok(!dockerWords(run).includes("push"), "an image was pushed after a gate had failed");
}

describe("The publish job of images", function () {
  before(function () {
    skipWithout(this, "bash", "jq", "tar");
  });
  after(cleanUp);

  describe("when every gate is passed", () => {
    it("pushes under the hash of the source and writes down the digest that the registry gave", () => {
      const run = publish({}, { install: true });
      assert.equal(run.status, "SUCCEEDED", run.log);
      assert.deepEqual(run.phases, { install: "SUCCEEDED", pre_build: "SUCCEEDED", build: "SUCCEEDED" });
      assert.deepEqual(dockerWords(run), ["load", "tag", "login", "push"]);
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

    it("tells the pipeline the digest, and the seal over all that it leaves", () => {
      const run = publish({});
      const seal = `sha256:${sha256(run.artifact("checksums") ?? "")}`;
      assert.deepEqual(run.exported, { SLIPWAY_SEAL: seal, SLIPWAY_DIGEST: digest });
    });

    it("writes what an ECS deployment needs, from the source and not from what the image job left", () => {
      const run = publish({}, { bundle: { ...ecsBundle, "task-definition.json": "{}" } });
      assert.deepEqual(JSON.parse(run.artifact("imagedefinitions.json") ?? ""), [
        { name: "web", imageUri: `${repository}@${digest}` },
      ]);
      assert.equal(run.artifact("task-definition.json"), application["ecs/task-definition.json"]);
    });

    it("writes the manifests of every environment with the digest", () => {
      const run = publish({}, { bundle: chartBundle, environment: kubernetes });
      assert.equal(run.status, "SUCCEEDED", run.log);
      for (const name of ["dev", "prod"])
        assert.equal(run.artifact(`manifests/${name}.json`), manifests(`${repository}@${digest}`));
    });

    it("scans the image before it is pushed", () => {
      const order = publish({})
        .calls.filter(({ tool }) => ["docker", "trivy"].includes(tool))
        .map(({ tool, args }) => `${tool} ${args[0] ?? ""}`);
      assert.deepEqual(order, ["docker load", "trivy image", "docker tag", "docker login", "docker push"]);
    });
  });

  describe("with a source that was built before", () => {
    const lookup = present;

    it("promotes the image by digest, without building or pushing, after judging it again", () => {
      const run = publish({ lookup }, { bundle: {} });
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
      const run = publish({
        lookup,
        trivy: trivy({ ...scanned, Results: [{ ...scanned.Results[0], Vulnerabilities: [finding] }] }),
      });
      assert.equal(run.status, "FAILED");
      assert.equal(run.artifact("image.json"), undefined);
    });
  });

  describe("stops before the push", () => {
    it("when the image job left no image and the registry has none", () => {
      assertRefused(
        publish({}, { bundle: { "checksums-only": "" } }),
        "slipway: the image job built no image, and the registry has none of this source. Release again from a new build.",
      );
    });

    for (const loaded of [
      "Loaded image: slipway:candidate\nLoaded image: other:latest",
      "Loaded image: other:latest",
      `Loaded image ID: sha256:${"c".repeat(64)}`,
    ]) {
      it(`when Docker reads from the file: ${loaded.replace("\n", ", ")}`, () => {
        assertRefused(
          publish({ loaded }),
          "slipway: what the image job built is not one image: Docker read this from it. Nothing was pushed.",
          ...loaded.split("\n").map((line) => `  ${line}`),
        );
      });
    }

    it("when the task definition of the source is not accepted", () => {
      const bad = JSON.stringify({ containerDefinitions: [{ ...webContainer, privileged: true }] });
      assertRefused(
        publish({}, { application: { ...application, "ecs/task-definition.json": bad } }),
        "slipway: ecs/task-definition.json container web: privileged is not accepted; leave it out (roles, network, logs and registry are the platform's)",
      );
    });

    it("when a manifest is not accepted, whatever the image job said of it", () => {
      assertRefused(
        publish(
          {},
          {
            bundle: { ...chartBundle, "manifests/prod.json": manifests("redis:8") },
            environment: kubernetes,
          },
        ),
        "slipway: manifests for prod: Deployment shop: container main: image redis:8 is not named by digest",
        `slipway: manifests for prod: no container runs ${repository}@${zeros}: let a workload of the chart use image.repository and image.digest`,
      );
    });

    it("when the image has a serious vulnerability for which there is a fix", () => {
      const report = { ...scanned, Results: [{ ...scanned.Results[0], Vulnerabilities: [finding] }] };
      assertRefused(
        publish({ trivy: trivy(report) }),
        "slipway: slipway:candidate has vulnerabilities for which there is a fix. Update what is named here:",
        "  HIGH CVE-2026-1 openssl 3.5.0, fixed in 3.5.1",
      );
    });

    it("when the scanner crashes", () => {
      assertRefused(publish({ trivy: "exit 2" }));
    });

    for (const [what, report] of [
      ["an empty report", {}],
      ["a report of another image", { ...scanned, ArtifactName: "something:else" }],
      ["a report without a single package", { ...scanned, Results: [] }],
    ] as const) {
      it(`when the scanner ends well with ${what}`, () => {
        assertRefused(
          publish({ trivy: trivy(report) }),
          "slipway: Trivy recognised no package in slipway:candidate, so it cannot say that it is safe. Build from a base that it knows.",
        );
      });
    }

    for (const [what, trivy] of [
      ["no report", "exit 0"],
      ["an empty file", `${option("--output")}; : >"$file"`],
    ] as const) {
      it(`when the scanner ends well with ${what}`, () => {
        const run = publish({ trivy });
        assert.equal(run.status, "FAILED");
        assert.ok(!dockerWords(run).includes("push"));
      });
    }

    it("when the registry cannot say whether the image exists", () => {
      const run = publish({ lookup: "echo 'AccessDeniedException' >&2; exit 254" });
      assertRefused(run);
      assert.deepEqual(dockerWords(run), []);
    });
  });

  describe("refuses a pushed image, so that nothing can deploy it,", () => {
    const refused = (world: World, ...expected: readonly string[]) => {
      const run = publish(world);
      assert.equal(run.status, "FAILED");
      assert.deepEqual(messages(run.log), expected);
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
      assert.equal(publish({ findings: later }).status, "SUCCEEDED");
    });
  });
});
