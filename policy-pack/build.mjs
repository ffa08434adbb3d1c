// Bundles the pack into one file of plain JavaScript. As TypeScript it would be type-checked at every
// start (7 s instead of 1 s: @pulumi/pulumi's run-policy-pack). Run: node policy-pack/build.mjs
import { cpSync, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

await build({
  entryPoints: [at("index.ts")],
  outfile: at("bin/index.js"),
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["@pulumi/policy", "@pulumi/pulumi"],
  legalComments: "none",
  logLevel: "warning",
});

// The pages that messages name go with the pack when it is packed for use elsewhere.
if (existsSync(at("../docs/rules"))) cpSync(at("../docs/rules"), at("bin/docs/rules"), { recursive: true });
