import type { Json, PreviewDocument, PreviewedResource, StackPreview } from "../../preview/preview-document";
import { groupBy } from "../group-by";
import { field, items, text } from "../pipelines";

/** Where something is paid for. */
export interface Home {
  readonly stack: string;
  readonly accountId: string;
  readonly region: string;
}

export const jobKinds = ["source", "test", "image", "package", "publish", "deploy", "other"] as const;
export type JobKind = (typeof jobKinds)[number];

/** A pipeline, as far as it costs. */
export interface PipelineFacts extends Home {
  /** "" for a pipeline that belongs to no application. */
  readonly application: string;
  readonly startedBy: "push" | "pull request";
  /** Whether KMS is asked for every artifact. */
  readonly encrypted: boolean;
  /** How long the bucket keeps an artifact and its old versions, undefined for ever. */
  readonly artifactDays: number | undefined;
  /** Without approvals, which are free. */
  readonly actions: readonly ActionFacts[];
}

export interface ActionFacts {
  readonly kind: JobKind;
  /** Approvals that a release has passed when it comes here. */
  readonly approvals: number;
  /** How many artifacts it leaves. */
  readonly outputs: number;
  readonly project: ProjectFacts | undefined;
}

/** A CodeBuild project, as far as it costs. */
export interface ProjectFacts extends Home {
  readonly application: string;
  readonly name: string;
  /** `<environment type> <compute type>`, as CodeBuild calls them. */
  readonly machine: string;
  readonly writesLog: boolean;
  /** How long its log group keeps a log, undefined for ever. */
  readonly logDays: number | undefined;
  /** The environment that it deploys to. */
  readonly target: TargetFacts | undefined;
}

export interface TargetFacts {
  readonly environment: string;
  readonly accountId: string;
  readonly region: string;
  /** Tasks of the ECS service, undefined where it is none. */
  readonly tasks: number | undefined;
}

/** The resources of a stack by type, and whose they are. */
export class StackFacts {
  readonly home: Home;
  private readonly byUrn: ReadonlyMap<string, PreviewedResource>;
  private readonly byType: ReadonlyMap<string, readonly PreviewedResource[]>;

  constructor({ name, accountId, region, resources }: StackPreview) {
    this.home = { stack: name, accountId, region };
    this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    this.byType = groupBy(resources, ({ type }) => type);
  }

  ofType(type: string): readonly PreviewedResource[] {
    return this.byType.get(type) ?? [];
  }

  /** The application of a resource by its own tag or that of the component that it belongs to; "" for what is shared. */
  ownerOf(resource: PreviewedResource): string {
    const tag = text(field(resource.inputs["tags"], "Application"));
    if (tag !== "") return tag;
    const parent = this.byUrn.get(resource.parent);
    if (parent === undefined) return "";
    return APPLICATION_COMPONENTS.has(parent.type) ? parent.name : this.ownerOf(parent);
  }

  /** The pipelines with their projects. */
  pipelines(): PipelineFacts[] {
    const projects = new Map(this.projects().map((project) => [project.name, project]));
    return this.ofType("aws:codepipeline/pipeline:Pipeline").map((pipeline) =>
      this.pipeline(pipeline, projects),
    );
  }

