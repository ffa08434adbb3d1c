import { readdirSync } from "node:fs";
import { basename, extname, join } from "node:path";
import type { Platform } from "../settings/settings";
import { findCredentials } from "../input/credentials";
import { pathText, problem, type Problem, sortProblems } from "../input/problem";
import { checkShape } from "../input/shape";
import { readYamlFile, type YamlFile } from "../input/yaml-file";
import type { Application, Deployment, Patterns, Track } from "./application";
import { checkApplications } from "./rules";
import { type ApplicationFile, applicationSchema } from "./schema";
import type { WrittenApplication } from "./written-application";

export interface ReadApplications {
  /** Sorted by name; only to be used where there are no problems. */
  readonly applications: readonly Application[];
  readonly problems: readonly Problem[];
}

/**
 * Reads every `*.yaml` of a folder as an application and checks each alone, all together, and against the platform.
 * @param directory as messages show it, before each file's name
 * @param platform absent where the settings are wrong: then nothing is said of environments
 */
export function readApplications(directory: string, platform: Platform | undefined): ReadApplications {
  const listing = listFiles(directory);
  const written: WrittenApplication[] = [];
  const problems: Problem[] = [...listing.problems];
  for (const name of listing.files) {
    const result = readApplication(directory, name);
    if ("problems" in result) problems.push(...result.problems);
    else written.push(result);
  }
  return {
    applications: written
      .map(({ application }) => application)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    problems: sortProblems([...problems, ...checkApplications(written, platform)]),
  };
}

function listFiles(directory: string): { files: string[]; problems: Problem[] } {
  try {
    const names = readdirSync(directory).filter((name) => !name.startsWith("."));
    const files = names.filter((name) => extname(name) === ".yaml").toSorted();
    const misnamed = names.filter((name) => /^\.ya?ml$/i.test(extname(name)) && !files.includes(name));
    const problems = misnamed.map((name) => {
      const remedy = `Rename it to ${basename(name, extname(name))}.yaml.`;
      return problem("This file is not read.", [remedy], { file: join(directory, name) });
    });
    if (files.length > 0 || misnamed.length > 0) return { files, problems };
    return { files, problems: [noApplications(directory, "This folder holds no application.")] };
  } catch {
    return { files: [], problems: [noApplications(directory, "There is no folder here that can be read.")] };
  }
}

function noApplications(directory: string, sentence: string): Problem {
  return problem(sentence, ["Wanted: a folder with one file for each application, <name>.yaml."], {
    file: directory,
  });
}

function readApplication(
  directory: string,
  name: string,
): WrittenApplication | { problems: readonly Problem[] } {
  const file = join(directory, name);
  const read = readYamlFile(file, file);
  if ("problems" in read) return read;
  const secrets = credentialProblems(read);
  const shape = checkShape(applicationSchema, read.value, read.locate);
  if ("problems" in shape) return { problems: [...secrets, ...shape.problems] };
  if (secrets.length > 0) return { problems: secrets };
  return { application: toApplication(shape.value), fileName: basename(name, ".yaml"), locate: read.locate };
}

function credentialProblems({ value, locate }: YamlFile): Problem[] {
  return findCredentials(value).map(({ path, kind }) =>
    problem(
      `${pathText(path)} holds ${kind} in plain text.`,
      ["Take it out, make it invalid where it was issued, and keep its successor in AWS Secrets Manager."],
      locate(path),
    ),
  );
}

function toApplication({ pullRequests, ...file }: ApplicationFile): Application {
  return {
    ...file,
    test: { ...file.test, runtimes: toRuntimes(file.test.runtimes) },
    deployment: file.deployment satisfies Deployment,
    tracks: file.tracks.map(toTrack),
    ...(pullRequests === undefined ? {} : { pullRequests }),
  };
}

function toRuntimes(runtimes: ApplicationFile["test"]["runtimes"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(runtimes).flatMap(([name, version]) => (version === undefined ? [] : [[name, version]])),
  );
}

function toTrack(track: ApplicationFile["tracks"][number]): Track {
  const patterns = (includes: string[] = [], excludes: string[] = []): Patterns => ({ includes, excludes });
  return {
    name: track.name,
    trigger: {
      branches: patterns(track.branches, track.excludeBranches),
      paths: patterns(track.paths, track.excludePaths),
      tags: patterns(track.tags, track.excludeTags),
    },
    environments: track.environments,
  };
}
