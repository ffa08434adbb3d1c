import os from "node:os";
import path from "node:path";
import fs from "node:fs";
import type { PolicyResult, PreviewDocument, StackPreview, StackProblem } from "./preview-document";
import { startPolicyPack, type PolicyPack } from "./policy-pack";
import { BreakdownError, mergeProblems, ProblemError, ProblemsError } from "./problems";
import { readProject, type Project } from "./project";
import { Slots } from "./slots";
import type { Stack } from "./stack";
import { StackJudgement } from "./stack-judgement";
import { readStacks } from "./stack-file";
import { StackOutputs } from "./stack-outputs";
import { describeStack, runStack, type StackRun } from "./stack-run";

export interface PreviewOptions {
  /** The folder with Pulumi.yaml. */
  readonly directory: string;
  /** Names of stacks; none means all that have a file. */
  readonly stacks: readonly string[];
  /** Further environment variables for the programs. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether the project's policy pack judges the stacks; it does unless this is false. */
  readonly judge?: boolean;
  readonly onProgress?: (event: ProgressEvent) => void;
  /** Ends all processes when aborted. */
  readonly signal: AbortSignal;
}

export type ProgressEvent =
  | { readonly kind: "stacks"; readonly stacks: readonly string[] }
  | { readonly kind: "started"; readonly stack: string }
  | { readonly kind: "resource"; readonly stack: string }
  | { readonly kind: "judging"; readonly stack: string }
  | { readonly kind: "finished"; readonly stack: string };

export interface PreviewResult {
  readonly document: PreviewDocument;
  readonly status: ExitStatus;
  /** What programs warned about, once each. */
  readonly remarks: readonly string[];
  /** What programs printed themselves, by stack. */
  readonly output: Readonly<Record<string, string>>;
}

/** 0 clean, 1 a mandatory policy is violated, 2 the input is wrong, 3 an internal error. */
export type ExitStatus = 0 | 1 | 2 | 3;

/** Previews the stacks of a project without the Pulumi CLI, plugins, credentials or network. */
export async function preview(options: PreviewOptions): Promise<PreviewResult> {
  try {
    const project = readProject(options.directory);
    const { stacks, warnings } = readStacks(project, options.stacks);
    options.onProgress?.({ kind: "stacks", stacks: stacks.map(({ name }) => name) });
    const result = await previewStacks(project, stacks, options);
    if (warnings.length === 0 || result.document.problems.length > 0) return result;
    return { ...result, document: { ...result.document, warnings } };
  } catch (error) {
    if (error instanceof ProblemsError) return failure(error.problems, 2);
    if (error instanceof ProblemError) return failure([error.problem], 2);
    if (error instanceof BreakdownError) return failure([{ message: error.message }], 3);
    throw error;
  }
}

function failure(problems: readonly StackProblem[], status: ExitStatus): PreviewResult {
  return {
    document: { version: 1, stacks: [], problems: mergeProblems(problems) },
    status,
    remarks: [],
    output: {},
  };
}

interface FinishedStack {
  readonly preview?: StackPreview;
  readonly run: StackRun;
}

async function previewStacks(
  project: Project,
  stacks: readonly Stack[],
  options: PreviewOptions,
): Promise<PreviewResult> {
  const abort = new AbortController();
  const signal = AbortSignal.any([options.signal, abort.signal]);
  const packDirectory = path.join(project.directory, "policy-pack");
  const judged = options.judge !== false && fs.existsSync(packDirectory);
  const booting = judged ? startPolicyPack(packDirectory, signal) : undefined;
  // A pack that fails to start is reported when it is needed, not as an unhandled rejection meanwhile.
  booting?.catch(() => undefined);
  try {
    const finished = await runAll(project, stacks, { ...options, signal }, booting);
    return conclude(finished, stacks);
  } finally {
    void booting?.then(
      (pack) => {
        pack.stop();
      },
      () => undefined,
    );
    abort.abort();
  }
}

/** What the stacks of one preview share. */
interface Shared {
  readonly project: Project;
  readonly options: PreviewOptions;
  /** Places for programs. */
  readonly slots: Slots;
  /** The one place at the policy pack. */
  readonly judge: Slots;
  readonly outputs: StackOutputs;
  readonly booting: Promise<PolicyPack> | undefined;
}

async function runAll(
  project: Project,
  stacks: readonly Stack[],
  options: PreviewOptions,
  booting: Promise<PolicyPack> | undefined,
): Promise<FinishedStack[]> {
  const slots = new Slots(Math.min(os.availableParallelism(), MOST_PROGRAMS));
  const names = stacks.map(({ name }) => name);
  const outputs = new StackOutputs(project.name, names, slots);
  const shared: Shared = { project, options, slots, judge: new Slots(1), outputs, booting };
  return Promise.all(stacks.map((stack) => previewStack(stack, shared)));
}

async function previewStack(stack: Stack, shared: Shared): Promise<FinishedStack> {
  const { project, options, slots, judge, outputs, booting } = shared;
  const { name, config } = stack;
  const identity = { organization: ORGANIZATION, project: project.name, stack: name, config };
  const progress = (kind: "started" | "resource" | "judging" | "finished"): void =>
    options.onProgress?.({ kind, stack: name });
  const judgement = booting && new StackJudgement(identity, booting, judge);
  const run = await slots.run(() => {
    progress("started");
    return runStack({
      project,
      stack,
      identity,
      environment: options.environment,
      stackOutputs: (other) => outputs.lookUp(name, other),
      onResource: (line) => {
        progress("resource");
        judgement?.show(line);
      },
      signal: options.signal,
    });
  });
  outputs.finish(name, run.outcome === "done" ? run.graph.stackOutputs() : undefined);
  if (run.outcome !== "done") {
    judgement?.abandon();
    return { run };
  }
  progress("judging");
  const policy = (await judgement?.result()) ?? NO_PACK;
  progress("finished");
  return { run, preview: { ...describeStack(project, stack, run.graph), policy } };
}

/** What the engine calls the organization where stacks are kept in a bucket or a folder. */
const ORGANIZATION = "organization";

/** Each program takes about 150 MB; more at once would need too much memory for what they save. */
const MOST_PROGRAMS = 4;

const NO_PACK: PolicyResult = { pack: "", judged: 0, violations: [], notVerifiable: [], exempted: [] };

function conclude(finished: readonly FinishedStack[], stacks: readonly Stack[]): PreviewResult {
  const problems: StackProblem[] = [];
  let crashed = false;
  for (const [index, { run }] of finished.entries()) {
    const names = [stacks[index]?.name ?? ""];
    if (run.outcome === "refused")
      problems.push(...run.problems.map((problem) => ({ ...problem, stacks: names })));
    if (run.outcome === "crashed") {
      crashed = true;
      problems.push({ message: `The program broke down:\n${run.details}`, stacks: names });
    }
  }
  if (problems.length > 0) return failure(problems, crashed ? 3 : 2);
  const previews = finished.flatMap(({ preview: stack }) => (stack === undefined ? [] : [stack]));
  const violated = previews.some(({ policy }) =>
    policy.violations.some(({ level }) => level === "mandatory"),
  );
  const remarks = finished.flatMap(({ run }) => (run.outcome === "done" ? run.warnings : []));
  const output = finished.flatMap(({ run }, index) =>
    run.outcome === "done" && run.output !== "" ? [[stacks[index]?.name ?? "", run.output] as const] : [],
  );
  return {
    document: { version: 1, stacks: previews, problems: [] },
    status: violated ? 1 : 0,
    remarks: [...new Set(remarks)],
    output: Object.fromEntries(output),
  };
}