  projects(): ProjectFacts[] {
    const days = new Map(
      this.ofType("aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => [
        text(inputs["name"]),
        count(inputs["retentionInDays"]),
      ]),
    );
    return this.ofType("aws:codebuild/project:Project").map((project) => this.project(project, days));
  }

  private pipeline(pipeline: PreviewedResource, projects: ReadonlyMap<string, ProjectFacts>): PipelineFacts {
    const { inputs } = pipeline;
    const [store] = items(inputs["artifactStores"]);
    const git = items(inputs["triggers"]).map((trigger) => field(trigger, "gitConfiguration"));
    const pushed = git.some((trigger) => items(field(trigger, "pushes")).length > 0);
    const requested = git.some((trigger) => items(field(trigger, "pullRequests")).length > 0);
    return {
      ...this.home,
      application: this.ownerOf(pipeline),
      startedBy: requested && !pushed ? "pull request" : "push",
      encrypted: field(store, "encryptionKey") !== undefined,
      artifactDays: this.artifactDays(text(field(store, "location"))),
      actions: actionsOf(inputs["stages"], projects),
    };
  }

  /** The lifecycle expires an object, and its old version after that. */
  private artifactDays(bucket: string): number | undefined {
    const lifecycle = this.ofType("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").find(
      ({ inputs }) => inputs["bucket"] === bucket,
    );
    const versioned = this.ofType("aws:s3/bucketVersioning:BucketVersioning").some(
      ({ inputs }) => inputs["bucket"] === bucket,
    );
    const rule = items(lifecycle?.inputs["rules"]).find(
      (candidate) => field(candidate, "status") === "Enabled",
    );
    const days = count(field(field(rule, "expiration"), "days"));
    const older = count(field(field(rule, "noncurrentVersionExpiration"), "noncurrentDays"));
    if (days === undefined || (versioned && older === undefined)) return undefined;
    return days + (versioned ? (older ?? 0) : 0);
  }

  private project(
    project: PreviewedResource,
    logDays: ReadonlyMap<string, number | undefined>,
  ): ProjectFacts {
    const { inputs } = project;
    const environment = inputs["environment"];
    const log = field(inputs["logsConfig"], "cloudwatchLogs");
    return {
      ...this.home,
      application: this.ownerOf(project),
      name: text(inputs["name"]) || project.name,
      machine: `${text(field(environment, "type"))} ${text(field(environment, "computeType"))}`,
      writesLog: field(log, "status") !== "DISABLED",
      logDays: logDays.get(text(field(log, "groupName"))),
      target: targetOf(environment),
    };
  }
}

export function factsOf({ stacks }: PreviewDocument): StackFacts[] {
  return stacks.map((stack) => new StackFacts(stack));
}

/** Components that bear the name of the application that they are for. */
const APPLICATION_COMPONENTS: ReadonlySet<string> = new Set(
  ["ApplicationDelivery", "EcsTarget", "KubernetesTarget", "ServerlessTarget"].map(
    (name) => `slipway:index:${name}`,
  ),
);

function actionsOf(
  stages: Json | undefined,
  projects: ReadonlyMap<string, ProjectFacts>,
): readonly ActionFacts[] {
  let approvals = 0;
  const actions: ActionFacts[] = [];
  for (const action of items(stages).flatMap((stage) => items(field(stage, "actions")))) {
    if (field(action, "category") === "Approval") approvals += 1;
    else {
      actions.push({
        kind: kindOf(action),
        approvals,
        outputs: items(field(action, "outputArtifacts")).length,
        project: projects.get(text(field(field(action, "configuration"), "ProjectName"))),
      });
    }
  }
  return actions;
}

function kindOf(action: Json): JobKind {
  const name = text(field(action, "name")).toLowerCase();
  if (field(action, "category") === "Source") return "source";
  return jobKinds.find((kind) => kind !== "source" && kind === name) ?? "other";
}

/** What the deploy job is told of its environment, in its variables. */
function targetOf(environment: Json | undefined): TargetFacts | undefined {
  const variables = new Map(
    items(field(environment, "environmentVariables")).map((variable) => [
      text(field(variable, "name")),
      text(field(variable, "value")),
    ]),
  );
  const name = variables.get("SLIPWAY_ENVIRONMENT");
  if (name === undefined) return undefined;
  const tasks = variables.get("SLIPWAY_DESIRED_COUNT");
  return {
    environment: name,
    accountId: variables.get("SLIPWAY_ENVIRONMENT_ACCOUNT") ?? "",
    region: variables.get("SLIPWAY_ENVIRONMENT_REGION") ?? "",
    tasks: tasks === undefined ? undefined : Number(tasks),
  };
}

/** A number above zero; AWS writes 0 for "never". */
export function count(value: Json | undefined): number | undefined {
  return typeof value === "number" && value > 0 ? value : undefined;
}
