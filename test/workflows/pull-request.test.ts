import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { projectDirectory } from "../support/shipped-preview";

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, { readonly permissions?: object; readonly steps: readonly Step[] }>>;
}

const folderOfWorkflows = path.join(projectDirectory, ".github/workflows");
const workflow = parse(
  fs.readFileSync(path.join(folderOfWorkflows, "pull-request.yaml"), "utf8"),
) as Workflow;

function scriptOf(job: string, name: string): string {
  return workflow.jobs[job]?.steps.find((step) => step.name === name)?.run ?? "";
}

const program = (bucket: string): string => `import * as aws from "@pulumi/aws";
new aws.s3.Bucket("logs", { bucket: "${bucket}" });
`;

describe("the workflow for pull requests", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-"));
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  const at = (name: string): string => path.join(folder, name);
  const read = (name: string): string => fs.readFileSync(at(name), "utf8");
  const write = (name: string, text: string): void => {
    fs.writeFileSync(at(name), text);
  };
  const git = (...args: readonly string[]): string => {
    const person = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    return execFileSync("git", [...person, ...args], { cwd: folder, encoding: "utf8" }).trim();
  };
  /** As GitHub starts a script. */
  const run = (
    script: string,
    env: Readonly<Record<string, string>>,
  ): { status: number | null; stderr: string } => {
    const files = { GITHUB_OUTPUT: at("output"), GITHUB_STEP_SUMMARY: at("summary") };
    const options = { cwd: folder, encoding: "utf8", env: { ...process.env, ...files, ...env } } as const;
    return spawnSync("bash", ["-e", "-o", "pipefail", "-c", script], options);
  };
  /** What a step gave by name, as GitHub reads its file of outputs. */
  const output = (): string => /^changes<<(end-[0-9a-f]{32})\n([^]*)\n\1\n$/.exec(read("output"))?.[2] ?? "";

  /** A repository with one commit, and the changed program in its work tree. */
  function repository(changed: string): string {
    write("Pulumi.yaml", "name: shop\nruntime: nodejs\nmain: index.ts\n");
    write("Pulumi.dev.yaml", "config:\n  aws:region: eu-central-1\n");
    write("index.ts", program("logs-of-dev"));
    write("package.json", JSON.stringify({ scripts: { slipway: `node ${projectDirectory}/cli/bin.js` } }));
    write("package-lock.json", "{}\n");
    write(".gitignore", "node_modules\npolicy-pack\n");
    for (const name of ["node_modules", "policy-pack"])
      fs.symlinkSync(path.join(projectDirectory, name), at(name));
    git("init", "--quiet", "--initial-branch=main");
    git("add", "--all");
    git("commit", "--quiet", "--message", "one bucket");
    write("index.ts", changed);
    return git("rev-parse", "HEAD");
  }

  it("gives the job that runs the pull request's code nothing but reading, and no credentials to anybody", () => {
    assert.deepEqual(workflow.permissions, {});
    assert.deepEqual(Object.keys(workflow.on), ["pull_request"]);
    assert.deepEqual(
      Object.entries(workflow.jobs).map(([name, { permissions }]) => [name, permissions]),
      [
        ["preview", { contents: "read" }],
        ["comment", { "pull-requests": "write" }],
      ],
    );
    const text = fs.readFileSync(path.join(folderOfWorkflows, "pull-request.yaml"), "utf8");
    assert.doesNotMatch(text, /secrets\.|id-token/);
  });

  it("runs nothing of the pull request where it may write, and puts none of its texts into a script", () => {
    assert.deepEqual(
      workflow.jobs["comment"]?.steps.map(({ uses, run: script = "" }) => [
        uses,
        /npm|node|git /.test(script),
      ]),
      [[undefined, false]],
    );
    for (const { steps } of Object.values(workflow.jobs))
      for (const { run: script = "" } of steps) assert.doesNotMatch(script, /\$\{\{/);
  });

  it("pins every action of every workflow by commit", () => {
    for (const file of fs.readdirSync(folderOfWorkflows)) {
      const { jobs } = parse(fs.readFileSync(path.join(folderOfWorkflows, file), "utf8")) as Workflow;
      const actions = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ uses = [] }) => uses));
      assert.deepEqual(
        actions.filter((action) => !/@[0-9a-f]{40}$/.test(action)),
        [],
        file,
      );
    }
  });

  it("tells what the change does", () => {
    const base = repository(program("logs-of-all"));
    const { status, stderr } = run(scriptOf("preview", "Compare with the base"), { BASE: base });
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(output(), /logs-of-all/);
    assert.match(output(), /replaced/);
  });

  it("says in the comment why it cannot be told, and fails", () => {
    const base = repository("this is no program");
    const { status, stderr } = run(scriptOf("preview", "Compare with the base"), { BASE: base });
    assert.equal(status, 2);
    assert.match(output(), /^What this change does cannot be told:\n\n {4}✖ 1 problem\./);
    assert.match(output(), /\n {6}index\.ts:1:1 {2}stack dev\n/);
    assert.ok(stderr.includes("✖ 1 problem."));
  });

  it("fails where the policy pack refuses, with the preview in the summary", () => {
    repository(
      `${program("logs-of-dev")}new aws.iam.Policy("broad", { policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }) });\n`,
    );
    const { status } = run(scriptOf("preview", "Preview every stack, and judge it by the policy pack"), {});
    assert.equal(status, 1);
    assert.match(read("summary"), /no-wildcard-grants/);
  });

  describe("writes one comment", () => {
    const comments = "repos/shop/platform/issues/7/comments";
    /** Stands in for GitHub's command: answers with the comment that is there, and keeps what it is asked for. */
    function comment(former: string, changes: string): string {
      const stub = `#!/bin/sh\nif [ "$2" = --paginate ]; then printf '%s' "$FORMER"; else printf '%s\\n' "$*" > asked; cp comment.md sent; fi\n`;
      fs.mkdirSync(at("bin"));
      fs.writeFileSync(at("bin/gh"), stub, { mode: 0o755 });
      const script = scriptOf("comment", "Write the comment, or bring it up to date");
      const env = {
        PATH: `${at("bin")}:${process.env["PATH"] ?? ""}`,
        FORMER: former,
        CHANGES: changes,
        COMMENTS: comments,
      };
      assert.deepEqual([run(script, env).status], [0]);
      return read("asked").trim();
    }

    it("anew where there is none", () => {
      const changes = "## Changes\n`$(touch hacked)` \"quoted\" 'and so'";
      assert.equal(comment("", changes), `api --silent --method POST ${comments} --field body=@comment.md`);
      assert.equal(read("sent"), `<!-- slipway diff -->\n${changes}\n`);
      assert.ok(!fs.existsSync(at("hacked")));
    });

    it("in place of its former one", () => {
      const former = "https://api.github.example/comments/1";
      assert.equal(
        comment(`${former}\n${former}2\n`, "No changes."),
        `api --silent --method PATCH ${former} --field body=@comment.md`,
      );
    });
  });
});
