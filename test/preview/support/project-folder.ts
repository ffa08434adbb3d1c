import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { ConfigValue } from "../../../preview/config-values";
import type { StackProblem } from "../../../preview/preview-document";
import { ProblemsError } from "../../../preview/problems";
import { readProject } from "../../../preview/project";
import { readStacks } from "../../../preview/stack-file";
import type { Stack } from "../../../preview/stack";

/** The least that a Pulumi.yaml must hold. */
export const PROJECT = "name: shop\nruntime: nodejs\n";

/** A folder with a project, new for each test. */
export class ProjectFolder {
  directory = "";

  /** For the `describe` that this is called in. */
  static forEachTest(): ProjectFolder {
    const folder = new ProjectFolder();
    beforeEach(() => {
      folder.directory = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-project-"));
    });
    afterEach(() => {
      fs.rmSync(folder.directory, { recursive: true });
    });
    return folder;
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(this.directory, name)), { recursive: true });
      fs.writeFileSync(path.join(this.directory, name), text);
    }
  }

  /** The stacks of these names, or all. */
  read(names: readonly string[] = []): readonly Stack[] {
    return readStacks(readProject(this.directory), names).stacks;
  }

  /** The config of the stack dev. */
  configOf(project: string, stack: string): Record<string, ConfigValue> {
    this.write({ "Pulumi.yaml": PROJECT + project, "Pulumi.dev.yaml": stack });
    return Object.fromEntries(this.read()[0]?.config ?? []);
  }

  /** The same as it reaches a program. */
  texts(project: string, stack: string): Record<string, string> {
    const values = Object.entries(this.configOf(project, stack));
    return Object.fromEntries(values.map(([key, { text }]) => [key, text]));
  }

  problems(files: Readonly<Record<string, string>>, names: readonly string[] = []): readonly StackProblem[] {
    this.write(files);
    try {
      this.read(names);
    } catch (error) {
      if (error instanceof ProblemsError) return error.problems;
      throw error;
    }
    return [];
  }
}
