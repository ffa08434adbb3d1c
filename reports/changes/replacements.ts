import data from "./data/replacements.json";

const inputsByType: Readonly<Record<string, readonly string[]>> = data.types;

/** Whether the table knows which inputs of a type force a replacement. */
export function knowsReplacements(type: string): boolean {
  return Object.hasOwn(inputsByType, type);
}

/** Whether a change of an input, by its property path, makes Pulumi replace the resource. */
export function forcesReplacement(type: string, path: string): boolean {
  const input = /^[^.[]+/.exec(path)?.[0] ?? "";
  return inputsByType[type]?.includes(input) ?? false;
}
