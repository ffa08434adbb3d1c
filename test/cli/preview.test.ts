import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { PreviewDocument } from "../../preview/preview-document";

const BIN = path.join(__dirname, "..", "..", "cli", "bin.js");
const FIXTURES = path.join(__dirname, "..", "preview", "fixtures");

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in a folder that has nothing to do with the project. */
function slipway(args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: os.tmpdir(),
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", ...env },
  });
  return { status, stdout, stderr };
}

function fixture(name: string): string[] {
  return ["--cwd", path.join(FIXTURES, name)];
}

describe("slipway preview", () => {
  let scratch: string;
  beforeEach(() => {
    scratch = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-cli-"));
  });
  afterEach(() => {
    fs.rmSync(scratch, { recursive: true });
  });

  it("prints one JSON document and nothing else, from any folder", () => {
    const { status, stdout, stderr } = slipway(["preview", ...fixture("one-bucket"), "--json"]);
    assert.equal(status, 0);
    assert.equal(stderr, "");
    const document = JSON.parse(stdout) as PreviewDocument;
    assert.deepEqual(
      [document.version, document.stacks.map(({ name }) => name), document.problems],
      [1, ["dev"], []],
    );
  });

  it("tells the program where the applications are, and no credential", () => {
    const env = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SESSION_TOKEN: "x", PULUMI_ACCESS_TOKEN: "y" };
    const args = ["preview", ...fixture("environment"), "--json", "--applications", scratch];
    const { stdout, stderr } = slipway(args, env);
    assert.deepEqual((JSON.parse(stdout) as PreviewDocument).stacks[0]?.outputs, {
      applications: scratch,
      credentials: [],
      dryRun: true,
      names: ["organization", "environment", "dev"],
    });
    assert.equal(stderr, "dev: made for dev\nwarning: the applications are elsewhere\n");
  });

  it("ends with 1 for a violated policy, 2 for wrong input, 3 for a breakdown", () => {
    const statuses = [
      slipway(["preview", ...fixture("policy"), "--stack", "broken", "--quiet"]).status,
      slipway(["preview", ...fixture("failures"), "--stack", "several-problems", "--quiet"]).status,
      slipway(["preview", ...fixture("failures"), "--stack", "crash", "--quiet"]).status,
    ];
    assert.deepEqual(statuses, [1, 2, 3]);
  });

  it("prints no result when the input is wrong, only the problems", () => {
    const { stdout } = slipway(["preview", ...fixture("failures"), "--stack", "several-problems", "--json"]);
    const document = JSON.parse(stdout) as PreviewDocument;
    assert.deepEqual(document.stacks, []);
    assert.equal(document.problems.length, 3);
  });

  it("writes the page and the SARIF file beside what it prints", () => {
    const [html, sarif] = [path.join(scratch, "p.html"), path.join(scratch, "p.sarif")];
    const run = slipway([
      "preview",
      ...fixture("one-bucket"),
      "--markdown",
      "--html",
      html,
      "--sarif",
      sarif,
    ]);
    assert.equal(run.status, 0);
    assert.match(run.stdout, /^## Slipway preview: ✔ Clean\n/);
    assert.match(fs.readFileSync(html, "utf8"), /^<!doctype html>/);
    assert.equal((JSON.parse(fs.readFileSync(sarif, "utf8")) as { version: string }).version, "2.1.0");
  });

  it("says when a report cannot be written", () => {
    const file = path.join(scratch, "nowhere", "p.html");
    const { status, stderr } = slipway(["preview", ...fixture("one-bucket"), "--quiet", "--html", file]);
    assert.equal(status, 2);
    assert.equal(
      stderr,
      `error: The report could not be written to ${file}: ENOENT: no such file or directory, open '${file}'\n`,
    );
  });

  it("prints nothing when it is quiet and all is well", () => {
    assert.deepEqual(slipway(["preview", ...fixture("environment"), "--quiet"]), {
      status: 0,
      stdout: "",
      stderr: "",
    });
  });

  const misuses = [
    [
      ["preview", "--jsn"],
      "error: unknown option '--jsn'\n(Did you mean --json?)\n(preview: --help says more)\n",
    ],
    [["previw"], "error: unknown command 'previw'\n(Did you mean preview?)\n(--help says more)\n"],
    [
      ["preview", "--json", "--markdown"],
      "error: option '--json' cannot be used with option '--markdown'\n(preview: --help says more)\n",
    ],
    [["preview", "--html"], "error: option '--html <file>' argument missing\n(preview: --help says more)\n"],
  ] as const;
  for (const [args, message] of misuses) {
    it(`refuses ${args.join(" ")} with words and status 2`, () => {
      assert.deepEqual(slipway(args), { status: 2, stdout: "", stderr: message });
    });
  }

  it("shows an example in its help", () => {
    const { status, stdout } = slipway(["preview", "--help"]);
    assert.equal(status, 0);
    assert.match(stdout, /\$ slipway preview --stack dev --json/);
  });

  for (const [signal, status] of [
    ["SIGINT", 130],
    ["SIGKILL", null],
  ] as const) {
    it(`takes its programs with it when ${signal} ends it`, async () => {
      const child = spawn(
        process.execPath,
        [BIN, "preview", ...fixture("waits"), "--applications", scratch],
        {
          stdio: "ignore",
        },
      );
      const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
      const pid = await pidIn(path.join(scratch, "pid"));
      child.kill(signal);
      assert.equal(await ended, status);
      await untilGone(pid);
    });
  }
});

/** The number that a program writes to a file when it runs. */
async function pidIn(file: string): Promise<number> {
  const watcher = fs.promises.watch(path.dirname(file));
  if (readPid(file) === 0) {
    for await (const { filename } of watcher) {
      if (filename === path.basename(file) && readPid(file) > 0) break;
    }
  }
  return readPid(file);
}

function readPid(file: string): number {
  return fs.existsSync(file) ? Number(fs.readFileSync(file, "utf8")) : 0;
}

/** Returns when there is no such process; a process that stays lets the test run into its time limit. */
async function untilGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
