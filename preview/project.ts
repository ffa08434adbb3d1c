import fs from "node:fs";
import path from "node:path";
import { isMap, isScalar, isSeq, type Node } from "yaml";
import { fullConfigKey, readConfigValue, type ConfigValue } from "./config-values";
import type { Problem } from "./preview-document";
import { ProblemsError } from "./problems";
import { isOfType, typeName, typeOf, type ConfigType } from "./config-types";
import { YamlSource } from "./yaml-source";

/** What a preview needs of a Pulumi.yaml. */
export interface Project {
  readonly name: string;
  /** Absolute path of the folder with Pulumi.yaml. */
  readonly directory: string;
  readonly main: string;
  /** Where the stack files are; absolute. */
  readonly stackDirectory: string;
  readonly declarations: readonly ConfigDeclaration[];
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

/**
 * Reads and checks Pulumi.yaml, with the rules of `LoadProject` and `Project.Validate` in sdk/go/common/workspace of
 * pulumi/pulumi.
 * @throws ProblemsError
 */
export function readProject(directory: string): Project {
  const file = ["Pulumi.yaml", "Pulumi.yml"].find((name) => fs.existsSync(path.join(directory, name)));
  if (file === undefined) throw new ProblemsError([noProject(directory)]);
  const { source, problems } = YamlSource.read(path.join(directory, file), file);
  if (problems.length > 0) throw new ProblemsError(problems);
  const name = source.text(["name"]);
  if (name === undefined || name === "") {
    problems.push(
      source.problem(["name"], `${file} has no name.`, "Add the line `name: slipway` at its top."),
    );
  }
  problems.push(...runtimeProblems(source, file));
  const declarations = readDeclarations(source, name ?? "", problems);
  if (problems.length > 0) throw new ProblemsError(problems);
  const stackDirectory = source.text(["stackConfigDir"]) ?? source.text(["config"]) ?? ".";
  return {
    name: name ?? "",
    directory,
    main: source.text(["main"]) ?? "",
    stackDirectory: path.resolve(directory, stackDirectory),
    declarations,
  };
}

function noProject(directory: string): Problem {
  return {
    message: `There is no Pulumi.yaml in ${directory}.`,
    remedy: "Run the command in the folder of the platform, or name it with --cwd DIR.",
  };
}

function runtimeProblems(source: YamlSource, file: string): Problem[] {
  const runtime = source.text(["runtime"]) ?? source.text(["runtime", "name"]);
  if (runtime === "nodejs") return [];
  const given = runtime === undefined ? "has no runtime" : `has the runtime ${runtime}`;
  return [
    source.problem(
      ["runtime"],
      `${file} ${given}; a preview runs Node.js programs.`,
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
    problems.push(source.problem(["config"], "config: must be a map of config keys."));
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
    problems.push(source.problem(at, `${written} is not a config key.`, "Write it as <namespace>:<name>."));
    return undefined;
  }
  const node = source.node(at);
  if (!isMap(node)) return shorthand(source, written, key, node, problems);
  const unknown = source.keys(at).filter((attribute) => !ATTRIBUTES.includes(attribute));
  for (const attribute of unknown) {
    const message = `${attribute} is not an attribute of a config key.`;
    problems.push(
      source.problem([...at, attribute], message, `The attributes are: ${ATTRIBUTES.join(", ")}.`),
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
      source.problem([...at, "default"], `The default of ${written} is not of the type ${typeName(type)}.`),
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
      source.problem(
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
  const found: string[] = [];
  if (has("default") && has("value"))
    found.push(`${written} has both a default and a value; it can have one.`);
  if (!ofProject && type !== undefined)
    found.push(`${written} is not a key of this project, so it cannot have a type.`);
  if (!ofProject && has("default")) {
    found.push(`${written} is not a key of this project, so it cannot have a default; use value instead.`);
  }
  if (!ofProject && !has("default") && !has("value")) found.push(`${written} needs a value.`);
  return found.map((message) => source.problem(at, message));
}
