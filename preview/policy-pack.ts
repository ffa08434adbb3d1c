import { execFile, spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { MESSAGES, readLines } from "./lines";
import type { PolicyResult } from "./preview-document";
import { BreakdownError, ProblemError } from "./problems";
import { YOUNG_GENERATION } from "./program";
import { sentIdentity, type FromPack, type ToPack } from "./process-messages";
import type { StackIdentity } from "./registrar";

/**
 * A policy pack that runs in a process of its own, as the engine runs it, with pack-host.ts in place of the engine. It judges one
 * stack at a time.
 */
export interface PolicyPack {
  begin(identity: StackIdentity): void;
  /** @param line what a program tells of a resource or its outputs (`FromProgram`) */
  show(line: string): void;
  /** What the pack says of the stack that has been shown. */
  judge(): Promise<PolicyResult>;
  /** Forgets the stack that was being shown. */
  abandon(): void;
  stop(): void;
}

/**
 * Boots the policy pack in `directory`, after compiling it when a source is newer than what was compiled from it.
 * @throws ProblemError when the pack does not compile or start
 */
export async function startPolicyPack(directory: string, signal: AbortSignal): Promise<PolicyPack> {
  await compileWhenStale(directory, signal);
  const child = spawn(
    process.execPath,
    [YOUNG_GENERATION, ...PRELOADED, runner(directory), "127.0.0.1:1", "."],
    {
      cwd: directory,
      env: { ...process.env, PULUMI_NODEJS_DRY_RUN: "true" },
      stdio: ["pipe", "pipe", "pipe", "pipe"],
      signal,
      killSignal: "SIGKILL",
    },
  );
  const answers = new Answers(child);
  await answers.start(directory);
  const send = (message: ToPack): void => void child.stdin.write(`${JSON.stringify(message)}\n`);
  return {
    begin: (identity) => {
      send({ kind: "stack", identity: sentIdentity(identity) });
    },
    show: (line) => void child.stdin.write(`${line}\n`),
    judge: () => {
      send({ kind: "judge" });
      return answers.result();
    },
    abandon: () => {
      send({ kind: "abandon" });
    },
    stop: () => {
      child.kill("SIGKILL");
    },
  };
}

const PRELOADED = ["with-parent.js", "lazy-modules.js", "pack-host.js"].flatMap((file) => [
  "--require",
  path.join(__dirname, file),
]);

/** The pack runs on its own copy of the SDK, as the engine's launcher does it. */
function runner(directory: string): string {
  return createRequire(path.join(directory, "package.json")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
}

type Answer = { readonly result: PolicyResult } | { readonly broken: string };

/** What the process of a pack says. */
class Answers {
  private readonly errors: string[] = [];
  private waiting: ((answer: Answer) => void) | undefined;
  /** Set once the pack cannot answer any more. */
  private ended: Answer | undefined;

  constructor(private readonly child: PackProcess) {
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => this.errors.push(chunk));
    child.stdout.resume();
    // What ends the pack is told by its end.
    child.stdin.on("error", () => undefined);
  }

  /** Waits until the pack is ready. */
  start(directory: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.child.once("error", reject);
      this.child.once("close", () => {
        const said = this.errors.join("").trim();
        reject(new ProblemError({ message: `The policy pack in ${directory} does not start:\n${said}` }));
        const reason = said === "" ? "its process has ended." : said;
        this.ended = { broken: `The policy pack broke down: ${reason}` };
        this.waiting?.(this.ended);
      });
      readLines(this.child.stdio[MESSAGES] as Readable, (line) => {
        const message = JSON.parse(line) as FromPack;
        if (message.kind === "ready") resolve();
        else this.waiting?.(message.kind === "result" ? message : { broken: message.message });
      });
    });
  }

  /** The next answer. */
  async result(): Promise<PolicyResult> {
    const answer = this.ended ?? (await new Promise<Answer>((resolve) => (this.waiting = resolve)));
    if ("broken" in answer) throw new BreakdownError(answer.broken);
    return answer.result;
  }
}

type PackProcess = ChildProcess & {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
};

async function compileWhenStale(directory: string, signal: AbortSignal): Promise<void> {
  const build = path.join(directory, "build.mjs");
  if (!fs.existsSync(build) || isCompiled(directory)) return;
  await new Promise<void>((resolve, reject) => {
    execFile(process.execPath, [build], { cwd: directory, signal }, (error, stdout, stderr) => {
      if (error === null) resolve();
      else
        reject(
          new ProblemError({
            message: `The policy pack in ${directory} does not compile:\n${stdout}${stderr}`.trim(),
          }),
        );
    });
  });
}

function isCompiled(directory: string): boolean {
  const output = path.join(directory, "bin", "index.js");
  if (!fs.existsSync(output)) return false;
  const compiled = fs.statSync(output).mtimeMs;
  const sources = fs.readdirSync(directory, { recursive: true, encoding: "utf8" });
  return sources
    .filter((file) => /\.(?:ts|mjs|json)$/.test(file) && !/(?:^|\/)(?:bin|node_modules)\//.test(file))
    .every((file) => fs.statSync(path.join(directory, file)).mtimeMs <= compiled);
}
