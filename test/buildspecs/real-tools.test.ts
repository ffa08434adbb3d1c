import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { stringify } from "yaml";
import { cleanUp, runBuild, type Build } from "../support/buildspec-runner";
import { partOf, realTools, skipWithoutTools } from "../support/job-steps";
import { restrictedPod } from "../support/pods";
import { skipWithout } from "../support/requirements";

const root = join(__dirname, "../..");
const names = ["gitleaks", "helm", "kubeconform", "yq"];
const repository = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/slipway/sso-dashboard";
const zeros = `sha256:${"0".repeat(64)}`;
const digest = `sha256:${"a".repeat(64)}`;

/** Excuses the key in app.js, in all forms in which gitleaks may call it. */
const ignore =
  'for path in app.js source/app.js "$SLIPWAY_WORK/scan/source/app.js"; do echo "$path:aws-access-token:1"; done >.gitleaksignore';

/** These steps of the image job with the real tools, after a command of the test's own. */
function run(
  steps: readonly string[],
  source: string | Readonly<Record<string, string>>,
  { command = ":", schemas = "" }: { command?: string; schemas?: string },
): Build {
  return runBuild({
    buildspec: partOf("image-kubernetes.yaml", [command, ...steps]),
    source,
    installed: true,
    tools: realTools(...names),
    environment: {
      SLIPWAY_APPLICATION: "sso-dashboard",
      SLIPWAY_REPOSITORY_URI: repository,
      SLIPWAY_CHART: "chart",
      SLIPWAY_ENVIRONMENTS: "dev prod",
      SLIPWAY_COMMIT_ID: "0123abcd",
      SLIPWAY_KUBERNETES_SCHEMAS: schemas,
    },
  });
}

