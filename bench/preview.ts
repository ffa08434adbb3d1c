/**
 * How fast the offline preview is, and how much memory all its processes together take: the shipped platform and
 * generated ones. Run: npm run bench [-- 3 30 100]
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { generateApplications } from "./generate";
import { measure } from "./processes";

const BIN = path.join(__dirname, "..", "cli", "bin.js");

/** What the shipped platform may take on two idle cores. */
const LIMITS = { seconds: 6, residentMiB: 900 };

async function main(sizes: readonly number[]): Promise<void> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-bench-"));
  try {
    // The first run reads everything from disk.
    await measure(process.execPath, [BIN, "preview", "--json"]);
    console.log(
      `${os.availableParallelism().toString()} cores, Node.js ${process.version}, load ${(os.loadavg()[0] ?? 0).toFixed(1)}`,
    );
    console.log(row(["platform", "wall s", "CPU s", "resident MiB", "shared once", "status"]));
    await report("shipped", []);
    for (const size of sizes) {
      const directory = path.join(scratch, String(size));
      generateApplications(directory, size);
      await report(`${String(size)} applications`, ["--applications", directory]);
    }
    console.log(
      `Limits for the shipped platform: ${String(LIMITS.seconds)} s wall, ${String(LIMITS.residentMiB)} MiB.`,
    );
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
}

async function report(name: string, options: readonly string[]): Promise<void> {
  const { seconds, cpuSeconds, residentMiB, proportionalMiB, status } = await measure(process.execPath, [
    BIN,
    "preview",
    "--json",
    ...options,
  ]);
  console.log(
    row([
      name,
      seconds.toFixed(1),
      cpuSeconds.toFixed(1),
      residentMiB.toFixed(0),
      proportionalMiB.toFixed(0),
      String(status),
    ]),
  );
  if (status !== 0) process.exitCode = 1;
}

function row(cells: readonly string[]): string {
  return cells.map((cell, index) => (index === 0 ? cell.padEnd(18) : cell.padStart(14))).join("");
}

const sizes = process.argv.slice(2).map(Number);
void main(sizes.length === 0 ? [3, 30, 100] : sizes);
