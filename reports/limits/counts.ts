import { UNKNOWN, type Json, type PreviewedResource } from "../../preview/preview-document";
import { field, items } from "../pipelines";
import type { QuotaName } from "./quotas";

/** A resource, and whose it is. */
export interface OwnedResource extends PreviewedResource {
  readonly stack: string;
  /** "" for what applications share. */
  readonly application: string;
}

/** A use of a quota: what applications share of it, and what belongs to them. */
export interface Use {
  readonly quota: QuotaName;
  /** "" for a number of the whole account. */
  readonly subject: string;
  readonly stack: string;
  readonly shared: number;
  /** What grows with the number of applications. */
  readonly ofApplications: number;
}

/** Every use of a quota by the resources of one account, or of one of its regions. */
export function usesOf(resources: readonly OwnedResource[]): Use[] {
  return [
    ...accountNumbers.flatMap(([quota, type, counts = () => true]) =>
      accountUse(
        quota,
        resources.filter((resource) => resource.type === type && counts(resource)),
      ),
    ),
    ...sizes.flatMap(([quota, type, measure]) =>
      resources
        .filter((resource) => resource.type === type)
        .flatMap((resource) => measure(resource).map((used) => fixedUse(quota, resource, used))),
    ),
    ...groups.flatMap((group) => groupUses(group, resources)),
  ];
}

function accountUse(quota: QuotaName, resources: readonly OwnedResource[]): Use[] {
  if (resources.length === 0) return [];
  return [{ quota, subject: "", stack: "", ...countOf(resources) }];
}

function countOf(resources: readonly OwnedResource[]): Pick<Use, "shared" | "ofApplications"> {
  const shared = resources.filter(({ application }) => application === "").length;
  return { shared, ofApplications: resources.length - shared };
}

/** What one resource uses, which more applications do not change. */
function fixedUse(quota: QuotaName, resource: OwnedResource, used: number): Use {
  return { quota, subject: nameOf(resource), stack: resource.stack, shared: used, ofApplications: 0 };
}

type Filter = (resource: OwnedResource) => boolean;

/** Quotas that count all resources of a type in the account. */
const accountNumbers: readonly (readonly [QuotaName, string, Filter?])[] = [
  ["roles", "aws:iam/role:Role"],
  ["managedPolicies", "aws:iam/policy:Policy"],
  ["pipelines", "aws:codepipeline/pipeline:Pipeline"],
  ["projects", "aws:codebuild/project:Project"],
  ["reportGroups", "aws:codebuild/reportGroup:ReportGroup"],
  ["rules", "aws:cloudwatch/eventRule:EventRule"],
  ["topics", "aws:sns/topic:Topic"],
  ["filters", "aws:sns/topicSubscription:TopicSubscription", isFiltered],
  ["keys", "aws:kms/key:Key"],
  ["repositories", "aws:ecr/repository:Repository"],
  ["logGroups", "aws:cloudwatch/logGroup:LogGroup"],
  ["notificationRules", "aws:codestarnotifications/notificationRule:NotificationRule"],
  ["connections", "aws:codeconnections/connection:Connection"],
  // Each of these components is one application that is deployed into the account.
  ["stacks", "slipway:index:ServerlessTarget"],
  ["services", "slipway:index:EcsTarget"],
];

function isFiltered({ inputs }: OwnedResource): boolean {
  return inputs["filterPolicy"] !== undefined;
}

type Measure = (resource: OwnedResource) => readonly number[];

/** Quotas that each resource of a type has for itself; nothing where a value is known only after deployment. */
const sizes: readonly (readonly [QuotaName, string, Measure])[] = [
  ["trustPolicy", "aws:iam/role:Role", ({ inputs }) => policyCharacters(inputs["assumeRolePolicy"])],
  ["roleName", "aws:iam/role:Role", ({ inputs }) => characters(inputs["name"])],
  ["roleTags", "aws:iam/role:Role", ({ inputs }) => [Object.keys(inputs["tags"] ?? {}).length]],
  ["managedPolicySize", "aws:iam/policy:Policy", ({ inputs }) => policyCharacters(inputs["policy"])],
  ["stages", "aws:codepipeline/pipeline:Pipeline", (pipeline) => [stagesOf(pipeline).length]],
  [
    "actionsOfStage",
    "aws:codepipeline/pipeline:Pipeline",
    (pipeline) => stagesOf(pipeline).map((stage) => actionsOf(stage).length),
  ],
  [
    "actionsOfPipeline",
    "aws:codepipeline/pipeline:Pipeline",
    (pipeline) => [stagesOf(pipeline).flatMap(actionsOf).length],
  ],
  [
    "actionValue",
    "aws:codepipeline/pipeline:Pipeline",
    (pipeline) => stagesOf(pipeline).flatMap(actionsOf).flatMap(valueLengths),
  ],
  ["projectName", "aws:codebuild/project:Project", ({ inputs }) => characters(inputs["name"])],
  ["projectDescription", "aws:codebuild/project:Project", ({ inputs }) => characters(inputs["description"])],
  ["eventPattern", "aws:cloudwatch/eventRule:EventRule", ({ inputs }) => characters(inputs["eventPattern"])],
  ["topicPolicy", "aws:sns/topicPolicy:TopicPolicy", ({ inputs }) => bytes(inputs["policy"])],
  ["keyPolicy", "aws:kms/key:Key", ({ inputs }) => bytes(inputs["policy"])],
  ["bucketPolicy", "aws:s3/bucketPolicy:BucketPolicy", ({ inputs }) => bytes(inputs["policy"])],
  [
    "lifecycleRules",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    ({ inputs }) => [items(inputs["rules"]).length],
  ],
  ["images", "aws:ecr/lifecyclePolicy:LifecyclePolicy", ({ inputs }) => keptImages(inputs["policy"])],
  [
    "repositoryLifecycle",
    "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    ({ inputs }) => characters(inputs["policy"]),
  ],
  [
    "repositoryPolicy",
    "aws:ecr/repositoryPolicy:RepositoryPolicy",
    ({ inputs }) => characters(inputs["policy"]),
  ],
  ["controlPolicySize", "aws:organizations/policy:Policy", ({ inputs }) => characters(inputs["content"])],
];

