/** The processes of this machine, as Linux keeps them in /proc; none where there is no /proc. */
import { existsSync, readdirSync, readFileSync } from "node:fs";

export function processes(): number[] {
  if (!existsSync("/proc")) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Processes that this one started, and theirs. */
export function descendants(id: number): number[] {
  const children = processes().filter((other) => parentOf(other) === id);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

export function commandLine(id: number): string {
  return read(`/proc/${id}/cmdline`).replaceAll("\0", " ");
}

function parentOf(id: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(read(`/proc/${id}/status`))?.[1] ?? 0);
}

/** "" when the process has ended, or is another user's. */
export function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** Ends a process, or (negative) a process group; it may have ended by itself. */
export function kill(id: number): void {
  try {
    process.kill(id, "SIGKILL");
  } catch {
    // it had ended already
  }
}
