import { isMap } from "yaml";
import type { ConfigValue } from "./config-values";
import type { Problem } from "../input/problem";
import { didYouMean } from "../input/wording";
import type { YamlSource } from "../input/yaml-source";
import { UNKNOWN } from "./preview-document";

/** The type that Pulumi.yaml gives a config key. */
export interface ConfigType {
  readonly name: TypeName;
  /** Of the items of an array. */
  readonly items?: ConfigType;
}

const TYPES = ["string", "integer", "boolean", "array", "object"] as const;
type TypeName = (typeof TYPES)[number];

/** The type declared at `at`, undefined when none is. */
export function typeOf(
  source: YamlSource,
  at: readonly string[],
  problems: Problem[],
): ConfigType | undefined {
  const node = source.node([...at, "type"]);
  if (node === undefined) return undefined;
  const text = source.text([...at, "type"]);
  const name = TYPES.find((type) => type === text);
  if (name === undefined) {
    const message = `${text ?? node.toString()} is not a type.`;
    problems.push(
      source.problemAt([...at, "type"], message, ...didYouMean(text ?? "", TYPES, "The types are:")),
    );
    return undefined;
  }
  if (name !== "array") return { name };
  const items = isMap(source.node([...at, "items"])) ? typeOf(source, [...at, "items"], problems) : undefined;
  if (items === undefined) {
    const message = `${at.at(-1) ?? ""} is an array and does not say of what.`;
    problems.push(source.problemAt(at, message, "Add `items: { type: string }`, or what its items are."));
    return undefined;
  }
  return { name, items };
}

export function typeName(type: ConfigType): string {
  return type.items === undefined ? type.name : `array<${typeName(type.items)}>`;
}

/** `ValidateConfigValue` in sdk/go/common/workspace of pulumi/pulumi. A value that cannot be decrypted is of every type. */
export function isOfType(value: ConfigValue, type: ConfigType): boolean {
  return value.text === UNKNOWN || matches(value.isObject ? JSON.parse(value.text) : value.text, type);
}

function matches(value: unknown, type: ConfigType): boolean {
  switch (type.name) {
    case "string":
      return typeof value === "string";
    case "integer":
      return Number.isInteger(value) || (typeof value === "string" && /^[+-]?\d+$/.test(value));
    case "boolean":
      return typeof value === "boolean" || value === "true" || value === "false";
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "array": {
      const { items } = type;
      return Array.isArray(value) && items !== undefined && value.every((item) => matches(item, items));
    }
  }
}
