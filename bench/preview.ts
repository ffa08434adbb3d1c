/**
 * How fast the offline preview with policy pack is, beside the least that Pulumi's own runner needs for the same resources
 * (bench/floor). Run: npm run bench [-- 3 30 100] [--json FILE]; npm run bench -- --check fails when a ratio is worse than stated.
 */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { generateOrganization } from "./organization";
import { measure, type Measurement } from "./processes";

const BIN = path.join(__dirname, "..", "cli", "bin.js");
const FLOOR = path.join(__dirname, "floor", "main.cjs");

/** The sizes that `--check` compares, and what it allows. Figures of one run: the machine's speed cancels out. */
const CHECK = { sizes: [3, 30], cpuToFloor: 0.7, growth: 4 } as const;

interface Row {
  readonly applications: number;
  readonly resources: number;
  readonly preview: Measurement;
  readonly floor: Measurement;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { json: { type: "string" }, check: { type: "boolean" } },
    allowPositionals: true,
  });
  const asked = positionals.map(Number);
  const sizes = values.check === true ? CHECK.sizes : asked.length === 0 ? [3, 30, 100] : asked;
  console.log(
    `${String(os.availableParallelism())} cores, Node.js ${process.version}, load ${(os.loadavg()[0] ?? 0).toFixed(1)}`,
  );
  console.log(line(HEADINGS));
  const rows: Row[] = [];
  for (const size of sizes) {
    const row = await measured(size);
    rows.push(row);
    console.log(line(cells(row)));
  }
  if (values.json !== undefined) fs.writeFileSync(values.json, `${JSON.stringify(rows, undefined, 2)}\n`);
  if (values.check === true) check(rows);
}

async function measured(applications: number): Promise<Row> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-bench-"));
  try {
    const project = path.join(scratch, "project");
    generateOrganization(project, applications);
    const command = [BIN, "preview", "--json", "--cwd", project];
    const saved = path.join(scratch, "preview.json");
    // The first run reads everything from disk, and gives the floor its resources.
    const text = execFileSync(process.execPath, command, { encoding: "utf8", maxBuffer: 2 ** 30 });
    fs.writeFileSync(saved, text);
    const { stacks } = JSON.parse(text) as {
      readonly stacks: readonly { readonly resources: readonly unknown[] }[];
    };
    return {
      applications,
      resources: stacks.reduce((sum, { resources }) => sum + resources.length, 0),
      preview: await clean(command),
      floor: await clean([FLOOR, saved]),
    };
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
}

async function clean(command: readonly string[]): Promise<Measurement> {
  const measurement = await measure(process.execPath, command);
  if (measurement.status !== 0)
    throw new Error(`${command.join(" ")} ended with ${String(measurement.status)}`);
  return measurement;
}

const HEADINGS = [
  "applications",
  "resources",
  "wall s",
  "CPU s",
  "MiB",
  "floor: wall",
  "CPU",
  "MiB",
  "CPU ratio",
];

function cells({ applications, resources, preview, floor }: Row): string[] {
  const of = ({ seconds, cpuSeconds, residentMiB }: Measurement): string[] => [
    seconds.toFixed(1),
    cpuSeconds.toFixed(1),
    residentMiB.toFixed(0),
  ];
  return [
    String(applications),
    String(resources),
    ...of(preview),
    ...of(floor),
    ratioToFloor({ preview, floor }).toFixed(2),
  ];
}

function ratioToFloor({ preview, floor }: Pick<Row, "preview" | "floor">): number {
  return preview.cpuSeconds / floor.cpuSeconds;
}

function line(texts: readonly string[]): string {
  return texts.map((text) => text.padStart(13)).join("");
}

/** Ends with status 1 when the preview has become slower than stated, against the floor or in its growth. */
function check(rows: readonly Row[]): void {
  const [small, large] = rows;
  if (small === undefined || large === undefined) return;
  const growth = large.preview.cpuSeconds / small.preview.cpuSeconds;
  const grown = large.applications / small.applications;
  console.log(
    `${String(grown)} times the applications take ${growth.toFixed(1)} times the CPU time, at most ${String(CHECK.growth)}.`,
  );
  const slow = rows.filter((row) => ratioToFloor(row) > CHECK.cpuToFloor);
  for (const { applications } of slow) {
    console.error(
      `error: ${String(applications)} applications take more than ${String(CHECK.cpuToFloor)} times the floor's CPU time.`,
    );
  }
  if (growth > CHECK.growth) console.error(`error: the CPU time grows faster than it may.`);
  if (slow.length > 0 || growth > CHECK.growth) process.exitCode = 1;
}

void main();