describe("With the real tools", function () {
  before(function () {
    skipWithout(this, "bash", "jq");
    skipWithoutTools(this, ...names);
  });
  after(cleanUp);

  describe("the secret scan", () => {
    const key = ["AKIA", "Q3EGRI7TZ5WMX2NB"].join("");
    const scan = (source: Readonly<Record<string, string>>, command = ":") =>
      run(["gitleaks.toml", "secret-scan.sh"], source, { command });

    it("lets a source without secrets pass", () => {
      const build = scan({ "app.js": "export const answer = 42;\n" });
      assert.equal(build.status, "SUCCEEDED", build.log);
    });

    for (const [what, source, command] of [
      ["in the code", {}, ":"],
      ["that a comment would excuse", { "app.js": `const key = "${key}"; // gitleaks:allow\n` }, ":"],
      ["that a configuration would excuse", { ".gitleaks.toml": '[allowlist]\npaths = [".*"]\n' }, ":"],
      ["that an ignore file would excuse", {}, ignore],
    ] as const) {
      it(`finds a key ${what}`, () => {
        const build = scan({ "app.js": `const key = "${key}";\n`, ...source }, command);
        assert.equal(build.status, "FAILED", build.log);
        assert.match(build.log, /^ {2}app\.js:1 {2}aws-access-token$/m);
        assert.ok(!build.log.includes(key), "the secret stands in the log");
      });
    }
  });

  describe("the chart of sso-dashboard", () => {
    const folder = mkdtempSync(join(tmpdir(), "slipway-chart-"));
    const schemas = join(folder, "schemas");
    const location = `${schemas}/{{.ResourceKind}}.json`;
    const kinds = [
      "configmap",
      "deployment",
      "ingress",
      "networkpolicy",
      "poddisruptionbudget",
      "service",
      "serviceaccount",
    ];
    /** A copy of the example with one file changed. */
    const chart = (changes: Readonly<Record<string, string>> = {}) => {
      const copy = mkdtempSync(join(folder, "source-"));
      cpSync(join(root, "examples/sso-dashboard/chart"), join(copy, "chart"), { recursive: true });
      for (const [path, content] of Object.entries(changes)) writeFileSync(join(copy, path), content);
      return run(
        [
          "allowed-images.json",
          "judge-manifests.jq",
          "describe-kubernetes.sh",
          `echo ${digest} >"$SLIPWAY_WORK/digest"`,
          "build-image.sh",
          "seal-artifact.sh",
        ],
        copy,
        { schemas: location },
      );
    };
    const object = (kind: string, spec: object) =>
      stringify({ apiVersion: "v1", kind, metadata: { name: "x" }, spec });

    before(() => {
      // Without network there are no real schemas: only that a pod's spec is closed is taken from them.
      mkdirSync(schemas);
      for (const kind of kinds) writeFileSync(join(schemas, `${kind}.json`), "{}");
      const spec = { properties: { containers: {} }, additionalProperties: false };
      writeFileSync(join(schemas, "pod.json"), JSON.stringify({ properties: { spec } }));
    });
    after(() => {
      rmSync(folder, { recursive: true });
    });

    /** The publish job, on what the image job left; the registry gives the digest. */
    const publish = (bundle: string): Build =>
      runBuild({
        buildspec: partOf("publish-kubernetes.yaml", [
          "allowed-images.json",
          "judge-manifests.jq",
          "accept-artifact.sh",
          "judge-manifests.sh",
          `echo ${digest} >"$SLIPWAY_WORK/digest"`,
          "write-digest.sh",
        ]),
        source: bundle,
        installed: true,
        environment: {
          SLIPWAY_APPLICATION: "sso-dashboard",
          SLIPWAY_REPOSITORY_URI: repository,
          SLIPWAY_ENVIRONMENTS: "dev prod",
          SLIPWAY_FILES: "image.tar? manifests/dev.json manifests/prod.json",
          SLIPWAY_COMMIT_ID: "0123abcd",
        },
      });

    it("passes every gate, for both environments, and runs the image by digest", () => {
      const rendered = chart();
      assert.equal(rendered.status, "SUCCEEDED", rendered.log);
      const build = publish(rendered.artifacts ?? assert.fail());
      assert.equal(build.status, "SUCCEEDED", build.log);
      for (const [name, replicas] of [
        ["dev", 1],
        ["prod", 3],
      ] as const) {
        const { items } = JSON.parse(build.artifact(`manifests/${name}.json`) ?? "") as {
          items: {
            kind: string;
            spec: { replicas: number; template: { spec: { containers: { image: string }[] } } };
          }[];
        };
        assert.deepEqual(items.map(({ kind }) => kind.toLowerCase()).sort(), kinds);
        const deployment = items.find(({ kind }) => kind === "Deployment");
        assert.equal(deployment?.spec.replicas, replicas);
        assert.deepEqual(
          deployment.spec.template.spec.containers.map(({ image }) => image),
          [`${repository}@${digest}`],
        );
      }
    });

    for (const [what, changes, message] of [
      ["does not render", { "chart/templates/x.yaml": '{{ fail "no" }}' }, /no/],
      [
        "lacks a value that it requires",
        { "chart/values-prod.yaml": "" },
        /certificateArn|host|loadBalancerArn/,
      ],
      [
        "has an object of an unknown kind",
        { "chart/templates/x.yaml": object("Unknown", {}) },
        /Unknown x is of v1, a kind that the platform does not deploy/,
      ],
      [
        "has a field that the schema does not know",
        {
          "chart/templates/x.yaml": object("Pod", {
            ...restrictedPod(`${repository}@${zeros}`),
            container: [],
          }),
        },
        /additional ?[Pp]ropert/,
      ],
      [
        "has a key twice",
        { "chart/templates/x.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, name: y}\n" },
        /already set|duplicate|already defined/,
      ],
      [
        "names an image by tag",
        {
          "chart/templates/x.yaml": object("Pod", restrictedPod("redis:8")),
        },
        /^slipway: chart.values-dev.yaml: Pod x: container main: image redis:8 is not named by digest$/m,
      ],
    ] as const) {
      it(`is refused when it ${what}`, () => {
        const build = chart(changes);
        assert.equal(build.status, "FAILED");
        assert.match(build.log, message);
      });
    }
  });
});
