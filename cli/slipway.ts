import { Command } from "commander";
import { version } from "../package.json";
import { checkPolicyCommand } from "./check-policy";
import { completionCommand } from "./completion";
import { costCommand } from "./cost";
import { diffCommand } from "./diff";
import { explainCommand } from "./explain";
import { initCommand } from "./init";
import { limitsCommand } from "./limits";
import { newAppCommand } from "./new-app";
import { previewCommand } from "./preview";
import { proveCommand } from "./prove";
import { WRONG_INPUT } from "./wrong-input";

const INTERNAL_ERROR = 3;

const program = new Command("slipway")
  .description("Safe pipelines from source to production over many AWS accounts.")
  .version(version)
  .addHelpText(
    "after",
    "\nExample:\n  $ slipway preview    what every stack will build, without any credential",
  )
  .addCommand(previewCommand())
  .addCommand(diffCommand())
  .addCommand(costCommand())
  .addCommand(explainCommand())
  .addCommand(limitsCommand())
  .addCommand(proveCommand())
  .addCommand(checkPolicyCommand())
  .addCommand(newAppCommand())
  .addCommand(initCommand());

program.addCommand(completionCommand(program));

for (const command of [program, ...program.commands]) {
  command.showHelpAfterError(`(${command === program ? "" : `${command.name()}: `}--help says more)`);
  command.exitOverride((error) => {
    process.exit(error.exitCode === 0 ? 0 : WRONG_INPUT);
  });
}

// A reader such as `head` may close the pipe early; that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? process.exitCode : INTERNAL_ERROR);
});

program.parseAsync().catch((error: unknown) => {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`slipway: internal error, please report it with this text:\n${details}\n`);
  process.exitCode = INTERNAL_ERROR;
});
