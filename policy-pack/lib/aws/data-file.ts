/** Reads the files of `data/`, which stand beside the sources and beside the compiled pack. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Seen from this file: one folder up in the compiled form (`bin/`), two in the source (`lib/aws/`). */
const FOLDERS = [join(__dirname, "..", "data"), join(__dirname, "..", "..", "data")];

/** The content of a data file, given its name such as `actions.jsonl`. */
export function readDataFile(name: string): Buffer {
  const file = FOLDERS.map((folder) => join(folder, name)).find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error(`The policy pack's data file ${name} is missing.`);
  return readFileSync(file);
}
