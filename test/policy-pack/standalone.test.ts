import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Analyzer } from "./support/analyzer";
import { grant } from "./support/documents";

const ROOT = path.join(__dirname, "../..");

describe("the pack without Slipway", function () {
  this.timeout(120_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "slipway-pack-"));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("is packed, installed elsewhere and judges there", async () => {
    const options = { cwd: path.join(ROOT, "policy-pack"), stdio: "pipe" } as const;
    execFileSync("npm", ["pack", "--pack-destination", folder], options);
    const [tarball = ""] = readdirSync(folder);
    assert.equal(tarball, "slipway-policy-pack-0.1.0.tgz");
    const modules = path.join(folder, "project/node_modules");
    mkdirSync(path.join(modules, "slipway-policy-pack"), { recursive: true });
    execFileSync("tar", [
      "xzf",
      path.join(folder, tarball),
      "-C",
      path.join(modules, "slipway-policy-pack"),
      "--strip-components=1",
    ]);
    // What npm install would fetch: its two dependencies, from this repository's own installation.
    symlinkSync(path.join(ROOT, "node_modules/@pulumi"), path.join(modules, "@pulumi"), "dir");
    const analyzer = await Analyzer.start(path.join(modules, "slipway-policy-pack"));
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
