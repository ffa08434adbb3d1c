import assert from "node:assert/strict";
import { jobVariableNames } from "../../delivery/job-variables";
import type { ApplicationPlan, PipelinePlan, StagePlan } from "../../delivery/application-plan";
import { planApplication } from "../../delivery/plan-application";
import * as names from "../../names";
import { application, platform, track } from "../support/platform";

const kinds = ["serverless", "ecs", "kubernetes"] as const;

function shape(pipeline: PipelinePlan | undefined): string[] {
  return (pipeline?.stages ?? []).map(
    (stage) => `${stage.name}: ${stage.actions.map((action) => action.name).join(", ")}`,
  );
}

function only(plan: ApplicationPlan, pipeline: string): PipelinePlan | undefined {
  return plan.pipelines.find(({ name }) => name === pipeline);
}

describe("the delivery plan", () => {
  it("leads a serverless application from source over tests and package through its environments", () => {
    const plan = planApplication(platform, application("shop", "serverless"));
    assert.deepEqual(shape(only(plan, "shop-main")), [
      "Source: Source",
      "Build_and_Test: Test, Package, Publish",
      "Dev: Deploy",
      "Approve_Prod: Approve",
      "Prod: Deploy",
    ]);
  });

  it("builds an image for a container application", () => {
    for (const kind of ["ecs", "kubernetes"] as const) {
      const plan = planApplication(platform, application("shop", kind));
      assert.equal(shape(only(plan, "shop-main"))[1], "Build_and_Test: Test, Image, Publish");
      assert.equal(plan.images?.repository, "slipway/shop");
      assert.deepEqual(
        plan.images.targets.map((target) => [target.kind, target.environment.name]),
        [
          [kind, "dev"],
          [kind, "prod"],
        ],
      );
    }
  });

  it("makes one pipeline for each track, with the environments of that track", () => {
    const tracks = [track("main", ["dev"]), track("prod", ["prod"])];
    const plan = planApplication(platform, application("shop", "ecs", { tracks }));
    assert.deepEqual(shape(only(plan, "shop-main")).slice(2), ["Dev: Deploy"]);
    assert.deepEqual(shape(only(plan, "shop-prod")).slice(2), ["Approve_Prod: Approve", "Prod: Deploy"]);
  });

  it("queues releases where production is at the end, and lets newer ones overtake elsewhere", () => {
    const tracks = [track("main", ["dev"]), track("prod", ["prod"])];
    const plan = planApplication(platform, application("shop", "ecs", { tracks }));
    assert.equal(only(plan, "shop-main")?.executionMode, "SUPERSEDED");
    assert.equal(only(plan, "shop-prod")?.executionMode, "QUEUED");
  });

  it("queues the releases of a track that passes dev on its way to production", () => {
    const plan = planApplication(platform, application("shop", "ecs"));
    assert.deepEqual(
      plan.pipelines.map(({ name, executionMode }) => [name, executionMode]),
      [["shop-main", "QUEUED"]],
    );
  });

  it("keeps the environments in the platform's order, whatever the track's", () => {
    const tracks = [track("main", ["prod", "dev"])];
    const plan = planApplication(platform, application("shop", "ecs", { tracks }));
    assert.deepEqual(shape(only(plan, "shop-main")).slice(2), [
      "Dev: Deploy",
      "Approve_Prod: Approve",
      "Prod: Deploy",
    ]);
  });

  it("asks for the deployment window after the approver, at the door of the environment's own stage", () => {
    const plan = planApplication(platform, application("shop", "ecs"));
    const stages = only(plan, "shop-main")?.stages ?? [];
    const windows = stages.flatMap(({ name, window }: StagePlan) =>
      window ? [{ stage: name, ...window }] : [],
    );
    assert.deepEqual(windows, [
      { stage: "Prod", cron: "* * 8-16 ? * MON-FRI", timeZone: "Europe/Berlin", timeoutMinutes: 20_160 },
    ]);
  });

  it("waits for an approval as long as the environment says", () => {
    const stages = only(planApplication(platform, application("shop", "ecs")), "shop-main")?.stages ?? [];
    const approvals = stages.flatMap(({ actions }) => actions.filter(({ kind }) => kind === "approval"));
    assert.deepEqual(approvals, [
      {
        kind: "approval",
        name: "Approve",
        message:
          "Release shop to prod (account 444444444444)? " +
          "Commit #{SourceVariables.CommitId} of #{SourceVariables.FullRepositoryName}, " +
          "branch #{SourceVariables.BranchName}. Judged and published: #{Published.SLIPWAY_DIGEST}, " +
          "sealed #{Published.SLIPWAY_SEAL}",
        timeoutMinutes: 10_080,
      },
    ]);
  });

  it("goes back to the last release after a failed deployment, and only then", () => {
    const stages = only(planApplication(platform, application("shop", "ecs")), "shop-main")?.stages ?? [];
    assert.deepEqual(
      stages.map(({ name, onFailure }) => `${name} ${onFailure}`),
      ["Source FAIL", "Build_and_Test FAIL", "Dev ROLLBACK", "Approve_Prod FAIL", "Prod ROLLBACK"],
    );
  });

  it("tests pull requests in a pipeline of their own, without build, deployment or other pipelines' artifacts", () => {
    const pullRequests = { branches: ["main"] };
    const plan = planApplication(platform, application("shop", "ecs", { pullRequests }));
    assert.deepEqual(shape(only(plan, "shop-pr")), ["Source: Source", "Build_and_Test: Test"]);
    const job = plan.jobs.find(({ project }) => project === "shop-pr-test");
    assert.deepEqual(job?.reads, ["shop-pr/Source"]);
    assert.deepEqual(job.writes, []);
    for (const other of plan.jobs.filter(({ project }) => project !== "shop-pr-test")) {
      assert.equal(
        other.reads.some((prefix) => prefix.startsWith("shop-pr/")),
        false,
        other.project,
      );
    }
  });
});

