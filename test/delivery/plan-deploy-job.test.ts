import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { planApplication } from "../../delivery/plan-application";
import { application, platform, track } from "../support/platform";

const kinds = ["serverless", "ecs", "kubernetes"] as const;

describe("the deploy jobs of a plan", () => {
  it("read what is deployed to their environment only from tracks that lead there", () => {
    const tracks = [track("main", ["dev"]), track("prod", ["prod"])];
    const plan = planApplication(platform, application("shop", "ecs", { tracks }));
    const reads = plan.jobs
      .filter(({ kind }) => kind === "deploy")
      .map(({ project, reads }) => [project, ...reads]);
    assert.deepEqual(reads, [
      ["shop-deploy-dev", "shop-main/Image"],
      ["shop-deploy-prod", "shop-prod/Image"],
    ]);
  });

  it("deploy only where a track leads", () => {
    const tracks = [track("main", ["dev"])];
    for (const kind of kinds) {
      const plan = planApplication(platform, application("shop", kind, { tracks }));
      const projects = plan.jobs.filter((job) => job.kind === "deploy").map(({ project }) => project);
      assert.deepEqual(projects, ["shop-deploy-dev"]);
    }
  });

  const deployedNames = {
    serverless: {
      SLIPWAY_STACK_NAME: "shop-prod",
      SLIPWAY_EXECUTION_ROLE_ARN: "arn:aws:iam::444444444444:role/slipway/execution/shop-cloudformation",
      SLIPWAY_ARTIFACT_BUCKET: "slipway-artifacts-111111111111-eu-west-1-e2b41c",
      SLIPWAY_HEALTH_PATH: "/hello",
      SLIPWAY_FILES: "package/prod/package.json",
    },
    ecs: {
      SLIPWAY_CLUSTER: "applications",
      SLIPWAY_SERVICE: "shop-prod",
      SLIPWAY_TASK_ROLE_ARN: "arn:aws:iam::444444444444:role/slipway/execution/shop-task",
      SLIPWAY_TASK_EXECUTION_ROLE_ARN: "arn:aws:iam::444444444444:role/slipway/execution/shop-task-execution",
      SLIPWAY_SUBNETS: "subnet-0b",
      SLIPWAY_SECURITY_GROUPS: "sg-0b",
      SLIPWAY_DESIRED_COUNT: "2",
      SLIPWAY_LOG_GROUP: "/slipway/shop-prod",
      SLIPWAY_FILES: "image.json imagedefinitions.json task-definition.json",
    },
    kubernetes: {
      SLIPWAY_CLUSTER: "workloads",
      SLIPWAY_NAMESPACE: "shop",
      SLIPWAY_NAMESPACE_ROLE_ARN: "arn:aws:iam::444444444444:role/slipway/namespace/shop",
      SLIPWAY_FILES: "image.json manifests/prod.json",
    },
  };
  for (const kind of kinds) {
    it(`know the names of what they deploy (${kind})`, () => {
      const plan = planApplication(platform, application("shop", kind));
      const job = plan.jobs.find(({ project }) => project === "shop-deploy-prod");
      assert.deepEqual(job?.variables, {
        SLIPWAY_APPLICATION: "shop",
        SLIPWAY_ENVIRONMENT: "prod",
        SLIPWAY_ENVIRONMENT_ACCOUNT: "444444444444",
        SLIPWAY_ENVIRONMENT_REGION: "eu-west-1",
        SLIPWAY_DOOR_ROLE_ARN: "arn:aws:iam::444444444444:role/slipway/CICDCrossAccountRole",
        SLIPWAY_DEPLOYMENT_KIND: kind,
        ...deployedNames[kind],
      });
    });
  }
});
