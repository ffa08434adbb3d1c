import path from "node:path";
import type { Command } from "commander";
import { preview, type PreviewResult } from "../preview/preview";
import { Progress } from "./progress";

/** What every command says that previews the project. */
export interface ProjectArguments {
  readonly stack?: readonly string[];
  readonly applications?: string;
  readonly cwd: string;
  readonly quiet?: true;
}

/** For an option that may be given more than once. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Gives a command the options that say which project, and which of its stacks. */
export function projectOptions(command: Command): Command {
  return command
    .option("--stack <name>", "only this stack; may be given more than once", collect)
    .option("--applications <dir>", "folder with the application files instead of applications/")
    .option("--cwd <dir>", "folder with Pulumi.yaml", ".");
}

/** Previews the project and shows at a terminal how far it is. Without `judge`, the policy pack does not run. */
export async function runPreview(options: ProjectArguments, judge = true): Promise<PreviewResult> {
  const abort = new AbortController();
  const release = abortOnSignals(abort);
  const progress = new Progress(process.stderr, options.quiet !== true);
  try {
    return await preview({
      directory: path.resolve(options.cwd),
      stacks: options.stack ?? [],
      environment: environmentOf(options),
      judge,
      onProgress: (event) => {
        progress.show(event);
      },
      signal: abort.signal,
    });
  } finally {
    progress.clear();
    release();
  }
}

function environmentOf({ applications }: ProjectArguments): Record<string, string> {
  return applications === undefined ? {} : { SLIPWAY_APPLICATIONS: path.resolve(applications) };
}

/** Ctrl-C ends all processes of the preview before this one. */
function abortOnSignals(abort: AbortController): () => void {
  const numbers = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;
  const names = Object.keys(numbers) as (keyof typeof numbers)[];
  const stop = (signal: NodeJS.Signals): void => {
    abort.abort();
    process.exit(128 + numbers[signal as keyof typeof numbers]);
  };
  for (const name of names) process.once(name, stop);
  return () => {
    for (const name of names) process.off(name, stop);
  };
}
