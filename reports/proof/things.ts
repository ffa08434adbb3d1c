import type { ContextValues } from "../../evaluator/context";
import type { StackPreview } from "../../preview/preview-document";
import { artifactsOf, type Environment, type Estate, type Home, type RoleKind } from "./estate";
import { keyArn, ofType, partition, text } from "./graph";

/** Something that has an owner, and what a stranger must not do with it. */
export interface Thing extends Home {
  /** In people's words, such as `the artifacts of hello-world-main`. */
  readonly name: string;
  readonly kind: ThingKind;
  readonly resource: string;
  readonly actions: readonly string[];
  readonly context?: ContextValues;
  /** Whether it lies in an environment's account. */
  readonly inEnvironment: boolean;
  /** Environments whose accounts may do it, although it lies elsewhere. */
  readonly readers?: readonly string[];
  /** Kinds of roles that may do it, although it is the platform's. */
  readonly kinds?: readonly RoleKind[];
}

export type ThingKind =
  | "artifacts"
  | "package"
  | "package writes"
  | "artifact writes"
  | "image pull"
  | "image push"
  | "log"
  | "build start"
  | "release start"
  | "check start"
  | "approval"
  | "source"
  | "workload"
  | "role use"
  | "pipeline change"
  | "job change"
  | "role change"
  | "shared change";

/** Everything of the estate that must stay its owner's. */
export function thingsOf(estate: Estate): Thing[] {
  return [
    ...estate.pipelines.flatMap((pipeline) => [
      {
        kind: pipeline.releases ? ("release start" as const) : ("check start" as const),
        name: `the pipeline ${pipeline.name}`,
        application: pipeline.application,
        environment: "",
        inEnvironment: false,
        resource: pipeline.arn,
        actions: ["codepipeline:StartPipelineExecution"],
      },
      ...pipeline.approvals.map((approval) => ({
        kind: "approval" as const,
        name: `the approval ${approval.split(":")[5] ?? ""}`,
        application: pipeline.application,
        environment: "",
        inEnvironment: false,
        resource: approval,
        actions: ["codepipeline:PutApprovalResult"],
      })),
      {
        kind: "pipeline change" as const,
        name: `the pipeline ${pipeline.name}`,
        application: platform,
        environment: "",
        inEnvironment: false,
        resource: pipeline.arn,
        actions: ["codepipeline:UpdatePipeline", "codepipeline:DeletePipeline"],
      },
      ...sourcesOf(pipeline),
    ]),
    ...estate.homes.flatMap((stack) => [
      ...artifacts(estate, stack),
      ...projects(estate, stack),
      ...images(estate, stack),
      ...logs(estate, stack),
      ...shared(stack),
    ]),
    ...estate.environments.flatMap((environment) => workloads(estate, environment)),
    ...estate.members.flatMap(({ role, application, environment, inEnvironment }): Thing[] => [
      {
        kind: "role change",
        name: `the role ${role.name}`,
        application: platform,
        environment,
        inEnvironment,
        resource: role.arn,
        actions: [
          "iam:UpdateAssumeRolePolicy",
          "iam:PutRolePolicy",
          "iam:AttachRolePolicy",
          "iam:TagRole",
          "iam:DeleteRolePermissionsBoundary",
        ],
      },
      {
        kind: "role use",
        name: `the role ${role.name}`,
        application: application || platform,
        environment,
        inEnvironment,
        resource: role.arn,
        actions: ["iam:PassRole"],
      },
    ]),
  ];
}

/** Owner of what nobody but the platform role changes. */
export const platform = "the platform";

function sourcesOf(pipeline: Estate["pipelines"][number]): Thing[] {
  const { connection, repository, application } = pipeline;
  if (!connection.startsWith("arn:") || repository === "") return [];
  return [
    {
      kind: "source",
      name: `the repository ${repository}`,
      application,
      environment: "",
      inEnvironment: false,
      resource: connection,
      actions: ["codeconnections:UseConnection"],
      context: { "codeconnections:FullRepositoryId": repository },
    },
  ];
}

/** CodePipeline cuts a pipeline's name to this in the keys of its artifacts. */
const prefixLength = 20;

