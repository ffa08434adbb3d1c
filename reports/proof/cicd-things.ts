import type { ContextValues } from "../../evaluator/context";
import type { StackPreview } from "../../preview/preview-document";
import { field, text } from "../pipelines";
import { artifactsOf, type Estate, type Pipeline } from "./estate";
import { keyArn, ofType, partition } from "./graph";
import { platform, type Thing, type ThingKind } from "./things";

/** What lies in the CI/CD account. */
export function cicdThings(estate: Estate, stack: StackPreview): Thing[] {
  return [
    ...estate.pipelines.filter(({ stack: name }) => name === stack.name).flatMap(pipelineThings),
    ...artifactThings(estate, stack),
    ...projectThings(estate, stack),
    ...imageThings(estate, stack),
    ...logThings(estate, stack),
    ...sharedThings(stack),
  ];
}

function thing(
  kind: ThingKind,
  application: string,
  name: string,
  resource: string,
  actions: readonly string[],
): Thing {
  return { kind, name, application, environment: "", inEnvironment: false, resource, actions };
}

function pipelineThings({
  name,
  arn,
  application,
  approvals,
  releases,
  connection,
  repository,
}: Pipeline): Thing[] {
  const title = `the pipeline ${name}`;
  const hasSource = connection.startsWith("arn:") && repository !== "";
  return [
    thing(releases ? "release start" : "check start", application, title, arn, [
      "codepipeline:StartPipelineExecution",
    ]),
    thing("pipeline change", platform, title, arn, [
      "codepipeline:UpdatePipeline",
      "codepipeline:DeletePipeline",
    ]),
    ...approvals.map((approval) =>
      thing("approval", application, `the approval ${approval.split(":")[5] ?? ""}`, approval, [
        "codepipeline:PutApprovalResult",
      ]),
    ),
    ...(hasSource
      ? [
          {
            ...thing("source", application, `the repository ${repository}`, connection, [
              "codeconnections:UseConnection",
            ]),
            context: { "codeconnections:FullRepositoryId": repository },
          },
        ]
      : []),
  ];
}

/** CodePipeline cuts a pipeline's name to this in the keys of its artifacts. */
const prefixLength = 20;

const reading = ["s3:GetObject", "s3:GetObjectVersion"];
const writing = ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"];

/** An upload that names no key gets the bucket's own. */
const upload: ContextValues = {
  "s3:x-amz-server-side-encryption": [],
  "s3:x-amz-server-side-encryption-aws-kms-key-id": [],
};

function artifactThings(estate: Estate, stack: StackPreview): Thing[] {
  const found = artifactsOf(stack);
  if (found === undefined) return [];
  const { bucket, key, aliases } = found;
  const decryption = (object: string): ContextValues => ({
    "kms:ResourceAliases": aliases,
    "kms:ViaService": `s3.${stack.region}.amazonaws.com`,
    "kms:EncryptionContext:aws:s3:arn": object,
    "kms:EncryptionContextKeys": ["aws:s3:arn"],
  });
  const readable = (kind: ThingKind, application: string, name: string, object: string): Thing[] => [
    thing(kind, application, name, object, reading),
    { ...thing(kind, application, `${name} (decrypted)`, key, ["kms:Decrypt"]), context: decryption(object) },
  ];
  const writable = (kind: ThingKind, application: string, name: string, object: string): Thing => ({
    ...thing(kind, application, name, object, writing),
    context: upload,
  });
  const artifacts = estate.pipelines.flatMap(({ name, application }) => {
    const object = `${bucket}/${name.slice(0, prefixLength)}/Artifact/object`;
    const title = `the artifacts of ${name}`;
    return [
      ...readable("artifacts", application, title, object),
      writable("artifact writes", application, title, object),
    ];
  });
  const packages = estate.applications.flatMap((application) =>
    estate.environments.flatMap(({ name: environment }) => {
      const object = `${bucket}/packages/${environment}/${application}/object`;
      const title = `what ${environment} gets of ${application}`;
      const read = readable("package", application, title, object);
      return [
        ...read.map((one) => ({ ...one, environment, readers: [environment] })),
        { ...writable("package writes", application, title, object), environment },
      ];
    }),
  );
  return [...artifacts, ...packages];
}

