import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { ProjectCopy } from "../support/project-copy";
import { projectDirectory } from "../support/shipped-preview";

/** A copy of the project whose packages are installed but for one. */
function copyWithout(missing: string): ProjectCopy {
  const copy = new ProjectCopy();
  const installed = join(copy.directory, "node_modules");
  unlinkSync(installed);
  const [scope = ""] = missing.split("/");
  for (const folder of ["", scope]) {
    if (folder !== "" && folder === missing) continue;
    mkdirSync(join(installed, folder), { recursive: true });
    for (const name of readdirSync(join(projectDirectory, "node_modules", folder))) {
      const packageName = join(folder, name);
      if (packageName === missing || packageName === scope) continue;
      symlinkSync(join(projectDirectory, "node_modules", packageName), join(installed, packageName));
    }
  }
  return copy;
}

/** What the command of a copy says, with the copy's folder as `<folder>`. */
function outcome(copy: ProjectCopy): { status: number | null; stdout: string; stderr: string } {
  const args = [join(copy.directory, "cli", "bin.js"), "preview", "--stack", "dev"];
  const env = { ...process.env, NO_COLOR: "1", NODE_V8_COVERAGE: "" };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: copy.directory,
    encoding: "utf8",
    env,
  });
  const shown = (text: string): string => text.replaceAll(copy.directory, "<folder>");
  return { status, stdout: shown(stdout), stderr: shown(stderr) };
}

describe("the command without what npm ci installs", () => {
  let copy: ProjectCopy;
  afterEach(() => {
    copy.remove();
  });

  it("says so in words when nothing is installed", () => {
    copy = new ProjectCopy();
    rmSync(join(copy.directory, "node_modules"));
    assert.deepEqual(outcome(copy), {
      status: 2,
      stdout: "",
      stderr:
        "slipway: the package source-map-support is not installed.\nRun this first: npm ci --prefix <folder>\n",
    });
  });

  for (const name of ["@swc/core", "commander"]) {
    it(`names a package that it misses itself: ${name}`, () => {
      copy = copyWithout(name);
      assert.deepEqual(outcome(copy), {
        status: 2,
        stdout: "",
        stderr: `slipway: the package ${name} is not installed.\nRun this first: npm ci --prefix <folder>\n`,
      });
    });
  }

  it("names a package that the program of a stack misses", () => {
    copy = copyWithout("@pulumi/aws");
    assert.deepEqual(outcome(copy), {
      status: 2,
      stdout: [
        "✖ 1 problem. There is nothing to show until it is solved.",
        "",
        "  stack dev",
        "  The package @pulumi/aws is not installed.",
        "    Run: npm ci --prefix <folder>",
        "",
      ].join("\n"),
      stderr: "",
    });
  });
});
