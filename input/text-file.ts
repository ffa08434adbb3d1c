import { readFileSync, statSync } from "node:fs";
import { TextDecoder } from "node:util";
import { type Checked, problem } from "./problem";

/** Larger files are refused without being read, since nobody writes as much by hand. */
const mostBytes = 256 * 1024;

/**
 * Reads a file that a person wrote.
 * @param file the path as messages show it
 * @param most bytes that it may have
 */
export function readText(path: string, file: string, most = mostBytes): Checked<string> {
  const fault = (message: string, ...details: string[]): Checked<string> => ({
    problems: [problem(message, details, { file })],
  });
  try {
    const status = statSync(path);
    if (!status.isFile()) {
      const kind = status.isDirectory() ? "a folder" : "not a regular file";
      return fault(`This is ${kind}; a YAML file is wanted.`);
    }
    if (status.size > most) {
      return fault(
        `This file is ${Math.ceil(status.size / 1024)} KiB long; nobody writes as much by hand.`,
        `Allowed: at most ${most / 1024} KiB.`,
      );
    }
    return { value: new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path)) };
  } catch (error) {
    if (error instanceof TypeError)
      return fault("This file is not UTF-8 text.", "Save it in the encoding UTF-8.");
    return fault(`This file cannot be read: ${fileFault(error)}.`);
  }
}

/** Why a file or folder cannot be read, in words that go on after a colon. */
export function fileFault(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return faults[code] ?? `the operating system says ${code === "" ? String(error) : code}`;
}

const faults: Readonly<Record<string, string>> = {
  EACCES: "its permissions do not allow it",
  EPERM: "its permissions do not allow it",
  EISDIR: "it is a folder",
  ELOOP: "it is a symbolic link that leads back to itself",
  ENAMETOOLONG: "its path is too long",
  ENOENT: "there is no such file, or it is a symbolic link that leads nowhere",
  ENOTDIR: "a part of its path is a file, not a folder",
};