function artifacts(estate: Estate, stack: StackPreview): Thing[] {
  const found = artifactsOf(stack);
  if (found === undefined) return [];
  const { bucket, key, aliases } = found;
  const decryption = (object: string): Pick<Thing, "resource" | "actions" | "context"> => ({
    resource: key,
    actions: ["kms:Decrypt"],
    context: {
      "kms:ResourceAliases": aliases,
      "kms:ViaService": `s3.${stack.region}.amazonaws.com`,
      "kms:EncryptionContext:aws:s3:arn": object,
      "kms:EncryptionContextKeys": ["aws:s3:arn"],
    },
  });
  const reading = ["s3:GetObject", "s3:GetObjectVersion"];
  const writing = ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"];
  // An upload that names no key gets the bucket's own.
  const upload: ContextValues = {
    "s3:x-amz-server-side-encryption": [],
    "s3:x-amz-server-side-encryption-aws-kms-key-id": [],
  };
  return [
    ...estate.pipelines.flatMap((pipeline): Thing[] => {
      const object = `${bucket}/${pipeline.name.slice(0, prefixLength)}/Artifact/object`;
      const home = { application: pipeline.application, environment: "", inEnvironment: false };
      const name = `the artifacts of ${pipeline.name}`;
      return [
        { ...home, kind: "artifacts", name, resource: object, actions: reading },
        { ...home, kind: "artifacts", name: `${name} (decrypted)`, ...decryption(object) },
        { ...home, kind: "artifact writes", name, resource: object, actions: writing, context: upload },
      ];
    }),
    ...estate.applications.flatMap((application) =>
      estate.environments.flatMap((environment): Thing[] => {
        const object = `${bucket}/packages/${environment.name}/${application}/object`;
        const home = { application, environment: environment.name, inEnvironment: false };
        const name = `what ${environment.name} gets of ${application}`;
        const readers = [environment.name];
        return [
          { ...home, kind: "package", name, resource: object, actions: reading, readers },
          { ...home, kind: "package", name: `${name} (decrypted)`, ...decryption(object), readers },
          { ...home, kind: "package writes", name, resource: object, actions: writing, context: upload },
        ];
      }),
    ),
  ];
}

function projects(estate: Estate, stack: StackPreview): Thing[] {
  const owners = new Map(
    estate.members.map(({ role, application, environment }) => [role.arn, { application, environment }]),
  );
  return ofType(stack, "aws:codebuild/project:Project").flatMap((project): Thing[] => {
    const name = text(project.inputs["name"]) || project.name;
    const resource = `arn:${partition(stack)}:codebuild:${stack.region}:${stack.accountId}:project/${name}`;
    const { application = "" } = owners.get(text(project.inputs["serviceRole"])) ?? roleOwner(estate, name);
    return [
      {
        kind: "build start",
        name: `the job ${name}`,
        application,
        environment: "",
        inEnvironment: false,
        resource,
        actions: ["codebuild:StartBuild", "codebuild:StartBuildBatch", "codebuild:RetryBuild"],
      },
      {
        kind: "job change",
        name: `the job ${name}`,
        application: platform,
        environment: "",
        inEnvironment: false,
        resource,
        actions: ["codebuild:UpdateProject", "codebuild:DeleteProject"],
      },
    ];
  });
}

/** The service role of a project that is made in the same stack is known by name alone: it is the project's. */
function roleOwner({ members }: Estate, name: string): Home {
  return members.find(({ role }) => role.name === name) ?? { application: "", environment: "" };
}

function images(estate: Estate, stack: StackPreview): Thing[] {
  return ofType(stack, "aws:ecr/repository:Repository").flatMap((repository): Thing[] => {
    const name = text(repository.inputs["name"]) || repository.name;
    const resource = `arn:${partition(stack)}:ecr:${stack.region}:${stack.accountId}:repository/${name}`;
    const home = { application: repository.name, environment: "", inEnvironment: false };
    return [
      {
        ...home,
        kind: "image pull",
        name: `the images of ${name}`,
        resource,
        actions: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        readers: estate.environments.map((environment) => environment.name),
      },
      {
        ...home,
        kind: "image push",
        name: `the images of ${name}`,
        resource,
        actions: ["ecr:PutImage", "ecr:CompleteLayerUpload", "ecr:BatchDeleteImage"],
      },
      {
        ...home,
        application: platform,
        kind: "shared change",
        name: `the repository ${name}`,
        resource,
        actions: ["ecr:SetRepositoryPolicy", "ecr:PutImageTagMutability"],
      },
    ];
  });
}

