import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { readSettings } from "../../config";
import { renderProblems } from "../../input/problem-text";
import type { ParsedSettings } from "../../settings/parse-settings";

/** Texts by file name. */
export type Files = Readonly<Record<string, string>>;

export const stackNames = ["cicd", "dev", "test", "prod"] as const;

/** The settings that the repository ships. */
export const shippedFiles: Files = Object.fromEntries(
  ["Pulumi.yaml", ...stackNames.map((name) => `Pulumi.${name}.yaml`)].map((file) => [
    file,
    readFileSync(join(__dirname, "../..", file), "utf8"),
  ]),
);

/** Runs in a new folder that holds the files, and removes it. */
export function inFolder<Result>(files: Files, run: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "slipway-"));
  const before = process.cwd();
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    process.chdir(folder);
    return run(folder);
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What config.ts makes of a project folder, for one stack. */
export async function settingsOf(
  files: Files,
  stack: string,
  secretKeys: readonly string[] = [],
): Promise<ParsedSettings> {
  const never = (): never => {
    throw new Error("Reading settings makes no resource.");
  };
  await pulumi.runtime.setMocks({ newResource: never, call: never }, "slipway", stack);
  pulumi.runtime.setAllConfig(mergedConfig(files, stack));
  const before = process.env["PULUMI_CONFIG_SECRET_KEYS"];
  process.env["PULUMI_CONFIG_SECRET_KEYS"] = JSON.stringify(secretKeys);
  try {
    return inFolder(files, readSettings);
  } finally {
    if (before === undefined) delete process.env["PULUMI_CONFIG_SECRET_KEYS"];
    else process.env["PULUMI_CONFIG_SECRET_KEYS"] = before;
  }
}

export async function settingsProblems(...args: Parameters<typeof settingsOf>): Promise<string> {
  const { settings, problems } = await settingsOf(...args);
  if ((settings === undefined) !== problems.length > 0) throw new Error("Either settings or problems.");
  return renderProblems(problems);
}

/**
 * Configuration as the engine hands it to a program: the stack's own over the project's, everything but text as JSON.
 * https://github.com/pulumi/pulumi/blob/v3.220.0/sdk/go/common/workspace/config.go
 */
function mergedConfig(files: Files, stack: string): Record<string, string> {
  const config = {
    ...configIn(files["Pulumi.yaml"], true),
    ...configIn(files[`Pulumi.${stack}.yaml`], false),
  };
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

function configIn(text: string | undefined, mayDeclare: boolean): Record<string, unknown> {
  const document = (text === undefined ? {} : parse(text)) as { config?: Record<string, unknown> } | null;
  return Object.fromEntries(
    Object.entries(document?.config ?? {}).map(([key, value]) => [
      key.includes(":") ? key : `slipway:${key}`,
      mayDeclare && isDeclaration(value) ? value.value : value,
    ]),
  );
}

function isDeclaration(value: unknown): value is { value: unknown } {
  return typeof value === "object" && value !== null && "value" in value;
}
