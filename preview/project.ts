import fs from "node:fs";
import path from "node:path";
import { isMap, isScalar, isSeq, type Node } from "yaml";
import { type Checked, problem, type Problem } from "../input/problem";
import { fileFault, readText } from "../input/text-file";
import { YamlSource } from "../input/yaml-source";
import { fullConfigKey, readConfigValue, type ConfigValue } from "./config-values";
import { isOfType, typeName, typeOf, type ConfigType } from "./config-types";
import { ProblemsError } from "./problems";

/** What a preview needs of a Pulumi.yaml. */
export interface Project {
  readonly name: string;
  /** Absolute path of the folder with Pulumi.yaml. */
  readonly directory: string;
  readonly main: string;
  /** Where the stack files are; absolute. */
  readonly stackDirectory: string;
  readonly declarations: readonly ConfigDeclaration[];
  /** Pulumi.yaml itself. */
  readonly source: YamlSource;
}

/** One entry of `config:` in Pulumi.yaml. */
export interface ConfigDeclaration {
  /** As written. */
  readonly written: string;
  /** With its namespace. */
  readonly key: string;
  /** Undefined when values are not checked. */
  readonly type?: ConfigType;
  readonly secret: boolean;
  /** What a stack gets that says nothing itself. */
  readonly value?: ConfigValue;
}

/** In the order in which Pulumi looks for them (`Exts` in sdk/go/common/encoding of pulumi/pulumi). */
const PROJECT_FILES = ["Pulumi.json", "Pulumi.yaml", "Pulumi.yml"];

/**
 * Reads and checks Pulumi.yaml, with the rules of `LoadProject` and `Project.Validate` in sdk/go/common/workspace of
 * pulumi/pulumi.
 * @throws ProblemsError
 */
export function readProject(directory: string): Project {
  const file = projectFile(directory);
  const read = readPulumiFile(path.join(directory, file), file);
  if ("problems" in read) throw new ProblemsError(read.problems);
  const source = read.value;
  const name = source.text(["name"]) ?? "";
  const problems: Problem[] = [];
  if (name === "") {
    problems.push(
      source.problemAt(["name"], `${file} has no name.`, "Add the line `name: slipway` at its top."),
    );
  }
  problems.push(...runtimeProblems(source, file));
  const declarations = readDeclarations(source, name, problems);
  if (problems.length > 0) throw new ProblemsError(problems);
  const stackDirectory = source.text(["stackConfigDir"]) ?? source.text(["config"]) ?? ".";
  return {
    name,
    directory,
    main: source.text(["main"]) ?? "",
    stackDirectory: path.resolve(directory, stackDirectory),
    declarations,
    source,
  };
}

function projectFile(directory: string): string {
  const names = namesIn(directory);
  const [file, second] = PROJECT_FILES.filter((name) => names.includes(name));
  if (file === undefined) {
    const remedy = "Run the command in the folder of the platform, or name it with --cwd DIR.";
    throw new ProblemsError([problem(`There is no Pulumi.yaml in ${directory}.`, [remedy])]);
  }
  if (second === undefined) return file;
  const message = `There is ${file} too, and Pulumi reads that alone.`;
  throw new ProblemsError([problem(message, ["Keep one of the two."], { file: second })]);
}

/** Names of everything in a folder, in order; none where there is no folder. */
export function namesIn(directory: string): string[] {
  try {
    return fs.readdirSync(directory).sort();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw new ProblemsError([problem(`The folder ${directory} cannot be read: ${fileFault(error)}.`)]);
  }
}

/** Pulumi sets no limit; a platform of a thousand environments takes half of this one. */
const MOST_BYTES = 1024 * 1024;

/** Reads a file of Pulumi's as the engine does: https://pkg.go.dev/gopkg.in/yaml.v3 */
export function readPulumiFile(full: string, file: string): Checked<YamlSource> {
  const text = readText(full, file, MOST_BYTES);
  if ("problems" in text) return text;
  return YamlSource.parse(text.value, file, { merge: true, intAsBigInt: true, unknownTags: true });
}

