import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { downloads, recordedCalls, writeFakes, type Call, type Fakes } from "./fake-tools";

export interface Job {
  /** A buildspec as CodeBuild gets it. */
  readonly buildspec: string;
  /** Files of the source by path, or a folder that is copied. */
  readonly source: Readonly<Record<string, string>> | string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Programs on the PATH, which record how they are called. The network is one of them: curl. */
  readonly fakes?: Fakes;
  /** What the tools do that the job downloads. */
  readonly tools?: Fakes;
}

export interface Build {
  readonly status: "SUCCEEDED" | "FAILED";
  /** The phases that ran, in order. */
  readonly phases: Readonly<Record<string, "SUCCEEDED" | "FAILED">>;
  /** Standard output and standard error of all commands. */
  readonly log: string;
  readonly calls: readonly Call[];
  /** Reads a file of the output artifact; undefined when it is not there. */
  artifact(path: string): string | undefined;
}

interface Buildspec {
  readonly env?: { readonly variables?: Readonly<Record<string, string>> };
  readonly phases: Readonly<Record<string, Phase>>;
  readonly artifacts?: { readonly "base-directory": string; readonly files: readonly string[] };
}

interface Phase {
  readonly "on-failure"?: string;
  readonly commands?: readonly string[];
}

const folders: string[] = [];
/** Nothing real may be reached from a test, and nothing waits. */
const defaults: Fakes = { sleep: { "": ":" }, aws: {}, docker: {}, npm: {}, kubectl: {} };
const phaseNames = ["install", "pre_build", "build", "post_build"];

/** Removes what the builds of a test file left; for `after()`. */
export function cleanUp(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/**
 * Runs a buildspec as CodeBuild would: https://docs.aws.amazon.com/codebuild/latest/userguide/view-build-details-phases.html.
 * Every command is a bash of its own that inherits folder and exported variables from the one before; a failed command
 * ends its phase; after a failed build phase post_build runs all the same unless the phase says ABORT.
 */
export function runBuild(job: Job): Build {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "slipway-build-")));
  folders.push(folder);
  const source = join(folder, "src");
  placeSource(source, job.source);
  writeFakes(join(folder, "fakes"), { ...defaults, curl: downloads().curl, ...job.fakes });
  writeFakes(join(folder, "tools"), job.tools ?? {});
  const buildspec = parse(job.buildspec) as Buildspec;
  const environment = {
    ...buildspec.env?.variables,
    CODEBUILD_SRC_DIR: source,
    CODEBUILD_BUILD_ID: "project:0f1e2d3c-build",
    ...job.environment,
    ...("SLIPWAY_WORK" in (buildspec.env?.variables ?? {}) && { SLIPWAY_WORK: join(folder, "work") }),
    HOME: folder,
    STATE: folder,
    PATH: `${join(folder, "fakes")}:${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
  };
  writeFileSync(join(folder, "environment"), "");
  writeFileSync(join(folder, "directory"), source);
  const { phases, log } = runPhases(buildspec, folder, environment);
  const output = buildspec.artifacts && join(source, buildspec.artifacts["base-directory"]);
  return {
    status: Object.values(phases).includes("FAILED") ? "FAILED" : "SUCCEEDED",
    phases,
    log,
    calls: recordedCalls(folder),
    artifact: (path) => {
      const file = output && join(output, path);
      return file !== undefined && existsSync(file) ? readFileSync(file, "utf8") : undefined;
    },
  };
}

function runPhases(
  buildspec: Buildspec,
  folder: string,
  environment: NodeJS.ProcessEnv,
): { phases: Record<string, "SUCCEEDED" | "FAILED">; log: string } {
  const phases: Record<string, "SUCCEEDED" | "FAILED"> = {};
  let log = "";
  for (const name of phaseNames) {
    const phase = buildspec.phases[name];
    if (phase === undefined) continue;
    phases[name] = "SUCCEEDED";
    for (const command of phase.commands ?? []) {
      const result = runCommand(command, folder, environment);
      log += result.output;
      if (result.succeeded) continue;
      phases[name] = "FAILED";
      break;
    }
    if (phases[name] === "FAILED" && (phase["on-failure"] === "ABORT" || name !== "build")) break;
  }
  return { phases, log };
}

function runCommand(
  command: string,
  folder: string,
  environment: NodeJS.ProcessEnv,
): { succeeded: boolean; output: string } {
  const state = `'${folder}/environment'`;
  const directory = `'${folder}/directory'`;
  const script =
    `. ${state}\ncd "$(cat ${directory})"\n` +
    `trap 'status=$?; export -p >${state}; pwd >${directory}; exit $status' EXIT\n{\n${command}\n} 2>&1\n`;
  writeFileSync(join(folder, "command.sh"), script);
  const result = spawnSync("bash", [join(folder, "command.sh")], { env: environment, encoding: "utf8" });
  return { succeeded: result.status === 0, output: result.stdout + result.stderr };
}

function placeSource(target: string, source: Job["source"]): void {
  if (typeof source === "string") {
    cpSync(source, target, { recursive: true, verbatimSymlinks: true });
    return;
  }
  mkdirSync(target);
  for (const [path, content] of Object.entries(source)) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), content);
  }
}
