import type { Json, PreviewDocument, PreviewedResource } from "../../preview/preview-document";

/** A hole in the shipped platform: what somebody could do to its policies by a slip or on purpose. */
export interface Hole {
  readonly id: string;
  /** What is wrong then, in a sentence. */
  readonly description: string;
  /** Puts the hole into a preview of the shipped platform; the document that is given stays as it is. */
  edit(document: PreviewDocument): PreviewDocument;
  /** Stands in the summary of a way that the proof then finds. */
  readonly path: string;
}

/** A policy document as it stands in a preview; statements by name. */
export interface Document {
  Version: string;
  Statement: Statement[];
}

export interface Statement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: unknown;
  Action?: string[];
  NotAction?: string[];
  Resource?: string[];
  Condition?: Record<string, Record<string, unknown>>;
}

/** Which document: its stack, the resource's type and name in Pulumi, and the property. */
type Where = readonly [stack: string, type: string, name: string, property: string];

const policyOf = (role: string, policy: string, stack = "cicd"): Where => [
  stack,
  "aws:iam/rolePolicy:RolePolicy",
  `${role}-${policy}`,
  "policy",
];
const trustOf = (role: string, stack = "cicd"): Where => [
  stack,
  "aws:iam/role:Role",
  role,
  "assumeRolePolicy",
];
const door = policyOf("door", "door", "dev");
const bucket: Where = ["cicd", "aws:s3/bucketPolicy:BucketPolicy", "artifacts-policy", "policy"];
const artifactKey: Where = ["cicd", "aws:kms/key:Key", "artifact-key", "policy"];
const notificationKey: Where = ["cicd", "aws:kms/key:Key", "notification-key", "policy"];
const repository: Where = [
  "cicd",
  "aws:ecr/repositoryPolicy:RepositoryPolicy",
  "backend-flask-policy",
  "policy",
];
const approvals: Where = ["cicd", "aws:sns/topicPolicy:TopicPolicy", "approvals-policy", "policy"];
const stackRole = policyOf("hello-world-cloudformation", "stack", "dev");

const cicd = "111111111111";
const dev = "222222222222";
const prod = "444444444444";
const inCicd = (service: string, resource: string): string =>
  `arn:aws:${service}:eu-west-1:${cicd}:${resource}`;
const inDev = (service: string, resource: string): string =>
  `arn:aws:${service}:eu-west-1:${dev}:${resource}`;
const root = (account: string): { AWS: string } => ({ AWS: `arn:aws:iam::${account}:root` });
const role = (account: string, path: string): string => `arn:aws:iam::${account}:role${path}`;
const bucketArn = `arn:aws:s3:::slipway-artifacts-${cicd}-eu-west-1-e2b41c`;

/** Changes the input of one resource of one stack. */
function changeInput(
  [stack, type, name, property]: Where,
  document: PreviewDocument,
  change: (value: Json) => Json,
): PreviewDocument {
  let places = 0;
  const changed = (resource: PreviewedResource): PreviewedResource => {
    if (resource.type !== type || resource.name !== name) return resource;
    places += 1;
    const value = change(resource.inputs[property] ?? null);
    return {
      ...resource,
      inputs: { ...resource.inputs, [property]: value },
      outputs: { ...resource.outputs, [property]: value },
    };
  };
  const stacks = document.stacks.map((one) =>
    one.name === stack ? { ...one, resources: one.resources.map(changed) } : one,
  );
  if (places !== 1)
    throw new Error(`${stack} has ${String(places)} resources ${type} ${name}, one is wanted.`);
  return { ...document, stacks };
}

function editPolicy(
  where: Where,
  change: (policy: Document) => void,
): (document: PreviewDocument) => PreviewDocument {
  return (document) =>
    changeInput(where, document, (text) => {
      const policy = JSON.parse(String(text)) as Document;
      const before = JSON.stringify(policy);
      change(policy);
      if (JSON.stringify(policy) === before) throw new Error(`${where.join(" ")}: the edit changes nothing.`);
      return JSON.stringify(policy);
    });
}

