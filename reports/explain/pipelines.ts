import type { Json, PreviewDocument, PreviewedResource } from "../../preview/preview-document";
import {
  field,
  items,
  pipelinesOf,
  text,
  type ActionView,
  type PipelineView,
  type StageView,
} from "../pipelines";
import type { RoleExplanation } from "./role";
import { isPipeline } from "./scene";
import { matches } from "./statements";
import { capitalized, distinct, list } from "./wording";

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
    ...stage.steps.map((actions) => stepSentence(actions, approvers, projectsOf(written))),
    ...(stage.onFailure === "" ? [] : ["After a failure the stage goes back to the release before."]),
  ];
}

/** The CodeBuild projects by the names of the actions that run them. */
function projectsOf(stage: Json | undefined): ReadonlyMap<string, string> {
  return new Map(
    items(field(stage, "actions")).map((action) => [
      text(field(action, "name")),
      text(field(field(action, "configuration"), "ProjectName")),
    ]),
  );
}

function stepSentence(
  actions: readonly ActionView[],
  approvers: readonly string[],
  projects: ReadonlyMap<string, string>,
): string {
  const [first] = actions;
  if (first?.kind === "source") return `The source is ${first.text}.`;
  if (first?.kind === "approval") {
    const who =
      approvers.length === 0 ? "of no role of the platform" : `in the role ${list(approvers, "or")}`;
    return `${first.text.replace("a person", `A person ${who}`)}, else the release ends.`;
  }
  const parts = [inWords("gate", "test"), inWords("job", "job")].filter((words) => words !== "");
  const together = actions.length > 1 ? "run at the same time" : "runs";
  return `${capitalized(list(parts))} ${together}; a failure ends the release.`;

  function inWords(noun: string, kind: ActionView["kind"]): string {
    const names = actions.filter((action) => action.kind === kind).map(({ text: name }) => name);
    const shown = names.map((name) => (projects.get(name) ? `${name} (${projects.get(name) ?? ""})` : name));
    return names.length === 0 ? "" : `the ${noun}${names.length > 1 ? "s" : ""} ${list(shown)}`;
  }
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

function valuesOf(value: Json | undefined): string[] {
  return typeof value === "string" ? [value] : items(value).map(text);
}
