import type { PreviewDocument, PreviewedResource } from "../../preview/preview-document";
import { field, items, pipelinesOf, type ActionView, type PipelineView, type StageView } from "../pipelines";
import type { RoleExplanation } from "./role";
import { isPipeline, text } from "./scene";
import { matches } from "./statements";
import { distinct, list } from "./wording";

/** A pipeline in plain sentences. */
export interface PipelineExplanation {
  readonly stack: string;
  readonly urn: string;
  readonly name: string;
  /** "" for a pipeline of no application. */
  readonly application: string;
  /** What starts a release, and who may by hand. */
  readonly startedBy: readonly string[];
  /** In the order in which a release passes them. */
  readonly stages: readonly StageExplanation[];
}

export interface StageExplanation {
  readonly name: string;
  readonly sentences: readonly string[];
}

/** Every pipeline of all stacks in plain sentences, by stack and name. */
export function explainPipelines(
  document: PreviewDocument,
  roles: readonly RoleExplanation[],
): PipelineExplanation[] {
  return document.stacks.flatMap((stack) =>
    stack.resources
      .filter(isPipeline)
      .flatMap((resource) => pipelinesOf([resource]).map((view) => ({ resource, view })))
      .map(({ resource, view }) => ({
        stack: stack.name,
        urn: resource.urn,
        name: view.name,
        application: text(field(resource.inputs["tags"], "Application")),
        startedBy: startSentences(view, `${stack.region}:${stack.accountId}:${view.name}`, roles),
        stages: view.stages.map((stage) => ({
          name: stage.name,
          sentences: stageSentences(
            stage,
            resource,
            `${stack.region}:${stack.accountId}:${view.name}`,
            roles,
          ),
        })),
      }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  );
}

function startSentences(view: PipelineView, pipeline: string, roles: readonly RoleExplanation[]): string[] {
  const starters = holders("codepipeline:StartPipelineExecution", pipeline, roles);
  return [
    ...view.triggers.map((trigger) => `A release starts on ${trigger}.`),
    starters.length === 0
      ? "No role of the platform may start it by hand."
      : `By hand it may be started by who is in the role ${list(starters, "or")}.`,
    ...(view.mode === "" ? [] : [`While a release runs, ${view.mode}.`]),
  ];
}

function stageSentences(
  stage: StageView,
  { inputs }: PreviewedResource,
  pipeline: string,
  roles: readonly RoleExplanation[],
): string[] {
  const written = items(inputs["stages"]).find((candidate) => field(candidate, "name") === stage.name);
  const approval = items(field(written, "actions")).find(
    (action) => field(action, "category") === "Approval",
  );
  const approvers = holders(
    "codepipeline:PutApprovalResult",
    `${pipeline}/${stage.name}/${text(field(approval, "name"))}`,
    roles,
  );
  return [
    ...stage.conditions.map((condition) => `A release enters ${condition}.`),
    ...stage.steps.map((actions) => stepSentence(actions, approvers)),
    ...(stage.onFailure === "" ? [] : [`It ${stage.onFailure}.`]),
  ];
}

function stepSentence(actions: readonly ActionView[], approvers: readonly string[]): string {
  const [first] = actions;
  if (first?.kind === "source") return `The source is ${first.text}.`;
  if (first?.kind === "approval") {
    const who =
      approvers.length === 0
        ? "no role of the platform may"
        : `who is in the role ${list(approvers, "or")} may`;
    return `${first.text.charAt(0).toUpperCase()}${first.text.slice(1)}, else the release ends; ${who}.`;
  }
  const tests = actions.filter(({ kind }) => kind === "test").map(({ text: name }) => name);
  const jobs = actions.filter(({ kind }) => kind === "job").map(({ text: name }) => name);
  const parts = [
    ...(tests.length === 0 ? [] : [`the gate${tests.length > 1 ? "s" : ""} ${list(tests)}`]),
    ...(jobs.length === 0 ? [] : [`the job${jobs.length > 1 ? "s" : ""} ${list(jobs)}`]),
  ];
  const several = actions.length > 1;
  const together = several ? " at the same time" : "";
  return `Then ${list(parts)} run${several ? "" : "s"}${together}; a failure ends the release.`;
}

/** The names of the roles that may do this on the pipeline, or on what lies below it. */
function holders(action: string, resource: string, roles: readonly RoleExplanation[]): string[] {
  const holding = roles.filter(({ statements }) =>
    statements.some(
      ({ effect, path, exact }) =>
        effect === "Allow" &&
        path === "policy" &&
        valuesOf(field(exact, "Action")).some((pattern) => matches(pattern, action)) &&
        valuesOf(field(exact, "Resource")).some((arn) =>
          matches(arn.split(":").slice(3).join(":"), resource),
        ),
    ),
  );
  return distinct(holding.map(({ name }) => name));
}

function valuesOf(value: Parameters<typeof items>[0]): string[] {
  return typeof value === "string" ? [value] : items(value).map(text);
}
