import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "mocha";
import { parse, stringify } from "yaml";
import { renderBuildspec, type BuildspecFile } from "../../delivery/buildspec";
import { downloads, type Fakes } from "./fake-tools";

const root = join(__dirname, "../..");
const tools = join(root, ".engine/tools");

interface Spec {
  readonly env: object;
  readonly phases: Readonly<Record<string, { readonly commands?: readonly string[] }>>;
  readonly artifacts?: object;
}

/**
 * A buildspec with these steps of a job alone, as they are rendered, in one phase. A step is the name of a script or file
 * as the buildspec names it (`secret-scan.sh`), or else a command of the test's own.
 */
export function partOf(file: BuildspecFile, steps: readonly string[]): string {
  const spec = parse(renderBuildspec(file, {}, downloads().pins)) as Spec;
  const named = parse(readFileSync(join(root, "buildspecs", file), "utf8"), {
    customTags: [
      "!script",
      "!file",
      "!tools",
      "!kubernetes",
      "!npm-version",
      "!npm-before",
      "!npm-packages",
    ].map((tag) => ({ tag, resolve: (text: string) => text })),
  }) as Spec;
  const commandsOf = (one: Spec) => Object.values(one.phases).flatMap(({ commands }) => commands ?? []);
  const names = commandsOf(named);
  const commands = commandsOf(spec);
  assert.equal(names.length, commands.length);
  const chosen = steps.map((step) => commands[names.indexOf(step)] ?? step);
  return stringify(
    { ...spec, phases: { build: { "on-failure": "ABORT", commands: chosen } } },
    { lineWidth: 0 },
  );
}

/** The real tools of these names, for a job's `tools`. */
export function realTools(...names: readonly string[]): Fakes {
  return Object.fromEntries(names.map((name) => [name, { "": `exec '${realTool(name)}' "$@"` }]));
}

/** Where test/support/build-tools.sh puts a tool. */
export function realTool(name: string): string {
  return join(tools, name);
}

/** Skips the tests of a file where these tools have not been built, and says so. */
export function skipWithoutTools(context: Context, ...names: readonly string[]): void {
  const missing = names.filter((name) => !existsSync(join(tools, name)));
  if (missing.length === 0) return;
  console.log(
    `      skipped: run test/support/build-tools.sh first for ${missing.join(", ")} (needs Go and some minutes)`,
  );
  context.skip();
}

/** What a job says to people. */
export function messages(log: string): string[] {
  return log.split("\n").filter((line) => /^(slipway:| {2})/.test(line));
}
