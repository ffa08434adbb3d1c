import { readdirSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { problem, type Problem } from "../input/problem";
import { fileFault } from "../input/text-file";

export interface ApplicationsFolder {
  /** Names of the application files, sorted. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Lists the application files of a folder. Any other file is a problem unless its name says that it is no application, since
 * the next `pulumi up` would delete the pipelines of an application that is not read.
 */
export function readFolder(directory: string): ApplicationsFolder {
  const entries = namesIn(directory);
  if ("problems" in entries) return { files: [], problems: entries.problems };
  const files = entries.names.filter((name) => extname(name) === ".yaml");
  const strays = entries.names.filter((name) => !files.includes(name));
  const problems = strays.map((name) => strayProblem(directory, name));
  if (files.length > 0 || strays.length > 0) return { files, problems };
  return { files, problems: [noApplications(directory, "This folder holds no application.")] };
}

/** Editors read the schema, people the README, and hidden files belong to tools. */
const MEANT_FOR_OTHERS = /^(\.|application\.schema\.json$|README(\.|$))/i;

function namesIn(directory: string): { readonly names: string[] } | { readonly problems: Problem[] } {
  try {
    const names = readdirSync(directory).filter((name) => !MEANT_FOR_OTHERS.test(name));
    return { names: names.toSorted() };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const reason = code === "ENOENT" || code === "ENOTDIR" ? "" : `: ${fileFault(error)}`;
    return { problems: [noApplications(directory, `There is no folder here that can be read${reason}.`)] };
  }
}

function noApplications(directory: string, sentence: string): Problem {
  return problem(sentence, ["Wanted: a folder with one file for each application, <name>.yaml."], {
    file: directory,
  });
}

function strayProblem(directory: string, name: string): Problem {
  const file = join(directory, name);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
    return problem(
      "This folder is not read.",
      [`Move its application files into ${directory} itself, and anything else out of it.`],
      { file },
    );
  }
  const isApplication = /^\.(ya?ml|json)$/i.test(extname(name));
  const remedy = isApplication
    ? `Rename it to ${basename(name, extname(name))}.yaml, or move it out of ${directory}.`
    : `Move it out of ${directory}: beside applications, <name>.yaml, there may be application.schema.json, README files and hidden files.`;
  return problem("This file is not read.", [remedy], { file });
}
