import { createRequire } from "node:module";
import { Command } from "commander";
import { collect } from "./run-preview";
import type { NewAppArguments, writeApplication } from "./write-application";

/** What checks the file is loaded late: it takes a third of the start of every command. */
const load = createRequire(__filename);

const EXAMPLES = `
Examples:
  $ slipway new-app                                        asks at a terminal what is needed
  $ slipway new-app --name shop --repository acme/shop --kind serverless --environments dev,test,prod \\
      --runtime nodejs=22 --health-path /health --capability lambda --capability http-api
  $ slipway new-app … --print > applications/shop.yaml     only show it

Exit status: 0 written or printed, 2 the input is wrong, 3 an internal error.`;

/** `slipway new-app`. */
export function newAppCommand(): Command {
  return new Command("new-app")
    .description("Write a valid application file from few questions or flags, and tell what it would add.")
    .option("--name <name>", "name of the application")
    .option("--repository <owner/name>", "repository behind the source connection")
    .option("--kind <kind>", "serverless, ecs or kubernetes")
    .option("--environments <names>", "environments in their order, with commas between")
    .option("--branch <name>", "branch whose pushes are released (default: main)")
    .option("--health-path <path>", "serverless: path that must answer 200 after a deployment")
    .option("--container-name <name>", "ecs: container that gets the image (default: the application's name)")
    .option(
      "--task-definition <path>",
      "ecs: template of the task definition (default: ecs/task-definition.json)",
    )
    .option("--chart <path>", "kubernetes: folder of the Helm chart (default: chart)")
    .option("--capability <name>", "what its own roles may be given; may be given more than once", collect)
    .option("--runtime <language=version>", "language runtime of the tests, such as nodejs=22")
    .option("--install <command>", "fetches what the tests need; may be given more than once", collect)
    .option("--test <command>", "tests the application; may be given more than once", collect)
    .option("--notify <address>", "e-mail address of the team; may be given more than once", collect)
    .option("--applications <dir>", "folder with the application files instead of applications/")
    .option("--cwd <dir>", "folder with Pulumi.yaml", ".")
    .option("--print", "print the file instead of writing it")
    .addHelpText("after", EXAMPLES)
    .action(async (options: NewAppArguments) => {
      const writer = load("./write-application") as { readonly writeApplication: typeof writeApplication };
      await writer.writeApplication(options);
    });
}
