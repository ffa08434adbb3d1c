/** The command compiled: `npx slipway-policy-pack check` where Slipway is not installed, and `slipway check-policy`. */
import { Command } from "commander";
import pack from "../package.json";
import { checkCommand } from "./command";

/** The exit status for a command line that cannot be understood. */
const WRONG_INPUT = 2;

/** Runs the command line of this process under the names by which it was called. */
export function main(programName: string, commandName: string): void {
  const program = new Command(programName).description(pack.description).version(pack.version);
  program.addCommand(checkCommand(commandName, `${programName} ${commandName}`));
  for (const command of [program, ...program.commands]) {
    command.showHelpAfterError(`(${command === program ? "" : `${command.name()}: `}--help says more)`);
    command.exitOverride((error) => {
      process.exit(error.exitCode === 0 ? 0 : WRONG_INPUT);
    });
  }
  // A reader such as `head` may close the pipe early; that is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  program.parse();
}

if (require.main === module) main("slipway-policy-pack", "check");
