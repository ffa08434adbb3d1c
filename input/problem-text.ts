/**
 * Problems as text, for people and between processes: the program throws its problems as one error, and the preview, which
 * runs the program as a process of its own, reads them back. `parseProblems` gives back what `renderProblems` was given.
 *
 * A blank line parts two problems. The first line of a problem is its place and its message; the further lines, indented
 * by two spaces, are its remedy. The place is `<file>:<line>:<column>: `, `<file>:<line>: ` or, for a whole file,
 * `in <file>: `. The name of a file that would not be recognised stands in quotes, as a text in JSON.
 */
import { type Place, problem, type Problem } from "./problem";

const QUOTED = /"(?:[^"\\\n]|\\.)*"/.source;
const PLAIN = /[^\s":][^":\n]*/.source;
const PLAIN_WITH_EXTENSION = `${PLAIN}\\.[A-Za-z0-9]+`;

const WHOLE_FILE = new RegExp(`^in (${QUOTED}|${PLAIN}): `);
const IN_FILE = new RegExp(`^(${QUOTED}|${PLAIN_WITH_EXTENSION}):(\\d+)(?::(\\d+))?: `);

/** Put before a message without a place if the message would otherwise be read as beginning with a place. */
const WITHOUT_PLACE = "problem: ";

/** Two spaces; a tab is what Pulumi's SDK writes. */
const INDENT = /^(?: {2}|\t)/;

export function renderProblem({ message, remedy, ...place }: Problem): string {
  const lines = remedy === undefined ? [] : remedy.split("\n").map((line) => `  ${line}`);
  return [`${prefixOf(message, place)}${message}`, ...lines].join("\n");
}

export function renderProblems(problems: readonly Problem[]): string {
  return problems.map(renderProblem).join("\n\n");
}

function prefixOf(message: string, { file, line, column }: Partial<Place>): string {
  if (file === undefined) {
    return message.startsWith(WITHOUT_PLACE) || placeIn(message) !== undefined ? WITHOUT_PLACE : "";
  }
  const plain = new RegExp(`^${line === undefined ? PLAIN : PLAIN_WITH_EXTENSION}$`).test(file);
  const name = plain ? file : JSON.stringify(file);
  if (line === undefined) return `in ${name}: `;
  return `${[name, line, ...(column === undefined ? [] : [column])].join(":")}: `;
}

/** The problems in the text of an error. A text in any other form becomes one problem without a place. */
export function parseProblems(text: string): Problem[] {
  return text
    .replaceAll("\r\n", "\n")
    .split(/\n(?:[ \t]*\n)+/)
    .map((block) => block.trimEnd())
    .filter((block) => block.trim() !== "")
    .map(parseProblem);
}

function parseProblem(block: string): Problem {
  const writtenPlace = placeIn(block);
  const skipped = writtenPlace?.length ?? (block.startsWith(WITHOUT_PLACE) ? WITHOUT_PLACE.length : 0);
  const lines = block.slice(skipped).split("\n");
  const firstIndented = lines.findIndex((line, index) => index > 0 && INDENT.test(line));
  const end = firstIndented === -1 ? lines.length : firstIndented;
  const remedy = lines.slice(end).map((line) => line.replace(INDENT, ""));
  return { ...problem("", remedy, writtenPlace?.place), message: lines.slice(0, end).join("\n") };
}

/** The place that a text begins with, and the number of characters that it takes. */
function placeIn(text: string): { readonly place: Place; readonly length: number } | undefined {
  const match = WHOLE_FILE.exec(text) ?? IN_FILE.exec(text);
  if (match === null) return undefined;
  const [prefix, name = "", line, column] = match;
  return {
    place: {
      file: name.startsWith('"') ? unquoted(name) : name,
      ...(line === undefined ? {} : { line: Number(line) }),
      ...(column === undefined ? {} : { column: Number(column) }),
    },
    length: prefix.length,
  };
}

function unquoted(name: string): string {
  try {
    return JSON.parse(name) as string;
  } catch {
    return name;
  }
}
