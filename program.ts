import * as pulumi from "@pulumi/pulumi";
import { applicationsDirectory, readSettings } from "./config";
import type { Application } from "./definitions/application";
import { readApplications } from "./definitions/read";
import { buildspecSize } from "./delivery/buildspec";
import type { Settings } from "./settings/settings";
import { renderProblems } from "./input/problem-text";

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
  const applications = readApplications(applicationsDirectory(), platform, buildspecSize);
  if (settings === undefined || "problems" in applications) {
    const ofApplications = "problems" in applications ? applications.problems : [];
    throw new pulumi.RunError(renderProblems([...problems, ...ofApplications]));
  }
  return { settings, applications: applications.value };
}
