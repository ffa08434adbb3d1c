import * as pulumi from "@pulumi/pulumi";
import { applicationsDirectory, readSettings } from "./config";
import type { Application } from "./definitions/application";
import { readApplications } from "./definitions/read";
import type { Settings } from "./settings/settings";
import { renderProblems } from "./input/problem";

/** What the program is about, checked: the settings of this stack, and all applications sorted by name. */
export interface Program {
  readonly settings: Settings;
  readonly applications: readonly Application[];
}

/**
 * Reads everything that people wrote.
 * @throws pulumi.RunError with all problems of settings and application files at once
 */
export function loadProgram(): Program {
  const { settings, platform, problems } = readSettings();
  const read = readApplications(applicationsDirectory(), platform);
  if (settings === undefined || problems.length + read.problems.length > 0) {
    throw new pulumi.RunError(renderProblems([...problems, ...read.problems]));
  }
  return { settings, applications: read.applications };
}
