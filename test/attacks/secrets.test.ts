import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "mocha";
import { cleanUp, runBuild, type Build } from "../support/buildspec-runner";
import { messages, partOf, realTools, skipWithoutTools } from "../support/job-steps";
import { skipWithout } from "../support/requirements";

/** A key as AWS makes them, put together so that no scanner finds it in this file. */
const key = ["AKIA", "Q3EGRI7TZ5WMX2NB"].join("");
const line = `aws_key = "${key}"\n`;
const found =
  "slipway: there are secrets in the source. Revoke them, then take them out; the history keeps what was pushed.";
const folder = mkdtempSync(join(tmpdir(), "slipway-secrets-"));
let trees = 0;

/** Scans a tree that holds these files, made ready by bash that runs in it. */
function scan(files: Readonly<Record<string, string | Buffer>>, command = ":"): Build {
  const tree = join(folder, String((trees += 1)));
  mkdirSync(tree);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), content);
  }
  assert.equal(spawnSync("bash", ["-euc", command], { cwd: tree }).status, 0, command);
  return runBuild({
    buildspec: partOf("image-ecs.yaml", ["gitleaks.toml", "secret-scan.sh"]),
    source: tree,
    tools: realTools("gitleaks"),
    installed: true,
  });
}

describe("A secret in the source is found, with the real gitleaks,", function () {
  before(function () {
    skipWithout(this, "bash", "jq", "zip", "unzip", "gzip", "bzip2", "xz", "tar");
    skipWithoutTools(this, "gitleaks");
  });
  after(cleanUp);
  after(() => {
    rmSync(folder, { recursive: true });
  });

  // gitleaks' own rules look at none of these by their name.
  for (const path of [
    "package-lock.json",
    "yarn.lock",
    "pnpm-lock.yaml",
    "npm-shrinkwrap.json",
    "Pipfile.lock",
    "poetry.lock",
    "go.sum",
    "gradle.lockfile",
    "node_modules/own/index.js",
    "vendor/github.com/own/main.go",
    "src/logo.svg",
    "src/photo.png",
    "assets/font.woff2",
    "docs/manual.pdf",
    "settings.bin",
    "gitleaks.toml",
    ".venv/lib/python3.13/site-packages/own.py",
    "src/jquery.min.js",
  ]) {
    it(`in ${path}`, () => {
      const build = scan({ [path]: `one\n${line}` });
      assert.equal(build.status, "FAILED", build.log);
      assert.deepEqual(messages(build.log), [found, `  ${path}:2  aws-access-token`]);
      assert.ok(!build.log.includes(key), "the secret stands in the log");
    });
  }

  const utf16 = Buffer.from(`\ufeff${line}`, "utf16le");
  for (const [what, files, command] of [
    ["behind the first bytes of a PDF", { "a.txt": `%PDF-1.7\n${line}` }, ":"],
    ["behind the first bytes of a zip", { "a.txt": `PK\u0003\u0004\n${line}` }, ":"],
    ["behind those of a tar in the middle", { "a.txt": `${" ".repeat(257)}ustar\n${line}` }, ":"],
    ["in UTF-16", { "a.txt": utf16 }, ":"],
    ["in base64", { "a.txt": `data: ${Buffer.from(line.repeat(2)).toString("base64")}\n` }, ":"],
    ["in a zip", { "a.txt": line }, "zip -q a.zip a.txt; rm a.txt"],
    ["in a zip that is called an image", { "a.txt": line }, "zip -q a.zip a.txt; rm a.txt; mv a.zip a.png"],
    ["in a vendor folder in a zip", { "vendor/a.go": line }, "zip -qr a.zip vendor; rm -r vendor"],
    ["in a tar.gz", { "a.txt": line }, "tar -czf a.tgz a.txt; rm a.txt"],
    ["in a tar.bz2", { "a.txt": line }, "tar -cjf a.tar.bz2 a.txt; rm a.txt"],
    ["in a tar.xz", { "a.txt": line }, "tar -cJf a.tar.xz a.txt; rm a.txt"],
    ["in a zip in a tar", { "a.txt": line }, "zip -q a.zip a.txt; tar -cf a.tar a.zip; rm a.txt a.zip"],
    ["in a file with a new line in its name", { "a\nb.lock": line }, ":"],
    ["in a file whose name begins with a dash", { "-n": line }, ":"],
  ] as const) {
    it(what, () => {
      const build = scan(files, command);
      assert.equal(build.status, "FAILED", build.log);
      assert.equal(messages(build.log)[0], found);
      assert.match(build.log, / {2}aws-access-token$/m);
    });
  }

  it("but not where there is none: lock files, binaries and archives pass", () => {
    const integrity = `sha512-${Buffer.alloc(64, "0123456789abcdef").toString("base64")}`;
    const lock = JSON.stringify(
      { packages: { "node_modules/keyv": { version: "5.0.0", integrity } } },
      null,
      2,
    );
    const build = scan(
      { "package-lock.json": lock, "a.bin": Buffer.from([0, 1, 2, 255, 254]), "a.txt": "no secret\n" },
      "zip -q a.zip a.txt",
    );
    assert.equal(build.status, "SUCCEEDED", build.log);
  });
});
