import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { PreviewDocument } from "../../preview/preview-document";
import type { ChangeReport } from "../../reports/changes/report";
import { platform, role, rolePolicy, type StatementJson } from "../reports/changes/platform";
import { projectDirectory, slipway, type Run } from "../support/shipped-preview";

const read: StatementJson = {
  Sid: "Read",
  Effect: "Allow",
  Action: ["s3:GetObject"],
  Resource: ["arn:aws:s3:::artifacts/sources/*"],
};
const base = platform(role("shop"), rolePolicy("shop", "job", read));
const widened = platform(role("shop"), rolePolicy("shop", "job", { ...read, Resource: "*" }));
const program = `import * as aws from "@pulumi/aws";
new aws.s3.Bucket("logs", { bucket: "logs-of-dev" });
`;

describe("slipway diff", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-"));
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  function write(file: string, content: string | PreviewDocument): void {
    fs.writeFileSync(
      path.join(folder, file),
      typeof content === "string" ? content : JSON.stringify(content),
    );
  }

  function diff(...args: readonly string[]): Promise<Run> {
    return slipway(["diff", ...args], folder);
  }

  function git(...args: readonly string[]): string {
    const person = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    return execFileSync("git", [...person, ...args], { cwd: folder, encoding: "utf8" }).trim();
  }

  /** A repository whose branch main has a program with one bucket. */
  function repository(): void {
    write("Pulumi.yaml", "name: shop\nruntime: nodejs\nmain: index.ts\n");
    write("Pulumi.dev.yaml", "config:\n  aws:region: eu-central-1\n");
    write("index.ts", program);
    write(".gitignore", "node_modules\n");
    write("package-lock.json", "{}\n");
    fs.symlinkSync(path.join(projectDirectory, "node_modules"), path.join(folder, "node_modules"));
    git("init", "--quiet", "--initial-branch=main");
    commit("one bucket");
  }

  function commit(message: string): void {
    git("add", "--all");
    git("commit", "--quiet", "--message", message);
  }

  describe("with saved previews", () => {
    beforeEach(() => {
      write("base.json", base);
      write("new.json", widened);
    });
    const saved = ["--base", "base.json", "--preview", "new.json"] as const;

    it("says so when there are no changes", async () => {
      assert.deepEqual(await diff("--base", "base.json", "--preview", "base.json"), {
        status: 0,
        stdout: "No changes.\nCompared with base.json.\n",
        stderr: "",
      });
    });

    it("writes a page with the changes in it", async () => {
      const { status } = await diff(...saved, "--html", "page.html");
      assert.equal(status, 0);
      const html = fs.readFileSync(path.join(folder, "page.html"), "utf8");
      assert.match(html, /<h2[^>]*>Changes against base\.json/);
      assert.match(html, /▲ wider: /);
    });

    it("ends with 2 where the page cannot be written", async () => {
      const { status, stderr } = await diff(...saved, "--html", "none/page.html");
      assert.deepEqual(
        [status, stderr],
        [
          2,
          "error: The report could not be written to none/page.html: ENOENT: no such file or directory, open 'none/page.html'\n",
        ],
      );
    });

    it("prints one JSON document of a form that is held here", async () => {
      const { status, stdout, stderr } = await diff(...saved, "--json");
      assert.deepEqual([status, stderr], [0, ""]);
      const report = JSON.parse(stdout) as ChangeReport;
      assert.deepEqual(Object.keys(report), [
        "version",
        "base",
        "resources",
        "access",
        "exposures",
        "cost",
        "cancelled",
        "remarks",
      ]);
      assert.deepEqual(Object.keys(report.access[0] ?? {}), [
        "stack",
        "urn",
        "path",
        "subject",
        "statement",
        "actions",
        "resources",
        "principals",
        "of",
        "direction",
        "summary",
      ]);
      assert.deepEqual(report.resources, [
        {
          stack: "cicd",
          urn: "urn:pulumi:cicd::shop::aws:iam/rolePolicy:RolePolicy::shop-job",
          type: "aws:iam/rolePolicy:RolePolicy",
          name: "shop-job",
          stateful: false,
          kind: "changed",
          loss: "",
          properties: [
            {
              path: "policy.Statement[0].Resource",
              before: '["arn:aws:s3:::artifacts/sources/*"]',
              after: '"*"',
              replaces: false,
            },
          ],
        },
      ]);
    });

    it("ends with 1 for each --fail-on that holds, and prints all the same", async () => {
      const failed = await diff(
        ...saved,
        "--fail-on",
        "widening",
        "--fail-on",
        "cost=0",
        "--fail-on",
        "removal",
      );
      assert.equal(failed.status, 1);
      assert.equal(failed.stderr, "error: 1 permission may be wider than before.\n");
      assert.match(failed.stdout, /^permissions: 1 wider; resources: 1 changed\n/);
      assert.equal((await diff(...saved, "--fail-on", "exposure")).status, 0);
    });

    it("compares only the stacks that are asked for", async () => {
      assert.match((await diff(...saved, "--stack", "dev")).stdout, /^No changes\.\n/);
    });

    it("prints with --quiet what opens, is lost or widens, and nothing else", async () => {
      assert.match((await diff(...saved, "--quiet")).stdout, /^▲ More may be done\n/);
      const narrower = await diff("--base", "new.json", "--preview", "base.json", "--quiet");
      assert.deepEqual(narrower, { status: 0, stdout: "", stderr: "" });
    });

    const misuses: readonly (readonly [readonly string[], string])[] = [
      [
        [...saved, "--fail-on", "widning", "--fail-on", "cost=much", "--fail-on", "removal=3"],
        'error: --fail-on "widning" is not known.\n  Did you mean widening?\n' +
          "  Allowed: widening, replacement, removal, exposure, cost.\n" +
          'error: --fail-on "cost=much" has no number of 0 or more.\n' +
          "  Write by how many USD a month the cost may rise, such as --fail-on cost=50.\n" +
          'error: --fail-on "removal=3" takes no number.\n  Write --fail-on removal.\n',
      ],
      [["main", ...saved], 'error: Both the revision "main" and --base are given.\n  Give one of the two.\n'],
      [
        ["--base", "missing.json", "--preview", "new.json"],
        "error: missing.json: This file cannot be read: " +
          "there is no such file, or it is a symbolic link that leads nowhere.\n",
      ],
      [
        ["--base", "other.json", "--preview", "new.json"],
        "error: other.json: This is no output of slipway preview --json, version 1.\n" +
          "  Write one with: slipway preview --json > preview.json\n",
      ],
      [
        [...saved, "--json", "--markdown"],
        "error: option '--json' cannot be used with option '--markdown'\n(diff: --help says more)\n",
      ],
    ];
    for (const [args, message] of misuses) {
      it(`refuses ${args.join(" ")} with words and status 2`, async () => {
        write("other.json", '{"version": 1, "stacks": [{"name": "a", "resources": [{}]}], "problems": []}');
        assert.deepEqual(await diff(...args), { status: 2, stdout: "", stderr: message });
      });
    }
  });

  it("compares the working tree with where its branch left main, each by its own program", async () => {
    repository();
    git("switch", "--quiet", "--create", "change");
    write("index.ts", program.replace("logs-of-dev", "other-logs"));
    write("package-lock.json", '{"lockfileVersion": 3}\n');
    const { status, stdout, stderr } = await diff("--fail-on", "replacement");
    assert.equal(stderr, "error: 1 resource would be replaced: logs (dev).\n");
    assert.equal(
      stdout,
      `resources: 1 replaced
Compared with where this branch left main, commit ${git("rev-parse", "--short=7", "main")}.

✖ Lost with what they hold
  dev: s3 bucket logs is replaced. Every object in the bucket is lost; AWS refuses while it holds
    any.
      bucket: "logs-of-dev" → "other-logs" (forces the replacement)

  package-lock.json differs from that of the base. Both sides were previewed with the packages that
  are installed now, so what the former packages made differently is not seen.
`,
    );
    assert.equal(status, 1);
    assert.equal(git("worktree", "list").split("\n").length, 1);
  });

  it("tells what is wrong with the base, and takes its working tree away", async () => {
    repository();
    write("index.ts", "throw new Error('broken');\n");
    commit("broken");
    write("index.ts", program);
    const { status, stdout, stderr } = await diff("HEAD");
    assert.deepEqual([status, stdout], [2, ""]);
    const at = git("rev-parse", "--short=7", "HEAD");
    assert.match(stderr, new RegExp(`^The base \\(HEAD, commit ${at}\\) cannot be previewed:\\n✖ 1 problem`));
    assert.equal(git("worktree", "list").split("\n").length, 1);
  });

  it("refuses a revision that is not there, with the nearest name", async () => {
    repository();
    git("branch", "release");
    assert.deepEqual(await diff("relaese"), {
      status: 2,
      stdout: "",
      stderr:
        'error: "relaese" is no revision of this repository.\n  Did you mean release?\n' +
        "  Name a branch, a tag or a commit; git fetch brings those of others.\n",
    });
  });

  it("refuses a base that has no project", async () => {
    write("README", "nothing else\n");
    git("init", "--quiet", "--initial-branch=main");
    commit("no project yet");
    assert.deepEqual(await diff("main"), {
      status: 2,
      stdout: "",
      stderr:
        `error: The base (main, commit ${git("rev-parse", "--short=7", "HEAD")}) has no Pulumi.yaml.\n` +
        "  Name a later commit, or the folder with --cwd.\n",
    });
  });

  it("refuses a folder without git, and says how to compare all the same", async () => {
    assert.deepEqual(await diff(), {
      status: 2,
      stdout: "",
      stderr:
        `error: ${folder} is in no git repository.\n` +
        "  Compare with a saved preview instead: slipway preview --json > base.json; slipway diff --base base.json\n",
    });
  });

  it("refuses a repository without a default branch", async () => {
    write("README", "nothing else\n");
    git("init", "--quiet", "--initial-branch=trunk");
    commit("first");
    assert.equal(
      (await diff()).stderr,
      "error: This repository has neither origin/HEAD, main nor master.\n" +
        "  Say what to compare with: slipway diff REVISION\n",
    );
  });

  it("says of a shallow clone how to get the history", async () => {
    repository();
    commitOn("side");
    const clone = path.join(folder, "clone");
    git("clone", "--quiet", "--depth=1", "--no-single-branch", "--branch=side", `file://${folder}`, clone);
    const { status, stderr } = await slipway(["diff"], clone);
    assert.equal(status, 2);
    assert.equal(
      stderr,
      "error: This branch and origin/main have no commit in common.\n" +
        "  This is a shallow clone, which lacks the history. Run: git fetch --unshallow " +
        "(in GitHub Actions: fetch-depth: 0 at actions/checkout).\n",
    );
  });

  /** A branch with one commit more; main goes on as well. */
  function commitOn(branch: string): void {
    git("switch", "--quiet", "--create", branch);
    write("side.txt", "1");
    commit("side");
    git("switch", "--quiet", "main");
    write("main.txt", "1");
    commit("main");
  }
});