/** Changes one statement. */
function statement(where: Where, sid: string, change: (statement: Statement) => void): Hole["edit"] {
  return editPolicy(where, (policy) => {
    const match = policy.Statement.find(({ Sid }) => Sid === sid);
    if (match === undefined) throw new Error(`${where.join(" ")} has no statement ${sid}.`);
    change(match);
  });
}

const resources =
  (...values: string[]) =>
  (match: Statement): void => {
    match.Resource = values;
  };

const adding = (where: Where, added: Statement): Hole["edit"] =>
  editPolicy(where, (policy) => {
    policy.Statement.push({ Sid: "Hole", ...added });
  });

/** Drops one key under one operator. */
const without =
  (operator: string, key: string) =>
  ({ Condition }: Statement): void => {
    Reflect.deleteProperty(Condition?.[operator] ?? {}, key);
  };

const unconditioned = (match: Statement): void => {
  delete match.Condition;
};

const allow = (Action: string[], ...Resource: string[]): Statement => ({ Effect: "Allow", Action, Resource });

const chain =
  (...edits: Hole["edit"][]): Hole["edit"] =>
  (document) =>
    edits.reduce((edited, edit) => edit(edited), document);

const between: readonly Hole[] = [
  {
    id: "read-all-artifacts",
    description: "A test job may read the whole artifact bucket.",
    edit: statement(policyOf("hello-world-test", "job"), "ReadArtifacts", resources(`${bucketArn}/*`)),
    path: "hello-world-test (hello-world) can do s3:GetObject on the artifacts of backend-flask-main",
  },
  {
    id: "read-anothers-prefix",
    description: "A build job may read below another application's prefix.",
    edit: statement(
      policyOf("backend-flask-main-image", "job"),
      "ReadArtifacts",
      resources(`${bucketArn}/hello-world-main/*`),
    ),
    path: "backend-flask-main-image (backend-flask) can do s3:GetObject on the artifacts of hello-world-main",
  },
  {
    id: "prefix-with-wildcard",
    description: "A star at the end of an application's name lets its neighbours' prefixes in.",
    edit: statement(
      policyOf("hello-world-pipeline", "pipeline"),
      "ReadArtifacts",
      resources(`${bucketArn}/*-main/*`),
    ),
    path: "hello-world-pipeline (hello-world) can do s3:GetObject on the artifacts of sso-dashboard-main",
  },
  {
    id: "write-all-artifacts",
    description: "A package job may write anywhere in the artifact bucket.",
    edit: statement(
      policyOf("hello-world-main-package", "job"),
      "WriteArtifacts",
      resources(`${bucketArn}/*`),
    ),
    path: "hello-world-main-package (hello-world) can do s3:PutObject on the artifacts of backend-flask-prod",
  },
  {
    id: "write-all-packages",
    description: "A publish job may write every application's packages.",
    edit: statement(
      policyOf("hello-world-main-publish", "job"),
      "WriteArtifacts",
      resources(`${bucketArn}/packages/*`),
    ),
    path: "hello-world-main-publish (hello-world) can do s3:PutObject on what prod gets of backend-flask",
  },
  {
    id: "decrypt-without-context",
    description: "A test job may decrypt whatever is encrypted with the artifact key.",
    edit: statement(
      policyOf("hello-world-test", "job"),
      "DecryptArtifacts",
      without("StringLike", "kms:EncryptionContext:aws:s3:arn"),
    ),
    path: "hello-world-test (hello-world) can do kms:Decrypt on the artifacts of backend-flask-main (decrypted)",
  },
  {
    id: "encrypt-without-context",
    description: "The right to encrypt, which also decrypts, asks for no object.",
    edit: statement(
      policyOf("backend-flask-main-image", "job"),
      "EncryptArtifacts",
      without("StringLike", "kms:EncryptionContext:aws:s3:arn"),
    ),
    path: "backend-flask-main-image (backend-flask) can do kms:Decrypt on what prod gets of hello-world (decrypted)",
  },
  {
    id: "pull-all-images",
    description: "An image job may read every repository.",
    edit: statement(
      policyOf("backend-flask-main-image", "job"),
      "FindOwnImages",
      resources(inCicd("ecr", "repository/*")),
    ),
    path: "backend-flask-main-image (backend-flask) can do ecr:BatchGetImage on the images of slipway/sso-dashboard",
  },
  {
    id: "push-all-images",
    description: "A publish job may push to every repository of the platform.",
    edit: statement(
      policyOf("backend-flask-main-publish", "job"),
      "PushToOwnRepository",
      resources(inCicd("ecr", "repository/slipway/*")),
    ),
    path: "backend-flask-main-publish (backend-flask) can do ecr:PutImage on the images of slipway/sso-dashboard",
  },
  {
    id: "mark-anothers-images",
    description: "A deploy job may tag another application's images.",
    edit: statement(
      policyOf("sso-dashboard-deploy-dev", "job"),
      "MarkDeployedImages",
      resources(inCicd("ecr", "repository/slipway/backend-flask")),
    ),
    path: "sso-dashboard-deploy-dev (sso-dashboard, dev) can do ecr:PutImage on the images of slipway/backend-flask",
  },
  {
    id: "any-repository-of-the-connection",
    description: "A pipeline may use the connection for every repository.",
    edit: statement(policyOf("hello-world-pipeline", "source"), "UseConnection", unconditioned),
    path: "hello-world-pipeline (hello-world) can do codeconnections:UseConnection on the repository example-org/backend-flask",
  },
  {
    id: "run-all-jobs",
    description: "A pipeline may start every job.",
    edit: statement(
      policyOf("hello-world-pipeline", "pipeline"),
      "RunOwnJobs",
      resources(inCicd("codebuild", "project/*")),
    ),
    path: "hello-world-pipeline (hello-world) can do codebuild:StartBuild on the job backend-flask-deploy-prod",
  },
  {
    id: "run-anothers-job",
    description: "A pipeline may start one job of another application.",
    edit: statement(
      policyOf("sso-dashboard-pipeline", "pipeline"),
      "RunOwnJobs",
      resources(inCicd("codebuild", "project/hello-world-deploy-prod")),
    ),
    path: "sso-dashboard-pipeline (sso-dashboard) can do codebuild:StartBuild on the job hello-world-deploy-prod",
  },
  {
    id: "start-anothers-release",
    description: "A starter may start another application's releases.",
    edit: statement(
      policyOf("hello-world-starter", "starter"),
      "StartByHand",
      resources(inCicd("codepipeline", "*")),
    ),
    path: "hello-world-starter (hello-world) can do codepipeline:StartPipelineExecution on the pipeline backend-flask-prod",
  },
  {
    id: "approve-everything",
    description: "An approver may approve every application.",
    edit: statement(policyOf("hello-world-approver", "approver"), "Approve", resources("*")),
    path: "hello-world-approver (hello-world) can do codepipeline:PutApprovalResult on the approval backend-flask-prod/",
  },
  {
    id: "approve-another",
    description: "An approver may approve one other application.",
    edit: statement(
      policyOf("backend-flask-approver", "approver"),
      "Approve",
      resources(inCicd("codepipeline", "hello-world-main/*")),
    ),
    path: "backend-flask-approver (backend-flask) can do codepipeline:PutApprovalResult on the approval hello-world-main/",
  },
  {
    id: "read-all-logs",
    description: "A reader sees the logs of all jobs.",
    edit: statement(
      policyOf("hello-world-reader", "reader"),
      "ReadLogs",
      resources(inCicd("logs", "log-group:/aws/codebuild/*")),
    ),
    path: "hello-world-reader (hello-world) can do logs:GetLogEvents on the log /aws/codebuild/",
  },
  {
    id: "write-anothers-log",
    description: "A job may write into another application's log.",
    edit: statement(
      policyOf("hello-world-test", "job"),
      "WriteOwnLog",
      resources(inCicd("logs", "log-group:/aws/codebuild/backend-flask-*")),
    ),
    path: "hello-world-test (hello-world) can do logs:PutLogEvents on the log /aws/codebuild/backend-flask-",
  },
  {
    id: "all-but-iam",
    description: "A reader may do everything but IAM, by NotAction.",
    edit: adding(policyOf("hello-world-reader", "reader"), {
      Effect: "Allow",
      NotAction: ["iam:*"],
      Resource: ["*"],
    }),
    path: "hello-world-reader (hello-world) can do codepipeline:UpdatePipeline on the pipeline hello-world-main",
  },
];

