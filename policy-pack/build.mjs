// Bundles the pack into one file of plain JavaScript. As TypeScript it would be type-checked at every
// start (7 s instead of 1 s: @pulumi/pulumi's run-policy-pack). Run: node policy-pack/build.mjs
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
