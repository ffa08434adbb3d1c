import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const BIN = path.join(__dirname, "../../cli/bin.js");

export interface CheckRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Report {
  readonly version: number;
  readonly documents: readonly {
    readonly file: string;
    readonly name: string | null;
    readonly findings: readonly (Readonly<
      Record<"rule" | "severity" | "path" | "message" | "remedy", string>
    > & { readonly line: number })[];
    readonly error: string | null;
  }[];
  readonly checked: number;
  readonly notChecked: readonly Readonly<Record<"file" | "why", string>>[];
}

/** A folder of files, and `slipway check-policy` in it. */
export class CheckedFolder {
  readonly folder = mkdtempSync(path.join(tmpdir(), "slipway-check-"));

  /** Writes files by their paths, objects as JSON of two spaces. */
  write(files: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(this.folder, name)), { recursive: true });
      const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
      writeFileSync(path.join(this.folder, name), text);
    }
  }

  run(args: readonly string[], input = "", within = "."): CheckRun {
    const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, "check-policy", ...args], {
      cwd: path.join(this.folder, within),
      input,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
    return { status, stdout, stderr };
  }

  report(args: readonly string[], input = ""): Report {
    return JSON.parse(this.run(["--json", ...args], input).stdout) as Report;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
