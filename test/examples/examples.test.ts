import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, it } from "mocha";
import { parse } from "yaml";

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

  for (const name of ["sso-dashboard", "backend-flask"]) {
    it(`${name} writes versions and hashes of all it depends on`, () => {
      const lock = name === "backend-flask" ? "requirements.txt" : "package-lock.json";
      const text = readFileSync(join(example(name), lock), "utf8");
      const packages = text.split("\n").filter((line) => /^[a-z]/i.test(line));
      for (const line of packages) assert.match(line, /^\S+==\S+ \\$/);
      assert.doesNotMatch(text, /https?:/);
    });
  }
});
