import { UNKNOWN, type Json, type PreviewedResource } from "../preview/preview-document";
import { groupBy } from "./group-by";

/** A CodePipeline pipeline in the words of people. */
export interface PipelineView {
  readonly name: string;
  /** What starts it, such as `push to main`. */
  readonly triggers: readonly string[];
  /** What happens to a release while another one runs. */
  readonly mode: string;
  readonly stages: readonly StageView[];
}

export interface StageView {
  readonly name: string;
  /** The steps run one after another, the actions of one step at the same time. */
  readonly steps: readonly (readonly ActionView[])[];
  /** What must hold before a release may enter, such as a deployment window. */
  readonly conditions: readonly string[];
  readonly onFailure: string;
}

export interface ActionView {
  readonly kind: "source" | "approval" | "test" | "job";
  readonly text: string;
  /** The CodeBuild project that does it, "" where it is none. */
  readonly project: string;
}

const PIPELINE = "aws:codepipeline/pipeline:Pipeline";

/** The pipelines among the resources, by name. */
export function pipelinesOf(resources: readonly PreviewedResource[]): PipelineView[] {
  const pipelines = resources.filter(({ type }) => type === PIPELINE);
  return pipelines.map(pipelineView).sort((a, b) => a.name.localeCompare(b.name));
}

function pipelineView({ name, inputs }: PreviewedResource): PipelineView {
  return {
    name: shownText(inputs["name"]) || name,
    triggers: items(inputs["triggers"]).flatMap(triggersOf),
    mode: MODES[shownText(inputs["executionMode"])] ?? "",
    stages: items(inputs["stages"]).map(stageView),
  };
}

const MODES: Readonly<Record<string, string>> = {
  QUEUED: "releases queue up",
  SUPERSEDED: "a newer release overtakes",
  PARALLEL: "releases run side by side",
};

function triggersOf(trigger: Json): string[] {
  const git = field(trigger, "gitConfiguration");
  const pushes = items(field(git, "pushes")).map((push) => {
    const tags = filter(field(push, "tags"));
    const what = tags === "" ? `push to ${filter(field(push, "branches")) || "any branch"}` : `tag ${tags}`;
    return what + paths(push);
  });
  const requests = items(field(git, "pullRequests")).map(
    (request) => `pull request to ${filter(field(request, "branches")) || "any branch"}${paths(request)}`,
  );
  return [...pushes, ...requests];
}

function paths(trigger: Json): string {
  const patterns = filter(field(trigger, "filePaths"));
  return patterns === "" ? "" : `, files ${patterns}`;
}

function filter(value: Json | undefined): string {
  const includes = texts(field(value, "includes"));
  const excludes = texts(field(value, "excludes"));
  return [includes.join(", "), excludes.length === 0 ? "" : `not ${excludes.join(", ")}`]
    .filter(Boolean)
    .join(", ");
}

function stageView(stage: Json): StageView {
  const groups = groupBy(items(field(stage, "actions")), (action) => Number(field(action, "runOrder") ?? 1));
  const ordered = [...groups].sort(([a], [b]) => a - b).map(([, actions]) => actions.map(actionView));
  const condition = field(field(stage, "beforeEntry"), "condition");
  return {
    name: shownText(field(stage, "name")),
    steps: ordered,
    conditions: items(field(condition, "rules")).map(ruleText),
    onFailure:
      shownText(field(field(stage, "onFailure"), "result")) === "ROLLBACK" ? "rolls back on failure" : "",
  };
}

function actionView(action: Json): ActionView {
  const name = shownText(field(action, "name"));
  const configuration = field(action, "configuration");
  const project = shownText(field(configuration, "ProjectName"));
  switch (shownText(field(action, "category"))) {
    case "Source":
      return { kind: "source", text: sourceText(configuration, name), project };
    case "Approval":
      return {
        kind: "approval",
        text: `a person approves within ${duration(field(action, "timeoutInMinutes"))}`,
        project,
      };
    case "Test":
      return { kind: "test", text: name, project };
    default:
      return { kind: "job", text: name, project };
  }
}

function sourceText(configuration: Json | undefined, name: string): string {
  const repository = shownText(field(configuration, "FullRepositoryId"));
  if (repository !== "") return repository;
  const bucket = shownText(field(configuration, "S3Bucket"));
  return bucket === "" ? name : `s3://${bucket}/${shownText(field(configuration, "S3ObjectKey"))}`;
}

function ruleText(rule: Json): string {
  const configuration = field(rule, "configuration");
  if (shownText(field(field(rule, "ruleTypeId"), "provider")) !== "DeploymentWindow")
    return shownText(field(rule, "name"));
  return `only in the window ${shownText(field(configuration, "Cron"))} ${shownText(field(configuration, "TimeZone"))}`.trimEnd();
}

/** AWS lets a manual approval time out after seven days when the pipeline sets no time. */
function duration(minutes: Json | undefined): string {
  const total = typeof minutes === "number" ? minutes : 7 * 24 * 60;
  if (total % (24 * 60) === 0) return plural(total / (24 * 60), "day");
  return total % 60 === 0 ? plural(total / 60, "hour") : plural(total, "minute");
}

/** `1 day`, `2 days`. */
export function plural(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  const many = /[^aeiou]y$/.test(noun)
    ? `${noun.slice(0, -1)}ies`
    : `${noun}${/(?:s|x|ch|sh)$/.test(noun) ? "es" : "s"}`;
  return `${String(count)} ${many}`;
}

/** A text, "" for everything else. */
export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A value of an object, undefined where there is none or where it is no object. */
export function field(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return (value as Readonly<Record<string, Json>>)[key];
}

/** The entries of a list, none where it is no list. */
export function items(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function texts(value: Json | undefined): string[] {
  return items(value).map(shownText);
}

/** A value as the report shows it, "" when there is none. */
function shownText(value: Json | undefined): string {
  if (typeof value !== "string") return value === undefined || value === null ? "" : JSON.stringify(value);
  return value === UNKNOWN ? "(known after deployment)" : value;
}