const platformsOwn: readonly Hole[] = [
  {
    id: "change-pipelines",
    description: "A test job may change pipelines.",
    edit: adding(policyOf("hello-world-test", "job"), allow(["codepipeline:Update*"], "*")),
    path: "hello-world-test (hello-world) can do codepipeline:UpdatePipeline on the pipeline hello-world-main",
  },
  {
    id: "change-jobs",
    description: "A deploy job may change jobs, its own among them.",
    edit: adding(
      policyOf("hello-world-deploy-dev", "job"),
      allow(["codebuild:UpdateProject"], inCicd("codebuild", "project/hello-world-*")),
    ),
    path: "hello-world-deploy-dev (hello-world, dev) can do codebuild:UpdateProject on the job hello-world-deploy-prod",
  },
  {
    id: "change-trusts",
    description: "A pipeline may rewrite who takes roles.",
    edit: adding(
      policyOf("backend-flask-pipeline", "pipeline"),
      allow(["iam:UpdateAssumeRolePolicy"], role(cicd, "/slipway/*")),
    ),
    path: "backend-flask-pipeline (backend-flask) can do iam:UpdateAssumeRolePolicy on the role hello-world-deploy-prod",
  },
  {
    id: "pass-any-role",
    description: "A test job may pass every role of the platform.",
    edit: adding(policyOf("hello-world-test", "job"), allow(["iam:PassRole"], role(cicd, "/slipway/*"))),
    path: "hello-world-test (hello-world) can do iam:PassRole on the role backend-flask-deploy-prod",
  },
  {
    id: "tag-roles",
    description: "A job may tag roles, and so change whose they are.",
    edit: adding(policyOf("sso-dashboard-test", "job"), allow(["iam:TagRole"], "*")),
    path: "sso-dashboard-test (sso-dashboard) can do iam:TagRole on the role sso-dashboard-deploy-prod",
  },
  {
    id: "change-bucket-policy",
    description: "A publish job may rewrite the bucket's policy.",
    edit: adding(policyOf("hello-world-main-publish", "job"), allow(["s3:PutBucket*"], bucketArn)),
    path: "hello-world-main-publish (hello-world) can do s3:PutBucketPolicy on the artifact bucket",
  },
  {
    id: "change-repository-policy",
    description: "A publish job may rewrite its repository's policy.",
    edit: adding(
      policyOf("backend-flask-main-publish", "job"),
      allow(["ecr:*"], inCicd("ecr", "repository/slipway/backend-flask")),
    ),
    path: "backend-flask-main-publish (backend-flask) can do ecr:SetRepositoryPolicy on the repository slipway/backend-flask",
  },
  {
    id: "listen-to-approvals",
    description: "A job may subscribe to the topic of approvals.",
    edit: adding(
      policyOf("hello-world-test", "job"),
      allow(["sns:Subscribe"], inCicd("sns", "slipway-approvals")),
    ),
    path: "hello-world-test (hello-world) can do sns:Subscribe on the topic slipway-approvals",
  },
  {
    id: "key-names-a-job",
    description: "The key's own policy lets a job rewrite it.",
    edit: adding(artifactKey, {
      Effect: "Allow",
      Principal: { AWS: role(cicd, "/slipway/job/hello-world-test") },
      Action: ["kms:PutKeyPolicy"],
      Resource: ["*"],
    }),
    path: "hello-world-test (hello-world) can do kms:PutKeyPolicy on the key artifact-key",
  },
  {
    id: "unbounded-roles",
    description: "CloudFormation may make roles without the permissions boundary.",
    edit: statement(stackRole, "MakeOwnRoles", without("StringEquals", "iam:PermissionsBoundary")),
    path: "hello-world-cloudformation (hello-world, dev) can do iam:CreateRole on a role of hello-world-dev without the boundary",
  },
  {
    id: "boundary-taken-off",
    description: "CloudFormation may take the boundary off the roles that it made.",
    edit: adding(stackRole, allow(["iam:DeleteRolePermissionsBoundary"], role(dev, "/hello-world-dev-*"))),
    path: "hello-world-cloudformation (hello-world, dev) can do iam:DeleteRolePermissionsBoundary on a role of hello-world-dev without the boundary",
  },
];

