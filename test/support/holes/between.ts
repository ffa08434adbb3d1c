import {
  type Hole,
  policyOf,
  inCicd,
  bucketArn,
  statement,
  resources,
  adding,
  without,
  unconditioned,
} from "./edits";

export const between: readonly Hole[] = [
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
