import { spawn } from "node:child_process";
import fs from "node:fs";

/** How often resident memory is looked at. */
const INTERVAL_MS = 20;

export interface Measurement {
  readonly seconds: number;
  /** Of user and system time, of the process and all that it waited for. */
  readonly cpuSeconds: number;
  /** Most that was resident at one moment in the process and its descendants together, in MiB. */
  readonly residentMiB: number;
  /** The same, with pages that several processes share counted once. */
  readonly proportionalMiB: number;
  readonly status: number | null;
}

/** Runs a command and watches it and its descendants. Needs /proc. */
export async function measure(command: string, args: readonly string[]): Promise<Measurement> {
  const before = process.hrtime.bigint();
  const cpuBefore = childrenCpuSeconds();
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  let residentMiB = 0;
  let proportionalMiB = 0;
  const timer = setInterval(() => {
    const tree = treeOf(child.pid ?? 0).map((pid) => read(`/proc/${String(pid)}/smaps_rollup`));
    residentMiB = Math.max(residentMiB, sumOf(tree, "Rss"));
    proportionalMiB = Math.max(proportionalMiB, sumOf(tree, "Pss"));
  }, INTERVAL_MS);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  clearInterval(timer);
  const seconds = Number(process.hrtime.bigint() - before) / 1e9;
  return { seconds, cpuSeconds: childrenCpuSeconds() - cpuBefore, residentMiB, proportionalMiB, status };
}

/** Fields 16 and 17 of /proc/self/stat are those of children that have been waited for, in ticks of 10 ms. */
function childrenCpuSeconds(): number {
  const fields = fs.readFileSync("/proc/self/stat", "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function treeOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of fs.readdirSync("/proc")) {
    if (/^\d+$/.test(entry)) parents.set(Number(entry), parentOf(entry));
  }
  const inTree = (pid: number | undefined): boolean =>
    pid === root || (pid !== undefined && pid > 1 && inTree(parents.get(pid)));
  return [...parents.keys()].filter(inTree);
}

function parentOf(pid: string): number {
  return Number(read(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ")[1] ?? 0);
}

/** In MiB, of the summaries that the kernel gives of each process's memory. */
function sumOf(summaries: readonly string[], field: "Rss" | "Pss"): number {
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+)`, "m");
  return summaries.reduce((sum, text) => sum + Number(kibibytes.exec(text)?.[1] ?? 0) / 1024, 0);
}

/** A process may end between two looks. */
function read(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
