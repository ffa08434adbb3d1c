// Builds the Pulumi CLI and its Node.js language host from their published Go modules into .engine/bin, for the
// tests in test/engine. Checksums are verified against the committed go.sum files and the public checksum database.
// A `pulumi` on PATH that is new enough is used instead. Exit status: 0 ready, 3 cannot be had here (reason printed).
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const engineDir = join(root, ".engine");
const bin = join(engineDir, "bin");
const record = join(engineDir, "engine.json");

/** The newest CLI that is served with a verifiable checksum and still starts Node policy packs by launcher. */
const cliVersion = "3.220.0";
const analyzerLauncher = `#!/usr/bin/env node
// Starts a Node policy pack with the SDK that the pack itself installed; the engine passes its address and folder.
require(require.resolve("@pulumi/pulumi/cmd/run-policy-pack", { paths: [process.cwd(), ${JSON.stringify(root)}] }));
`;

const targets = [
  {
    output: "pulumi",
    module: join(here, "cli"),
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    ldflags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${cliVersion}`,
  },
  {
    output: "pulumi-language-nodejs",
    module: join(here, "language-nodejs"),
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    ldflags: "-s -w",
  },
];

const say = (text) => process.stdout.write(`engine: ${text}\n`);

function onPath(name) {
  for (const folder of (process.env.PATH ?? "")
    .split(delimiter)
    .filter((entry) => entry !== "" && entry !== bin)) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // not in this folder
    }
  }
  return undefined;
}

const versionOf = (file) => execFileSync(file, ["version"], { encoding: "utf8" }).trim().replace(/^v/, "");

function newEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = cliVersion.split(".").map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** The engine on PATH when it is new enough, with the language host that belongs to it; otherwise the reason. */
function installed() {
  const cli = onPath("pulumi");
  if (cli === undefined) return { reason: "no `pulumi` on PATH" };
  const version = versionOf(cli);
  if (!newEnough(version)) return { reason: `\`pulumi\` on PATH is ${version}, older than ${cliVersion}` };
  const host = onPath("pulumi-language-nodejs");
  if (host === undefined) return { reason: "`pulumi` on PATH has no pulumi-language-nodejs beside it" };
  return { engine: { origin: "PATH", version, path: [...new Set([dirname(cli), dirname(host)])] } };
}

/** Changes whenever the recipe does: this file and the module files. */
function recipe() {
  const hash = createHash("sha256");
  const files = [
    fileURLToPath(import.meta.url),
    ...targets.flatMap(({ module }) => [join(module, "go.mod"), join(module, "go.sum")]),
  ];
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex");
}

function compile(go, { output, module, package: name, ldflags }) {
  const args = ["build", "-mod=readonly", "-trimpath", "-buildvcs=false", "-tags", "osusergo,grpcnotrace"];
  return new Promise((resolve, reject) => {
    const child = spawn(go, [...args, "-ldflags", ldflags, "-o", join(bin, output), name], {
      cwd: module,
      stdio: ["ignore", "inherit", "inherit"],
      // Checksums stay on even where the machine turned them off: what is run here is what was published.
      env: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "", GONOSUMDB: "", GONOSUMCHECK: "", GOWORK: "off" },
    });
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`go build ${name} ended with exit status ${code}`)),
    );
  });
}

function alreadyBuilt(wanted) {
  if (!existsSync(record)) return undefined;
  const known = JSON.parse(readFileSync(record, "utf8"));
  const complete = [...targets.map(({ output }) => output), "pulumi-analyzer-policy"];
  return known.recipe === wanted && complete.every((name) => existsSync(join(bin, name))) ? known : undefined;
}

async function main() {
  const { engine, reason } = installed();
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "pulumi-analyzer-policy"), analyzerLauncher, { mode: 0o755 });
  if (engine !== undefined) {
    // A CLI of one's own must come first on PATH, so an older build must not lie in the folder of the launcher.
    for (const { output } of targets) rmSync(join(bin, output), { force: true });
    writeFileSync(record, `${JSON.stringify({ ...engine, path: [...engine.path, bin] }, null, 2)}\n`);
    say(`using pulumi ${engine.version} found on PATH (${engine.path[0]})`);
    return 0;
  }
  const wanted = recipe();
  const known = alreadyBuilt(wanted);
  if (known !== undefined) {
    say(`using pulumi ${known.version} built before from its Go modules (${bin})`);
    return 0;
  }
  const go = onPath("go");
  if (go === undefined) {
    const why = `${reason}, and no \`go\` on PATH to build one: install Go 1.25 or newer, or Pulumi ${cliVersion} or newer`;
    writeFileSync(record, `${JSON.stringify({ unavailable: why }, null, 2)}\n`);
    say(`not available: ${why}`);
    // The tests themselves then say that they are skipped, and why.
    return process.argv.includes("--or-skip") ? 0 : 3;
  }
  say(`${reason}; building pulumi ${cliVersion} and its language host from their Go modules (a few minutes)`);
  const started = Date.now();
  // One after the other: the Go compiler keeps every core busy by itself, and the second build finds its packages compiled.
  for (const target of targets) await compile(go, target);
  const version = versionOf(join(bin, "pulumi"));
  writeFileSync(
    record,
    `${JSON.stringify({ origin: "built", version, path: [bin], recipe: wanted }, null, 2)}\n`,
  );
  say(`built pulumi ${version} in ${Math.round((Date.now() - started) / 1000)} s (${bin})`);
  return 0;
}

process.exitCode = await main().catch((error) => {
  say(`the build failed: ${error.message}`);
  return 1;
});
