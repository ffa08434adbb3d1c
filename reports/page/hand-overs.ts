import type { PreviewedResource } from "../../preview/preview-document";
import { field, items, text } from "../pipelines";
import type { Ground, Link, Verb } from "./access-map";
import { boxOfRole, sourcesHome, type BoxSeed } from "./boxes";
import type { RoleFacts } from "./roles";
import { hasAction, matches, type Statement } from "./statements";

/** What one role lets another one do for it: approvals and starts of pipelines, the jobs that they run, roles that are passed. */
export function handOvers(ground: Ground): Link[] {
  const targets = targetsOf(ground);
  return [
    ...ground.roles.flatMap((role) =>
      role.identity.flatMap((statement) => linksOf(role, statement, targets)),
    ),
    ...sourceLinks(ground),
  ];
}

/** A resource by its ARN, and the role in whose box it is drawn. */
type Targets = ReadonlyMap<string, RoleFacts>;

const verbs: readonly (readonly [action: string, verb: Verb])[] = [
  ["codepipeline:PutApprovalResult", "approves"],
  ["codepipeline:StartPipelineExecution", "starts"],
  ["codebuild:StartBuild", "runs"],
  ["iam:PassRole", "hands over"],
];

function linksOf(role: RoleFacts, statement: Statement, targets: Targets): Link[] {
  if (!statement.allows) return [];
  return verbs
    .filter(([action]) => hasAction(statement, action))
    .flatMap(([action, verb]) =>
      statement.resources
        .flatMap((pattern) =>
          targetsBy(action === "codepipeline:PutApprovalResult" ? pipelineOf(pattern) : pattern, targets),
        )
        .filter((target) => target !== role)
        .map((target) => ({ from: boxOfRole(role), to: boxOfRole(target), verb, places: [statement.place] })),
    );
}

/** An approval is `<pipeline>/<stage>/<action>`. */
function pipelineOf(arn: string): string {
  return arn.split("/")[0] ?? arn;
}

function targetsBy(pattern: string, targets: Targets): RoleFacts[] {
  const exact = targets.get(pattern);
  if (exact !== undefined || !/[*?$]/.test(pattern)) return exact === undefined ? [] : [exact];
  return [...targets].filter(([arn]) => matches(pattern, arn)).map(([, role]) => role);
}

const PIPELINE = "aws:codepipeline/pipeline:Pipeline";
const PROJECT = "aws:codebuild/project:Project";

/** Roles by their own ARN, pipelines and projects by theirs. */
function targetsOf({ document, roles, byArn }: Ground): Targets {
  const targets = new Map(roles.map((role) => [role.arn, role]));
  for (const { resources, region, accountId } of document.stacks) {
    for (const { type, inputs } of resources) {
      const role = byArn.get(text(inputs[type === PIPELINE ? "roleArn" : "serviceRole"]));
      if ((type !== PIPELINE && type !== PROJECT) || role === undefined) continue;
      const [partition = ""] = /^arn:[^:]*/.exec(role.arn) ?? [];
      const service = type === PIPELINE ? "codepipeline" : "codebuild";
      const name = type === PIPELINE ? text(inputs["name"]) : `project/${text(inputs["name"])}`;
      targets.set(`${partition}:${service}:${region}:${accountId}:${name}`, role);
    }
  }
  return targets;
}

/** Repositories start pipelines; the statement is the one by which the pipeline reads them. */
function sourceLinks({ document, byArn }: Ground): Link[] {
  const pipelines = document.stacks.flatMap(({ resources }) =>
    resources.filter(({ type }) => type === PIPELINE),
  );
  return pipelines.flatMap((pipeline) => {
    const role = byArn.get(text(pipeline.inputs["roleArn"]));
    if (role === undefined) return [];
    const reading = role.identity.filter((statement) =>
      ["codeconnections:UseConnection", "codestar-connections:UseConnection"].some((action) =>
        hasAction(statement, action),
      ),
    );
    return repositoriesOf(pipeline).map((member) => ({
      from: repositories(member),
      to: boxOfRole(role),
      verb: "starts" as const,
      places: reading.map(({ place }) => place),
    }));
  });
}

function repositories(member: string): BoxSeed {
  return { key: "repositories", home: sourcesHome, kind: "outside", title: "Repositories", member };
}

function repositoriesOf({ inputs }: PreviewedResource): string[] {
  return items(inputs["stages"])
    .flatMap((stage) => items(field(stage, "actions")))
    .map((action) => text(field(field(action, "configuration"), "FullRepositoryId")))
    .filter((repository) => repository !== "");
}
