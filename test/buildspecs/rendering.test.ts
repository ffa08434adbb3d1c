import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { parse } from "yaml";
import {
  buildspecFiles,
  maximumLength,
  renderBuildspec,
  toolPins,
  type BuildspecFile,
} from "../../delivery/buildspec";
import { jobVariableNames, jobVariables } from "../../delivery/job-variables";
import type { DeploymentKind, TestDefinition } from "../../definitions/application";
import { skipWithout } from "../support/requirements";

const folder = join(__dirname, "../../buildspecs");
const scripts = readdirSync(join(folder, "scripts"));
const readScript = (name: string) => readFileSync(join(folder, "scripts", name), "utf8");

const test: TestDefinition = {
  runtimes: { nodejs: "22" },
  install: ["npm ci"],
  commands: ["npm test"],
  reports: [
    { name: "unit", file: "reports/junit.xml", format: "JUNITXML" },
    { name: "coverage", file: "reports/cobertura.xml", format: "COBERTURAXML" },
  ],
};

interface Spec {
  version: number;
  env: { shell: string; variables?: Record<string, string> };
  phases: Record<string, { "on-failure"?: string; commands?: string[] }>;
}

const render = (file: string) => renderBuildspec(file, file === "test.yaml" ? { test } : {});
const spec = (file: string) => parse(render(file)) as Spec;
const commands = (file: string) => Object.values(spec(file).phases).flatMap((phase) => phase.commands ?? []);

/** Which jobs an application of a kind has, besides its test. */
const jobsOf: Readonly<Record<DeploymentKind, readonly BuildspecFile[]>> = {
  serverless: ["package-serverless.yaml", "deploy-serverless.yaml"],
  ecs: ["image-ecs.yaml", "deploy-ecs.yaml"],
  kubernetes: ["image-kubernetes.yaml", "deploy-kubernetes.yaml"],
};

