import { readFileSync, statSync } from "node:fs";
import { TextDecoder } from "node:util";
import {
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
  type Document,
  visit,
} from "yaml";
import { hideCredentials } from "./credentials";
import { type Place, problem, type Problem, quote } from "./problem";
import type { Locate } from "./shape";

/** Larger files are refused unread: nobody writes one by hand. */
const longestFile = 256 * 1024;

/** A YAML file that was read: its value, and where in the file each part of it stands. */
export interface YamlFile {
  readonly value: unknown;
  readonly locate: Locate;
}

type Result<Value> = Value | { readonly problems: readonly Problem[] };

/** @param file the path as messages show it */
export function readYamlFile(path: string, file: string): Result<YamlFile> {
  const text = readText(path, file);
  return typeof text === "string" ? parseYaml(text, file) : text;
}

function readText(path: string, file: string): Result<string> {
  const fault = (message: string, ...details: string[]): Result<string> => ({
    problems: [problem(message, details, { file })],
  });
  try {
    const status = statSync(path);
    if (!status.isFile())
      return fault(
        `This is ${status.isDirectory() ? "a folder" : "not a regular file"}; a YAML file is wanted.`,
      );
    if (status.size > longestFile) {
      return fault(
        `This file is ${Math.ceil(status.size / 1024)} KiB long; nobody writes as much by hand.`,
        `Allowed: at most ${longestFile / 1024} KiB.`,
      );
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof TypeError)
      return fault("This file is not UTF-8 text.", "Save it in the encoding UTF-8.");
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return fault(`This file cannot be read: ${reasons[code] ?? code}.`);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ELOOP: "it is a symbolic link that leads back to itself",
  ENOENT: "there is no such file, or it is a symbolic link that leads nowhere",
  EACCES: "its permissions do not allow it",
};

/** Reads YAML 1.2; every fault of the syntax becomes a problem at its place. */
function parseYaml(text: string, file: string): Result<YamlFile> {
  const lines = new LineCounter();
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const faults = [
      ...syntaxProblems([...document.errors, ...document.warnings], at),
      // Most files have none, and the walk takes as long as all checks of ours.
      ...(text.includes("*") ? aliasProblems(document, at) : []),
    ];
    if (faults.length > 0) return { problems: faults };
    // Keys that are maps are refused later; the library need not warn of them on standard error.
    document.options.logLevel = "silent";
    const root = document.contents;
    return { value: document.toJS(), locate: (path, key) => locate(root, path, key, at) };
  } catch (error) {
    // The library counts what aliases multiply to: https://eemeli.org/yaml/#options
    if (error instanceof ReferenceError) {
      return {
        problems: [
          problem("This file repeats itself through too many aliases.", ["Write the values out."], { file }),
        ],
      };
    }
    throw error;
  }
}

/** One fault of the syntax brings others after it, so only the first is said; keys written twice stand for themselves. */
function syntaxProblems(faults: readonly YAMLError[], at: (offset: number) => Place): Problem[] {
  const first = faults.find(({ code }) => code !== "DUPLICATE_KEY");
  if (first !== undefined) {
    const words = /call stack/.test(first.message)
      ? "brackets are nested too deep"
      : lowerFirst(first.message);
    const sentence =
      first.code === "MULTIPLE_DOCS"
        ? "This file holds more than one document."
        : `This is not valid YAML: ${words}.`;
    return [problem(hideCredentials(sentence), [], at(first.pos[0]))];
  }
  return faults.map(({ pos }) =>
    problem("The same key stands here a second time.", ["Keep one of the two."], at(pos[0])),
  );
}

function aliasProblems(document: Document, at: (offset: number) => Place): Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) !== undefined) return;
      const message = `The alias ${quote(`*${alias.source}`)} has no anchor before it.`;
      const remedy = `Write &${alias.source} before the value that is meant, or quotes around text that begins with *.`;
      problems.push(problem(message, [remedy], at(alias.range?.[0] ?? 0)));
    },
  });
  return problems;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1).replace(/\.$/, "");
}

function locate(
  root: Node | null,
  path: readonly PropertyKey[],
  key: string | undefined,
  at: (offset: number) => Place,
): Place {
  let node: unknown = root;
  let start = startOf(root) ?? 0;
  for (const [index, step] of (key === undefined ? path : [...path, key]).entries()) {
    const isKey = key !== undefined && index === path.length;
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === step);
      if (pair === undefined) break;
      node = pair.value;
      start = (isKey ? startOf(pair.key) : (startOf(pair.value) ?? startOf(pair.key))) ?? start;
    } else if (isSeq(node) && typeof step === "number") {
      node = node.items[step];
      start = startOf(node) ?? start;
    } else break;
  }
  return at(start);
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
