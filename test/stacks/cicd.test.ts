import assert from "node:assert/strict";
import type { StackPreview } from "../../preview/preview-document";
import { input, ofType, resource, shippedStack, text } from "../support/shipped-preview";

describe("the CI/CD account's stack, as shipped", () => {
  let stack: StackPreview;
  before(async () => {
    stack = await shippedStack("cicd");
  });

  const pipelineStages = (name: string): string[] => {
    const stages = input(resource(stack, "aws:codepipeline/pipeline:Pipeline", name), "stages");
    return (stages as { name: string; actions: { name: string }[] }[]).map(
      (stage) => `${stage.name}(${stage.actions.map((action) => action.name).join(" ")})`,
    );
  };

  it("lives in the CI/CD account and region", () => {
    assert.deepEqual([stack.kind, stack.accountId, stack.region], ["cicd", "111111111111", "eu-west-1"]);
  });

  it("takes hello-world from source over tests and package to dev, and with approvals to test and prod", () => {
    assert.deepEqual(pipelineStages("hello-world-main"), [
      "Source(Source)",
      "Build_and_Test(Test Package Publish)",
      "Dev(Deploy)",
      "Approve_Test(Approve)",
      "Test(Deploy)",
      "Approve_Prod(Approve)",
      "Prod(Deploy)",
    ]);
  });

  it("takes sso-dashboard as an image to dev, and with approval to prod", () => {
    assert.deepEqual(pipelineStages("sso-dashboard-main"), [
      "Source(Source)",
      "Build_and_Test(Test Image Publish)",
      "Dev(Deploy)",
      "Approve_Prod(Approve)",
      "Prod(Deploy)",
    ]);
  });

  it("leads backend-flask's branch main to dev and its branch prod to production", () => {
    assert.deepEqual(pipelineStages("backend-flask-main").slice(2), ["Dev(Deploy)"]);
    assert.deepEqual(pipelineStages("backend-flask-prod").slice(2), [
      "Approve_Prod(Approve)",
      "Prod(Deploy)",
    ]);
    const pipeline = resource(stack, "aws:codepipeline/pipeline:Pipeline", "backend-flask-prod");
    assert.deepEqual(input(pipeline, "triggers", 0, "gitConfiguration", "pushes"), [
      { branches: { includes: ["prod"] } },
    ]);
  });

  it("makes V2 pipelines that a connection's triggers start, never polling or a stored token", () => {
    const pipelines = ofType(stack, "aws:codepipeline/pipeline:Pipeline");
    assert.equal(pipelines.length, 5);
    for (const pipeline of pipelines) {
      assert.equal(input(pipeline, "pipelineType"), "V2");
      const source = input(pipeline, "stages", 0, "actions", 0);
      assert.deepEqual(
        [
          (source as { provider: string }).provider,
          input(pipeline, "stages", 0, "actions", 0, "configuration", "DetectChanges"),
        ],
        ["CodeStarSourceConnection", "false"],
      );
      assert.equal(input(pipeline, "triggers", 0, "providerType"), "CodeStarSourceConnection");
    }
  });

  it("waits 14 days for an approval and asks by e-mail", () => {
    const pipeline = resource(stack, "aws:codepipeline/pipeline:Pipeline", "hello-world-main");
    const approve = input(pipeline, "stages", 5, "actions", 0) as { timeoutInMinutes: number };
    assert.equal(approve.timeoutInMinutes, 20_160);
    assert.equal(
      input(pipeline, "stages", 5, "actions", 0, "configuration", "NotificationArn"),
      "arn:aws:sns:eu-west-1:111111111111:slipway-approvals",
    );
    const [subscription] = ofType(stack, "aws:sns/topicSubscription:TopicSubscription").filter(({ name }) =>
      name.startsWith("approvals-"),
    );
    assert.deepEqual(
      [subscription?.inputs["protocol"], subscription?.inputs["endpoint"]],
      ["email", "release-managers@example.com"],
    );
  });

  it("enters production through the deployment window", () => {
    const pipeline = resource(stack, "aws:codepipeline/pipeline:Pipeline", "hello-world-main");
    assert.deepEqual(input(pipeline, "stages", 6, "beforeEntry", "condition", "rules", 0, "configuration"), {
      Cron: "* * 8-16 ? * MON-FRI",
      TimeZone: "Europe/Berlin",
    });
    assert.equal(input(pipeline, "stages", 6, "beforeEntry", "condition", "result"), "FAIL");
  });

  it("keeps artifacts private, versioned, encrypted with its own rotated key, and for a limited time", () => {
    const bucket = resource(stack, "aws:s3/bucket:Bucket", "artifacts");
    assert.equal(bucket.inputs["bucket"], "slipway-artifacts-111111111111-eu-west-1-e2b41c");
    assert.equal(bucket.protect, true);
    const { inputs: access } = resource(
      stack,
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "artifacts-public-access",
    );
    assert.deepEqual(
      [
        access["blockPublicAcls"],
        access["blockPublicPolicy"],
        access["ignorePublicAcls"],
        access["restrictPublicBuckets"],
      ],
      [true, true, true, true],
    );
    const versioning = resource(stack, "aws:s3/bucketVersioning:BucketVersioning", "artifacts-versioning");
    assert.equal(input(versioning, "versioningConfiguration", "status"), "Enabled");
    const ownership = resource(
      stack,
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      "artifacts-ownership",
    );
    assert.equal(input(ownership, "rule", "objectOwnership"), "BucketOwnerEnforced");
    const encryption = resource(
      stack,
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "artifacts-encryption",
    );
    assert.equal(
      input(encryption, "rules", 0, "applyServerSideEncryptionByDefault", "sseAlgorithm"),
      "aws:kms",
    );
    assert.equal(input(encryption, "rules", 0, "bucketKeyEnabled"), false);
    const lifecycle = resource(
      stack,
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "artifacts-lifecycle",
    );
    assert.equal(input(lifecycle, "rules", 0, "expiration", "days"), 90);
    const key = resource(stack, "aws:kms/key:Key", "artifact-key");
    assert.deepEqual([key.inputs["enableKeyRotation"], key.protect], [true, true]);
  });

  it("gives each image repository immutable tags, a scan on push and a lifecycle, and none to serverless applications", () => {
    const repositories = ofType(stack, "aws:ecr/repository:Repository");
    assert.deepEqual(repositories.map(({ inputs }) => inputs["name"]).sort(), [
      "slipway/backend-flask",
      "slipway/sso-dashboard",
    ]);
    for (const repository of repositories) {
      assert.equal(repository.inputs["imageTagMutability"], "IMMUTABLE");
      assert.equal(input(repository, "imageScanningConfiguration", "scanOnPush"), true);
    }
    assert.equal(ofType(stack, "aws:ecr/lifecyclePolicy:LifecyclePolicy").length, 2);
  });

  it("expires builds by number, and what an environment was given by rules of its own before that", () => {
    const lifecycle = resource(stack, "aws:ecr/lifecyclePolicy:LifecyclePolicy", "sso-dashboard-lifecycle");
    const { rules } = JSON.parse(lifecycle.inputs["policy"] as string) as {
      rules: { rulePriority: number; selection: { tagPrefixList?: string[]; countNumber: number } }[];
    };
    assert.deepEqual(
      rules.map(({ rulePriority, selection }) => [
        rulePriority,
        selection.tagPrefixList ?? "any",
        selection.countNumber,
      ]),
      [
        [1, ["deployed.dev."], 50],
        [2, ["deployed.prod."], 500],
        [3, "any", 100],
      ],
    );
  });

  it("makes for every job a project, a role of its own and logs that forget", () => {
    const projects = ofType(stack, "aws:codebuild/project:Project");
    assert.equal(projects.length, 19);
    const roles = projects.map(({ inputs }) => inputs["serviceRole"]);
    assert.equal(new Set(roles).size, projects.length);
    for (const group of ofType(stack, "aws:cloudwatch/logGroup:LogGroup")) {
      assert.equal(group.inputs["retentionInDays"], 365, group.name);
    }
  });

  it("runs Docker only where images are built, and keeps every buildspec in the project", () => {
    const projects = ofType(stack, "aws:codebuild/project:Project");
    const privileged = projects.filter((project) => input(project, "environment", "privilegedMode") === true);
    assert.deepEqual(privileged.map(({ name }) => name).sort(), [
      "backend-flask-main-image",
      "backend-flask-main-publish",
      "backend-flask-prod-image",
      "backend-flask-prod-publish",
      "sso-dashboard-main-image",
      "sso-dashboard-main-publish",
    ]);
    for (const project of projects) {
      const { buildspec } = project.inputs["source"] as { buildspec: string };
      assert.match(buildspec, /^version: "?0\.2"?$/m, project.name);
      assert.ok(buildspec.length <= 25_600, project.name);
    }
  });

  it("lets CodePipeline find jobs and policies when a new pipeline starts at once", () => {
    const pipeline = resource(stack, "aws:codepipeline/pipeline:Pipeline", "hello-world-main");
    const needs = pipeline.dependencies.map((urn) => urn.split("::").slice(2).join("::"));
    for (const needed of [
      "aws:codebuild/project:Project::hello-world-test",
      "aws:codebuild/project:Project::hello-world-deploy-prod",
      "aws:iam/rolePolicy:RolePolicy::hello-world-pipeline-pipeline",
      "aws:iam/rolePolicy:RolePolicy::hello-world-pipeline-source",
    ]) {
      assert.ok(
        needs.some((urn) => urn.endsWith(needed)),
        needed,
      );
    }
  });

  it("reports unit tests and coverage into groups made beforehand", () => {
    const groups = ofType(stack, "aws:codebuild/reportGroup:ReportGroup").map(
      ({ inputs }) => `${text(inputs["name"])} ${text(inputs["type"])}`,
    );
    assert.deepEqual(groups.sort(), [
      "backend-flask-test-coverage CODE_COVERAGE",
      "backend-flask-test-unit TEST",
      "hello-world-pr-test-coverage CODE_COVERAGE",
      "hello-world-pr-test-unit TEST",
      "hello-world-test-coverage CODE_COVERAGE",
      "hello-world-test-unit TEST",
      "sso-dashboard-test-unit TEST",
    ]);
  });

  it("tells bucket, key, connection and pipelines as outputs", () => {
    assert.deepEqual(Object.keys(stack.outputs).sort(), [
      "artifactBucket",
      "artifactKeyArn",
      "connectionArn",
      "pipelines",
    ]);
    assert.deepEqual(stack.outputs["pipelines"], [
      "backend-flask-main",
      "backend-flask-prod",
      "hello-world-main",
      "hello-world-pr",
      "sso-dashboard-main",
    ]);
  });

  it("has a constant number of EventBridge rules, and tells each team of its own pipelines only", () => {
    assert.deepEqual(
      ofType(stack, "aws:cloudwatch/eventRule:EventRule")
        .map(({ name }) => name)
        .sort(),
      [
        "slipway-artifacts",
        "slipway-builds-by-hand",
        "slipway-decisions",
        "slipway-foundation",
        "slipway-images-by-hand",
        "slipway-releases",
        "slipway-roles",
        "slipway-ways-around",
      ],
    );
    const [team] = ofType(stack, "aws:sns/topicSubscription:TopicSubscription").filter(({ name }) =>
      name.startsWith("hello-world-"),
    );
    assert.deepEqual(JSON.parse(text(team?.inputs["filterPolicy"])), {
      detail: { pipeline: ["hello-world-main", "hello-world-pr"] },
    });
    assert.equal(team?.inputs["filterPolicyScope"], "MessageBody");
  });

  it("encrypts its topics with the key that admits who publishes", () => {
    for (const topic of ofType(stack, "aws:sns/topic:Topic")) {
      assert.ok("kmsMasterKeyId" in topic.inputs, topic.name);
    }
  });

  it("puts every role below /slipway/, the deploy jobs' below their environment's path with the tags the door compares", () => {
    for (const role of ofType(stack, "aws:iam/role:Role")) {
      assert.match(text(role.inputs["path"]), /^\/slipway\/(pipeline|job|people|deploy\/(dev|test|prod))\/$/);
    }
    const deploy = resource(stack, "aws:iam/role:Role", "sso-dashboard-deploy-prod");
    assert.equal(deploy.inputs["path"], "/slipway/deploy/prod/");
    assert.deepEqual(deploy.inputs["tags"], {
      Application: "sso-dashboard",
      DeploymentKind: "kubernetes",
      ManagedBy: "slipway",
    });
  });

  it("has no policy document that a first preview cannot read", () => {
    const unread = stack.unknowns.filter(({ path }) => /policy|assumeRolePolicy/i.test(path));
    assert.deepEqual(unread, []);
    assert.deepEqual(stack.policy.notVerifiable, []);
  });

  it("passes the policy pack without a finding", () => {
    assert.deepEqual(
      stack.policy.violations.map(({ urn, message }) => `${urn} ${message}`),
      [],
    );
    assert.ok(stack.policy.judged > 100);
  });
});
