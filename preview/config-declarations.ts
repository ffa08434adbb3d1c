/**
 * Reads and checks `config:` of Pulumi.yaml, with the rules of `Project.Validate` in sdk/go/common/workspace of
 * pulumi/pulumi.
 */
import { isMap, isScalar, isSeq, type Node } from "yaml";
import type { Problem } from "../input/problem";
import type { YamlSource } from "../input/yaml-source";
import { fullConfigKey, readConfigValue, type ConfigValue } from "./config-values";
import { isOfType, typeName, typeOf, type ConfigType } from "./config-types";

/** One entry of `config:` in Pulumi.yaml. */
export interface ConfigDeclaration {
  /** The key as Pulumi.yaml writes it. */
  readonly written: string;
  /** The key with its namespace: `<namespace>:<name>`. */
  readonly key: string;
  /** Undefined when values are not checked. */
  readonly type?: ConfigType;
  readonly secret: boolean;
  /** The value for stacks that do not set the key themselves. */
  readonly value?: ConfigValue;
}

/** All entries of `config:`. What is wrong with them is added to `problems`. */
export function readDeclarations(
  source: YamlSource,
  project: string,
  problems: Problem[],
): ConfigDeclaration[] {
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
  problems.push(...attributeProblems(source, at));
  const type = typeOf(source, at, problems);
  problems.push(...declarationProblems(source, at, written, key.startsWith(`${project}:`), type));
  const value = declaredValue(source, written, type, problems);
  const secretNode = source.node([...at, "secret"]);
  return {
    written,
    key,
    ...(type === undefined ? {} : { type }),
    secret: isScalar(secretNode) && secretNode.value === true,
    ...(value === undefined ? {} : { value }),
  };
}

function attributeProblems(source: YamlSource, at: readonly string[]): Problem[] {
  const unknown = source.keys(at).filter((attribute) => !ATTRIBUTES.includes(attribute));
  return unknown.map((attribute) => {
    const message = `${attribute} is not an attribute of a config key.`;
    return source.problemAt([...at, attribute], message, `The attributes are: ${ATTRIBUTES.join(", ")}.`);
  });
}

/** What a declaration gives to stacks: its `default`, or else its `value`. */
function declaredValue(
  source: YamlSource,
  written: string,
  type: ConfigType | undefined,
  problems: Problem[],
): ConfigValue | undefined {
  const defaultPath = ["config", written, "default"];
  const defaultNode = source.node(defaultPath);
  const node = defaultNode ?? source.node(["config", written, "value"]);
  const value = isNull(node) ? undefined : readConfigValue(node, source, problems);
  if (type !== undefined && defaultNode !== undefined && value !== undefined && !isOfType(value, type)) {
    const message = `The default of ${written} is not of the type ${typeName(type)}.`;
    problems.push(source.problemAt(defaultPath, message));
  }
  return value;
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