function runtimeProblems(source: YamlSource, file: string): Problem[] {
  const runtime = source.text(["runtime"]) ?? source.text(["runtime", "name"]);
  if (runtime === "nodejs") return [];
  const fault = runtime === undefined ? "has no runtime" : `has the runtime ${runtime}`;
  return [
    source.problemAt(
      ["runtime"],
      `${file} ${fault}; a preview runs Node.js programs.`,
      "Write `runtime: nodejs`.",
    ),
  ];
}

function readDeclarations(source: YamlSource, project: string, problems: Problem[]): ConfigDeclaration[] {
  const config = source.node(["config"]);
  if (
    config === undefined ||
    (isScalar(config) && (config.value === null || typeof config.value === "string"))
  )
    return [];
  if (!isMap(config)) {
    problems.push(source.problemAt(["config"], "config: must be a map of config keys."));
    return [];
  }
  return source
    .keys(["config"])
    .flatMap((written) => readDeclaration(source, project, written, problems) ?? []);
}

const ATTRIBUTES = ["type", "items", "description", "secret", "default", "value"];

function readDeclaration(
  source: YamlSource,
  project: string,
  written: string,
  problems: Problem[],
): ConfigDeclaration | undefined {
  const at = ["config", written];
  const key = fullConfigKey(written, project);
  if (key === undefined) {
    problems.push(source.problemAt(at, `${written} is not a config key.`, "Write it as <namespace>:<name>."));
    return undefined;
  }
  const node = source.node(at);
  if (!isMap(node)) return shorthand(source, written, key, node, problems);
  const unknown = source.keys(at).filter((attribute) => !ATTRIBUTES.includes(attribute));
  for (const attribute of unknown) {
    const message = `${attribute} is not an attribute of a config key.`;
    problems.push(
      source.problemAt([...at, attribute], message, `The attributes are: ${ATTRIBUTES.join(", ")}.`),
    );
  }
  const type = typeOf(source, at, problems);
  problems.push(...declarationProblems(source, at, written, key.startsWith(`${project}:`), type));
  const given = source.node([...at, "default"]) ?? source.node([...at, "value"]);
  const value = isNull(given) ? undefined : readConfigValue(given, source, problems);
  if (
    type !== undefined &&
    source.node([...at, "default"]) !== undefined &&
    value !== undefined &&
    !isOfType(value, type)
  ) {
    problems.push(
      source.problemAt([...at, "default"], `The default of ${written} is not of the type ${typeName(type)}.`),
    );
  }
  const secretNode = source.node([...at, "secret"]);
  return {
    written,
    key,
    ...(type === undefined ? {} : { type }),
    secret: isScalar(secretNode) && secretNode.value === true,
    ...(value === undefined ? {} : { value }),
  };
}

/** `key: text` means a default for a key of the project's own, a value for any other. */
function shorthand(
  source: YamlSource,
  written: string,
  key: string,
  node: Node | undefined,
  problems: Problem[],
): ConfigDeclaration {
  const isWhole = isScalar(node) && (typeof node.value !== "number" || Number.isInteger(node.value));
  if (isNull(node) || (!isWhole && !isSeq(node))) {
    const message = `${written} has no value that Pulumi.yaml may hold in this short form.`;
    problems.push(
      source.problemAt(
        ["config", written],
        message,
        "Write a text, a whole number, true, false, a list, or `value:`.",
      ),
    );
  }
  return { written, key, secret: false, value: readConfigValue(node, source, problems) };
}

function isNull(node: Node | undefined): boolean {
  return node === undefined || (isScalar(node) && node.value === null);
}

function declarationProblems(
  source: YamlSource,
  at: readonly string[],
  written: string,
  ofProject: boolean,
  type: ConfigType | undefined,
): Problem[] {
  const has = (attribute: string): boolean => !isNull(source.node([...at, attribute]));
  const messages: string[] = [];
  if (has("default") && has("value"))
    messages.push(`${written} has both a default and a value; it can have one.`);
  if (!ofProject && type !== undefined)
    messages.push(`${written} is not a key of this project, so it cannot have a type.`);
  if (!ofProject && has("default")) {
    messages.push(`${written} is not a key of this project, so it cannot have a default; use value instead.`);
  }
  if (!ofProject && !has("default") && !has("value")) messages.push(`${written} needs a value.`);
  return messages.map((message) => source.problemAt(at, message));
}
