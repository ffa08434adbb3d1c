import type {
  Json,
  PreviewDocument,
  PreviewedResource,
  StackPreview,
} from "../../../preview/preview-document";
import {
  assumptionNames,
  assuming,
  type Assumed,
  type AssumptionName,
} from "../../../reports/cost/assumptions";
import type { CostReport } from "../../../reports/cost/report";
import { exactly } from "../../../reports/cost/range";

export type Inputs = Readonly<Record<string, Json>>;

export function resource(
  type: string,
  name: string,
  inputs: Inputs = {},
  application = "",
): PreviewedResource {
  return {
    urn: `urn:pulumi:cicd::shop::${type}::${name}`,
    type,
    name,
    parent: "",
    provider: "",
    custom: true,
    inputs: application === "" ? inputs : { ...inputs, tags: { Application: application } },
    outputs: {},
    dependencies: [],
    propertyDependencies: {},
    protect: false,
  };
}

export function stack(
  name: string,
  resources: readonly PreviewedResource[],
  { accountId = "111111111111", region = "us-east-1" } = {},
): StackPreview {
  const policy = { pack: "", judged: 0, violations: [], notVerifiable: [], exempted: [] };
  return { name, kind: name, accountId, region, resources, outputs: {}, unknowns: [], policy };
}

export function documentOf(...stacks: readonly StackPreview[]): PreviewDocument {
  return { version: 1, stacks, problems: [] };
}

/** A CodeBuild project; `variables` are those of its environment. */
export function project(
  application: string,
  kind: string,
  { size = "SMALL", variables = {} }: { size?: string; variables?: Readonly<Record<string, string>> } = {},
): PreviewedResource {
  const environmentVariables = Object.entries(variables).map(([name, value]) => ({ name, value }));
  const inputs = {
    name: `${application}-${kind}`,
    environment: { type: "LINUX_CONTAINER", computeType: `BUILD_GENERAL1_${size}`, environmentVariables },
    logsConfig: { cloudwatchLogs: { status: "ENABLED", groupName: `/${application}` } },
  };
  return resource("aws:codebuild/project:Project", `${application}-${kind}`, inputs, application);
}

/** An action of a pipeline: `Source`, `Approve`, or a job whose project has the name of the action. */
export function action(application: string, name: string, outputs = 0): Json {
  const category = name === "Source" ? "Source" : name === "Approve" ? "Approval" : "Build";
  return {
    name,
    category,
    configuration: category === "Build" ? { ProjectName: `${application}-${name.toLowerCase()}` } : {},
    outputArtifacts: Array<string>(outputs).fill("Artifact"),
  };
}

export function pipeline(
  application: string,
  actions: readonly Json[],
  trigger: "pushes" | "pullRequests" = "pushes",
): PreviewedResource {
  const inputs = {
    stages: actions.map((one) => ({ actions: [one] })),
    triggers: [{ gitConfiguration: { [trigger]: [{}] } }],
    artifactStores: [{ location: "artifacts", encryptionKey: { type: "KMS" } }],
  };
  return resource("aws:codepipeline/pipeline:Pipeline", `${application}-${trigger}`, inputs, application);
}

/** A log group that keeps a log for 73 days, which are 2.4 months. */
export function logGroup(application: string): PreviewedResource {
  const inputs = { name: `/${application}`, retentionInDays: 73 };
  return resource("aws:cloudwatch/logGroup:LogGroup", application, inputs, application);
}

/** A bucket that keeps objects for 73 days and their old versions for as long. */
export function artifactBucket(): PreviewedResource[] {
  const rules = [
    { status: "Enabled", expiration: { days: 73 }, noncurrentVersionExpiration: { noncurrentDays: 73 } },
  ];
  const bucket = "artifacts";
  return [
    resource("aws:s3/bucket:Bucket", bucket, { bucket }),
    resource("aws:s3/bucketVersioning:BucketVersioning", bucket, { bucket }),
    resource("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", bucket, { bucket, rules }),
  ];
}

/** One number for every assumption: those named, else none of it. */
export function onlyAssuming(numbers: Partial<Record<AssumptionName, number>>): Assumed {
  const all = Object.fromEntries(assumptionNames.map((name) => [name, exactly(numbers[name] ?? 0)]));
  return assuming(all);
}

/** What is expected of the items of an application, by service and what is paid for; nothing is left out. */
export function expectedOf(report: CostReport, application: string): Record<string, number> {
  const own = report.items.filter((item) => item.application === application && item.usd.expected !== 0);
  return Object.fromEntries(
    own.map(({ service, what, usd }) => [`${service}: ${what}`, Math.round(usd.expected * 1e6) / 1e6]),
  );
}