const sharedDocuments: readonly Hole[] = [
  {
    id: "bucket-for-the-organization",
    description: "Every account of the organization reads what dev gets.",
    edit: statement(bucket, "PackagesOfDev", (match) => {
      match.Principal = "*";
      delete match.Condition;
    }),
    path: "an administrator of another account of the organization can do s3:GetObject on what dev gets of hello-world",
  },
  {
    id: "bucket-for-everybody",
    description: "The bucket's refusal of other organizations is gone, and its packages are for everybody.",
    edit: editPolicy(bucket, (policy) => {
      policy.Statement = policy.Statement.filter(({ Sid }) => Sid !== "RefuseOtherOrganizations");
      policy.Statement.push({
        Sid: "Hole",
        Effect: "Allow",
        Principal: "*",
        Action: ["s3:GetObject"],
        Resource: [`${bucketArn}/packages/*`],
      });
    }),
    path: "anybody without credentials can do s3:GetObject on what prod gets of hello-world",
  },
  {
    id: "bucket-names-the-wrong-account",
    description: "What prod gets is for dev's account.",
    edit: statement(bucket, "PackagesOfProd", (match) => {
      match.Principal = root(dev);
      delete match.Condition;
    }),
    path: "an administrator of dev (dev) can do s3:GetObject on what prod gets of hello-world",
  },
  {
    id: "bucket-lets-environments-write",
    description: "Dev's account may write what prod gets.",
    edit: adding(bucket, {
      Effect: "Allow",
      Principal: root(dev),
      Action: ["s3:PutObject"],
      Resource: [`${bucketArn}/packages/*`],
    }),
    path: "an administrator of dev (dev) can do s3:PutObject on what prod gets of hello-world",
  },
  {
    id: "key-for-everybody",
    description: "The artifact key is for everybody.",
    edit: statement(artifactKey, "UseThroughIdentityPolicies", (match) => {
      match.Principal = "*";
      delete match.Condition;
    }),
    path: "an administrator of a stranger's account can do kms:Decrypt on the artifacts of hello-world-main (decrypted)",
  },
  {
    id: "key-names-the-wrong-account",
    description: "The artifact key decrypts prod's packages for dev.",
    edit: statement(artifactKey, "PackagesOfProd", (match) => {
      match.Principal = root(dev);
      Reflect.deleteProperty(match.Condition ?? {}, "ArnLike");
    }),
    path: "an administrator of dev (dev) can do kms:Decrypt on what prod gets of hello-world (decrypted)",
  },
  {
    id: "key-administered-from-outside",
    description: "An environment's account may rewrite the policy of the topics' key.",
    edit: adding(notificationKey, {
      Effect: "Allow",
      Principal: root(prod),
      Action: ["kms:*"],
      Resource: ["*"],
    }),
    path: "an administrator of prod (prod) can do kms:PutKeyPolicy on the key notification-key",
  },
  {
    id: "repository-for-everybody",
    description: "Everybody may pull an application's images.",
    edit: statement(repository, "PullFromDev", (match) => {
      match.Principal = "*";
      delete match.Condition;
    }),
    path: "an administrator of a stranger's account can do ecr:BatchGetImage on the images of slipway/backend-flask",
  },
  {
    id: "repository-lets-environments-push",
    description: "An environment's account may push images.",
    edit: adding(repository, { Effect: "Allow", Principal: root(dev), Action: ["ecr:PutImage"] }),
    path: "an administrator of dev (dev) can do ecr:PutImage on the images of slipway/backend-flask",
  },
  {
    id: "topic-for-everybody",
    description: "Everybody may subscribe to the topic of approvals.",
    edit: adding(approvals, {
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: ["sns:Subscribe"],
      Resource: [inCicd("sns", "slipway-approvals")],
    }),
    path: "an administrator of a stranger's account can do sns:Subscribe on the topic slipway-approvals",
  },
];

