/** Questions to the simulated accounts: may the platform's roles do what they are for, and not what is another's. */
import { isAllowed, policyOf, serviceMayAssume, type Context } from "../aws-simulator/evaluator";
import { roleType } from "../aws-simulator/types/iam";
import { keyType } from "../aws-simulator/types/kms";
import { list, object, text } from "../aws-simulator/values";
import type { Accounts, Stored } from "../aws-simulator/world";
import { accountOf, environments } from "./platform";

export interface Grant {
  readonly question: string;
  readonly expected: boolean;
  readonly allowed: boolean;
}

/** Every question with its answer now and the one it should have. */
export function grants(accounts: Accounts): Grant[] {
  const cicd = accountOf("cicd");
  const roles = accounts.list(cicd, roleType);
  return [
    ...roles.flatMap((role) => services(accounts, role)),
    ...roles.flatMap((role) => doors(accounts, role)),
    ...accounts
      .list(cicd, "aws:codepipeline/pipeline:Pipeline")
      .flatMap((pipeline) => [...artifacts(accounts, pipeline), ...approvals(accounts, pipeline)]),
    ...accounts
      .list(cicd, "aws:ecr/repository:Repository")
      .flatMap((repository) => images(accounts, repository)),
  ];
}

const arnOf = (stored: Stored): string => text(stored.props["arn"]);

/** The service that works with the role may assume it for its own project or pipeline, another may not. */
function services(accounts: Accounts, role: Stored): Grant[] {
  const path = text(role.props["path"]);
  const context = { "aws:SourceAccount": role.account };
  if (path === "/slipway/job/" || path.startsWith("/slipway/deploy/")) {
    const ask = (project: string): boolean =>
      serviceMayAssume(accounts, arnOf(role), "codebuild.amazonaws.com", {
        ...context,
        "aws:SourceArn": `arn:aws:codebuild:eu-west-1:${role.account}:project/${project}`,
      });
    return [
      { question: `CodeBuild assumes ${role.id} for its project`, expected: true, allowed: ask(role.id) },
      {
        question: `CodeBuild assumes ${role.id} for another project`,
        expected: false,
        allowed: ask("another"),
      },
    ];
  }
  if (path !== "/slipway/pipeline/") return [];
  const pipelines = accounts
    .list(role.account, "aws:codepipeline/pipeline:Pipeline")
    .filter(({ props }) => props["roleArn"] === arnOf(role));
  return pipelines.map((pipeline) => ({
    question: `CodePipeline assumes ${role.id} for ${pipeline.id}`,
    expected: true,
    allowed: serviceMayAssume(accounts, arnOf(role), "codepipeline.amazonaws.com", {
      ...context,
      "aws:SourceArn": arnOf(pipeline),
    }),
  }));
}

/** A deploy role enters its own environment as its own application, and nothing else. */
function doors(accounts: Accounts, role: Stored): Grant[] {
  const path = text(role.props["path"]);
  const home = /^\/slipway\/deploy\/([^/]+)\/$/.exec(path)?.[1];
  if (home === undefined) return [];
  const tags = object(role.props["tagsAll"]);
  const own = { application: text(tags["Application"]), kind: text(tags["DeploymentKind"]) };
  return environments.flatMap((environment) => {
    const door = accounts.get(accountOf(environment), roleType, "CICDCrossAccountRole");
    if (door === undefined) return [];
    const ask = (action: string, application: string): boolean =>
      isAllowed(accounts, {
        role: arnOf(role),
        action,
        resource: arnOf(door),
        resourcePolicy: policyOf(door, "assumeRolePolicy"),
        context: {
          "aws:RequestTag/Application": application,
          "aws:RequestTag/DeploymentKind": own.kind,
          "aws:TagKeys": ["Application", "DeploymentKind"],
          "sts:SourceIdentity": "execution-1",
        },
      });
    const actions = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];
    return [
      ...actions.map((action) => ({
        question: `${role.id} may ${action} at the door of ${environment}`,
        expected: environment === home,
        allowed: ask(action, own.application),
      })),
      {
        question: `${role.id} enters ${environment} as another application`,
        expected: false,
        allowed: ask("sts:AssumeRole", "another"),
      },
    ];
  });
}

