/** Finds and reads the files that are to be checked. */
import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Source, Unreadable } from "../lib/check/source";
import { parseJson } from "./parse-json";
import { parseYaml } from "./parse-yaml";

/** A file to be checked. */
export interface InputFile {
  /** As it is shown: the path that was given, or the path in the folder that was given; `-` for standard input. */
  readonly file: string;
  /** The path within the folder that was given, or the file's name. */
  readonly inFolder: string;
  /** The file itself was named, so it is expected to hold a policy. */
  readonly isNamed: boolean;
}

/** A file or folder that could not be opened, in words. */
export interface Unopened {
  readonly file: string;
  readonly error: string;
}

/** Larger files are not read; the largest plans and states are a few dozen megabytes. */
const LARGEST_MIB = 64;

/** All files that the paths name, folders with all that is in them; the walk goes on when a folder cannot be opened. */
export function* inputFiles(paths: readonly string[]): Generator<InputFile | Unopened> {
  for (const given of paths) {
    let isFolder: boolean;
    try {
      isFolder = given !== "-" && statSync(given).isDirectory();
    } catch (error) {
      yield unopened(given, error);
      continue;
    }
    if (isFolder) yield* filesIn(given, given);
    else yield { file: given, inFolder: path.basename(given), isNamed: true };
  }
}

function* filesIn(folder: string, root: string): Generator<InputFile | Unopened> {
  let names: string[];
  try {
    names = readdirSync(folder).sort();
  } catch (error) {
    yield unopened(folder, error);
    return;
  }
  // What the CDK writes beside its templates repeats them, or is the code of assets.
  const isCdkOutput = names.includes("cdk.out") && existsSync(path.join(folder, "manifest.json"));
  for (const name of names) {
    const file = path.join(folder, name);
    // A link to a folder is not followed: it may lead back.
    const isFolder = lstatSync(file).isDirectory();
    if (
      isFolder &&
      !name.startsWith(".") &&
      name !== "node_modules" &&
      (!isCdkOutput || name.startsWith("assembly-"))
    )
      yield* filesIn(file, root);
    const wanted = isCdkOutput ? /\.template\.json$/ : /\.(json|ya?ml|template)$/i;
    if (!isFolder && wanted.test(name)) yield { file, inFolder: path.relative(root, file), isNamed: false };
  }
}

const WHY_NOT: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EACCES: "may not be read by this user",
};

function unopened(file: string, error: unknown): Unopened {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return { file, error: `${file} ${WHY_NOT[code] ?? "cannot be read"}` };
}

/** The text of a file, or why there is none. */
export function readText(file: string): { readonly text: string } | Unopened {
  try {
    if (file !== "-" && statSync(file).size > LARGEST_MIB * 2 ** 20)
      return { file, error: `${file} is larger than ${LARGEST_MIB} MiB` };
    return { text: decoded(readFileSync(file === "-" ? 0 : file)) };
  } catch (error) {
    return unopened(file, error);
  }
}

/** Without the mark by which editors and PowerShell begin a file, which also says how the text is written. */
function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString("utf16le");
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return bytes.subarray(2).swap16().toString("utf16le");
  return bytes.toString("utf8").replace(/^\uFEFF/, "");
}

/** The value in a text; JSON is told from YAML by its first character, since answers are often saved under any name. */
export function parse(text: string, file: string): Source | Unreadable {
  const start = text.trimStart();
  // Documents as the IAM API gives them.
  if (/^%7B/i.test(start)) return parseJson(JSON.stringify(start.trimEnd()));
  const isYaml = /\.(ya?ml|template)$/i.test(file);
  if (/^[[{"]/.test(start) || /\.json$/i.test(file) || start === "") {
    const json = parseJson(text);
    return "problem" in json && isYaml ? parseYaml(text) : json;
  }
  return parseYaml(text);
}
