import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { projectDirectory } from "./shipped-preview";

/** Not needed to run the program, or too large to copy. */
const left = new Set([".git", ".engine", "node_modules", "coverage", "test", "examples", "docs"]);

/** A copy of the project that a test may spoil. Dependencies are those of the project itself. */
export class ProjectCopy {
  readonly directory = mkdtempSync(join(tmpdir(), "slipway-"));

  constructor() {
    cpSync(projectDirectory, this.directory, {
      recursive: true,
      filter: (source) => !left.has(relative(projectDirectory, source).split(sep)[0] ?? ""),
    });
    symlinkSync(join(projectDirectory, "node_modules"), join(this.directory, "node_modules"));
  }

  write(file: string, content: string): void {
    mkdirSync(dirname(join(this.directory, file)), { recursive: true });
    writeFileSync(join(this.directory, file), content);
  }

  /** Replaces a text that stands in the file exactly once. */
  replace(file: string, before: string, after: string): void {
    const content = readFileSync(join(this.directory, file), "utf8");
    if (content.split(before).length !== 2)
      throw new Error(`${file} does not hold this text once: ${before}`);
    this.write(
      file,
      content.replace(before, () => after),
    );
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
