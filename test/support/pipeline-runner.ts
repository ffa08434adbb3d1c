import assert from "node:assert/strict";
import { join } from "node:path";
import type { Application } from "../../definitions/application";
import type { JobActionPlan } from "../../delivery/application-plan";
import { renderBuildspec, type ToolPins } from "../../delivery/buildspec";
import type { JobPlan } from "../../delivery/job-plan";
import { planApplication } from "../../delivery/plan-application";
import type { Platform } from "../../settings/settings";
import { runBuild, type Build } from "./buildspec-runner";
import type { Fakes } from "./fake-tools";

/** What jobs find outside of themselves. */
export interface World {
  readonly pins: ToolPins;
  readonly fakes: Fakes;
  readonly tools: Fakes;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A job of a run, by the name of its project. */
export interface JobRun {
  readonly project: string;
  readonly build: Build;
}

/** What CodePipeline knows of a run that a push to main started. */
const run: Readonly<Record<string, string>> = {
  "codepipeline.PipelineExecutionId": "7d0c1f6e-5b1a-4c3d-9e8f-0123456789ab",
  "SourceVariables.CommitId": "0123abcd",
  "SourceVariables.BranchName": "main",
};

/**
 * Runs the jobs of an application's first pipeline as CodePipeline would, one after the other until one fails: each with the
 * variables, artifacts and exported values that the plan gives it. The test job is left out, since what it runs is the team's.
 * Each job is also given its own variables with what it finds outside of itself.
 */
export function runPipeline(
  platform: Platform,
  application: Application,
  source: string,
  worldOf: (job: JobPlan) => World,
): JobRun[] {
  const plan = planApplication(platform, application);
  const values = { ...run };
  const artifacts: Record<string, string> = { Source: source };
  const runs: JobRun[] = [];
  for (const action of jobActions(plan.pipelines[0]?.stages ?? [])) {
    const job = plan.jobs.find(({ project }) => project === action.project) ?? assert.fail(action.project);
    const build = runJob(job, action, artifacts, values, worldOf(job));
    runs.push({ project: job.project, build });
    if (build.status === "FAILED") break;
    if (action.output !== undefined) artifacts[action.output] = build.artifacts ?? assert.fail(build.log);
    for (const [name, value] of Object.entries(build.exported))
      values[`${action.namespace ?? ""}.${name}`] = value;
  }
  return runs;
}

function jobActions(stages: readonly { actions: readonly { kind: string }[] }[]): JobActionPlan[] {
  return stages
    .flatMap(({ actions }) => actions)
    .filter((action): action is JobActionPlan => action.kind === "job")
    .filter(({ category }) => category === "Build");
}

function runJob(
  job: JobPlan,
  action: JobActionPlan,
  artifacts: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string>>,
  world: World,
): Build {
  const [input, beside] = action.inputs.map((name) => artifacts[name] ?? assert.fail(name));
  return runBuild({
    buildspec: renderBuildspec(job.buildspec, job.buildspecValues, world.pins),
    source: input ?? assert.fail(job.project),
    ...(beside !== undefined && { application: beside }),
    environment: { ...job.variables, ...putIn(action.variables, values), ...world.environment },
    fakes: world.fakes,
    tools: world.tools,
  });
}

/** The variables with what the pipeline knows in the place of `#{…}`. */
function putIn(
  variables: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, text]) => [
      name,
      text.replace(/#\{([^}]+)\}/g, (_, key: string) => values[key] ?? assert.fail(`nothing says ${key}`)),
    ]),
  );
}

/** The folder with the honest applications' definitions. */
export const definitions = join(__dirname, "../honest/applications");
