import fs from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { problem } from "../input/problem";
import { faultsOfPlatformAnswer, platformOf, platformQuestions, type PlatformAnswers } from "./new-platform";
import { refuse } from "./preview-input";
import { ask } from "./questions";
import { collect } from "./run-preview";

interface InitArguments extends PlatformAnswers {
  readonly directory: string;
}

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
    .action(run);
}

async function run({ directory, ...flags }: InitArguments): Promise<void> {
  const existing = fs.existsSync(directory)
    ? fs.readdirSync(directory).filter((name) => /^Pulumi\.(.+\.)?(ya?ml|json)$/.test(name))
    : [];
  if (existing.length > 0) {
    const remedy =
      "Write into another folder with --directory DIR, compare, and put the files in place of these.";
    refuse([
      problem(`Settings are there already, and none is overwritten: ${existing.join(", ")}.`, [remedy], {
        file: directory,
      }),
    ]);
    return;
  }
  const { files, problems } = platformOf(await completed(flags));
  if (problems.length > 0) {
    refuse(problems);
    return;
  }
  fs.mkdirSync(directory, { recursive: true });
  for (const [name, text] of files) fs.writeFileSync(path.join(directory, name), text, { flag: "wx" });
  const written = [...files.keys()].map((name) => `  ${path.join(directory, name)}\n`);
  process.stdout.write(
    `Written:\n${written.join("")}Next: put them beside index.ts, an application file into applications/ (slipway new-app), then: slipway preview\n`,
  );
}

/** What flags do not say is asked at a terminal; elsewhere, what is missing is told. */
async function completed(given: PlatformAnswers): Promise<PlatformAnswers> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return given;
  return ask(platformQuestions, given, faultsOfPlatformAnswer, {
    input: process.stdin,
    output: process.stderr,
  });
}
