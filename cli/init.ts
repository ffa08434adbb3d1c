import { createRequire } from "node:module";
import { Command } from "commander";
import { collect } from "./run-preview";
import type { InitArguments, writePlatform } from "./write-platform";

/** What checks the settings is loaded late, as in new-app.ts. */
const load = createRequire(__filename);

const EXAMPLES = `
Examples:
  $ slipway init                                       asks at a terminal what is needed
  $ slipway init --directory settings --organization-id o-example1234 --cicd-account 111111111111 --region eu-west-1 \\
      --environment dev=222222222222 --environment prod=333333333333 --approvals release-managers@example.com

After the first, a person approves each environment; the last one is production. Windows, clusters and chat channels you
write into the files (docs/settings.md).

Exit status: 0 written, 2 the input is wrong, 3 an internal error.`;

/** `slipway init`. */
export function initCommand(): Command {
  return new Command("init")
    .description(
      "Write a whole platform's settings, Pulumi.yaml and a file for each stack, from few questions or flags.",
    )
    .option("--directory <dir>", "folder for the files; none of them is overwritten", ".")
    .option("--organization-id <id>", "id of the AWS organization")
    .option("--cicd-account <id>", "account in which the pipelines live")
    .option("--region <region>", "region of the pipelines, and of environments that name none")
    .option(
      "--environment <name=account>",
      "NAME=ACCOUNT or NAME=ACCOUNT:REGION; given once for each, in their order",
      collect,
    )
    .option(
      "--approvals <address>",
      "e-mail address that is asked for approvals; may be given more than once",
      collect,
    )
    .option(
      "--status <address>",
      "e-mail address that hears of all releases (default: those for approvals)",
      collect,
    )
    .option(
      "--connection <arn>",
      "ARN of the connection to the repositories, or GitHub, GitLab or Bitbucket (default: GitHub)",
    )
    .addHelpText("after", EXAMPLES)
    .action(async (options: InitArguments) => {
      const writer = load("./write-platform") as { readonly writePlatform: typeof writePlatform };
      await writer.writePlatform(options);
    });
}
