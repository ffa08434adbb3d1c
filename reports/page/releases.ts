import type { PreviewDocument, PreviewedResource, StackPreview } from "../../preview/preview-document";
import { field, pipelinesOf, text, type PipelineView } from "../pipelines";
import { groundOf, type Ground } from "./access-map";
import { approversOf } from "./approvers";
import { boxOfRole } from "./boxes";
import { gatesOf } from "./gates";
import { trustLinks } from "./trust-links";

/** A pipeline with what its jobs check and where they deploy to. */
export interface Release {
  readonly stack: string;
  /** "" for a pipeline that belongs to no application. */
  readonly application: string;
  readonly pipeline: PipelineView;
  /** How the application is deployed, "" where its roles do not say so. */
  readonly kind: string;
  readonly repository: string;
  readonly jobs: ReadonlyMap<string, JobFacts>;
  /** The ways into environments, in the order in which a release takes them. */
  readonly ways: readonly Way[];
}

export interface JobFacts {
  readonly gates: readonly string[];
  /** The stack whose account the job enters, "" where it enters none. */
  readonly enters: string;
}

/** How a release gets into an environment. */
export interface Way {
  readonly environment: string;
  /** Stages that ask a person, before it. */
  readonly approvals: readonly Approval[];
  readonly conditions: readonly string[];
  /** Everything that could have stopped the release until it is in the environment. */
  readonly gates: readonly string[];
}

export interface Approval {
  readonly stage: string;
  /** Who may answer; empty where no policy of these stacks lets anybody. */
  readonly by: readonly string[];
}

/** What the pipelines' parts are looked up in. */
interface Lookup {
  readonly jobs: ReadonlyMap<string, JobFacts>;
  readonly approvers: ReadonlyMap<string, readonly string[]>;
}

const PROJECT = "aws:codebuild/project:Project";
const PIPELINE = "aws:codepipeline/pipeline:Pipeline";

/** The pipelines of all stacks, those of an application together. */
export function releasesOf(document: PreviewDocument): Release[] {
  const ground = groundOf(document);
  const lookup = { jobs: jobsOf(ground), approvers: approversOf(ground) };
  return document.stacks.flatMap((stack) => {
    const resources = stack.resources.filter(({ type }) => type === PIPELINE);
    const byName = new Map(
      resources.map((resource) => [text(resource.inputs["name"]) || resource.name, resource]),
    );
    const kinds = kindsOf(stack);
    return pipelinesOf(stack.resources).map((pipeline) =>
      releaseOf(stack.name, pipeline, byName, kinds, lookup),
    );
  });
}

function releaseOf(
  stack: string,
  pipeline: PipelineView,
  byName: ReadonlyMap<string, PreviewedResource>,
  kinds: ReadonlyMap<string, string>,
  lookup: Lookup,
): Release {
  const application = text(field(byName.get(pipeline.name)?.inputs["tags"], "Application"));
  const actions = pipeline.stages.flatMap(({ steps }) => steps.flat());
  const owner = application || applicationIn(pipeline.name, kinds);
  return {
    stack,
    application: owner,
    pipeline,
    kind: kinds.get(owner) ?? "",
    repository: actions.find(({ kind }) => kind === "source")?.text ?? "",
    jobs: new Map(
      actions.flatMap(({ project }) => {
        const facts = lookup.jobs.get(project);
        return facts === undefined ? [] : [[project, facts] as const];
      }),
    ),
    ways: waysOf(pipeline, lookup),
  };
}

/** The application whose name a pipeline's begins with, the longest such name. */
function applicationIn(pipeline: string, kinds: ReadonlyMap<string, string>): string {
  const names = [...kinds.keys()].filter((name) => pipeline === name || pipeline.startsWith(`${name}-`));
  return names.sort((a, b) => b.length - a.length)[0] ?? "";
}

/** Each stage that deploys, with what stands before it. */
function waysOf({ name: pipeline, stages }: PipelineView, { jobs, approvers }: Lookup): Way[] {
  const ways: Way[] = [];
  const approvals: Approval[] = [];
  const gates = new Set<string>();
  for (const { name, steps, conditions } of stages) {
    const actions = steps.flat();
    if (actions.some(({ kind }) => kind === "approval")) {
      approvals.push({ stage: name, by: approvers.get(`${pipeline}/${name}`) ?? [] });
    }
    if (actions.some(({ kind }) => kind === "test")) gates.add("tests of the application");
    for (const gate of actions.flatMap(({ project }) => jobs.get(project)?.gates ?? [])) gates.add(gate);
    for (const environment of actions.map(({ project }) => jobs.get(project)?.enters ?? "")) {
      if (environment !== "")
        ways.push({ environment, approvals: [...approvals], conditions, gates: [...gates] });
    }
  }
  return ways;
}

/** What the CodeBuild projects check, and whose door they enter, by their names. */
function jobsOf(ground: Ground): Map<string, JobFacts> {
  const doors = new Map(
    trustLinks(ground)
      .filter(({ from, to }) => from.home !== to.home)
      .map(({ from, to }) => [from.key, to.home]),
  );
  return new Map(
    ground.document.stacks.flatMap(({ resources }) =>
      resources
        .filter(({ type }) => type === PROJECT)
        .map(({ name, inputs }) => {
          const role = ground.byArn.get(text(inputs["serviceRole"]));
          const enters = role === undefined ? "" : (doors.get(boxOfRole(role).key) ?? "");
          const gates = gatesOf(text(field(inputs["source"], "buildspec")));
          return [text(inputs["name"]) || name, { gates, enters }] as const;
        }),
    ),
  );
}

/** How each application is deployed: the tag of its deploy jobs' roles says so, for it is what the door asks for. */
function kindsOf({ resources }: StackPreview): Map<string, string> {
  const kinds = new Map<string, string>();
  for (const { inputs } of resources) {
    const application = text(field(inputs["tags"], "Application"));
    const kind = text(field(inputs["tags"], "DeploymentKind"));
    if (application !== "" && (kind !== "" || !kinds.has(application))) kinds.set(application, kind);
  }
  return kinds;
}