function projectThings({ members }: Estate, stack: StackPreview): Thing[] {
  return ofType(stack, "aws:codebuild/project:Project").flatMap((project) => {
    const name = text(project.inputs["name"]) || project.name;
    const resource = localArn(stack, "codebuild", `project/${name}`);
    // The ARN of a role that the same stack makes is not known yet: a job and its role share a name.
    const owner = members.find(
      ({ role }) => role.arn === project.inputs["serviceRole"] || role.name === name,
    );
    const start = ["codebuild:StartBuild", "codebuild:StartBuildBatch", "codebuild:RetryBuild"];
    return [
      thing("build start", owner?.application ?? "", `the job ${name}`, resource, start),
      thing("job change", platform, `the job ${name}`, resource, [
        "codebuild:UpdateProject",
        "codebuild:DeleteProject",
      ]),
    ];
  });
}

function imageThings({ environments }: Estate, stack: StackPreview): Thing[] {
  return ofType(stack, "aws:ecr/repository:Repository").flatMap((repository) => {
    const name = text(repository.inputs["name"]) || repository.name;
    const resource = localArn(stack, "ecr", `repository/${name}`);
    const application = text(field(repository.inputs["tags"], "Application")) || repository.name;
    const pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
    const push = ["ecr:PutImage", "ecr:CompleteLayerUpload", "ecr:BatchDeleteImage"];
    const change = ["ecr:SetRepositoryPolicy", "ecr:PutImageTagMutability"];
    return [
      {
        ...thing("image pull", application, `the images of ${name}`, resource, pull),
        readers: environments.map((environment) => environment.name),
      },
      thing("image push", application, `the images of ${name}`, resource, push),
      thing("shared change", platform, `the repository ${name}`, resource, change),
    ];
  });
}

function logThings({ applications }: Estate, stack: StackPreview): Thing[] {
  return ofType(stack, "aws:cloudwatch/logGroup:LogGroup").flatMap((group) => {
    const name = text(group.inputs["name"]) || group.name;
    const application = text(field(group.inputs["tags"], "Application")) || longest(applications, name);
    if (application === "") return [];
    const resource = localArn(stack, "logs", `log-group:${name}:log-stream:stream/build`);
    return [
      thing("log", application, `the log ${name}`, resource, ["logs:GetLogEvents", "logs:PutLogEvents"]),
    ];
  });
}

/** The application that the last part of a name begins with: the longest, for `shop` and `shop-two`. */
function longest(applications: readonly string[], name: string): string {
  const last = name.slice(name.lastIndexOf("/") + 1);
  const owners = applications.filter(
    (application) => last === application || last.startsWith(`${application}-`),
  );
  return owners.toSorted((a, b) => b.length - a.length)[0] ?? "";
}

/** What belongs to all. */
function sharedThings(stack: StackPreview): Thing[] {
  const change = (name: string, resource: string, ...actions: string[]): Thing =>
    thing("shared change", platform, name, resource, actions);
  const bucket = artifactsOf(stack)?.bucket;
  return [
    ...(bucket === undefined
      ? []
      : [
          change(
            "the artifact bucket",
            bucket,
            "s3:PutBucketPolicy",
            "s3:PutEncryptionConfiguration",
            "s3:PutBucketVersioning",
            "s3:DeleteBucket",
          ),
        ]),
    ...ofType(stack, "aws:kms/key:Key").map((key) =>
      change(
        `the key ${key.name}`,
        keyArn(stack, key),
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
        "kms:CreateGrant",
      ),
    ),
    ...ofType(stack, "aws:sns/topic:Topic").map((topic) => {
      const name = text(topic.inputs["name"]) || topic.name;
      const resource = localArn(stack, "sns", name);
      return change(
        `the topic ${name}`,
        resource,
        "sns:SetTopicAttributes",
        "sns:Subscribe",
        "sns:AddPermission",
      );
    }),
  ];
}

function localArn(stack: StackPreview, service: string, resource: string): string {
  return `arn:${partition(stack)}:${service}:${stack.region}:${stack.accountId}:${resource}`;
}
