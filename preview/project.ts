import fs from "node:fs";
import path from "node:path";
import { type Checked, problem, type Problem } from "../input/problem";
import { fileFault, readText } from "../input/text-file";
import { YamlSource } from "../input/yaml-source";
import { readDeclarations, type ConfigDeclaration } from "./config-declarations";
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

/** The sorted names of all that a folder holds; an empty list where there is no such folder. */
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