function logs(estate: Estate, stack: StackPreview): Thing[] {
  return ofType(stack, "aws:cloudwatch/logGroup:LogGroup").flatMap((group): Thing[] => {
    const name = text(group.inputs["name"]) || group.name;
    const application = text(tagOf(group.inputs["tags"])) || longest(estate.applications, name);
    if (application === "") return [];
    const arn = `arn:${partition(stack)}:logs:${stack.region}:${stack.accountId}:log-group:${name}`;
    return [
      {
        kind: "log",
        name: `the log ${name}`,
        application,
        environment: "",
        inEnvironment: false,
        resource: `${arn}:log-stream:stream/build`,
        actions: ["logs:GetLogEvents", "logs:PutLogEvents"],
      },
    ];
  });
}

function tagOf(tags: unknown): string {
  return typeof tags === "object" && tags !== null && "Application" in tags ? String(tags.Application) : "";
}

/** The application that the last part of a name begins with: the longest, for `shop` and `shop-two`. */
function longest(applications: readonly string[], name: string): string {
  const last = name.slice(name.lastIndexOf("/") + 1);
  return (
    applications
      .filter((application) => last === application || last.startsWith(`${application}-`))
      .toSorted((a, b) => b.length - a.length)[0] ?? ""
  );
}

/** What belongs to all. */
function shared(stack: StackPreview): Thing[] {
  const change = (name: string, resource: string, actions: string[]): Thing => ({
    kind: "shared change",
    name,
    application: platform,
    environment: "",
    inEnvironment: false,
    resource,
    actions,
  });
  const found = artifactsOf(stack);
  return [
    ...(found === undefined
      ? []
      : [
          change("the artifact bucket", found.bucket, [
            "s3:PutBucketPolicy",
            "s3:PutEncryptionConfiguration",
            "s3:PutBucketVersioning",
            "s3:DeleteBucket",
          ]),
        ]),
    ...ofType(stack, "aws:kms/key:Key").map((key) =>
      change(`the key ${key.name}`, keyArn(stack, key), [
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
        "kms:CreateGrant",
      ]),
    ),
    ...ofType(stack, "aws:sns/topic:Topic").map((topic) => {
      const name = text(topic.inputs["name"]) || topic.name;
      return change(
        `the topic ${name}`,
        `arn:${partition(stack)}:sns:${stack.region}:${stack.accountId}:${name}`,
        ["sns:SetTopicAttributes", "sns:Subscribe", "sns:AddPermission"],
      );
    }),
  ];
}

/** What an application runs in an environment, by the names that the platform gives. */
function workloads(estate: Estate, { name: environment, accountId, region, stack }: Environment): Thing[] {
  const preview = estate.graph.stacks.find(({ name }) => name === stack);
  const aws = preview === undefined ? "aws" : partition(preview);
  const clusters =
    preview === undefined
      ? []
      : ofType(preview, "aws:ecs/cluster:Cluster").map(({ inputs, name }) => text(inputs["name"]) || name);
  return estate.applications.flatMap((application) => {
    const name = `${application}-${environment}`;
    const arn = (service: string, resource: string): string =>
      `arn:${aws}:${service}:${region}:${accountId}:${resource}`;
    const thing = (what: string, resource: string, actions: string[]): Thing => ({
      kind: "workload",
      name: `${what} ${name}`,
      application,
      environment,
      inEnvironment: true,
      resource,
      actions,
    });
    return [
      thing("the stack", arn("cloudformation", `stack/${name}/id`), [
        "cloudformation:CreateChangeSet",
        "cloudformation:ExecuteChangeSet",
        "cloudformation:DescribeStacks",
      ]),
      thing("the function", arn("lambda", `function:${name}-main`), [
        "lambda:UpdateFunctionCode",
        "lambda:GetFunction",
        "lambda:InvokeFunction",
      ]),
      thing("the table", arn("dynamodb", `table/${name}-main`), ["dynamodb:GetItem", "dynamodb:PutItem"]),
      thing("the queue", arn("sqs", `${name}-main`), ["sqs:ReceiveMessage", "sqs:SendMessage"]),
      thing("the secret", arn("secretsmanager", `secret:${name}/main-AbCdEf`), [
        "secretsmanager:GetSecretValue",
      ]),
      thing("the task definition", arn("ecs", `task-definition/${name}:1`), ["ecs:RegisterTaskDefinition"]),
      ...clusters.map((cluster) =>
        thing("the service", arn("ecs", `service/${cluster}/${name}`), [
          "ecs:UpdateService",
          "ecs:DescribeServices",
        ]),
      ),
    ];
  });
}
