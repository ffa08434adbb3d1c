import { distance } from "fastest-levenshtein";

/** ` Did you mean x?` when one of the names is close to what was written, else "". */
export function nearest(written: string, names: readonly string[]): string {
  const [best] = names
    .map((name) => ({ name, edits: distance(written.toLowerCase(), name.toLowerCase()) }))
    .filter((candidate) => candidate.edits <= Math.max(2, Math.floor(candidate.name.length / 3)))
    .sort((a, b) => a.edits - b.edits);
  return best === undefined ? "" : ` Did you mean ${best.name}?`;
}
