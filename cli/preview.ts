import path from "node:path";
import { Command } from "commander";
import { preview } from "../preview/preview";

interface PreviewArguments {
  readonly stack?: readonly string[];
  readonly applications?: string;
  readonly cwd: string;
  readonly json?: true;
}

/** `slipway preview`. */
export function previewCommand(): Command {
  return new Command("preview")
    .description(
      "Show what every stack will build, and what the policy pack says to it, without any credential.",
    )
    .option("--stack <name...>", "only these stacks")
    .option("--applications <dir>", "folder with the application files")
    .option("--cwd <dir>", "folder with Pulumi.yaml", ".")
    .option("--json", "print one JSON document")
    .action(async (options: PreviewArguments) => {
      const { applications } = options;
      const result = await preview({
        directory: path.resolve(options.cwd),
        stacks: options.stack ?? [],
        environment: applications === undefined ? {} : { SLIPWAY_APPLICATIONS: path.resolve(applications) },
        signal: new AbortController().signal,
      });
      process.stdout.write(`${JSON.stringify(result.document, null, 2)}\n`);
      process.exitCode = result.status;
    });
}
