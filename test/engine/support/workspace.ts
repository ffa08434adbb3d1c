/** One Pulumi project in a temporary folder, with a state backend and simulated accounts of its own, driven by the real CLI. */
import { spawn, type ChildProcess } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fault } from "../aws-simulator/faults";
import { Accounts, type CallRecord, type Need, type World } from "../aws-simulator/world";
import type { Props, Value } from "../aws-simulator/values";
import { root, type Engine } from "./engine";
import { kill, processes, read } from "./processes";

export interface Result {
  readonly status: number | null;
  /** Both streams, as a person would read them. */
  readonly output: string;
  readonly stdout: string;
}

/** One resource as `pulumi stack export` writes it. */
export interface ResourceState {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly parent?: string;
  readonly provider?: string;
  readonly inputs?: Props;
  readonly outputs?: Props;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
}

export interface Checkpoint {
  readonly resources: readonly ResourceState[];
  readonly pending: readonly { readonly resource: ResourceState; readonly type: string }[];
}

export interface RunOptions {
  /** Account whose credentials are used instead of the stack's own. */
  readonly as?: string;
  /** Called with the engine's process once it runs, to disturb it. */
  readonly disturb?: (engine: ChildProcess) => void;
  readonly environment?: Record<string, string>;
  /** Writes the state after every operation, as a real run does. Off by default: it is most of the time of a run that nothing disturbs. */
  readonly checkpoints?: boolean;
}

/**
 * Loads the Pulumi SDK as the offline preview does, without what a program hardly ever uses: a quarter less time for
 * each of the many runs of a trial. Where the program itself is the matter, it is started as people start it.
 */
export const lean = {
  NODE_OPTIONS: `--require ${join(root, "preview", "lazy-modules.js")} --stack-trace-limit=0`,
};

/** Options every test uses: no colours, no questions; preview only where it is the matter. */
const quiet = ["--non-interactive", "--color=never", "--logtostderr=false"];

export class Workspace {
  readonly folder: string;

  private constructor(
    private readonly engine: Engine,
    readonly accountOf: (stack: string) => string,
  ) {
    this.folder = mkdtempSync(join(tmpdir(), "slipway-engine-"));
  }

  /** An empty project. `accountOf` gives the account in which a stack lives: its credentials are used. */
  static create(engine: Engine, world: World, accountOf: (stack: string) => string): Workspace {
    const workspace = new Workspace(engine, accountOf);
    for (const name of ["project", "aws", "state", "home"]) mkdirSync(join(workspace.folder, name));
    writeFileSync(join(workspace.simulated, "world.json"), JSON.stringify(world));
    return workspace;
  }

  /** A second world with the same past: what happens in one is not seen in the other. */
  fork(): Workspace {
    const copy = new Workspace(this.engine, this.accountOf);
    cpSync(this.folder, copy.folder, { recursive: true, verbatimSymlinks: true });
    return copy;
  }

  get project(): string {
    return join(this.folder, "project");
  }

  private get simulated(): string {
    return join(this.folder, "aws");
  }

  /** Takes over these files and folders of another project; `node_modules` is shared by link. */
  copy(source: string, names: readonly string[]): void {
    for (const name of names) cpSync(join(source, name), join(this.project, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(this.project, "node_modules"));
  }

  link(target: string, name: string): void {
    symlinkSync(target, join(this.project, name));
  }

  write(name: string, content: string): void {
    writeFileSync(join(this.project, name), content);
  }

  remove(name: string): void {
    rmSync(join(this.project, name), { recursive: true, force: true });
  }

  /** Replaces text in a file of the project; throws when the text is not there exactly once. */
  edit(name: string, from: string, to: string): void {
    const file = join(this.project, name);
    const parts = readFileSync(file, "utf8").split(from);
    if (parts.length !== 2)
      throw new Error(`${name} holds ${JSON.stringify(from)} ${parts.length - 1} times, not once.`);
    writeFileSync(file, parts.join(to));
  }

  get accounts(): Accounts {
    return new Accounts(this.simulated);
  }

  setFaults(faults: readonly Fault[]): void {
    writeFileSync(join(this.simulated, "faults.json"), JSON.stringify(faults));
    for (const name of ["reached", "resume"]) rmSync(join(this.simulated, name), { force: true });
  }

  /** Lets the answer go that a `pause` fault holds back. */
  resume(): void {
    writeFileSync(join(this.simulated, "resume"), "");
  }

  /** Process of the provider in which a `hang` or `die` fault was reached. */
  reached(): number | undefined {
    const file = join(this.simulated, "reached");
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    return text === "" ? undefined : Number(text);
  }

  /** Every call that changed an account or was meant to. */
  calls(): CallRecord[] {
    return this.lines("calls.jsonl") as unknown as CallRecord[];
  }

  needs(): Need[] {
    return this.lines("needs.jsonl") as unknown as Need[];
  }

  forgetCalls(): void {
    for (const name of ["calls.jsonl", "needs.jsonl"]) rmSync(join(this.simulated, name), { force: true });
  }

  async init(stack: string): Promise<void> {
    await this.must("stack", ["init", stack, "--no-select"]);
  }

  up(stack: string, options: readonly string[] = [], run: RunOptions = {}): Promise<Result> {
    const skip = options.some((option) => option.startsWith("--plan"))
      ? ["--yes"]
      : ["--yes", "--skip-preview"];
    return this.run(["up", "--stack", stack, ...skip, "--suppress-progress", ...options], run, stack);
  }

  preview(stack: string, options: readonly string[] = [], run: RunOptions = {}): Promise<Result> {
    return this.run(["preview", "--stack", stack, "--suppress-progress", ...options], run, stack);
  }

  refresh(stack: string, options: readonly string[] = [], run: RunOptions = {}): Promise<Result> {
    const skip = options.includes("--preview-only") ? [] : ["--yes", "--skip-preview"];
    return this.run(["refresh", "--stack", stack, ...skip, "--suppress-progress", ...options], run, stack);
  }

  destroy(stack: string, options: readonly string[] = [], run: RunOptions = {}): Promise<Result> {
    return this.run(
      ["destroy", "--stack", stack, "--yes", "--skip-preview", "--suppress-progress", ...options],
      run,
      stack,
    );
  }

  /** Any other command, with `--stack` added. */
  command(stack: string, words: readonly string[], run: RunOptions = {}): Promise<Result> {
    return this.run([...words, "--stack", stack], run, stack);
  }

  async outputs(stack: string): Promise<Record<string, Value>> {
    const { stdout } = await this.command(stack, ["stack", "output", "--json"]);
    return JSON.parse(stdout) as Record<string, Value>;
  }

  async export(stack: string): Promise<Checkpoint> {
    // Read from the backend's own file: the command would take half a second each time.
    const file = join(this.folder, "state", ".pulumi", "stacks", projectName(this.project), `${stack}.json`);
    if (!existsSync(file)) return { resources: [], pending: [] };
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
      checkpoint: { latest?: StoredDeployment | null };
    };
    return Promise.resolve({
      resources: checkpoint.latest?.resources ?? [],
      pending: checkpoint.latest?.pending_operations ?? [],
    });
  }

