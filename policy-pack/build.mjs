// Bundles the pack into one file of plain JavaScript. As TypeScript it would be type-checked at every
// start (7 s instead of 1 s: @pulumi/pulumi's run-policy-pack). Run: node policy-pack/build.mjs
import { cpSync, existsSync, renameSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

// Put in place at once: another process may be starting the pack, or compiling it too.
const unfinished = at(`bin/index.js.${process.pid}`);

await build({
  entryPoints: [at("index.ts")],
  outfile: unfinished,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["@pulumi/policy", "@pulumi/pulumi"],
  legalComments: "none",
  logLevel: "warning",
});
renameSync(unfinished, at("bin/index.js"));

// The pages that messages name go with the pack when it is packed for use elsewhere.
if (existsSync(at("../docs/rules"))) cpSync(at("../docs/rules"), at("bin/docs/rules"), { recursive: true });