/** What a resource belongs to with others; "" where it does not count. */
type Group = (resource: OwnedResource) => string;

/** Quotas of what several resources make up together, and how much each of them adds. */
const groups: readonly (readonly [QuotaName, string, Group, ((resource: OwnedResource) => number)?])[] = [
  ["inlinePolicies", "aws:iam/rolePolicy:RolePolicy", ({ inputs }) => text(inputs["role"]), inlineCharacters],
  [
    "managedPoliciesOfRole",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    ({ inputs }) => text(inputs["role"]),
  ],
  ["targets", "aws:cloudwatch/eventTarget:EventTarget", ({ inputs }) => text(inputs["rule"])],
  ["subscriptions", "aws:sns/topicSubscription:TopicSubscription", ({ inputs }) => topicOf(inputs)],
  [
    "filtersOfTopic",
    "aws:sns/topicSubscription:TopicSubscription",
    (subscription) => (isFiltered(subscription) ? topicOf(subscription.inputs) : ""),
  ],
  [
    "controlPolicies",
    "aws:organizations/policyAttachment:PolicyAttachment",
    ({ inputs }) => text(inputs["targetId"]),
  ],
];

/** What is attached to every account from the start: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html */
const attachedAlready: Partial<Record<QuotaName, number>> = { controlPolicies: 1 };

function groupUses(
  [quota, type, groupOf, amountOf = () => 1]: (typeof groups)[number],
  resources: readonly OwnedResource[],
): Use[] {
  const uses = new Map<string, Use>();
  for (const resource of resources) {
    const subject = resource.type === type ? groupOf(resource) : "";
    if (subject === "") continue;
    const { stack, application } = resource;
    const before = uses.get(subject) ?? {
      quota,
      subject,
      stack,
      shared: attachedAlready[quota] ?? 0,
      ofApplications: 0,
    };
    const amount = amountOf(resource);
    // What one application's role holds grows with that application, not with their number.
    const grows = application !== "" && quota !== "inlinePolicies" && quota !== "managedPoliciesOfRole";
    uses.set(subject, {
      ...before,
      shared: before.shared + (grows ? 0 : amount),
      ofApplications: before.ofApplications + (grows ? amount : 0),
    });
  }
  return [...uses.values()];
}

function inlineCharacters({ inputs }: OwnedResource): number {
  return policyCharacters(inputs["policy"])[0] ?? 0;
}

function topicOf({ topic }: OwnedResource["inputs"]): string {
  return text(topic).split(":").at(-1) ?? "";
}

function stagesOf({ inputs }: OwnedResource): readonly Json[] {
  return items(inputs["stages"]);
}

function actionsOf(stage: Json): readonly Json[] {
  return items(field(stage, "actions"));
}

function valueLengths(action: Json): number[] {
  const configuration = field(action, "configuration");
  return typeof configuration === "object" && configuration !== null
    ? Object.values(configuration).flatMap((value) => characters(value))
    : [];
}

/** How many images the lifecycle keeps, over all its rules. */
function keptImages(policy: Json | undefined): number[] {
  const [written] = known(policy);
  if (written === undefined) return [];
  const kept = items(field(parsed(written), "rules")).map((rule) => {
    const selection = field(rule, "selection");
    const count = field(selection, "countNumber");
    return field(selection, "countType") === "imageCountMoreThan" && typeof count === "number" ? count : 0;
  });
  return [kept.reduce((sum, count) => sum + count, 0)];
}

/** IAM does not count white space: "IAM and AWS STS quotas". Blanks inside of texts are rare enough to be counted too. */
function policyCharacters(policy: Json | undefined): number[] {
  return known(policy).map(
    (written) => (parsed(written) === undefined ? written : JSON.stringify(parsed(written))).length,
  );
}

function characters(value: Json | undefined): number[] {
  return known(value).map((written) => written.length);
}

function bytes(value: Json | undefined): number[] {
  return known(value).map((written) => Buffer.byteLength(written));
}

function known(value: Json | undefined): string[] {
  return typeof value === "string" && value !== UNKNOWN && value !== "" ? [value] : [];
}

function parsed(written: string): Json | undefined {
  try {
    return JSON.parse(written) as Json;
  } catch {
    return undefined;
  }
}

function nameOf({ name, inputs }: OwnedResource): string {
  return text(inputs["name"]) || name;
}

function text(value: Json | undefined): string {
  return typeof value === "string" && value !== UNKNOWN ? value : "";
}
