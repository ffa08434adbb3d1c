import fs from "node:fs";
import path from "node:path";
import { isMap, isScalar } from "yaml";
import { fullConfigKey, readConfigValue, type ConfigValue, type StackConfig } from "./config-values";
import { isOfType, typeName } from "./config-types";
import type { Problem } from "./preview-document";
import { nearest } from "./nearest";
import { ProblemsError } from "./problems";
import type { Project } from "./project";
import { YamlSource } from "./yaml-source";

/** A stack that has a file: its name and the config that the engine would hand to the program. */
export interface Stack {
  readonly name: string;
  /** Relative to the project directory. */
  readonly file: string;
  readonly config: StackConfig;
}

/**
 * All stacks of the project, or those with the given names, in the order of their names.
 * @throws ProblemsError with everything that is wrong in any of their files
 */
export function readStacks(project: Project, names: readonly string[]): Stack[] {
  const files = stackFiles(project);
  const known = [...files.keys()];
  const unknown = names.filter((name) => !files.has(name));
  if (unknown.length > 0 || known.length === 0)
    throw new ProblemsError(missingStacks(project, unknown, known));
  const problems: Problem[] = [];
  const wanted = known.filter((name) => names.length === 0 || names.includes(name));
  const stacks = wanted.map((name) => readStack(project, name, files.get(name) ?? "", problems));
  if (problems.length > 0) throw new ProblemsError(problems);
  return stacks;
}

function stackFiles(project: Project): Map<string, string> {
  const entries = fs.existsSync(project.stackDirectory) ? fs.readdirSync(project.stackDirectory) : [];
  const found = entries.sort().flatMap((entry) => {
    const name = /^Pulumi\.(.+)\.ya?ml$/.exec(entry)?.[1];
    return name === undefined ? [] : [[name, entry] as const];
  });
  return new Map(found);
}

function missingStacks(project: Project, unknown: readonly string[], known: readonly string[]): Problem[] {
  const folder = path.relative(project.directory, project.stackDirectory) || ".";
  if (known.length === 0) {
    return [
      {
        message: `There is no stack file in ${path.join(project.directory, folder)}.`,
        remedy: "Add one file Pulumi.<stack>.yaml for each account, such as Pulumi.dev.yaml.",
      },
    ];
  }
  return unknown.map((name) => ({
    message: `There is no stack ${name}: no file ${path.join(folder, `Pulumi.${name}.yaml`)}.`,
    remedy: `The stacks are: ${known.join(", ")}.${nearest(name, known)}`,
  }));
}

function readStack(project: Project, name: string, entry: string, problems: Problem[]): Stack {
  const full = path.join(project.stackDirectory, entry);
  const file = path.relative(project.directory, full);
  const { source, problems: unreadable } = YamlSource.read(full, file);
  const own = unreadable.length > 0 ? unreadable : [];
  const config = new Map(own.length > 0 ? [] : ownConfig(source, project.name, own));
  if (unreadable.length === 0) own.push(...applyProject(project, name, source, config));
  problems.push(...own.map((problem) => ({ ...problem, stacks: [name] })));
  return { name, file, config };
}

function ownConfig(source: YamlSource, project: string, problems: Problem[]): [string, ConfigValue][] {
  const top = source.node([]);
  if (top === undefined || (isScalar(top) && top.value === null)) return [];
  if (!isMap(top)) {
    problems.push(source.problem([], `${source.file} must be a map with the key config.`));
    return [];
  }
  if (source.node(["environment"]) !== undefined) {
    const message = "environment: is filled in by Pulumi Cloud, which an offline preview does not ask.";
    problems.push(source.problem(["environment"], message, "Write the values under config: instead."));
  }
  const config = source.node(["config"]);
  if (config !== undefined && !isMap(config) && !(isScalar(config) && config.value === null)) {
    problems.push(source.problem(["config"], "config: must be a map of config keys."));
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
    problems.push(source.problem(["config", written], message, "Write it as <namespace>:<name>."));
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
    const own = config.get(key);
    if (own === undefined && value !== undefined) config.set(key, value);
    const effective = own ?? value;
    if (effective === undefined) {
      const message = `The stack ${stack} has no value for ${written}, and Pulumi.yaml gives no default.`;
      return [source.problem(["config"], message, `Add ${key} to ${source.file}.`)];
    }
    const at = placeOfKey(source, project.name, key);
    if (type === undefined) return [];
    if (secret && !effective.isSecret) {
      const message = `${written} must be a secret, and the stack ${stack} holds it in plain text.`;
      return [source.problem(at, message, `Run: pulumi config set --secret --stack ${stack} ${key}`)];
    }
    if (isOfType(effective, type)) return [];
    const given = effective.text.length > 60 ? `${effective.text.slice(0, 60)}…` : effective.text;
    return [
      source.problem(
        at,
        `${written} must be of the type ${typeName(type)}, and is ${effective.isSecret ? "a secret of another type" : given}.`,
      ),
    ];
  });
}

function placeOfKey(source: YamlSource, project: string, key: string): string[] {
  const written = source.keys(["config"]).find((candidate) => fullConfigKey(candidate, project) === key);
  return written === undefined ? ["config"] : ["config", written];
}
