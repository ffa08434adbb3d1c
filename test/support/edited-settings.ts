import assert from "node:assert/strict";
import { it } from "mocha";
import { type Files, settingsProblems, shippedFiles } from "./settings";

/** The shipped files with a text replaced: [file, text, replacement]… */
export function edited(
  ...edits: readonly (readonly [file: string, text: string, replacement: string])[]
): Files {
  const files = { ...shippedFiles };
  for (const [file, text, replacement] of edits) {
    const before = files[file] ?? "";
    assert.ok(before.includes(text), `${file} holds ${text}`);
    files[file] = before.replace(text, () => replacement);
  }
  return files;
}

export function project(text: string, replacement: string): [string, string, string] {
  return ["Pulumi.yaml", text, replacement];
}

/** In the file of the CI/CD account's stack. */
export const cicd = (text: string, replacement: string): [string, string, string] => [
  "Pulumi.cicd.yaml",
  text,
  replacement,
];
export const dev = (text: string, replacement: string): [string, string, string] => [
  "Pulumi.dev.yaml",
  text,
  replacement,
];

/** As a message lists them. */
export const regions =
  "eu-central-1, eu-central-2, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-2, eu-west-3";
/** What a stack of the CI/CD account may set, as a message lists them. */
export const cicdKeys = [
  "slipway:stack, slipway:connection, slipway:artifactRetentionDays, slipway:organizationId, slipway:cicd,",
  "slipway:environments, slipway:platformRole, slipway:breakGlassRole, slipway:notifications, slipway:chat, slipway:people,",
  "slipway:logRetentionDays, slipway:confusedDeputyConditions",
].join(" ");

/** Settings with faults, and the lines of the message about them. */
export interface FaultySettings {
  readonly name: string;
  /** Which stack is read; that of the CI/CD account unless given. */
  readonly stack?: string;
  readonly files: Files;
  readonly secretKeys?: readonly string[];
  readonly expected: readonly string[];
}

/** One test for each. */
export function testMessages(cases: readonly FaultySettings[]): void {
  for (const { name, stack = "cicd", files, secretKeys, expected } of cases) {
    it(name, async () => {
      assert.equal(await settingsProblems(files, stack, secretKeys), expected.join("\n"));
    });
  }
}
