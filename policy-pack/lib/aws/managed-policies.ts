/**
 * AWS managed policies: the latest document of each is at hand (`data/managed-policies.jsonl.gz`, made by
 * `data/generate-managed-policies.mjs`).
 */
import { gunzipSync } from "node:zlib";
import { readDataFile } from "./data-file";

/** Whether an ARN is that of a policy AWS manages, in any partition. */
export function isAwsManaged(arn: string): boolean {
  return /^arn:[^:]+:iam::aws:policy\//.test(arn);
}

/** The document of an AWS managed policy, or undefined if the data does not have it. */
export function managedDocument(arn: string): unknown {
  const line = lines().get(pathOf(arn));
  return line === undefined ? undefined : (JSON.parse(line) as { readonly document: unknown }).document;
}

/** The ARNs of every AWS managed policy at hand. */
export function managedArns(): string[] {
  return [...lines().keys()].map((path) => `arn:aws:iam::aws:policy/${path}`);
}

let linesByPath: ReadonlyMap<string, string> | undefined;

/** The lines of the data by the policy's path; unpacked when first asked for. */
function lines(): ReadonlyMap<string, string> {
  if (linesByPath !== undefined) return linesByPath;
  const text = gunzipSync(readDataFile("managed-policies.jsonl.gz")).toString("utf8");
  const [, ...policies] = text.trimEnd().split("\n");
  // A line starts with {"arn":"ARN", which saves parsing it to learn its ARN.
  linesByPath = new Map(policies.map((line) => [pathOf(line.slice(8, line.indexOf('"', 8))), line] as const));
  return linesByPath;
}

/** `service-role/Name` of `arn:aws:iam::aws:policy/service-role/Name`, the same in every partition. */
function pathOf(arn: string): string {
  return arn.slice(arn.indexOf("policy/") + "policy/".length);
}
