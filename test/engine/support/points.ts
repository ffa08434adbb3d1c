/** One fault at many points of a deployment: after the recovery, the accounts must be those of an undisturbed run. */
import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import type { Fault } from "../aws-simulator/faults";
import type { Value } from "../aws-simulator/values";
import { assertSameContents, contents } from "./accounts";
import { recover } from "./recovery";
import { figure } from "./suite";
import { lean, type Workspace } from "./workspace";

export interface Trial {
  /** For the figure. */
  readonly what: string;
  readonly stack: string;
  /** What is disturbed, and done again afterwards; `up` by default. */
  readonly command?: "up" | "destroy";
  readonly fault: Omit<Fault, "at">;
  /** Which points of `points` calls are tried; all by default. */
  readonly choose?: (points: number) => readonly number[];
  readonly disturb?: (workspace: Workspace) => (engine: ChildProcess) => void;
  /** Whether the disturbed run itself must have failed; true by default. */
  readonly breaks?: boolean;
}

export interface Undisturbed {
  readonly contents: Record<string, Value>;
  /** Changing calls that the deployment made. */
  readonly points: number;
}

/** What a copy of the workspace comes to without any fault. */
export async function undisturbed(
  base: Workspace,
  stack: string,
  command: "up" | "destroy" = "up",
): Promise<Undisturbed> {
  const workspace = base.fork();
  workspace.forgetCalls();
  const { status, output } = await workspace[command](stack);
  assert.equal(status, 0, output);
  const result = {
    contents: contents(workspace.accounts, [workspace.accountOf(stack)]),
    points: workspace.calls().length,
  };
  workspace.dispose();
  return result;
}

/** Tries the fault at every chosen point and prints the figure. Fails with the first point that was not survived. */
export async function tryPoints(base: Workspace, good: Undisturbed, trial: Trial): Promise<void> {
  const points = trial.choose?.(good.points) ?? Array.from({ length: good.points }, (_, index) => index + 1);
  const needed = new Map<string, number>();
  const lost: string[] = [];
  for (const at of points) {
    try {
      const commands = (await survive(base, good, trial, at)).join(" + ");
      needed.set(commands, (needed.get(commands) ?? 0) + 1);
    } catch (error) {
      lost.push(`point ${at}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const how = [...needed].map(([commands, count]) => `${commands}: ${count}`).join("; ");
  figure(trial.what, points.length, points.length - lost.length, how);
  assert.deepEqual(lost, []);
}

async function survive(
  base: Workspace,
  good: Undisturbed,
  trial: Trial,
  at: number,
): Promise<readonly string[]> {
  const workspace = base.fork();
  try {
    workspace.setFaults([{ ...trial.fault, at }]);
    const broken = await workspace[trial.command ?? "up"](trial.stack, [], {
      checkpoints: true,
      environment: lean,
      ...(trial.disturb && { disturb: trial.disturb(workspace) }),
    });
    assert.equal(
      broken.status !== 0,
      trial.breaks ?? true,
      `the disturbed run ended with ${String(broken.status)}:\n${broken.output}`,
    );
    workspace.setFaults([]);
    const { commands, result } = await recover(workspace, trial.stack, trial.command);
    assert.equal(result.status, 0, `${commands.join(" + ")} did not finish it:\n${errorsIn(result.output)}`);
    assertSameContents(
      contents(workspace.accounts, [workspace.accountOf(trial.stack)]),
      good.contents,
      trial.what,
    );
    return commands;
  } finally {
    workspace.dispose();
  }
}

/** The lines of a run that say what went wrong; all when none does. */
function errorsIn(output: string): string {
  const lines = output.split("\n").filter((line) => line.includes("error"));
  return lines.length > 0 ? [...new Set(lines)].join("\n") : output;
}

/** About `count` points spread over all of them, the first and the last included. */
export function spread(count: number): (points: number) => number[] {
  return (points) => [
    ...new Set(
      Array.from({ length: count }, (_, index) => 1 + Math.round((index * (points - 1)) / (count - 1))),
    ),
  ];
}