describe("Buildspecs", () => {
  for (const file of buildspecFiles) {
    it(`${file} is a CodeBuild buildspec for bash, short enough to stand in the project`, () => {
      const { version, env } = spec(file);
      assert.equal(version, 0.2);
      assert.equal(env.shell, "bash");
      assert.ok(render(file).length <= maximumLength);
      assert.doesNotMatch(render(file), /^\s*(- )?![a-z]/m);
    });

    it(`${file} ends with the first phase that fails`, () => {
      const going = Object.entries(spec(file).phases).filter(([, phase]) => phase["on-failure"] !== "ABORT");
      // The reports of failed tests are uploaded after the build phase, which is the last one there.
      assert.deepEqual(
        going.map(([name]) => name),
        file === "test.yaml" ? ["build"] : [],
      );
    });
  }

  it("read everything from the platform: no command names a script or a configuration of the repository", () => {
    for (const file of buildspecFiles.slice(1)) {
      for (const command of commands(file))
        assert.match(command, /^(SLIPWAY_TOOLS='[^']*'\n)?set -euo pipefail\n/);
    }
  });

  it("of deploy jobs run nothing of the application and know no Docker", () => {
    for (const file of buildspecFiles.filter((name) => name.startsWith("deploy-"))) {
      assert.doesNotMatch(render(file), /\b(docker|npm|npx|pip|python|helm)\b(?!-image:|\.sh\/hook)/);
    }
  });

  it("never pipe a download into a shell, and download by HTTPS alone", () => {
    for (const command of buildspecFiles.flatMap(commands)) {
      assert.doesNotMatch(command, /(curl|wget)[^\n]*\|\s*(ba)?sh\b/);
      assert.doesNotMatch(command, /http:\/\//);
    }
  });

  it("read only variables that the platform sets, and every one that it sets", () => {
    for (const [kind, files] of Object.entries(jobsOf) as [DeploymentKind, readonly BuildspecFile[]][]) {
      for (const file of files) {
        const own = Object.keys(spec(file).env.variables ?? {});
        const used = new Set(
          commands(file).flatMap((command) => command.match(/(?<=\$\{?)SLIPWAY_\w+/g) ?? []),
        );
        for (const name of [...own, "SLIPWAY_TOOLS"]) used.delete(name);
        const set = [...jobVariableNames(file, "project"), ...jobVariableNames(file, "action")];
        const missing = [...used].filter((name) => !set.includes(name));
        assert.deepEqual({ file, kind, missing }, { file, kind, missing: [] });
        assert.deepEqual(
          { file, kind, unused: set.filter((name) => !used.has(name)) },
          { file, kind, unused: [] },
        );
        assert.equal(new Set(set).size, set.length);
      }
    }
  });

  it("have their variables in the README, word for word", () => {
    const table = jobVariables.map(
      ({ name, jobs, from, meaning }) =>
        `| \`${name}\` | ${jobs.map((job) => job.replace(".yaml", "")).join(", ")} | ${from} | ${meaning.replace(/[<>]/g, "\\$&")} |`,
    );
    const readme = readFileSync(join(folder, "README.md"), "utf8");
    const rows = readme.split("\n").filter((line) => line.startsWith("| `SLIPWAY_"));
    assert.deepEqual(
      rows.map((row) => row.replace(/ +/g, " ")),
      table,
    );
  });
});

describe("The test job's buildspec", () => {
  it("holds what the application chose", () => {
    assert.deepEqual(parse(renderBuildspec("test.yaml", { test })), {
      version: 0.2,
      env: { shell: "bash" },
      phases: {
        install: { "on-failure": "ABORT", "runtime-versions": { nodejs: "22" }, commands: ["npm ci"] },
        build: { commands: ["npm test"] },
      },
      reports: {
        unit: { files: ["reports/junit.xml"], "file-format": "JUNITXML" },
        coverage: { files: ["reports/cobertura.xml"], "file-format": "COBERTURAXML" },
      },
    });
  });

  it("leaves out what the application does not need", () => {
    const bare = { runtimes: {}, install: [], commands: ["make test"], reports: [] };
    assert.deepEqual(parse(renderBuildspec("test.yaml", { test: bare })), {
      version: 0.2,
      env: { shell: "bash" },
      phases: { build: { commands: ["make test"] } },
    });
  });

  it("keeps an application's commands to commands, whatever they look like", () => {
    const odd = ["!script push-image.sh", "post_build:\n  commands: [evil]", "- a: 'b", "true # ${x} {{y}}"];
    const { phases } = parse(renderBuildspec("test.yaml", { test: { ...test, commands: odd } })) as Spec;
    assert.deepEqual(phases.build?.commands, odd);
    assert.deepEqual(Object.keys(phases), ["install", "build"]);
  });

  it("is refused when it is too long for CodeBuild, with what to do about it", () => {
    const long = renderBuildspec("test.yaml", { test }).length - "npm test".length;
    const commandOf = (length: number) => ({ test: { ...test, commands: ["x".repeat(length - long)] } });
    assert.equal(renderBuildspec("test.yaml", commandOf(maximumLength)).length, maximumLength);
    assert.throws(() => renderBuildspec("test.yaml", commandOf(maximumLength + 1)), {
      message:
        "The buildspec test.yaml has 25601 characters; CodeBuild accepts 25600. " +
        "Move the test commands into a script in the application's repository and call that.",
    });
  });

  it("cannot be made without a test definition", () => {
    assert.throws(() => renderBuildspec("test.yaml"), {
      message: /^The buildspec test\.yaml needs the application's test definition\. at line 9, column 23:\n/,
    });
  });
});

describe("The scripts of jobs", () => {
  it("are all in use", () => {
    const all = buildspecFiles.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
    const used = [...all.matchAll(/!script (\S+)/g)].map(([, name]) => name);
    assert.deepEqual([...new Set([...used, "install-tools.sh"])].sort(), scripts.sort());
  });

  for (const name of scripts) {
    it(`${name} stops at the first failure`, () => {
      assert.ok(readScript(name).startsWith("set -euo pipefail\n"));
    });
  }

  it("never take an exit status of jq for a verdict: jq 1.6 calls an empty file true", () => {
    for (const name of scripts) assert.doesNotMatch(readScript(name), /jq -\w*e/, name);
  });

  it("satisfy shellcheck", function () {
    skipWithout(this, "shellcheck");
    const files = scripts.map((name) => join(folder, "scripts", name));
    const { stdout, status } = spawnSync("shellcheck", ["--shell=bash", ...files], { encoding: "utf8" });
    assert.equal(status, 0, stdout);
  });
});

describe("The tools of jobs", () => {
  const { binaries, npm, kubernetesSchemas } = toolPins();

  for (const [name, { version, url, sha256 }] of Object.entries(binaries)) {
    it(`${name} is pinned by version and checksum`, () => {
      assert.match(version, /^\d+\.\d+\.\d+$/);
      assert.ok((url.startsWith("https://") && url.includes(`v${version}/`)) || url.includes(`v${version}-`));
      assert.match(sha256, /^[0-9a-f]{64}$/);
    });
  }

  it("hold none of the releases of Trivy that were malicious", () => {
    assert.ok(!["0.69.4", "0.69.5", "0.69.6"].includes(binaries.trivy?.version ?? "0.69.4"));
  });

  it("hold the framework and the schemas by what they contain", () => {
    assert.match(npm.osls?.packages ?? "", /^[0-9a-f]{64}$/);
    assert.match(npm.osls?.before ?? "", /^\d{4}-\d\d-\d\d$/);
    assert.match(kubernetesSchemas.commit, /^[0-9a-f]{40}$/);
    const { SLIPWAY_KUBERNETES_SCHEMAS } = spec("image-kubernetes.yaml").env.variables ?? {};
    assert.ok(SLIPWAY_KUBERNETES_SCHEMAS?.includes(`/${kubernetesSchemas.commit}/`));
  });

  it("are told with place and known names when one is not pinned", () => {
    assert.throws(() => renderBuildspec("image-ecs.yaml", {}, { ...toolPins(), binaries: {} }), {
      message: /^buildspecs\/tools\.json knows no "gitleaks"\. It knows: \. at line 15, column 9:\n/,
    });
  });
});

describe("The images that the platform lets run beside built ones", () => {
  it("are named by digest, with owner, reason and a day on which that ends", () => {
    const text = readFileSync(join(folder, "allowed-images.json"), "utf8");
    const { images } = JSON.parse(text) as { images: Record<string, string>[] };
    for (const image of images) {
      assert.deepEqual(Object.keys(image), ["image", "owner", "reason", "expires"]);
      assert.match(image["image"] ?? "", /^\S+@sha256:[0-9a-f]{64}$/);
      assert.match(image["expires"] ?? "", /^\d{4}-\d\d-\d\d$/);
      assert.ok(image["owner"] !== "" && image["reason"] !== "");
    }
  });
});
