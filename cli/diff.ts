import fs from "node:fs";
import path from "node:path";
import { Command, Option } from "commander";
import { problem, type Checked } from "../input/problem";
import { didYouMean, quote } from "../input/wording";
import type { PreviewDocument } from "../preview/preview-document";
import { changesOf } from "../reports/changes/changes";
import { renderChangesMarkdown } from "../reports/changes/markdown";
import type { ChangeReport } from "../reports/changes/report";
import { renderChanges } from "../reports/changes/terminal";
import { limitKinds, passedLimits, type Limit } from "../reports/changes/verdict";
import { renderTerminal } from "../reports/terminal";
import { viewOf } from "./color";
import { readAmount } from "./cost-input";
import { Checkout, fileIn, findBase, type Base } from "./git";
import { pageOf, writeReport } from "./page";
import { collect, projectOptions, runPreview, type ProjectArguments } from "./run-preview";
import { readSavedPreview } from "./saved-output";
import { problemsOf, refuse, valueOf, WRONG_INPUT } from "./wrong-input";

interface DiffArguments extends ProjectArguments {
  readonly base?: string;
  readonly preview?: string;
  readonly json?: true;
  readonly markdown?: true;
  readonly html?: string;
  readonly failOn?: readonly string[];
}

const EXAMPLES = `
Examples:
  $ slipway diff                                   the working tree, with where its branch left the default one
  $ slipway diff v1.2 --markdown                   with a tag, for a pull request
  $ slipway diff --fail-on widening --fail-on replacement --fail-on cost=50
  $ slipway preview --json > base.json             elsewhere, then here:
  $ slipway diff --base base.json

Exit status: 0 told, 1 a --fail-on holds, 2 the input is wrong, 3 an internal error.`;

const LIMIT_PASSED = 1;

/** `slipway diff`. */
export function diffCommand(): Command {
  return projectOptions(
    new Command("diff")
      .description(
        "Tell what a change does before it is deployed: resources, permissions, exposure, cost, running releases. Needs no credential.",
      )
      .argument("[base]", "git revision to compare with (default: where this branch left the default branch)")
      .option("--base <file>", "an output of slipway preview --json to compare with instead of a revision")
      .option(
        "--preview <file>",
        "an output of slipway preview --json instead of a preview of the working tree",
      ),
  )
    .addOption(new Option("--json", "print one JSON document").conflicts("markdown"))
    .option("--markdown", "print Markdown for a pull request")
    .option("--html <file>", "also write a page of the working tree with the changes in it")
    .option(
      "--fail-on <what>",
      "end with status 1 on widening, replacement, removal, exposure or cost=USD; may be given more than once",
      collect,
    )
    .option("--quiet", "print only what opens, is lost or widens")
    .addHelpText("after", EXAMPLES)
    .action(run);
}

async function run(revision: string | undefined, options: DiffArguments): Promise<void> {
  const limits = readLimits(options.failOn ?? []);
  const present = options.preview === undefined ? undefined : readSavedPreview(options.preview);
  const former = options.base === undefined ? undefined : readSavedPreview(options.base);
  const base = options.base === undefined ? findBase(path.resolve(options.cwd), revision) : undefined;
  const twice: Checked<never> | undefined =
    revision !== undefined && options.base !== undefined
      ? {
          problems: [
            problem(`Both the revision ${quote(revision)} and --base are given.`, ["Give one of the two."]),
          ],
        }
      : undefined;
  const problems = [limits, present, former, base, twice].flatMap(problemsOf);
  if (problems.length > 0 || "problems" in limits) {
    refuse(problems);
    return;
  }
  const compared = await bothSides(options, valueOf(present), valueOf(former), valueOf(base));
  if (compared === undefined) return;
  const { description, before, after, remarks } = compared;
  const report = changesOf(description, before, after, remarks);
  process.stdout.write(rendered(report, options));
  const passed = passedLimits(report, limits.value);
  if (passed.length > 0) process.exitCode = LIMIT_PASSED;
  process.stderr.write(passed.map((sentence) => `error: ${sentence}\n`).join(""));
  if (options.html === undefined) return;
  const failure = writeReport(options.html, await pageOf(after, options.cwd, report));
  if (failure === undefined) return;
  process.exitCode = WRONG_INPUT;
  process.stderr.write(`error: ${failure}\n`);
}

interface Sides {
  readonly description: string;
  readonly before: PreviewDocument;
  readonly after: PreviewDocument;
  readonly remarks: readonly string[];
}

