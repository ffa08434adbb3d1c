import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Fault, withFault } from "./fault";

const project = join(__dirname, "..", "..");
const left = new Set(["node_modules", ".git", ".engine", "coverage"]);

/** What a test file said. */
export interface TestRun {
  /** Full titles of the tests that ran, and of those that failed. */
  readonly titles: readonly string[];
  readonly failed: readonly string[];
  /** Set when the file could not even be loaded, or mocha did not answer. */
  readonly broken?: string;
}

/** A copy of the project in which one fault at a time is tried. */
export class Workshop {
  private readonly folder = mkdtempSync(join(tmpdir(), "slipway-mutants-"));

  constructor() {
    cpSync(project, this.folder, { recursive: true, filter: (source) => !left.has(basename(source)) });
    symlinkSync(join(project, "node_modules"), join(this.folder, "node_modules"));
  }

  /** Runs the fault's test with the fault in place, and takes the fault out again. */
  async run(fault: Fault): Promise<TestRun> {
    const path = join(this.folder, fault.file);
    const source = readFileSync(path, "utf8");
    try {
      writeFileSync(path, withFault(source, fault));
      return await this.runTests(fault.killedBy.file, [fault.killedBy.title]);
    } catch (error) {
      return { titles: [], failed: [], broken: error instanceof Error ? error.message : String(error) };
    } finally {
      writeFileSync(path, source);
    }
  }

  /** Runs the tests of one file that have these full titles; the other tests of the file would only take time. */
  runTests(file: string, titles: readonly string[]): Promise<TestRun> {
    const mocha = join(project, "node_modules", "mocha", "bin", "mocha.js");
    const exactly = `^(?:${titles.map(literally).join("|")})$`;
    const args = [mocha, "--no-parallel", "--reporter", "json", "--grep", exactly, "--spec", file];
    return new Promise((resolve) => {
      execFile(process.execPath, args, { cwd: this.folder, maxBuffer: 2 ** 28 }, (_error, stdout, stderr) => {
        resolve(readReport(stdout, stderr));
      });
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The text as a regular expression for itself. */
function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

interface Report {
  readonly tests: readonly { readonly fullTitle: string }[];
  readonly failures: readonly { readonly fullTitle: string }[];
}

function readReport(stdout: string, stderr: string): TestRun {
  const start = stdout.indexOf('{\n  "stats"');
  if (start === -1) return { titles: [], failed: [], broken: stderr.trim().split("\n")[0] ?? "no report" };
  const { tests, failures } = JSON.parse(stdout.slice(start)) as Report;
  return {
    titles: tests.map(({ fullTitle }) => fullTitle),
    failed: failures.map(({ fullTitle }) => fullTitle),
  };
}
