import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { problem, type Checked } from "../input/problem";
import { nearest, quote } from "../input/wording";

/** A commit to compare with. */
export interface Base {
  /** In people's words: how it was chosen, and the commit. */
  readonly description: string;
  readonly commit: string;
  /** The repository's folder. */
  readonly top: string;
  /** The project's folder below it, "" or with a slash at its end. */
  readonly prefix: string;
}

const SHALLOW =
  "This is a shallow clone, which lacks the history. Run: git fetch --unshallow (in GitHub Actions: fetch-depth: 0 at actions/checkout).";

/**
 * The commit that a revision names; without one, the commit at which the working tree's branch left the default branch.
 * @param directory the project's folder
 */
export function findBase(directory: string, revision: string | undefined): Checked<Base> {
  const top = git(directory, "rev-parse", "--show-toplevel");
  const prefix = git(directory, "rev-parse", "--show-prefix");
  if (top === undefined || prefix === undefined) {
    const remedy =
      "Compare with a saved preview instead: slipway preview --json > base.json; slipway diff --base base.json";
    return { problems: [problem(`${directory} is in no git repository.`, [remedy])] };
  }
  const chosen = revision === undefined ? leftDefaultBranch(directory) : named(directory, revision);
  if ("problems" in chosen) return chosen;
  const { commit, how } = chosen.value;
  const description = `${how}, commit ${commit.slice(0, 7)}`;
  if (git(directory, "cat-file", "-e", `${commit}:${prefix}Pulumi.yaml`) === undefined) {
    const remedy = "Name a later commit, or the folder with --cwd.";
    return { problems: [problem(`The base (${description}) has no ${prefix}Pulumi.yaml.`, [remedy])] };
  }
  return { value: { description, commit, top, prefix } };
}

type Chosen = Checked<{ readonly commit: string; readonly how: string }>;

function named(directory: string, revision: string): Chosen {
  const commit = git(
    directory,
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${revision}^{commit}`,
  );
  if (commit !== undefined) return { value: { commit, how: revision } };
  const near = nearest(revision, namesIn(directory));
  const details = [
    ...(near === undefined ? [] : [`Did you mean ${near}?`]),
    ...(isShallow(directory)
      ? [SHALLOW]
      : ["Name a branch, a tag or a commit; git fetch brings those of others."]),
  ];
  return { problems: [problem(`${quote(revision)} is no revision of this repository.`, details)] };
}

/** Branches and tags, those of remotes too. */
function namesIn(directory: string): string[] {
  const text = git(
    directory,
    "for-each-ref",
    "--format=%(refname:short)",
    "refs/heads",
    "refs/remotes",
    "refs/tags",
  );
  return (text ?? "").split("\n").filter((name) => name !== "");
}

function leftDefaultBranch(directory: string): Chosen {
  const branch = defaultBranch(directory);
  if (branch === undefined) {
    const remedy = "Say what to compare with: slipway diff REVISION";
    return { problems: [problem("This repository has neither origin/HEAD, main nor master.", [remedy])] };
  }
  const commit = git(directory, "merge-base", "HEAD", branch);
  if (commit !== undefined) return { value: { commit, how: `where this branch left ${branch}` } };
  const details = isShallow(directory) ? [SHALLOW] : ["Say what to compare with: slipway diff REVISION"];
  return { problems: [problem(`This branch and ${branch} have no commit in common.`, details)] };
}

function defaultBranch(directory: string): string | undefined {
  const remote = git(directory, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD");
  const candidates = [
    ...(remote === undefined ? [] : [remote]),
    "origin/main",
    "origin/master",
    "main",
    "master",
  ];
  return candidates.find(
    (name) => git(directory, "rev-parse", "--verify", "--quiet", `${name}^{commit}`) !== undefined,
  );
}

function isShallow(directory: string): boolean {
  return git(directory, "rev-parse", "--is-shallow-repository") === "true";
}

/** The content of a file in a commit; undefined where it is not there. */
export function fileIn({ top, commit, prefix }: Base, name: string): string | undefined {
  return git(top, "show", `${commit}:${prefix}${name}`);
}

/** Bytes; a lock file is the largest thing that is read. */
const LARGEST_OUTPUT = 64 * 1024 * 1024;

/** What git printed, without the last line's end; undefined where it failed. */
function git(directory: string, ...args: readonly string[]): string | undefined {
  try {
    const text = execFileSync("git", args, {
      cwd: directory,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: LARGEST_OUTPUT,
    });
    return text.replace(/\n$/, "");
  } catch {
    return undefined;
  }
}

const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

/** The files of a commit in a folder of its own, which goes with this process at the latest. */
export class Checkout {
  /** The repository's folder. */
  readonly root: string;
  /** The project's folder. */
  readonly directory: string;
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-base-"));
  private readonly onExit = (): void => {
    this.remove();
  };
  private readonly onSignal = (signal: NodeJS.Signals): void => {
    process.exit(128 + SIGNALS[signal as keyof typeof SIGNALS]);
  };

  private constructor(private readonly base: Base) {
    this.root = path.join(this.folder, "base");
    this.directory = path.join(this.root, base.prefix);
    process.once("exit", this.onExit);
    for (const name of Object.keys(SIGNALS)) process.on(name, this.onSignal);
  }

  /** Checks a commit out. The packages of the working tree are linked: installing others would take minutes. */
  static of(base: Base): Checked<Checkout> {
    const checkout = new Checkout(base);
    // No hook of the repository is run: it may expect a person's working tree.
    const args = ["-c", "core.hooksPath=/dev/null", "worktree", "add", "--quiet", "--detach", checkout.root];
    const { status, stderr } = spawnSync("git", [...args, base.commit], { cwd: base.top, encoding: "utf8" });
    if (status !== 0) {
      checkout.remove();
      const message = `git could not check out the base (${base.description}): ${stderr.trim()}`;
      return { problems: [problem(message, ["Compare with a saved preview instead, by --base FILE."])] };
    }
    const packages = path.join(base.top, base.prefix, "node_modules");
    const link = path.join(checkout.directory, "node_modules");
    if (fs.existsSync(packages) && !fs.existsSync(link)) fs.symlinkSync(packages, link, "dir");
    return { value: checkout };
  }

  remove(): void {
    process.off("exit", this.onExit);
    for (const name of Object.keys(SIGNALS)) process.off(name, this.onSignal);
    git(this.base.top, "worktree", "remove", "--force", this.root);
    fs.rmSync(this.folder, { recursive: true, force: true });
    git(this.base.top, "worktree", "prune");
  }
}
