import path from "node:path";
import { isMap, isScalar } from "yaml";
import { problem, type Problem } from "../input/problem";
import { didYouMean } from "../input/wording";
import type { YamlSource } from "../input/yaml-source";
import { fullConfigKey, readConfigValue, type ConfigValue } from "./config-values";
import { isOfType, typeName } from "./config-types";
import type { Stack } from "./stack";
import { doubledStacks, missingStacks } from "./platform-stacks";
import type { StackProblem } from "./preview-document";
import { ProblemsError } from "./problems";
import { namesIn, readPulumiFile, type Project } from "./project";

export interface Stacks {
  /** In the order of their names. */
  readonly stacks: readonly Stack[];
  /** Stacks that the platform needs and the project has no file for. */
  readonly warnings: readonly Problem[];
}

/**
 * All stacks of the project, or those with the given names.
 * @throws ProblemsError with everything that is wrong in any of their files
 */
export function readStacks(project: Project, names: readonly string[]): Stacks {
  const files = stackFiles(project);
  const isWanted = (name: string): boolean => names.length === 0 || names.includes(name);
  const misnamed = files.misnamed.filter(({ name }) => isWanted(name));
  const unknown = names.filter(
    (name) => !files.named.has(name) && !misnamed.some((stray) => stray.name === name),
  );
  const absent = absentStacks(project, unknown, [...files.named.keys()], misnamed.length > 0);
  if (absent.length > 0) throw new ProblemsError(absent);
  const all = [...files.named].map(([name, entry]) => readStack(project, name, entry));
  const selected = all.filter(({ stack }) => isWanted(stack.name));
  const problems: StackProblem[] = [
    ...misnamed.map((stray) => misnamedProblem(project, stray, files.named)),
    ...selected.flatMap((read) => read.problems),
    ...doubledStacks(
      project,
      all.map(({ stack }) => stack),
    ).filter(({ stacks }) => stacks.some(isWanted)),
  ];
  if (problems.length > 0) throw new ProblemsError(problems);
  // A stack file that cannot be read may belong to any environment, so nothing is said of missing ones then. The file itself
  // is a problem of its stack whenever that stack is previewed.
  const complete = all.every((read) => read.problems.length === 0);
  return {
    stacks: selected.map(({ stack }) => stack),
    warnings: complete
      ? missingStacks(
          project,
          all.map(({ stack }) => stack),
        )
      : [],
  };
}

interface Misnamed {
  /** The stack that the file is meant for. */
  readonly name: string;
  readonly entry: string;
}

/**
 * The files of stacks by the stacks' names. They end as the project file does (`ProjectStackPath` in
 * sdk/go/common/workspace of pulumi/pulumi), so Pulumi takes no notice of Pulumi.dev.yml beside Pulumi.yaml.
 */
function stackFiles(project: Project): { named: Map<string, string>; misnamed: Misnamed[] } {
  const extension = path.extname(project.source.file);
  const named = new Map<string, string>();
  const misnamed: Misnamed[] = [];
  for (const entry of namesIn(project.stackDirectory)) {
    const [, name, ending] = /^Pulumi\.(.+)(\.ya?ml|\.json)$/.exec(entry) ?? [];
    if (name === undefined) continue;
    if (ending === extension) named.set(name, entry);
    else if (ending !== ".json") misnamed.push({ name, entry });
  }
  return { named, misnamed };
}

function misnamedProblem(
  project: Project,
  { name, entry }: Misnamed,
  named: ReadonlyMap<string, string>,
): StackProblem {
  const extension = path.extname(project.source.file);
  const message = `Pulumi does not read this file: stack files end in ${extension}, as ${project.source.file} does.`;
  const other = named.get(name);
  const remedy =
    other === undefined
      ? `Rename it to Pulumi.${name}${extension}.`
      : `Pulumi reads ${other}: move there what is missing, and delete this file.`;
  return { ...problem(message, [remedy], { file: fileOf(project, entry) }), stacks: [name] };
}

/** Relative to the project directory. */
function fileOf(project: Project, entry: string): string {
  return path.relative(project.directory, path.join(project.stackDirectory, entry));
}

