import { isMap, isScalar, isSeq, type Node, type Scalar } from "yaml";
import { problem, type Problem } from "../input/problem";
import { keyText, type YamlSource } from "../input/yaml-source";
import { goJson } from "./go-json";
import { UNKNOWN } from "./preview-document";

/** One config value as the engine hands it to programs: text, JSON text for what is no scalar. */
export interface ConfigValue {
  readonly text: string;
  /** Encrypted in the stack file. Without the key it stays unknown: then `text` holds the unknown marker. */
  readonly isSecret: boolean;
  readonly isObject: boolean;
}

/** Values by their full key, `<namespace>:<name>`. */
export type StackConfig = ReadonlyMap<string, ConfigValue>;

type Plain = null | boolean | number | bigint | string | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * The full form of a config key: `<namespace>:<name>`; a key without a namespace is the project's own.
 * @returns undefined when the key has neither form (`ParseKey` in sdk/go/common/resource/config of pulumi/pulumi)
 */
export function fullConfigKey(key: string, project: string): string | undefined {
  const parts = key.split(":");
  if (parts.length === 1) return `${project}:${key}`;
  if (parts.length === 2) return key;
  return parts.length === 3 && parts[1] === "config" ? `${parts[0] ?? ""}:${parts[2] ?? ""}` : undefined;
}

/** The value of a YAML node as the engine reads it. Problems are added to `problems`. */
export function readConfigValue(
  node: Node | null | undefined,
  source: YamlSource,
  problems: Problem[],
): ConfigValue {
  const seen = { secret: false };
  const plain = plainValue(node, source, problems, seen);
  const isObject = plain === null || typeof plain === "object";
  return { text: isObject ? goJson(plain) : String(plain), isSecret: seen.secret, isObject };
}

function plainValue(
  node: unknown,
  source: YamlSource,
  problems: Problem[],
  seen: { secret: boolean },
): Plain {
  const resolved = source.resolve(node);
  if (isMap(resolved)) {
    const merged: Record<string, Plain> = {};
    for (const { key, value } of resolved.items) {
      const plain = plainValue(value, source, problems, seen);
      const name = keyText(key);
      Object.assign(merged, name === "<<" ? plain : { [name]: plain });
    }
    if (Object.keys(merged).join() !== "secure" || typeof merged["secure"] !== "string") return merged;
    seen.secret = true;
    return UNKNOWN;
  }
  if (isSeq(resolved)) return resolved.items.map((item) => plainValue(item, source, problems, seen));
  return isScalar(resolved) ? scalarValue(resolved, source, problems) : null;
}

function scalarValue(node: Scalar, source: YamlSource, problems: Problem[]): Plain {
  const written = node.source ?? "";
  if (node.type === "PLAIN" && /^0\d+$/.test(written)) {
    const message = `${written} is read as a number by Pulumi and loses its leading zero.`;
    problems.push(
      problem(message, [`Put it in quotes: "${written}".`], source.placeOf(node.range?.[0] ?? 0)),
    );
  }
  // The engine's YAML reader takes a plain date for a point in time and prints it like this.
  if (node.type === "PLAIN" && /^\d{4}-\d{2}-\d{2}$/.test(written)) return `${written} 00:00:00 +0000 UTC`;
  const { value } = node;
  return value === undefined ? null : (value as Plain);
}
