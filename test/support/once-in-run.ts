import { mkdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * A text that takes seconds to make, made once for all processes of one run of mocha: the first that asks makes it, the
 * others wait for its file. Outside of a parallel run each process makes its own, so that a watched file sees today's.
 */
export async function onceInRun(name: string, make: () => Promise<string>): Promise<string> {
  if (process.env["MOCHA_WORKER_ID"] === undefined) return make();
  const folder = folderOf(process.ppid);
  const file = join(folder, name);
  mkdirSync(folder, { recursive: true });
  if (!isFirst(`${file}.begun`)) return whenThere(folder, file);
  const text = await make();
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
  return text;
}

function folderOf(mocha: number): string {
  return join(tmpdir(), `slipway-run-${mocha}`);
}

function isFirst(mark: string): boolean {
  try {
    writeFileSync(mark, "", { flag: "wx" });
    return true;
  } catch {
    return false;
  }
}

function whenThere(folder: string, file: string): Promise<string> {
  return new Promise((resolve) => {
    const watcher = watch(folder, look);
    look();
    function look(): void {
      try {
        resolve(readFileSync(file, "utf8"));
        watcher.close();
      } catch {
        // Not there yet: the next change of the folder is looked at as well.
      }
    }
  });
}

/** Mocha calls it in its own process before and after a run; a run that was killed may have left its folder. */
export function mochaGlobalSetup(): void {
  rmSync(folderOf(process.pid), { recursive: true, force: true });
}

export const mochaGlobalTeardown = mochaGlobalSetup;
