// Bundles the pack, and its command, into one file each of plain JavaScript. As TypeScript it would be type-checked at every
// start (7 s instead of 1 s: @pulumi/pulumi's run-policy-pack). Run: node policy-pack/build.mjs
import { chmodSync, cpSync, existsSync, readFileSync, renameSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const { dependencies } = JSON.parse(readFileSync(at("package.json"), "utf8"));

// The pack itself, and the command that checks documents without Pulumi.
await bundle("index.ts", "bin/index.js");
await bundle("check/main.ts", "bin/check.js");
chmodSync(at("bin/check.js"), 0o755);

/** One file of plain JavaScript; what is in `dependencies` stays a package of its own. */
async function bundle(from, to) {
  // Put in place at once: another process may be starting the pack, or compiling it too.
  const unfinished = at(`${to}.${process.pid}`);
  await build({
    entryPoints: [at(from)],
    outfile: unfinished,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: Object.keys(dependencies),
    banner: to === "bin/check.js" ? { js: "#!/usr/bin/env node" } : {},
    legalComments: "none",
    logLevel: "warning",
  });
  renameSync(unfinished, at(to));
}

// The pages that messages name go with the pack when it is packed for use elsewhere.
if (existsSync(at("../docs/rules"))) cpSync(at("../docs/rules"), at("bin/docs/rules"), { recursive: true });