const deployments = "arn:aws:iam::111111111111:role/slipway/deploy/*";

/** Without the tag of the application, in both statements that compare it. */
const withoutApplicationTag = chain(
  ...["DeployJobsUnderTheirOwnName", "SessionTagsThatSayWhoseJobItIs"].map((sid) =>
    statement(trustOf("door", "dev"), sid, without("StringEquals", "aws:RequestTag/Application")),
  ),
);

const trusts: readonly Hole[] = [
  {
    id: "door-under-any-name",
    description: "A deploy job may enter dev under another application's name.",
    edit: withoutApplicationTag,
    path: "hello-world-deploy-dev (hello-world, dev) can take the role CICDCrossAccountRole of dev as backend-flask",
  },
  {
    id: "door-of-another-environment",
    description: "A deploy job for dev may take prod's door, whose trust lets all deploy jobs in.",
    edit: chain(
      statement(
        policyOf("hello-world-deploy-dev", "job"),
        "PassTheDoor",
        resources(role(prod, "/slipway/CICDCrossAccountRole")),
      ),
      ...["DeployJobsUnderTheirOwnName", "SessionTagsThatSayWhoseJobItIs", "SourceIdentityForTheTrail"].map(
        (sid) =>
          statement(trustOf("door", "prod"), sid, (match) => {
            match.Condition = { ...match.Condition, ArnLike: { "aws:PrincipalArn": deployments } };
          }),
      ),
    ),
    path: "hello-world-deploy-dev (hello-world, dev) can take the role CICDCrossAccountRole of prod as hello-world",
  },
  {
    id: "door-for-the-account",
    description: "Everybody in the CI/CD account may enter dev.",
    edit: editPolicy(trustOf("door", "dev"), (policy) => {
      policy.Statement.forEach(unconditioned);
    }),
    path: "an administrator of the CI/CD account can take the role CICDCrossAccountRole of dev",
  },
  {
    id: "door-for-everybody",
    description: "Everybody may enter prod.",
    edit: editPolicy(trustOf("door", "prod"), (policy) => {
      for (const match of policy.Statement) {
        match.Principal = { AWS: "*" };
        delete match.Condition;
      }
    }),
    path: "an administrator of a stranger's account can take the role CICDCrossAccountRole of prod",
  },
  {
    id: "wrong-role-tag",
    description: "A deploy job's role carries another application's tag.",
    edit: (document) =>
      changeInput(["cicd", "aws:iam/role:Role", "hello-world-deploy-dev", "tags"], document, (tags) => ({
        ...(tags as Readonly<Record<string, Json>>),
        Application: "backend-flask",
      })),
    path: "hello-world-deploy-dev (hello-world, dev) can take the role CICDCrossAccountRole of dev as backend-flask",
  },
  {
    id: "job-role-for-everybody",
    description: "Everybody may take a job's role.",
    edit: statement(trustOf("hello-world-test"), "AssumedByService", (match) => {
      match.Principal = "*";
      delete match.Condition;
    }),
    path: "an administrator of a stranger's account can take the role hello-world-test as hello-world",
  },
  {
    id: "job-role-for-another-job",
    description: "A publish job's role trusts another application's test job.",
    edit: adding(trustOf("backend-flask-main-publish"), {
      Effect: "Allow",
      Principal: { AWS: role(cicd, "/slipway/job/hello-world-test") },
      Action: ["sts:AssumeRole", "sts:SetSourceIdentity"],
    }),
    path: "hello-world-test (hello-world) can take the role backend-flask-main-publish as backend-flask",
  },
  {
    id: "deploy-role-for-an-environment",
    description: "A deploy job's role for prod trusts the account of dev.",
    edit: adding(trustOf("hello-world-deploy-prod"), {
      Effect: "Allow",
      Principal: root(dev),
      Action: ["sts:AssumeRole", "sts:SetSourceIdentity"],
    }),
    path: "an administrator of dev (dev) can take the role hello-world-deploy-prod of prod as hello-world",
  },
  {
    id: "people-of-any-permission-set",
    description: "The role of approvers asks for no permission set.",
    edit: statement(trustOf("hello-world-approver"), "MembersOfPermissionSet", (match) => {
      Reflect.deleteProperty(match.Condition ?? {}, "ArnLike");
    }),
    path: "an administrator of the CI/CD account perhaps can take the role hello-world-approver as hello-world",
  },
  {
    id: "confused-deputy-of-a-job",
    description: "A job's role does not ask for whom CodeBuild acts.",
    edit: statement(trustOf("hello-world-deploy-prod"), "AssumedByService", unconditioned),
    path: "codebuild.amazonaws.com on behalf of a stranger can take the role hello-world-deploy-prod of prod as hello-world",
  },
  {
    id: "confused-deputy-of-the-stack",
    description: "The role of CloudFormation in prod does not ask for whom the service acts.",
    edit: statement(trustOf("hello-world-cloudformation", "prod"), "AssumedByService", unconditioned),
    path: "cloudformation.amazonaws.com on behalf of a stranger can take the role hello-world-cloudformation of prod as hello-world",
  },
  {
    id: "execution-role-for-the-cicd-account",
    description: "The role of CloudFormation in dev trusts the CI/CD account.",
    edit: adding(trustOf("hello-world-cloudformation", "dev"), {
      Effect: "Allow",
      Principal: root(cicd),
      Action: ["sts:AssumeRole", "sts:SetSourceIdentity"],
    }),
    path: "an administrator of the CI/CD account can take the role hello-world-cloudformation of dev as hello-world",
  },
];