  /** Whether a run that was killed left its lock behind. */
  locked(stack: string): boolean {
    const folder = join(
      this.folder,
      "state",
      ".pulumi",
      "locks",
      "organization",
      projectName(this.project),
      stack,
    );
    return existsSync(folder) && readdirSync(folder).length > 0;
  }

  /**
   * Puts the last whole state back when a killed engine left half of one: in a folder, a file that is being written can
   * be cut short (an object store like S3 has no such moment). Says whether that was so.
   */
  mendState(stack: string): boolean {
    const file = join(this.folder, "state", ".pulumi", "stacks", projectName(this.project), `${stack}.json`);
    // Beside each file the backend's library keeps one with its attributes, which it does without.
    const cut = [file, `${file}.attrs`].filter(
      (name) => existsSync(name) && !isJson(readFileSync(name, "utf8")),
    );
    for (const name of cut) {
      if (name === file) copyFileSync(`${file}.bak`, file);
      else rmSync(name);
    }
    return cut.length > 0;
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  run(
    words: readonly string[],
    { as, disturb, environment = {}, checkpoints = false }: RunOptions,
    stack: string,
  ): Promise<Result> {
    const child = spawn("pulumi", [...words, ...quiet], {
      cwd: this.project,
      stdio: ["ignore", "pipe", "pipe"],
      // A process group of its own, so that nothing of it outlives a test.
      detached: true,
      env: {
        ...this.environment(as ?? this.accountOf(stack)),
        ...(!checkpoints && {
          PULUMI_SKIP_CHECKPOINTS: "true",
          PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
        }),
        ...environment,
      },
    });
    let stdout = "";
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
      output += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    disturb?.(child);
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", (status) => {
        killGroup(child.pid);
        const ended = disturb === undefined ? Promise.resolve() : this.endOrphans();
        ended.then(() => {
          resolve({ status, output, stdout });
        }, reject);
      });
    });
  }

  /**
   * Ends what a killed engine left behind: its language host and program have process groups of their own, and a program
   * without an engine waits and grows for ever. They are known by the workspace in their environment.
   */
  private async endOrphans(): Promise<void> {
    const orphans = (): number[] =>
      processes().filter((id) =>
        read(`/proc/${id}/environ`).split("\0").includes(`SIMULATED_AWS=${this.simulated}`),
      );
    // Until the last one is gone: it could still be changing an account while the recovery looks into it.
    for (let alive = orphans(); alive.length > 0; alive = orphans()) {
      alive.forEach(kill);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  private async must(name: string, words: readonly string[]): Promise<void> {
    const { status, output } = await this.run([name, ...words], { as: "nobody" }, "");
    if (status !== 0)
      throw new Error(`pulumi ${name} ${words.join(" ")} ended with ${String(status)}:\n${output}`);
  }

  private environment(account: string): Record<string, string> {
    return {
      PATH: this.engine.path,
      HOME: join(this.folder, "home"),
      TMPDIR: this.folder,
      PULUMI_HOME: join(this.folder, "home", ".pulumi"),
      PULUMI_BACKEND_URL: `file://${join(this.folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "engine tests",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      SIMULATED_AWS: this.simulated,
      SIMULATED_AWS_SCHEMA: this.engine.schemaFile,
      AWS_ACCESS_KEY_ID: account,
    };
  }

  private lines(name: string): unknown[] {
    const file = join(this.simulated, name);
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "");
    return lines.map((line) => JSON.parse(line) as unknown);
  }
}

interface StoredDeployment {
  readonly resources?: readonly ResourceState[];
  readonly pending_operations?: Checkpoint["pending"];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function projectName(folder: string): string {
  return /^name: *(\S+)/m.exec(readFileSync(join(folder, "Pulumi.yaml"), "utf8"))?.[1] ?? "";
}

/** Ends what a finished engine left behind in its process group. */
function killGroup(leader: number | undefined): void {
  if (leader !== undefined) kill(-leader);
}