describe("the jobs of a plan", () => {
  for (const kind of kinds) {
    const plan = planApplication(
      platform,
      application("shop", kind, { pullRequests: { branches: ["main"] } }),
    );

    it(`get exactly the environment variables that their buildspecs read (${kind})`, () => {
      for (const job of plan.jobs) {
        const wanted = jobVariableNames(job.buildspec, "project");
        assert.deepEqual(Object.keys(job.variables).sort(), [...wanted].sort(), job.project);
      }
    });

    it(`get from the pipeline exactly what differs with every execution (${kind})`, () => {
      const actions = plan.pipelines.flatMap(({ stages }) => stages.flatMap((stage) => stage.actions));
      for (const action of actions.filter((one) => one.kind === "job")) {
        const job = plan.jobs.find(({ project }) => project === action.project);
        assert.ok(job, action.project);
        assert.deepEqual(
          Object.keys(action.variables).sort(),
          [...jobVariableNames(job.buildspec, "action")].sort(),
        );
      }
    });

    it(`are privileged only where images are built (${kind})`, () => {
      const privileged = plan.jobs.filter((job) => job.privileged).map(({ project }) => project);
      assert.deepEqual(privileged, kind === "serverless" ? [] : ["shop-main-image", "shop-main-publish"]);
    });

    it(`read what their action is given and write what it puts out, in every pipeline (${kind})`, () => {
      for (const pipeline of plan.pipelines) {
        for (const action of pipeline.stages.flatMap((stage) => stage.actions)) {
          if (action.kind !== "job") continue;
          const job = plan.jobs.find(({ project }) => project === action.project);
          for (const input of action.inputs)
            assert.ok(job?.reads.includes(names.artifactPrefix(pipeline.name, input)), action.project);
          if (action.output === undefined) continue;
          assert.ok(job?.writes.includes(names.artifactPrefix(pipeline.name, action.output)), action.project);
        }
      }
    });

    it(`never write what another job writes, nor read what they write themselves (${kind})`, () => {
      const writes = plan.jobs.flatMap((job) => job.writes);
      assert.deepEqual([...new Set(writes)], writes);
      for (const { reads, writes: own } of plan.jobs) {
        assert.deepEqual(
          reads.filter((prefix) => own.includes(prefix)),
          [],
        );
      }
    });

    it(`hold no secret in their variables (${kind})`, () => {
      for (const { variables } of plan.jobs) {
        for (const [key, value] of Object.entries(variables)) {
          assert.doesNotMatch(key, /SECRET|TOKEN|PASSWORD/);
          assert.doesNotMatch(value, /AKIA|ghp_|-----BEGIN/);
        }
      }
    });
  }

  it("come one after another: what is built was tested", () => {
    for (const kind of kinds) {
      const plan = planApplication(platform, application("shop", kind));
      const stage = only(plan, "shop-main")?.stages.find(({ name }) => name === "Build_and_Test");
      assert.deepEqual(
        stage?.actions.map((action) => (action.kind === "job" ? [action.project, action.runOrder] : [])),
        [
          ["shop-test", 1],
          ...(kind === "serverless"
            ? [
                ["shop-main-package", 2],
                ["shop-main-publish", 3],
              ]
            : [
                ["shop-main-image", 2],
                ["shop-main-publish", 3],
              ]),
        ],
      );
    }
  });

  it("have this size and this time", () => {
    const sizes = kinds.flatMap((kind) =>
      planApplication(platform, application("shop", kind)).jobs.map(
        ({ kind: job, computeType, timeoutMinutes, buildImage }) =>
          `${kind} ${job} ${computeType} ${timeoutMinutes} ${buildImage}`,
      ),
    );
    const image = "aws/codebuild/amazonlinux-x86_64-standard:6.0";
    assert.deepEqual(
      [...new Set(sizes)],
      [
        `serverless test BUILD_GENERAL1_SMALL 30 ${image}`,
        `serverless package BUILD_GENERAL1_SMALL 60 ${image}`,
        `serverless publishPackages BUILD_GENERAL1_SMALL 60 ${image}`,
        `serverless deploy BUILD_GENERAL1_SMALL 60 ${image}`,
        `ecs test BUILD_GENERAL1_SMALL 30 ${image}`,
        `ecs image BUILD_GENERAL1_MEDIUM 60 ${image}`,
        `ecs publishImage BUILD_GENERAL1_SMALL 60 ${image}`,
        `ecs deploy BUILD_GENERAL1_SMALL 60 ${image}`,
        `kubernetes test BUILD_GENERAL1_SMALL 30 ${image}`,
        `kubernetes image BUILD_GENERAL1_MEDIUM 60 ${image}`,
        `kubernetes publishImage BUILD_GENERAL1_SMALL 60 ${image}`,
        `kubernetes deploy BUILD_GENERAL1_SMALL 60 ${image}`,
      ],
    );
  });

  it("deploy through the door of their environment, under their own name and kind", () => {
    const plan = planApplication(platform, application("shop", "kubernetes"));
    const deploys = plan.jobs.filter((job) => job.kind === "deploy");
    assert.deepEqual(
      deploys.map(({ project, deploymentKind, variables }) => [
        project,
        deploymentKind,
        variables["SLIPWAY_DOOR_ROLE_ARN"],
        variables["SLIPWAY_NAMESPACE_ROLE_ARN"],
      ]),
      [
        [
          "shop-deploy-dev",
          "kubernetes",
          "arn:aws:iam::222222222222:role/slipway/CICDCrossAccountRole",
          "arn:aws:iam::222222222222:role/slipway/namespace/shop",
        ],
        [
          "shop-deploy-prod",
          "kubernetes",
          "arn:aws:iam::444444444444:role/slipway/CICDCrossAccountRole",
          "arn:aws:iam::444444444444:role/slipway/namespace/shop",
        ],
      ],
    );
  });
});