const behindTheDoor: readonly Hole[] = [
  {
    id: "deploy-any-stack",
    description: "Behind the door every stack can be deployed.",
    edit: statement(door, "DeployOwnStack", resources(inDev("cloudformation", "stack/*"))),
    path: "hello-world-deploy-dev (hello-world, dev) can do cloudformation:ExecuteChangeSet on the stack backend-flask-dev",
  },
  {
    id: "read-any-package",
    description: "Behind the door every application's packages can be read.",
    edit: statement(door, "ReadOwnPackages", resources(`${bucketArn}/packages/dev/*`)),
    path: "hello-world-deploy-dev (hello-world, dev) can do s3:GetObject on what dev gets of backend-flask",
  },
  {
    id: "decrypt-any-package",
    description: "Behind the door every application's packages can be decrypted.",
    edit: statement(door, "DecryptOwnPackages", without("StringLike", "kms:EncryptionContext:aws:s3:arn")),
    path: "hello-world-deploy-dev (hello-world, dev) can do kms:Decrypt on what dev gets of sso-dashboard (decrypted)",
  },
  {
    id: "pass-any-service-role",
    description: "Behind the door every application's service role can be passed.",
    edit: statement(door, "PassOwnServiceRole", resources(role(dev, "/slipway/execution/*"))),
    path: "hello-world-deploy-dev (hello-world, dev) perhaps can do iam:PassRole on the role backend-flask-task",
  },
  {
    id: "deploy-any-service",
    description: "Behind the door every ECS service can be changed.",
    edit: statement(door, "DeployOwnService", (match) => {
      match.Resource = [inDev("ecs", "service/*")];
      Reflect.deleteProperty(match.Condition ?? {}, "ArnLike");
    }),
    path: "backend-flask-deploy-dev (backend-flask, dev) can do ecs:UpdateService on the service hello-world-dev",
  },
  {
    id: "register-any-task",
    description: "Behind the door every task definition can be registered.",
    edit: statement(door, "RegisterOwnTask", resources("*")),
    path: "backend-flask-deploy-dev (backend-flask, dev) can do ecs:RegisterTaskDefinition on the task definition sso-dashboard-dev",
  },
  {
    id: "door-without-kind",
    description: "Behind the door every kind of deployment may touch functions by name.",
    edit: adding(door, allow(["lambda:UpdateFunctionCode"], inDev("lambda", "function:*"))),
    path: "sso-dashboard-deploy-dev (sso-dashboard, dev) can do lambda:UpdateFunctionCode on the function hello-world-dev",
  },
  {
    id: "stack-makes-any-function",
    description: "An application's stack may change every function.",
    edit: statement(stackRole, "ManageOwnFunctions", resources(inDev("lambda", "function:*"))),
    path: "hello-world-cloudformation (hello-world, dev) can do lambda:UpdateFunctionCode on the function backend-flask-dev",
  },
  {
    id: "task-without-boundary",
    description: "The role of a task has lost its boundary and reads every table.",
    edit: chain(
      (document) =>
        changeInput(
          ["dev", "aws:iam/role:Role", "backend-flask-task", "permissionsBoundary"],
          document,
          () => "",
        ),
      (document) => ({
        ...document,
        stacks: document.stacks.map((stack) => {
          const task = stack.resources.find(
            ({ type, name }) => type === "aws:iam/role:Role" && name === "backend-flask-task",
          );
          if (stack.name !== "dev" || task === undefined) return stack;
          const policy: Document = {
            Version: "2012-10-17",
            Statement: [allow(["dynamodb:*"], inDev("dynamodb", "table/*"))],
          };
          const wide: PreviewedResource = {
            ...task,
            type: "aws:iam/rolePolicy:RolePolicy",
            urn: `${task.urn}-wide`,
            name: "backend-flask-task-wide",
            inputs: { name: "wide", role: "backend-flask-task", policy: JSON.stringify(policy) },
          };
          return { ...stack, resources: [...stack.resources, wide] };
        }),
      }),
    ),
    path: "backend-flask-task (backend-flask, dev) can do dynamodb:GetItem on the table hello-world-dev",
  },
  {
    id: "runtime-pulls-anothers-images",
    description: "ECS may pull another application's images in dev.",
    edit: chain(
      statement(
        policyOf("backend-flask-task-execution", "start", "dev"),
        "PullOwnImage",
        resources(inCicd("ecr", "repository/slipway/*")),
      ),
      statement(
        ["cicd", "aws:ecr/repositoryPolicy:RepositoryPolicy", "sso-dashboard-policy", "policy"],
        "PullFromDev",
        (match) => {
          Reflect.deleteProperty(match.Condition ?? {}, "ArnEquals");
        },
      ),
    ),
    path: "backend-flask-task-execution (backend-flask, dev) can do ecr:BatchGetImage on the images of slipway/sso-dashboard",
  },
];

/** Each of them opens a way that the proof finds and that a report of changes must name. */
export const holes: readonly Hole[] = [
  ...between,
  ...platformsOwn,
  ...sharedDocuments,
  ...trusts,
  ...behindTheDoor,
];
