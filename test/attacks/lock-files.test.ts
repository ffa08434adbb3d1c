import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { toolPins } from "../../delivery/buildspec";
import { cleanUp, runBuild, type Build } from "../support/buildspec-runner";
import { lines } from "../support/fake-tools";
import { messages, partOf } from "../support/job-steps";
import { skipWithout } from "../support/requirements";

const sha512 = `sha512-${"A".repeat(86)}==`;
const registry = "https://registry.example.com/";
const entry = { version: "1.0.0", resolved: `${registry}a/-/a-1.0.0.tgz`, integrity: sha512 };
/** Stands for the framework's own installation, which is not what is attacked here. */
const framework = `case "$*" in
  *" config get registry") echo ${registry} ;;
  *" install "*) echo '{"packages": {"node_modules/osls": {"version": "1", "integrity": "i"}}}' >package-lock.json ;;
  *) cp package*.json "$STATE" ;;
esac`;

function install(lock: object | string, files: Readonly<Record<string, string>> = {}): Build {
  return runBuild({
    buildspec: partOf("package-serverless.yaml", [
      `export SLIPWAY_OSLS_PACKAGES=$(echo "osls 1 i" | sha256sum | cut -d ' ' -f 1)`,
      "install-serverless.sh",
    ]),
    source: {
      "package.json": "{}",
      "package-lock.json": typeof lock === "string" ? lock : JSON.stringify(lock),
      ...files,
    },
    environment: { SLIPWAY_DIRECTORY: "." },
    fakes: { npm: { "--userconfig": framework } },
  });
}

const packages = (more: object) => ({
  lockfileVersion: 3,
  packages: { "": {}, "node_modules/fine": entry, ...more },
});

describe("A lock file names packages of the registry by content, and nothing else:", function () {
  before(function () {
    skipWithout(this, "bash", "jq");
  });
  after(cleanUp);

  for (const [what, lock, expected] of [
    [
      "a link to a folder",
      packages({ "node_modules/evil": { resolved: "../evil", link: true } }),
      "node_modules/evil is a link to ../evil; use a package of the registry",
    ],
    [
      "a Git repository",
      packages({ "node_modules/evil": { ...entry, resolved: "git+ssh://git@github.com/evil/evil.git#1" } }),
      "node_modules/evil comes from git+ssh://git@github.com/evil/evil.git#1, not from the registry; use a package of the registry",
    ],
    [
      "another server",
      packages({ "node_modules/evil": { ...entry, resolved: "https://evil.example.com/a.tgz" } }),
      "node_modules/evil comes from https://evil.example.com/a.tgz, not from the registry; use a package of the registry",
    ],
    [
      "a server whose name begins alike",
      packages({
        "node_modules/evil": { ...entry, resolved: "https://registry.example.com.evil.com/a.tgz" },
      }),
      "node_modules/evil comes from https://registry.example.com.evil.com/a.tgz, not from the registry; use a package of the registry",
    ],
    [
      "a file",
      packages({ "node_modules/evil": { ...entry, resolved: "file:evil.tgz" } }),
      "node_modules/evil comes from file:evil.tgz, not from the registry; use a package of the registry",
    ],
    [
      "no integrity",
      packages({ "node_modules/evil": { version: "1.0.0" } }),
      "node_modules/evil has no integrity by SHA-2; remove the entry and run npm install",
    ],
    [
      "an integrity that can be forged",
      packages({ "node_modules/evil": { ...entry, integrity: "sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=" } }),
      "node_modules/evil has no integrity by SHA-2; remove the entry and run npm install",
    ],
    [
      "a place outside",
      packages({ "node_modules/../../evil": entry }),
      "node_modules/../../evil lies outside node_modules; use a package of the registry",
    ],
    [
      "workspaces",
      packages({ "": { workspaces: ["evil"] } }),
      "has workspaces, which are links; package each of them by itself",
    ],
    [
      "an old form, which is read otherwise",
      { lockfileVersion: 1, dependencies: {} },
      "is of another version than 2 or 3; write it with npm 7 or later",
    ],
  ] as const) {
    it(`${what} is refused before npm installs anything of it`, () => {
      const build = install(lock);
      assert.equal(build.status, "FAILED", build.log);
      assert.deepEqual(messages(build.log), [`slipway: package-lock.json: ${expected}.`]);
      assert.equal(lines(build.calls, "npm").filter((line) => line.includes(" ci ")).length, 1);
    });
  }

  it("a package.json without a lock file is refused", () => {
    const build = runBuild({
      buildspec: partOf("package-serverless.yaml", [
        `export SLIPWAY_OSLS_PACKAGES=$(echo "osls 1 i" | sha256sum | cut -d ' ' -f 1)`,
        "install-serverless.sh",
      ]),
      source: { "package.json": "{}" },
      environment: { SLIPWAY_DIRECTORY: "." },
      fakes: { npm: { "--userconfig": framework } },
    });
    assert.deepEqual(messages(build.log), [
      "slipway: there is no package-lock.json beside package.json. Run npm install and commit what it writes.",
    ]);
  });

  it("the lock file of hello-world is accepted", () => {
    const lock = readFileSync(join(__dirname, "../../examples/hello-world/package-lock.json"), "utf8");
    const build = install(lock);
    assert.equal(build.status, "SUCCEEDED", build.log);
  });

  it("npm sees no configuration of the repository, where the real one would obey it", function () {
    // The real npm, on a package without dependencies: nothing is fetched.
    const npm = spawnSync("bash", ["-c", "command -v npm"], { encoding: "utf8" }).stdout.trim();
    if (npm === "") this.skip();
    const build = runBuild({
      buildspec: partOf("package-serverless.yaml", [
        `export SLIPWAY_OSLS_PACKAGES=$(echo "osls 1 i" | sha256sum | cut -d ' ' -f 1)`,
        "install-serverless.sh",
      ]),
      source: {
        "package.json": '{"name": "a", "version": "1.0.0"}',
        "package-lock.json": '{"lockfileVersion": 3, "packages": {"": {"name": "a", "version": "1.0.0"}}}',
        ".npmrc": "registry=https://evil.example.com/\ngit=./evil\n",
      },
      environment: { SLIPWAY_DIRECTORY: ".", NPM_CONFIG_REGISTRY: "https://evil.example.com/" },
      fakes: {
        npm: {
          "--userconfig": `case "$*" in
            *" config get registry") '${npm}' "$@" | tee "$STATE/registry" ;;
            *) if [[ $PWD == */framework ]]; then ${framework.replace(/\n/g, " ")}; else '${npm}' "$@" --offline; fi ;;
          esac`,
        },
      },
    });
    assert.equal(build.status, "SUCCEEDED", build.log);
    assert.doesNotMatch(build.left("registry") ?? "evil", /evil/);
  });

  it("the framework is pinned with all that it needs", () => {
    assert.match(toolPins().npm["osls"]?.packages ?? "", /^[0-9a-f]{64}$/);
  });
});
