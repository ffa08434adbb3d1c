import {
  type Hole,
  policyOf,
  artifactKey,
  stackRole,
  cicd,
  dev,
  inCicd,
  role,
  bucketArn,
  statement,
  adding,
  without,
  allow,
} from "./edits";

export const platformsOwn: readonly Hole[] = [
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
