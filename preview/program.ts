import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import type { Readable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { MESSAGES, readLines } from "./lines";
import { sentIdentity, STACK_VARIABLE, type ToProgram } from "./process-messages";
import type { StackIdentity } from "./registrar";

export interface ProgramOptions extends StackIdentity {
  /** The folder with Pulumi.yaml. */
  readonly directory: string;
  /** `main` of Pulumi.yaml, "" when it has none. */
  readonly main: string;
  /** Further environment variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** Frames of a stack trace; 0 makes the SDK two to three times faster. */
  readonly stackTraceLimit: number;
  /** Gets each line that program-host.ts writes; `answer` sends a message back. */
  readonly onLine: (line: string, answer: (message: ToProgram) => void) => void;
}

export interface ProgramResult {
  /** Exit status; 32 means that the SDK has reported the error already. */
  readonly status: number | null;
  /** What the program wrote for people: its own output, and the SDK's messages. */
  readonly output: string;
  /** The errors that the SDK reported, without their prefix. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * A program of thousands of resources holds on to all of them until its end. With V8's own 16 MiB for what is new, a third of the
 * time goes into copying them again and again; small programs never fill it.
 */
export const YOUNG_GENERATION = "--max-semi-space-size=64";

/** The preview needs none of these, so the program does not get them. */
const CREDENTIALS = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "PULUMI_ACCESS_TOKEN",
];

/** Runs the Pulumi program of a stack as the Node.js language host does, with program-host.ts in place of the engine. */
export function runProgram(options: ProgramOptions, signal: AbortSignal): Promise<ProgramResult> {
  const { pwd, entry } = entryPoint(options);
  const child = spawn(process.execPath, programArguments(options, pwd, entry), {
    cwd: pwd,
    env: programEnvironment(options),
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    signal,
    killSignal: "SIGKILL",
  });
  const answer = (message: ToProgram): void => void child.stdin.write(`${JSON.stringify(message)}\n`);
  readLines(child.stdio[MESSAGES] as Readable, (line) => {
    options.onLine(line, answer);
  });
  // A program that has ended needs no answer any more.
  child.stdin.on("error", () => undefined);
  return collect(child);
}

/** The project's own copy of the SDK runs it, since two copies in one process do not know each other's resources. */
function runner(pwd: string): string {
  try {
    return createRequire(path.join(pwd, "package.json")).resolve("@pulumi/pulumi/cmd/run");
  } catch {
    return require.resolve("@pulumi/pulumi/cmd/run");
  }
}

/** As in the engine: a file is run in its own folder, and a folder is run as a package. */
function entryPoint({ directory, main }: ProgramOptions): { pwd: string; entry: string } {
  if (main === "") return { pwd: directory, entry: "." };
  const full = path.resolve(directory, main);
  return path.extname(full) === ""
    ? { pwd: full, entry: "." }
    : { pwd: path.dirname(full), entry: path.basename(full) };
}

function programArguments(options: ProgramOptions, pwd: string, entry: string): string[] {
  return [
    `--stack-trace-limit=${String(options.stackTraceLimit)}`,
    YOUNG_GENERATION,
    "--require",
    path.join(__dirname, "with-parent.js"),
    "--require",
    path.join(__dirname, "lazy-modules.js"),
    "--require",
    path.join(__dirname, "loader.js"),
    "--require",
    path.join(__dirname, "program-host.ts"),
    runner(pwd),
    // The SDK asks for an address before it calls anything; the host answers, whatever it is.
    "--monitor=in-process",
    `--organization=${options.organization}`,
    `--project=${options.project}`,
    `--stack=${options.stack}`,
    `--root-directory=${options.directory}`,
    `--pwd=${pwd}`,
    "--parallel=16",
    "--dry-run",
    entry,
  ];
}

function programEnvironment(options: ProgramOptions): NodeJS.ProcessEnv {
  const { config, environment } = options;
  const inherited = Object.entries(process.env).filter(([name]) => !CREDENTIALS.includes(name));
  const secrets = [...config].filter(([, { isSecret }]) => isSecret).map(([key]) => key);
  return {
    ...Object.fromEntries(inherited),
    ...environment,
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries([...config].map(([key, { text }]) => [key, text]))),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secrets),
    [STACK_VARIABLE]: JSON.stringify(sentIdentity(options)),
  };
}

async function collect(child: ChildProcess): Promise<ProgramResult> {
  const chunks: { out: string[]; err: string[] } = { out: [], err: [] };
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => chunks.out.push(chunk));
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => chunks.err.push(chunk));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const messages = splitMessages(stripVTControlCharacters(chunks.err.join("")));
  return {
    status,
    output: `${chunks.out.join("")}${withoutNodeWarnings(messages.rest)}`.trim(),
    errors: messages.errors,
    warnings: messages.warnings,
  };
}

/** Warnings of Node.js itself are not counted as output of the program. */
function withoutNodeWarnings(text: string): string {
  return text.replace(/^\(node:\d+\) .*\n(?:\(Use `node .*\n)?/gm, "");
}

/** Without an engine to report to, the SDK writes `error: [runtime] …` to standard error; a message runs to the next one. */
function splitMessages(text: string): { errors: string[]; warnings: string[]; rest: string } {
  const parts = text.split(/^(?=(?:error|warning): \[runtime\] )/m);
  const of = (kind: string): string[] => {
    const start = `${kind}: [runtime] `;
    return parts.filter((part) => part.startsWith(start)).map((part) => part.slice(start.length).trimEnd());
  };
  const rest = parts.filter((part) => !/^(?:error|warning): \[runtime\] /.test(part)).join("");
  return { errors: of("error"), warnings: of("warning"), rest };
}
