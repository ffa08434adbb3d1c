import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { problem, type Problem } from "../input/problem";
import type { PreviewDocument } from "../preview/preview-document";
import { additionLines } from "../reports/addition";
import { applicationOf, faultsOfAnswer, inFlags, questions, type Answers } from "./new-application";
import { refuse } from "./wrong-input";
import { ask, commaList } from "./questions";
import { runPreview } from "./run-preview";

export interface NewAppArguments extends Omit<Answers, "environments" | "capability"> {
  readonly environments?: string;
  readonly capability?: readonly string[];
  readonly applications?: string;
  readonly cwd: string;
  readonly print?: true;
}

/** What `slipway new-app` does. */
export async function writeApplication(options: NewAppArguments): Promise<void> {
  const { environments, ...rest } = options;
  const listed = environments === undefined ? undefined : commaList(environments);
  const answers = await completed({ ...rest, ...(listed !== undefined && { environments: listed }) });
  const { text, problems } = applicationOf(answers);
  if (problems.length > 0 || answers.name === undefined) {
    refuse(problems);
    return;
  }
  const folder = options.applications ?? path.join(options.cwd, "applications");
  const file = path.join(folder, `${answers.name}.yaml`);
  if (options.print !== true && fs.existsSync(file)) {
    refuse([
      problem(
        "This application is there already; nothing was written.",
        ["Choose another name, or change the file."],
        { file },
      ),
    ]);
    return;
  }
  const document = await previewWith(folder, answers.name, text, options.cwd);
  if (document === undefined) return;
  if (options.print === true) process.stdout.write(text);
  else fs.writeFileSync(file, text, { flag: "wx" });
  const lead = options.print === true ? "It would add:" : `${file} is written. It would add:`;
  const lines = [lead, ...additionLines(document, answers.name).map((line) => `  ${line}`)];
  const next = options.print === true ? [] : ["Look at it with: slipway preview, then open a pull request."];
  (options.print === true ? process.stderr : process.stdout).write(`${[...lines, ...next].join("\n")}\n`);
}

/** What flags do not say is asked at a terminal; elsewhere, what is missing is told. */
async function completed(given: Answers): Promise<Answers> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return given;
  return ask(questions, given, faultsOfAnswer, { input: process.stdin, output: process.stderr });
}

/** The preview with the new file beside the others, or undefined where something is wrong, which is then told. */
async function previewWith(
  folder: string,
  name: string,
  text: string,
  cwd: string,
): Promise<PreviewDocument | undefined> {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-"));
  try {
    if (fs.existsSync(folder)) fs.cpSync(folder, copy, { recursive: true });
    const own = path.join(copy, `${name}.yaml`);
    fs.writeFileSync(own, text);
    const { document, status } = await runPreview({ applications: copy, cwd }, false);
    if (document.problems.length === 0) return document;
    refuse(document.problems.map((fault) => placed(fault, copy, own, folder)));
    process.exitCode = status;
    return undefined;
  } finally {
    fs.rmSync(copy, { recursive: true });
  }
}

/** Problems of the new file in flags, those of others where they are written. */
function placed(fault: Problem, copy: string, own: string, folder: string): Problem {
  if (fault.file === own) return inFlags(fault);
  return fault.file?.startsWith(copy) === true
    ? { ...fault, file: path.join(folder, path.relative(copy, fault.file)) }
    : fault;
}
