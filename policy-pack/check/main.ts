/** The command of the packed pack, for projects that have no Slipway: `npx slipway-policy-pack check`. */
import { Command } from "commander";
import pack from "../package.json";
import { checkCommand } from "./command";

/** The exit status for a command line that cannot be understood. */
const WRONG_INPUT = 2;

const program = new Command("slipway-policy-pack")
  .description(pack.description)
  .version(pack.version)
  .addCommand(checkCommand("check", "npx slipway-policy-pack check"));

for (const command of [program, ...program.commands]) {
  command.showHelpAfterError("(--help says more)");
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
