import type { Checked } from "./problem";
import { readText } from "./text-file";
import { type Locate, YamlSource } from "./yaml-source";

/** A YAML file that was read: its value, and where in the file each part of it stands. */
export interface YamlFile {
  readonly value: unknown;
  readonly locate: Locate;
}

/** @param file the path as messages show it */
export function readYamlFile(path: string, file: string): Checked<YamlFile> {
  const text = readText(path, file);
  return "problems" in text ? text : parseYaml(text.value, file);
}

/** Reads YAML 1.2; every fault of the syntax becomes a problem at its place. */
function parseYaml(text: string, file: string): Checked<YamlFile> {
  const parsed = YamlSource.parse(text, file);
  if ("problems" in parsed) return parsed;
  const { document, locate } = parsed.value;
  return { value: { value: document.toJS(), locate } };
}
