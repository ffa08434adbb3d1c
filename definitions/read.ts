import { basename, join } from "node:path";
import type { Platform } from "../settings/settings";
import { findCredentials } from "../input/credentials";
import { type Checked, problem, type Problem, sortProblems } from "../input/problem";
import { credentialSentence } from "../input/wording";
import { checkShape } from "../input/shape";
import { readYamlFile, type YamlFile } from "../input/yaml-file";
import type { Application, Deployment, Patterns, Track } from "./application";
import { readFolder } from "./folder";
import { type BuildspecSize, checkApplications } from "./rules";
import { type ApplicationFile, applicationSchema } from "./schema";
import type { WrittenApplication } from "./written-application";

/**
 * Reads every `*.yaml` of a folder as an application and checks each alone, all together, and against the platform.
 * @param platform absent where the settings are not right: then nothing is said of environments
 * @returns the applications, sorted by name
 */
export function readApplications(
  directory: string,
  platform: Platform | undefined,
  buildspec: BuildspecSize,
): Checked<readonly Application[]> {
  const folder = readFolder(directory);
  const written: WrittenApplication[] = [];
  const problems: Problem[] = [...folder.problems];
  for (const name of folder.files) {
    const application = readApplication(directory, name);
    if ("problems" in application) problems.push(...application.problems);
    else written.push(application.value);
  }
  problems.push(...checkApplications(written, platform, buildspec));
  if (problems.length > 0) return { problems: sortProblems(problems) };
  const applications = written.map(({ application }) => application);
  return { value: applications.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}

function readApplication(directory: string, name: string): Checked<WrittenApplication> {
  const file = join(directory, name);
  const read = readYamlFile(file, file);
  if ("problems" in read) return read;
  const { value, locate } = read.value;
  const secrets = credentialProblems(read.value);
  const shape = checkShape(applicationSchema, value, locate);
  if ("problems" in shape) return { problems: [...secrets, ...shape.problems] };
  if (secrets.length > 0) return { problems: secrets };
  return { value: { application: toApplication(shape.value), fileName: basename(name, ".yaml"), locate } };
}

function credentialProblems({ value, locate }: YamlFile): Problem[] {
  return findCredentials(value).map((credential) =>
    problem(
      credentialSentence(credential),
      ["Take it out, make it invalid where it was issued, and keep its successor in AWS Secrets Manager."],
      locate(credential.path, credential.key),
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