async function bothSides(
  options: DiffArguments,
  present: PreviewDocument | undefined,
  former: PreviewDocument | undefined,
  base: Base | undefined,
): Promise<Sides | undefined> {
  // Only the page shows what the policy pack says.
  const after = checked(present ?? (await runPreview(options, options.html !== undefined)).document, "");
  if (after === undefined) return undefined;
  const description = base?.description ?? options.base ?? "";
  const other = base === undefined ? former : await previewOf(base, options);
  const what = base === undefined ? "has problems" : "cannot be previewed";
  const before = other === undefined ? undefined : checked(other, `The base (${description}) ${what}:`);
  if (before === undefined) return undefined;
  const [one, two] = [ofStacks(before, options.stack), ofStacks(after, options.stack)];
  return { description, before: one, after: two, remarks: base === undefined ? [] : packageRemarks(base) };
}

function ofStacks(document: PreviewDocument, names: readonly string[] | undefined): PreviewDocument {
  if (names === undefined) return document;
  return { ...document, stacks: document.stacks.filter(({ name }) => names.includes(name)) };
}

/** The document, or undefined where it has problems, which are then told. */
function checked(document: PreviewDocument, lead: string): PreviewDocument | undefined {
  if (document.problems.length === 0) return document;
  process.exitCode = WRONG_INPUT;
  const text = renderTerminal(document, viewOf(process.stderr));
  process.stderr.write(lead === "" ? text : `${lead}\n${text}`);
  return undefined;
}

/** The preview of a commit by its own program, in a working tree of its own; undefined where there can be none. */
async function previewOf(base: Base, options: DiffArguments): Promise<PreviewDocument | undefined> {
  const checkedOut = Checkout.of(base);
  if ("problems" in checkedOut) {
    refuse(checkedOut.problems);
    return undefined;
  }
  const checkout = checkedOut.value;
  const { stack, applications, quiet } = options;
  try {
    const stacks = stack?.filter((name) =>
      fs.existsSync(path.join(checkout.directory, `Pulumi.${name}.yaml`)),
    );
    if (stacks?.length === 0) return { version: 1, stacks: [], problems: [] };
    const folder = applications === undefined ? undefined : applicationsIn(checkout, base, applications);
    const { document } = await runPreview(
      {
        cwd: checkout.directory,
        ...(stacks === undefined ? {} : { stack: stacks }),
        ...(folder === undefined ? {} : { applications: folder }),
        ...(quiet === undefined ? {} : { quiet }),
      },
      false,
    );
    return document;
  } finally {
    checkout.remove();
  }
}

/** A folder of the repository is that of the base; any other holds what both sides are compared with. */
function applicationsIn({ root }: Checkout, { top }: Base, folder: string): string {
  const below = path.relative(fs.realpathSync(top), path.resolve(folder));
  return below.startsWith("..") || path.isAbsolute(below) ? folder : path.join(root, below);
}

function packageRemarks(base: Base): string[] {
  const lock = "package-lock.json";
  const file = path.join(base.top, base.prefix, lock);
  const present = fs.existsSync(file) ? fs.readFileSync(file, "utf8").replace(/\n$/, "") : undefined;
  if (fileIn(base, lock) === present) return [];
  return [
    `${lock} differs from that of the base. Both sides were previewed with the packages that are installed now, so what ` +
      "the former packages made differently is not seen.",
  ];
}

function readLimits(given: readonly string[]): Checked<readonly Limit[]> {
  const read = given.map(readLimit);
  const problems = read.flatMap(problemsOf);
  if (problems.length > 0) return { problems };
  return { value: read.flatMap((limit) => valueOf(limit) ?? []) };
}

function readLimit(text: string): Checked<Limit> {
  const [name = "", amount] = text.split("=", 2);
  const kind = limitKinds.find((each) => each === name);
  if (kind === "cost") {
    const usd = readAmount(amount ?? "", "--fail-on cost");
    return "problems" in usd ? { problems: costProblem(text) } : { value: { kind, usd: usd.value } };
  }
  if (kind !== undefined && amount === undefined) return { value: { kind } };
  if (kind !== undefined)
    return { problems: [problem(`--fail-on ${quote(text)} takes no number.`, [`Write --fail-on ${kind}.`])] };
  return { problems: [problem(`--fail-on ${quote(text)} is not known.`, didYouMean(name, limitKinds))] };
}

function costProblem(text: string): ReturnType<typeof problem>[] {
  const remedy = "Write by how many USD a month the cost may rise, such as --fail-on cost=50.";
  return [problem(`--fail-on ${quote(text)} has no number of 0 or more.`, [remedy])];
}

function rendered(report: ChangeReport, options: DiffArguments): string {
  if (options.json === true) return `${JSON.stringify(report, null, 2)}\n`;
  if (options.markdown === true) return renderChangesMarkdown(report);
  return renderChanges(report, { ...viewOf(process.stdout), quiet: options.quiet === true });
}
