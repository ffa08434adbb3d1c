import path from "node:path";
import { problem, type Problem } from "../input/problem";
import { parseProblems } from "../input/problem-text";
import type { StackPreview, UnknownValue } from "./preview-document";
import { stackOf, STACK_TYPE, type ResourceState } from "./graph";
import type { FromProgram, ToProgram } from "./process-messages";
import { runProgram, type ProgramResult } from "./program";
import type { Project } from "./project";
import type { StackIdentity } from "./registrar";
import { StackGraph } from "./stack-graph";
import type { Stack } from "./stack";
import { shownProperties, unknownPaths, type Properties } from "./values";

/** How the program of one stack ended. */
export type StackRun =
  | {
      readonly outcome: "done";
      readonly graph: StackGraph;
      readonly warnings: readonly string[];
      readonly output: string;
    }
  /** The input is wrong. */
  | { readonly outcome: "refused"; readonly problems: readonly Problem[] }
  /** The program broke down; `details` says where. */
  | { readonly outcome: "crashed"; readonly details: string };

export interface StackRunOptions {
  readonly project: Project;
  readonly stack: Stack;
  readonly identity: StackIdentity;
  readonly environment: Readonly<Record<string, string>>;
  readonly stackOutputs: (name: string) => Promise<Properties | undefined>;
  /** Hears each line that tells of a resource or its outputs, as the policy pack takes it. */
  readonly onResource: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Runs the program of one stack and collects what it registers. */
export async function runStack(options: StackRunOptions): Promise<StackRun> {
  const { graph, result } = await attempt(options, 0);
  if (graph.problems.length > 0) return { outcome: "refused", problems: inOrder(graph.problems) };
  if (result.status === 0 && result.errors.length === 0) {
    return {
      outcome: "done",
      graph,
      warnings: [...graph.warnings, ...result.warnings],
      output: result.output,
    };
  }
  const verdict = judge(result, options.project);
  if (verdict.outcome !== "crashed") return verdict;
  // The first run is fast because it keeps no stack traces. The second run is there to get one.
  const again = await attempt({ ...options, onResource: () => undefined }, 50);
  const details = judge(again.result, options.project);
  return details.outcome === "crashed" ? details : verdict;
}

async function attempt(
  options: StackRunOptions,
  stackTraceLimit: number,
): Promise<{ graph: StackGraph; result: ProgramResult }> {
  const { project, identity, environment, stackOutputs, onResource, signal } = options;
  const { directory, main } = project;
  const graph = new StackGraph();
  const onLine = (line: string, answer: (message: ToProgram) => void): void => {
    const message = JSON.parse(line) as FromProgram;
    graph.receive(message);
    if (message.kind === "resource" || message.kind === "outputs") onResource(line);
    if (message.kind !== "stack-outputs") return;
    const { id, name } = message;
    void stackOutputs(name).then((outputs) => {
      answer({ kind: "stack-outputs", id, ...(outputs === undefined ? {} : { outputs }) });
    });
  };
  const result = await runProgram(
    { ...identity, directory, main, environment, stackTraceLimit, onLine },
    signal,
  );
  return { graph, result };
}

const UNHANDLED = /^Running program '.*' failed with an unhandled exception:\s*/;

/** An error that the program raised on purpose is wrong input; any other is a breakdown. */
function judge(result: ProgramResult, project: Project): Exclude<StackRun, { outcome: "done" }> {
  const unhandled = result.errors.filter((error) => UNHANDLED.test(error));
  const raised = result.errors.filter((error) => !UNHANDLED.test(error));
  const loading = unhandled.map((error) => loadingProblem(error.replace(UNHANDLED, ""), project.directory));
  const problems = [...raised.flatMap(parseProblems), ...loading.filter((each) => each !== undefined)];
  if (problems.length > 0) return { outcome: "refused", problems };
  const details = unhandled
    .map((error) => error.replace(UNHANDLED, "").replaceAll(`${project.directory}/`, ""))
    .join("\n\n");
  return { outcome: "crashed", details: details || result.output || `exit status ${String(result.status)}` };
}

/** Problems come in the order in which the program happened to ask. */
function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => (a.message < b.message ? -1 : 1));
}

/** Source code that does not parse (the loader says `file:line:column: what`), or that needs what is not installed. */
function loadingProblem(error: string, directory: string): Problem | undefined {
  const [, packageName] = /^\[?Error: Cannot find module '((?:@[^/']+\/)?[^./'][^/']*)/.exec(error) ?? [];
  if (packageName !== undefined) {
    return problem(`The package ${packageName} is not installed.`, [`Run: npm ci --prefix ${directory}`]);
  }
  const [, file, line, column, what = ""] = /^SyntaxError: (.*\.ts):(\d+):(\d+): (.*)/.exec(error) ?? [];
  if (file === undefined) return undefined;
  const place = { file: path.relative(directory, file), line: Number(line), column: Number(column) };
  return problem(`This is not valid TypeScript: ${what}`, [], place);
}

/** The public form of a finished run. */
export function describeStack(
  project: Project,
  stack: Stack,
  graph: StackGraph,
): Omit<StackPreview, "policy"> {
  const { config } = stack;
  const states = inTreeOrder([...graph.states.values()]);
  const root = stackOf(graph.states);
  const inputs: UnknownValue[] = states.flatMap((state) =>
    unknownPaths(state.inputs).map((path) => ({ urn: state.urn, path })),
  );
  const outputs = unknownPaths(root?.outputs ?? {}).map((path) => ({
    urn: root?.urn ?? "",
    path: `outputs.${path}`,
  }));
  return {
    name: stack.name,
    kind: config.get(`${project.name}:stack`)?.text ?? "",
    accountId: onlyAccount(config.get("aws:allowedAccountIds")?.text),
    region: config.get("aws:region")?.text ?? "",
    resources: states.map((state) => ({
      urn: state.urn,
      type: state.type,
      name: state.name,
      parent: state.parent,
      provider: state.provider,
      custom: state.custom,
      inputs: shownProperties(state.inputs),
      outputs: shownProperties(state.outputs),
      dependencies: state.dependencies,
      propertyDependencies: state.propertyDependencies,
      protect: state.options.protect ?? false,
      ...(state.options.retainOnDelete === true ? { retainOnDelete: true as const } : {}),
      ...(state.options.aliases === undefined ? {} : { aliases: state.options.aliases }),
    })),
    outputs: shownProperties(root?.outputs ?? {}),
    unknowns: [...inputs, ...outputs],
  };
}

/**
 * The stack first, parents before children, siblings by URN. The order of registration depends on timing, and the document must
 * not.
 */
function inTreeOrder(states: readonly ResourceState[]): ResourceState[] {
  const children = new Map<string, ResourceState[]>();
  for (const state of states) {
    const siblings = children.get(state.parent);
    if (siblings === undefined) children.set(state.parent, [state]);
    else siblings.push(state);
  }
  const below = (parent: string): ResourceState[] =>
    [...(children.get(parent) ?? [])].sort(byUrn).flatMap((state) => [state, ...below(state.urn)]);
  return below("");
}

function byUrn(a: ResourceState, b: ResourceState): number {
  if (a.type === STACK_TYPE || b.type === STACK_TYPE) return a.type === STACK_TYPE ? -1 : 1;
  return a.urn < b.urn ? -1 : 1;
}

function onlyAccount(allowed: string | undefined): string {
  if (allowed === undefined || !allowed.startsWith("[")) return "";
  const ids = JSON.parse(allowed) as unknown[];
  return ids.length === 1 ? String(ids[0]) : "";
}