function absentStacks(
  project: Project,
  unknown: readonly string[],
  existing: readonly string[],
  hasMisnamed: boolean,
): Problem[] {
  if (existing.length === 0 && !hasMisnamed) {
    const remedy = "Add one file Pulumi.<stack>.yaml for each account, such as Pulumi.dev.yaml.";
    return [problem(`There is no stack file in ${project.stackDirectory}.`, [remedy])];
  }
  return unknown.map((name) =>
    problem(
      `There is no stack ${name}: no file ${fileOf(project, `Pulumi.${name}.yaml`)}.`,
      didYouMean(name, existing, "The stacks are:"),
    ),
  );
}

interface ReadStack {
  readonly stack: Stack;
  readonly problems: readonly StackProblem[];
}

function readStack(project: Project, name: string, entry: string): ReadStack {
  const file = fileOf(project, entry);
  const read = readPulumiFile(path.join(project.stackDirectory, entry), file);
  if ("problems" in read) {
    const problems = read.problems.map((each) => ({ ...each, stacks: [name] }));
    return { stack: { name, file, config: new Map() }, problems };
  }
  const source = read.value;
  const problems: Problem[] = [];
  const config = new Map(ownConfig(source, project.name, problems));
  problems.push(...applyProject(project, name, source, config));
  return {
    stack: { name, file, config, source },
    problems: problems.map((each) => ({ ...each, stacks: [name] })),
  };
}

function ownConfig(source: YamlSource, project: string, problems: Problem[]): [string, ConfigValue][] {
  const top = source.node([]);
  if (top === undefined || (isScalar(top) && top.value === null)) return [];
  if (!isMap(top)) {
    problems.push(source.problemAt([], `${source.file} must be a map with the key config.`));
    return [];
  }
  if (source.node(["environment"]) !== undefined) {
    const message = "environment: is filled in by Pulumi Cloud, which an offline preview does not ask.";
    problems.push(source.problemAt(["environment"], message, "Write the values under config: instead."));
  }
  const config = source.node(["config"]);
  if (config !== undefined && !isMap(config) && !(isScalar(config) && config.value === null)) {
    problems.push(source.problemAt(["config"], "config: must be a map of config keys."));
  }
  return source.keys(["config"]).flatMap((written) => {
    const key = fullConfigKey(written, project);
    if (key !== undefined) {
      const entry: [string, ConfigValue] = [
        key,
        readConfigValue(source.node(["config", written]), source, problems),
      ];
      return [entry];
    }
    const message = `${written} is not a config key.`;
    problems.push(source.problemAt(["config", written], message, "Write it as <namespace>:<name>."));
    return [];
  });
}

/**
 * Adds what Pulumi.yaml gives and checks the types that it declares, as `ValidateStackConfigAndApplyProjectConfig` in
 * sdk/go/common/workspace of pulumi/pulumi does; but reports all problems, not the first.
 */
function applyProject(
  project: Project,
  stack: string,
  source: YamlSource,
  config: Map<string, ConfigValue>,
): Problem[] {
  return project.declarations.flatMap((declaration) => {
    const { written, key, type, secret, value } = declaration;
    const ownValue = config.get(key);
    if (ownValue === undefined && value !== undefined) config.set(key, value);
    const effective = ownValue ?? value;
    if (effective === undefined) {
      const message = `The stack ${stack} has no value for ${written}, and Pulumi.yaml gives no default.`;
      return [source.problemAt(["config"], message, `Add ${key} to ${source.file}.`)];
    }
    const at = placeOfKey(source, project.name, key);
    if (type === undefined) return [];
    if (secret && !effective.isSecret) {
      const message = `${written} must be a secret, and the stack ${stack} holds it in plain text.`;
      return [source.problemAt(at, message, `Run: pulumi config set --secret --stack ${stack} ${key}`)];
    }
    if (isOfType(effective, type)) return [];
    const shown = effective.text.length > 60 ? `${effective.text.slice(0, 60)}…` : effective.text;
    return [
      source.problemAt(
        at,
        `${written} must be of the type ${typeName(type)}, and is ${effective.isSecret ? "a secret of another type" : shown}.`,
      ),
    ];
  });
}

function placeOfKey(source: YamlSource, project: string, key: string): string[] {
  const written = source.keys(["config"]).find((candidate) => fullConfigKey(candidate, project) === key);
  return written === undefined ? ["config"] : ["config", written];
}
