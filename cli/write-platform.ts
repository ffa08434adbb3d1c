import fs from "node:fs";
import path from "node:path";
import { problem } from "../input/problem";
import { faultsOfPlatformAnswer, platformOf, platformQuestions, type PlatformAnswers } from "./new-platform";
import { refuse } from "./wrong-input";
import { ask } from "./questions";

export interface InitArguments extends PlatformAnswers {
  readonly directory: string;
}

/** What `slipway init` does. */
export async function writePlatform({ directory, ...flags }: InitArguments): Promise<void> {
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