/** A pipeline's role reads and writes its own artifacts, through the bucket's policy and the key's. */
function artifacts(accounts: Accounts, pipeline: Stored): Grant[] {
  const { account } = pipeline;
  const role = text(pipeline.props["roleArn"]);
  const [bucket] = accounts.list(account, "aws:s3/bucketPolicy:BucketPolicy");
  const key = accounts
    .list(account, keyType)
    .find(({ props }) => /artifact/i.test(text(props["description"])));
  if (bucket === undefined || key === undefined) return [];
  const mayWrite = (prefix: string): boolean =>
    isAllowed(accounts, {
      role,
      action: "s3:PutObject",
      resource: artifactArn(bucket, prefix),
      resourcePolicy: policyOf(bucket, "policy"),
      context: { "aws:ResourceAccount": account, "s3:x-amz-server-side-encryption": "aws:kms" },
    });
  const mayEncrypt = (prefix: string): boolean =>
    isAllowed(accounts, {
      role,
      action: "kms:GenerateDataKey",
      resource: arnOf(key),
      resourcePolicy: policyOf(key, "policy"),
      context: contextOfArtifactKey(account, artifactArn(bucket, prefix)),
    });
  const prefix = pipeline.id.slice(0, 20);
  return [
    { question: `${pipeline.id} writes its artifacts`, expected: true, allowed: mayWrite(prefix) },
    { question: `${pipeline.id} encrypts its artifacts`, expected: true, allowed: mayEncrypt(prefix) },
    { question: `${pipeline.id} writes another's artifacts`, expected: false, allowed: mayWrite("another") },
    {
      question: `${pipeline.id} encrypts another's artifacts`,
      expected: false,
      allowed: mayEncrypt("another"),
    },
  ];
}

const artifactArn = (bucket: Stored, prefix: string): string =>
  `arn:aws:s3:::${bucket.id}/${prefix}/Source/abc`;

/** What KMS is told when S3 encrypts an artifact. */
function contextOfArtifactKey(account: string, artifact: string): Context {
  return {
    "aws:ResourceAccount": account,
    "kms:ResourceAliases": ["alias/slipway-artifacts"],
    "kms:ViaService": "s3.eu-west-1.amazonaws.com",
    "kms:EncryptionContext:aws:s3:arn": artifact,
  };
}

/** Who is asked for an approval hears of it: the topic exists and the pipeline's role may publish there. */
function approvals(accounts: Accounts, pipeline: Stored): Grant[] {
  const actions = list(pipeline.props["stages"])
    .flatMap((stage) => list(object(stage)["actions"]))
    .map(object);
  const topics = actions
    .map(({ configuration }) => text(object(configuration)["NotificationArn"]))
    .filter((arn) => arn !== "");
  return [...new Set(topics)].map((topic) => {
    const policy = accounts.get(pipeline.account, "aws:sns/topicPolicy:TopicPolicy", topic);
    return {
      question: `${pipeline.id} asks for approval at ${topic}`,
      expected: true,
      allowed:
        accounts.get(pipeline.account, "aws:sns/topic:Topic", topic) !== undefined &&
        policy !== undefined &&
        isAllowed(accounts, {
          role: text(pipeline.props["roleArn"]),
          action: "sns:Publish",
          resource: topic,
          resourcePolicy: policyOf(policy, "policy"),
        }),
    };
  });
}

/** Only the image job of the application pushes. */
function images(accounts: Accounts, repository: Stored): Grant[] {
  const application = repository.id.replace("slipway/", "");
  const jobs = accounts
    .list(repository.account, roleType)
    .filter(({ id }) => id.endsWith("-image") || id.endsWith("-test"));
  return jobs.map((role) => ({
    question: `${role.id} pushes to ${repository.id}`,
    expected: role.id === `${application}-image`,
    allowed: isAllowed(accounts, { role: arnOf(role), action: "ecr:PutImage", resource: arnOf(repository) }),
  }));
}
