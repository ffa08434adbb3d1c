import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import type { PreviewDocument, PreviewedResource, StackPreview } from "../../preview/preview-document";

export const projectDirectory = join(__dirname, "..", "..");

export interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `slipway` as a person would, in the project's directory or another. */
export function slipway(args: readonly string[], directory = projectDirectory): Promise<Run> {
  const script = join(projectDirectory, "cli", "bin.js");
  // Coverage counts the project's own files only, and reading what was measured of a copy takes longer than running it.
  const { NODE_V8_COVERAGE: coverage, ...rest } = process.env;
  const env = directory === projectDirectory && coverage ? { ...rest, NODE_V8_COVERAGE: coverage } : rest;
  const options = { cwd: directory, env, maxBuffer: 256 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === "number" ? error.code : error ? 3 : 0, stdout, stderr });
    });
  });
}

let shipped: Promise<PreviewDocument> | undefined;

/** The preview of the platform as it is shipped; run once for all tests of a process. */
export function shippedPreview(): Promise<PreviewDocument> {
  shipped ??= slipway(["preview", "--json"]).then(({ stdout }) => JSON.parse(stdout) as PreviewDocument);
  return shipped;
}

export async function shippedStack(name: string): Promise<StackPreview> {
  const { stacks } = await shippedPreview();
  const stack = stacks.find((candidate) => candidate.name === name);
  assert.ok(stack, `there is no stack ${name}`);
  return stack;
}

export function ofType(stack: StackPreview, type: string): PreviewedResource[] {
  return stack.resources.filter((resource) => resource.type === type);
}

/** The one resource of this type and name. */
export function resource(stack: StackPreview, type: string, name: string): PreviewedResource {
  const [match, ...others] = ofType(stack, type).filter((candidate) => candidate.name === name);
  assert.ok(match && others.length === 0, `${stack.name} has ${match ? "several" : "no"} ${type} ${name}`);
  return match;
}

/** A value deep in a resource's inputs, by property names and indexes. */
export function input(resource: PreviewedResource, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null
        ? (value as Record<string | number, unknown>)[key]
        : undefined,
    resource.inputs,
  );
}

export function text(value: unknown): string {
  assert.ok(typeof value === "string", `not a text: ${JSON.stringify(value)}`);
  return value;
}
