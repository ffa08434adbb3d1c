import { spawnSync } from "node:child_process";
import type { Context } from "mocha";

/** Skips the tests of a file on a machine without these programs, and says so. */
export function skipWithout(context: Context, ...programs: readonly string[]): void {
  const missing = programs.filter((program) => spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0);
  if (missing.length === 0) return;
  console.log(`      skipped: this machine has no ${missing.join(", no ")}`);
  context.skip();
}
