import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, describe, it } from "mocha";
import { parse } from "yaml";
import { cleanUp, runBuild } from "../support/buildspec-runner";
import { refusedSources } from "../support/buildkit-sources";
import { partOf, realTools, skipWithoutTools } from "../support/job-steps";
import { skipWithout } from "../support/requirements";

const root = join(__dirname, "../..");
const example = (name: string) => join(root, "examples", name);

interface ApplicationFile {
  readonly test: {
    readonly commands: readonly string[];
    readonly reports: readonly { readonly file: string; readonly format: string }[];
  };
}

/** What each format begins its document with. */
const roots: Readonly<Record<string, RegExp>> = {
  JUNITXML: /<testsuites\b/,
  COBERTURAXML: /<coverage\b[^>]* line-rate=/,
};

/** Runs the test commands of applications/<name>.yaml in its source and looks for the reports that it names. */
function runTests(name: string, path: string): void {
  const file = readFileSync(join(root, "applications", `${name}.yaml`), "utf8");
  const { test } = parse(file) as ApplicationFile;
  rmSync(join(example(name), "reports"), { recursive: true, force: true });
  for (const command of test.commands) {
    const { status, stdout, stderr } = spawnSync("bash", ["-c", command], {
      cwd: example(name),
      // The coverage of this process's own tests is not to be measured in theirs.
      env: { ...process.env, PATH: `${path}${delimiter}${process.env.PATH ?? ""}`, NODE_V8_COVERAGE: "" },
      encoding: "utf8",
    });
    assert.equal(status, 0, `${command} in examples/${name}:\n${stdout}${stderr}`);
  }
  for (const { file: report, format } of test.reports) {
    const written = join(example(name), report);
    assert.ok(
      existsSync(written),
      `examples/${name} wrote no ${report}, which applications/${name}.yaml names`,
    );
    assert.match(readFileSync(written, "utf8"), roots[format] ?? /^$/);
  }
}

describe("The example applications", () => {
  after(cleanUp);

  for (const name of ["hello-world", "sso-dashboard"]) {
    it(`${name} passes its tests and writes the reports that its definition names`, () => {
      runTests(name, join(root, "node_modules/.bin"));
    });
  }

  it("backend-flask passes its tests and writes the reports that its definition names", function () {
    const environment = join(example("backend-flask"), ".venv/bin");
    if (!existsSync(join(environment, "pytest"))) {
      console.log(
        "      skipped: make examples/backend-flask/.venv first, as its README says (needs Python)",
      );
      this.skip();
    }
    runTests("backend-flask", environment);
  });

  it("hello-world names each package by version and hash, and no server", () => {
    const text = readFileSync(join(example("hello-world"), "package-lock.json"), "utf8");
    const { packages } = JSON.parse(text) as {
      packages: Record<string, { version?: string; integrity?: string }>;
    };
    const others = Object.entries(packages).filter(([path]) => path !== "");
    assert.ok(others.length > 100);
    assert.deepEqual(
      others.filter(
        ([, { version, integrity }]) => version === undefined || !integrity?.startsWith("sha512-"),
      ),
      [],
    );
    assert.doesNotMatch(text, /"resolved"/);
  });

  it("backend-flask names each package by version and hash, and no server", () => {
    for (const name of ["requirements.txt", "requirements-dev.txt"]) {
      const text = readFileSync(join(example("backend-flask"), name), "utf8");
      const packages = text.split(/\n(?=[a-z])/i).slice(1);
      assert.ok(packages.length >= 8);
      for (const one of packages) assert.match(one, /^\S+==\S+ \\\n {4}--hash=sha256:[0-9a-f]{64}/);
      assert.doesNotMatch(text, /^\s*--(?!hash)/m);
    }
  });

  it("backend-flask passes the gate on its task definition", function () {
    skipWithout(this, "bash", "jq");
    const build = runBuild({
      buildspec: partOf("image-ecs.yaml", [
        "allowed-images.json",
        "judge-task-definition.jq",
        "describe-ecs.sh",
      ]),
      source: example("backend-flask"),
      environment: {
        SLIPWAY_APPLICATION: "backend-flask",
        SLIPWAY_CONTAINER_NAME: "backend-flask",
        SLIPWAY_TASK_DEFINITION: "ecs/task-definition.json",
        SLIPWAY_REPOSITORY_URI: "example/repository",
      },
    });
    assert.equal(build.status, "SUCCEEDED", build.log);
  });

  for (const [name, dockerfile] of [
    ["sso-dashboard", "Dockerfile"],
    ["backend-flask", "Dockerfile.prod"],
  ] as const) {
    it(`${name} builds from nothing that BuildKit's policy refuses`, function () {
      skipWithoutTools(this, "buildkit-sources");
      assert.deepEqual(refusedSources(readFileSync(join(example(name), dockerfile), "utf8")), []);
    });
  }

  for (const name of ["hello-world", "sso-dashboard", "backend-flask"]) {
    it(`${name} passes the gates on links and secrets`, function () {
      skipWithoutTools(this, "gitleaks");
      const build = runBuild({
        buildspec: partOf("image-ecs.yaml", ["refuse-links.sh", "gitleaks.toml", "secret-scan.sh"]),
        source: withoutInstalled(example(name)),
        tools: realTools("gitleaks"),
        installed: true,
      });
      assert.equal(build.status, "SUCCEEDED", build.log);
    });
  }
});

/** A copy of an example as it stands in the repository, without what its tests install and write. */
function withoutInstalled(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), "slipway-example-"));
  cpSync(folder, copy, {
    recursive: true,
    filter: (path) => !/\/(node_modules|\.venv|reports|\.pytest_cache|__pycache__)$/.test(path),
  });
  process.on("exit", () => {
    rmSync(copy, { recursive: true, force: true });
  });
  return copy;
}
