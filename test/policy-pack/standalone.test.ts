import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { Analyzer } from "./support/analyzer";
import { grant } from "./support/documents";

const ROOT = path.join(__dirname, "../..");
const NARROW = "arn:aws:s3:::reports/*";

describe("the pack without Slipway", function () {
  this.timeout(120_000);
  let folder: string;

  let project: string;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "slipway-pack-"));
    const options = { cwd: path.join(ROOT, "policy-pack"), stdio: "pipe" } as const;
    execFileSync("npm", ["pack", "--pack-destination", folder], options);
    const [tarball = ""] = readdirSync(folder);
    assert.equal(tarball, "slipway-policy-pack-0.1.0.tgz");
    project = path.join(folder, "project");
    const modules = path.join(project, "node_modules");
    const pack = path.join(modules, "slipway-policy-pack");
    mkdirSync(pack, { recursive: true });
    execFileSync("tar", ["xzf", path.join(folder, tarball), "-C", pack, "--strip-components=1"]);
    // What npm install would do: fetch its dependencies, here from this repository's own installation, and link its command.
    const { dependencies, bin } = JSON.parse(readFileSync(path.join(pack, "package.json"), "utf8")) as {
      readonly dependencies: Readonly<Record<string, string>>;
      readonly bin: Readonly<Record<string, string>>;
    };
    mkdirSync(path.join(modules, "@pulumi"));
    for (const name of Object.keys(dependencies))
      symlinkSync(path.join(ROOT, "node_modules", name), path.join(modules, name), "dir");
    mkdirSync(path.join(modules, ".bin"));
    for (const [name, file] of Object.entries(bin))
      symlinkSync(path.join("../slipway-policy-pack", file), path.join(modules, ".bin", name));
    writeFileSync(path.join(project, "package.json"), "{}");
    mkdirSync(path.join(project, "policies"));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** What a shell in the project makes of a line. */
  function shell(line: string): { readonly status: number | null; readonly output: string } {
    const env = { ...process.env, NO_COLOR: "1", NODE_V8_COVERAGE: "", npm_config_offline: "true" };
    const { status, stdout, stderr } = spawnSync("sh", ["-c", line], { cwd: project, encoding: "utf8", env });
    return { status, output: stdout + stderr };
  }

  function policies(files: Readonly<Record<string, object>>): void {
    rmSync(path.join(project, "policies"), { recursive: true });
    mkdirSync(path.join(project, "policies"));
    for (const [name, policy] of Object.entries(files))
      writeFileSync(path.join(project, "policies", name), JSON.stringify(policy));
  }

  /** The example of the pack's README that begins with the file's name. */
  function example(file: string): unknown {
    const readme = readFileSync(path.join(project, "node_modules/slipway-policy-pack/README.md"), "utf8");
    const fence = readme.split("```").find((block) => block.startsWith(`yaml\n# ${file}\n`));
    assert.ok(fence !== undefined, file);
    return parse(fence.slice("yaml\n".length));
  }

  it("is a command that names pages which are installed with it", () => {
    policies({ "orders.json": grant("dynamodb:GetItem", "*") });
    const { status, output } = shell("npx slipway-policy-pack check policies");
    assert.equal(status, 1, output);
    const page = "node_modules/slipway-policy-pack/bin/docs/rules/no-wildcard-grants.md";
    assert.ok(output.includes(`no-wildcard-grants: 1 error - see ${page}\n`), output);
    assert.ok(readFileSync(path.join(project, page), "utf8").startsWith("# no-wildcard-grants\n"));
  });

  it("is a workflow of GitHub, as its README has it", () => {
    const workflow = example(".github/workflows/policies.yaml") as {
      readonly jobs: { readonly policies: { readonly steps: readonly Readonly<Record<string, unknown>>[] } };
    };
    const { steps } = workflow.jobs.policies;
    const check = steps.map(({ run }) => String(run)).find((run) => run.startsWith("npx ")) ?? "";
    const actions = steps.flatMap(({ uses }) => (typeof uses === "string" ? [uses] : []));
    assert.deepEqual(
      actions.filter((action) => !/@[0-9a-f]{40}$/.test(action)),
      [],
    );
    const upload = steps.at(-1);
    assert.deepEqual([upload?.["if"], upload?.["with"]], ["always()", { sarif_file: "policies.sarif" }]);
    policies({ "orders.json": grant("dynamodb:GetItem", "*"), "ours.json": grant("s3:GetObject", NARROW) });
    assert.equal(shell(check).status, 1);
    const log = JSON.parse(readFileSync(path.join(project, "policies.sarif"), "utf8")) as {
      readonly runs: readonly { readonly results: readonly { readonly ruleId: string }[] }[];
    };
    assert.deepEqual(
      log.runs[0]?.results.map(({ ruleId }) => ruleId),
      ["no-wildcard-grants"],
    );
    policies({ "ours.json": grant("s3:GetObject", NARROW) });
    assert.deepEqual(shell(check), { status: 0, output: "" });
  });

  it("is a hook of pre-commit, as its README has it", () => {
    const { repos } = example(".pre-commit-config.yaml") as {
      readonly repos: readonly {
        readonly hooks: readonly { readonly entry: string; readonly files: string }[];
      }[];
    };
    const [hook] = repos[0]?.hooks ?? [];
    assert.ok(hook !== undefined);
    const staged = ["policies/ours.json", "policies/list.json", "package.json"];
    const passed = staged.filter((file) => new RegExp(hook.files).test(file));
    assert.deepEqual(passed, ["policies/ours.json", "policies/list.json"]);
    policies({
      "ours.json": grant("s3:GetObject", NARROW),
      "list.json": grant("s3:ListBucket", "arn:aws:s3:::*"),
    });
    assert.equal(shell(`${hook.entry} policies/ours.json`).status, 0);
    const { status, output } = shell(`${hook.entry} ${passed.join(" ")}`);
    assert.equal(status, 1);
    assert.match(output, /^ {2}policies\/list\.json:1: warning: /m);
  });

  it("is packed, installed elsewhere and judges there", async () => {
    const analyzer = await Analyzer.start(path.join(project, "node_modules/slipway-policy-pack"));
    try {
      const policy = grant("s3:GetObject", "*");
      const found = await analyzer.analyze({
        type: "aws:iam/policy:Policy",
        name: "reports",
        properties: { policy },
      });
      assert.deepEqual(
        found.map(({ rule, level }) => `${level} ${rule}`),
        ["mandatory no-wildcard-grants"],
      );
      const attached = { role: "app", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" };
      const attachment = {
        type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        name: "admin",
        properties: attached,
      };
      assert.equal((await analyzer.analyze(attachment)).length, 1);
    } finally {
      analyzer.stop();
    }
  });
});
