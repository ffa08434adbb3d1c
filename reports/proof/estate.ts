import {
  UNKNOWN,
  type Json,
  type PreviewedResource,
  type StackPreview,
} from "../../preview/preview-document";
import { field, items, text } from "../pipelines";
import { keyArn, ofType, partition, type Graph, type Role } from "./graph";

/** Where applications run. */
export interface Environment {
  readonly name: string;
  readonly stack: string;
  readonly accountId: string;
  readonly region: string;
}

/** Whose something is. */
export interface Home {
  /** "" for what all share. */
  readonly application: string;
  /** Name of the environment, "" for what belongs to none. */
  readonly environment: string;
}

export const jobKinds = ["test", "image", "package", "publish", "deploy"] as const;
export const peopleKinds = ["approver", "starter", "reader"] as const;
export type RoleKind =
  (typeof jobKinds)[number] | (typeof peopleKinds)[number] | "pipeline" | "door" | "runtime" | "other";

/** A role, and what it is for. */
export interface Member extends Home {
  readonly role: Role;
  readonly kind: RoleKind;
  /** Whether it lives in an environment's account. */
  readonly inEnvironment: boolean;
}

export interface Pipeline {
  readonly stack: string;
  readonly name: string;
  readonly arn: string;
  readonly application: string;
  /** `<pipeline>/<stage>/<action>` as ARNs. */
  readonly approvals: readonly string[];
  readonly repository: string;
  readonly connection: string;
  /** Whether it leads to an environment; one for pull requests does not. */
  readonly releases: boolean;
}

/** What the platform at hand consists of, read from the graph alone. */
export interface Estate {
  readonly graph: Graph;
  readonly applications: readonly string[];
  readonly environments: readonly Environment[];
  readonly members: readonly Member[];
  readonly pipelines: readonly Pipeline[];
  /** The stacks of CI/CD accounts. */
  readonly homes: readonly StackPreview[];
}

export function estateOf(graph: Graph): Estate {
  const { stacks } = graph;
  const homes = stacks.filter(
    (stack) => ofType(stack, "aws:codepipeline/pipeline:Pipeline").length > 0 || stack.kind === "cicd",
  );
  const deployments = homes.flatMap(deploymentsOf);
  const environments = stacks
    .filter(({ kind }) => kind === "environment")
    .map(({ name, accountId, region }) => ({
      name: deployments.find((deployment) => deployment.accountId === accountId)?.environment ?? name,
      stack: name,
      accountId,
      region,
    }));
  const members = graph.roles.map((role) => memberOf(role, environments));
  const pipelines = homes.flatMap((stack) => pipelinesOf(stack, graph.roles));
  const applications = [...new Set([...members, ...pipelines].map(({ application }) => application))];
  return {
    graph,
    applications: applications.filter((name) => name !== "").toSorted(),
    environments,
    members,
    pipelines,
    homes,
  };
}

function deploymentsOf(stack: StackPreview): { environment: string; accountId: string }[] {
  return ofType(stack, "aws:codebuild/project:Project").flatMap(({ inputs }) => {
    const variables = new Map(
      items(field(inputs["environment"], "environmentVariables")).map((variable) => [
        text(field(variable, "name")),
        text(field(variable, "value")),
      ]),
    );
    const environment = variables.get("SLIPWAY_ENVIRONMENT");
    const accountId = variables.get("SLIPWAY_ENVIRONMENT_ACCOUNT");
    return environment === undefined || accountId === undefined ? [] : [{ environment, accountId }];
  });
}

function memberOf(role: Role, environments: readonly Environment[]): Member {
  const account = environments.find(({ accountId }) => accountId === role.accountId);
  const [, deploysTo] = /^\/slipway\/deploy\/([^/]+)\/$/.exec(role.path) ?? [];
  return {
    role,
    kind: kindOf(role, account !== undefined),
    application: role.application,
    environment: account?.name ?? deploysTo ?? "",
    inEnvironment: account !== undefined,
  };
}

/** A role's path says what it is trusted with, the end of its name what it does. */
function kindOf({ path, name }: Role, inEnvironment: boolean): RoleKind {
  if (inEnvironment) return path === "/slipway/" ? "door" : "runtime";
  if (path.startsWith("/slipway/deploy/")) return "deploy";
  if (path === "/slipway/pipeline/") return "pipeline";
  const end = name.slice(name.lastIndexOf("-") + 1);
  const kinds: readonly RoleKind[] =
    path === "/slipway/job/" ? jobKinds : path === "/slipway/people/" ? peopleKinds : [];
  return kinds.find((kind) => kind === end) ?? "other";
}

function pipelinesOf(stack: StackPreview, roles: readonly Role[]): Pipeline[] {
  return ofType(stack, "aws:codepipeline/pipeline:Pipeline").map((resource) => {
    const { inputs } = resource;
    const name = text(inputs["name"]) || resource.name;
    const arn = `arn:${partition(stack)}:codepipeline:${stack.region}:${stack.accountId}:${name}`;
    const source = actionsOf(inputs["stages"]).find(
      ({ action }) => field(action, "category") === "Source",
    )?.action;
    const configuration = field(source, "configuration");
    const tag = text(field(inputs["tags"], "Application"));
    return {
      stack: stack.name,
      name,
      arn,
      application:
        tag || (roles.find(({ arn: role }) => role === inputs["roleArn"])?.application ?? ownerOf(resource)),
      approvals: actionsOf(inputs["stages"])
        .filter(({ action }) => field(action, "category") === "Approval")
        .map(({ stage, action }) => `${arn}/${stage}/${text(field(action, "name"))}`),
      repository: text(field(configuration, "FullRepositoryId")),
      connection: text(field(configuration, "ConnectionArn")),
      releases: actionsOf(inputs["stages"]).some(({ action }) =>
        text(field(field(action, "configuration"), "ProjectName")).includes("-deploy-"),
      ),
    };
  });
}

function ownerOf({ parent }: PreviewedResource): string {
  return parent.slice(parent.lastIndexOf("::") + 2);
}

function actionsOf(stages: Json | undefined): { stage: string; action: Json }[] {
  return items(stages).flatMap((stage) =>
    items(field(stage, "actions")).map((action) => ({ stage: text(field(stage, "name")), action })),
  );
}

/** The artifact bucket and its key, where the stack has them. */
export function artifactsOf(
  stack: StackPreview,
): { bucket: string; key: string; aliases: string[] } | undefined {
  const [bucket] = ofType(stack, "aws:s3/bucket:Bucket");
  const key = keyOf(stack, "artifact");
  if (bucket === undefined || key === undefined) return undefined;
  const name = text(bucket.inputs["bucket"]) || bucket.name;
  return { bucket: `arn:${partition(stack)}:s3:::${name}`, ...key };
}

/** The key whose name holds the word, with its aliases. */
function keyOf(stack: StackPreview, word: string): { key: string; aliases: string[] } | undefined {
  const key = ofType(stack, "aws:kms/key:Key").find(({ name }) => name.includes(word));
  if (key === undefined) return undefined;
  const aliases = ofType(stack, "aws:kms/alias:Alias")
    .filter(({ propertyDependencies }) => (propertyDependencies["targetKeyId"] ?? []).includes(key.urn))
    .map(({ inputs }) => text(inputs["name"]))
    .filter((alias) => alias !== "" && alias !== UNKNOWN);
  return { key: keyArn(stack, key), aliases };
}
