import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
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
  /** Files of the application's source, for a job that is given it beside what was made of it. */
  readonly application?: Readonly<Record<string, string>> | string;
  /** A job that accepts an artifact gets its seal as SLIPWAY_INPUT_SEAL, unless a test gives another one. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Programs on the PATH, which record how they are called. The network is one of them: curl. */
  readonly fakes?: Fakes;
  /** What the tools do that the job downloads. */
  readonly tools?: Fakes;
  /** Leaves the install phase out and puts the tools where it would: for tests of what comes after. */
  readonly installed?: boolean;
}

export interface Build {
  readonly status: "SUCCEEDED" | "FAILED";
  /** The phases that ran, in order. */
  readonly phases: Readonly<Record<string, "SUCCEEDED" | "FAILED">>;
  /** Standard output and standard error of all commands. */
  readonly log: string;
  readonly calls: readonly Call[];
  /** The output artifact, as the next job gets it for its source; undefined where the job has none. */
  readonly artifacts: string | undefined;
  /** Reads a file of the output artifact; undefined when it is not there. */
  artifact(path: string): string | undefined;
  /** Reads a file that a fake left in $STATE. */
  left(path: string): string | undefined;
  /** Variables that the job exported. */
  readonly exported: Readonly<Record<string, string>>;
}

interface Buildspec {
  readonly env?: {
    readonly variables?: Readonly<Record<string, string>>;
    readonly "exported-variables"?: readonly string[];
  };
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
 * A failed command ends its phase; after a failed build phase post_build runs all the same unless the phase says ABORT.
 */
export function runBuild(job: Job): Build {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "slipway-build-")));
  folders.push(folder);
  const source = join(folder, "src");
  placeSource(source, job.source);
  if (job.application) placeSource(join(folder, "application"), job.application);
  writeFakes(join(folder, "fakes"), { ...defaults, curl: downloads().curl, ...job.fakes }, folder);
  writeFakes(join(folder, "tools"), job.tools ?? {}, folder);
  const buildspec = parse(job.buildspec) as Buildspec;
  if (job.installed === true) writeFakes(join(folder, "work/bin"), job.tools ?? {}, folder);
  const environment = {
    ...buildspec.env?.variables,
    CODEBUILD_SRC_DIR: source,
    ...(job.buildspec.includes("SLIPWAY_INPUT_SEAL") && { SLIPWAY_INPUT_SEAL: seal(source, folder) }),
    ...(job.application && { CODEBUILD_SRC_DIR_Source: join(folder, "application") }),
    CODEBUILD_BUILD_ID: "project:0f1e2d3c-build",
    ...job.environment,
    ...("SLIPWAY_WORK" in (buildspec.env?.variables ?? {}) && { SLIPWAY_WORK: join(folder, "work") }),
    HOME: folder,
    STATE: folder,
    PATH: `${join(folder, "fakes")}:${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
  };
  writeFileSync(join(folder, "environment"), "");
  writeFileSync(join(folder, "directory"), source);
  const names = phaseNames.slice(job.installed === true ? 1 : 0);
  const { phases, log } = runPhases(buildspec.phases, names, folder, environment);
  const output = buildspec.artifacts && join(source, buildspec.artifacts["base-directory"]);
  return {
    status: Object.values(phases).includes("FAILED") ? "FAILED" : "SUCCEEDED",
    phases,
    log,
    calls: recordedCalls(folder),
    artifacts: output !== undefined && existsSync(output) ? output : undefined,
    artifact: (path) => (output === undefined ? undefined : readIfThere(join(output, path))),
    left: (path) => readIfThere(join(folder, path)),
    exported: exportedVariables(folder, buildspec.env?.["exported-variables"] ?? []),
  };
}

/** Seals an artifact as the job would that makes it, unless it has; returns the seal. */
function seal(artifact: string, folder: string): string {
  const list = join(artifact, "checksums");
  if (!existsSync(list)) {
    const making = join(folder, "making");
    mkdirSync(making);
    symlinkSync(artifact, join(making, ".slipway"));
    spawnSync("bash", [join(__dirname, "../../buildspecs/scripts/seal-artifact.sh")], {
      env: { PATH: process.env["PATH"], CODEBUILD_SRC_DIR: making, SLIPWAY_WORK: making },
    });
  }
  return `sha256:${createHash("sha256").update(readFileSync(list)).digest("hex")}`;
}

function exportedVariables(folder: string, names: readonly string[]): Record<string, string> {
  const environment = readFileSync(join(folder, "environment"), "utf8");
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = new RegExp(`^declare -x ${name}="(.*)"$`, "m").exec(environment)?.[1];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function runPhases(
  all: Buildspec["phases"],
  names: readonly string[],
  folder: string,
  environment: NodeJS.ProcessEnv,
): { phases: Record<string, "SUCCEEDED" | "FAILED">; log: string } {
  const phases: Record<string, "SUCCEEDED" | "FAILED"> = {};
  let log = "";
  for (const name of names) {
    const phase = all[name];
    if (phase === undefined) continue;
    const { succeeded, output } = runCommands(phase.commands ?? [], join(folder, name), environment);
    log += output;
    phases[name] = succeeded ? "SUCCEEDED" : "FAILED";
    if (!succeeded && (phase["on-failure"] === "ABORT" || name !== "build")) break;
  }
  return { phases, log };
}

/**
 * Each command in a subshell that takes over exported variables and folder, and nothing else: less than CodeBuild
 * promises, so that no script comes to lean on shell options or functions of another one.
 */
function runCommands(
  commands: readonly string[],
  file: string,
  environment: NodeJS.ProcessEnv,
): { succeeded: boolean; output: string } {
  const scripts = commands.map((command, index) => {
    writeFileSync(`${file}.${index}.sh`, command);
    return `(
      . "$STATE/environment"; cd "$(<"$STATE/directory")"
      trap 'status=$?; export -p >"$STATE/environment"; pwd >"$STATE/directory"; exit $status' EXIT
      . "${file}.${index}.sh"
    ) 2>&1
    status=$?; [ $status -eq 0 ] || exit $status`;
  });
  const result = spawnSync("bash", ["-c", scripts.join("\n")], { env: environment, encoding: "utf8" });
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
