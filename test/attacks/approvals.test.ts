import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { planApplication } from "../../delivery/plan-application";
import { cleanUp, runBuild, type Build } from "../support/buildspec-runner";
import { doorVariables, openDoor } from "../support/environment";
import { lines } from "../support/fake-tools";
import { messages, partOf } from "../support/job-steps";
import { application, platform } from "../support/platform";
import { skipWithout } from "../support/requirements";

const release = "7d0c1f6e-5b1a-4c3d-9e8f-0123456789ab";
const earlier = "11111111-2222-4333-8444-555555555555";
const session = (role: string, name: string): string =>
  `arn:aws:sts::111111111111:assumed-role/${role}/${name}`;
const starting = (name: string) => ({
  triggerType: "StartPipelineExecution",
  triggerDetail: session("shop-starter", name),
});
const push = {
  triggerType: "WebhookV2",
  triggerDetail: "arn:aws:codeconnections:eu-west-1:111111111111:connection/1",
};

interface Recorded {
  /** By id of the execution. */
  readonly executions: Readonly<Record<string, object>>;
  readonly approvals?: Readonly<Record<string, readonly object[]>>;
}

/** The deploy job of an environment with an approval, until it has entered, with what CodePipeline says of its releases. */
function enter({ executions, approvals = {} }: Recorded, stage = "Approve_Prod"): Build {
  const answer = (content: object): string => `cat <<'JSON'\n${JSON.stringify(content)}\nJSON`;
  const byId = (entries: readonly (readonly [string, object])[]): string =>
    `case "$*" in\n${entries.map(([id, content]) => `*${id}*)\n${answer(content)}\n;;`).join("\n")}\n*) exit 254 ;; esac`;
  return runBuild({
    buildspec: partOf("deploy-ecs.yaml", [
      "judge-approval.sh",
      'mkdir -p "$SLIPWAY_WORK"',
      "enter-environment.sh",
    ]),
    source: {},
    environment: { ...doorVariables("ecs"), SLIPWAY_APPROVAL_STAGE: stage },
    fakes: {
      aws: {
        ...openDoor,
        "codepipeline get-pipeline-execution": byId(
          Object.entries(executions).map(([id, pipelineExecution]) => [id, { pipelineExecution }]),
        ),
        "codepipeline list-action-executions": byId(
          Object.entries(approvals).map(([id, actionExecutionDetails]) => [id, { actionExecutionDetails }]),
        ),
      },
    },
  });
}

const approval = (updatedBy: string | undefined, changes: object = {}): object => ({
  stageName: "Approve_Prod",
  actionName: "Approve",
  status: "Succeeded",
  ...(updatedBy !== undefined && { updatedBy }),
  ...changes,
});
const approvedBy = (name: string): object => approval(session("shop-approver", name));
const deployed = {
  stageName: "Dev",
  actionName: "Deploy",
  status: "Succeeded",
  updatedBy: "arn:aws:iam::1:role/x",
};

describe("A release that waits for an approval", function () {
  before(function () {
    skipWithout(this, "bash", "jq");
  });
  after(cleanUp);

  const entered = (build: Build): void => {
    assert.equal(build.status, "SUCCEEDED", build.log);
    assert.ok(lines(build.calls, "aws").some((call) => call.startsWith("sts assume-role")));
  };
  const refused = (build: Build, ...expected: readonly string[]): void => {
    assert.equal(build.status, "FAILED");
    assert.deepEqual(messages(build.log), expected);
    assert.deepEqual(
      lines(build.calls, "aws").filter((call) => call.startsWith("sts ")),
      [],
    );
  };
  const anew =
    "slipway: nothing was deployed. Push, or start it anew in the role shop-starter and let somebody else approve it.";
  const byHand = (...approvals: readonly object[]): Recorded => ({
    executions: { [release]: { trigger: starting("jane@example.com") } },
    approvals: { [release]: approvals },
  });

  it("is known to its deploy job, with the pipeline that it runs in", () => {
    const [pipeline] = planApplication(platform, application("shop", "ecs")).pipelines;
    const stages = pipeline?.stages ?? [];
    const deployments = stages.flatMap(({ actions }) =>
      actions.flatMap((action) =>
        action.kind === "job" && action.name === "Deploy" ? [{ ...action.variables }] : [],
      ),
    );
    const every = {
      SLIPWAY_EXECUTION_ID: "#{codepipeline.PipelineExecutionId}",
      SLIPWAY_PIPELINE: "shop-main",
      SLIPWAY_INPUT_SEAL: "#{Published.SLIPWAY_SEAL}",
    };
    assert.equal(pipeline?.name, "shop-main");
    assert.ok(stages.some(({ name }) => name === "Approve_Prod"));
    assert.deepEqual(deployments, [
      { ...every, SLIPWAY_APPROVAL_STAGE: "none" },
      { ...every, SLIPWAY_APPROVAL_STAGE: "Approve_Prod" },
    ]);
  });

  it("enters when a push started it, whoever approved", () => {
    const build = enter({ executions: { [release]: { trigger: push } } });
    entered(build);
    assert.equal(
      lines(build.calls, "aws")[0],
      `codepipeline get-pipeline-execution --pipeline-name shop-main --pipeline-execution-id ${release} --output json`,
    );
  });

  it("enters when it is the first one of a new pipeline", () => {
    entered(enter({ executions: { [release]: { trigger: { triggerType: "CreatePipeline" } } } }));
  });

  it("enters when one person started it by hand and another approved", () => {
    const build = enter(byHand(approvedBy("joe@example.com"), deployed));
    entered(build);
    assert.equal(
      lines(build.calls, "aws")[1],
      `codepipeline list-action-executions --pipeline-name shop-main --filter pipelineExecutionId=${release} --output json`,
    );
  });

  it("asks nothing where no approval is asked for", () => {
    const build = enter({ executions: {} }, "none");
    entered(build);
    assert.ok(!lines(build.calls, "aws").some((call) => call.startsWith("codepipeline ")));
  });

  for (const approver of ["jane@example.com", "Jane@Example.com"]) {
    it(`is refused when its starter approves it, as ${approver}`, () => {
      refused(
        enter(byHand(approvedBy(approver))),
        "slipway: jane@example.com started the release by hand and approved it too.",
        anew,
      );
    });
  }

  it("is refused when its starter approved once, before or after another one", () => {
    refused(
      enter(byHand(approvedBy("joe@example.com"), approvedBy("jane@example.com"))),
      "slipway: jane@example.com started the release by hand and approved it too.",
      anew,
    );
  });

  it("is refused when nothing tells of an approval in this stage that was given", () => {
    refused(
      enter(
        byHand(
          deployed,
          approval(session("shop-approver", "joe@example.com"), { status: "InProgress" }),
          approval(session("shop-approver", "joe@example.com"), { stageName: "Approve_Test" }),
        ),
      ),
      "slipway: jane@example.com started the release by hand, and CodePipeline names no approval of it in Approve_Prod.",
      anew,
    );
  });

  for (const [what, arn] of [
    ["an approver of another application", session("bank-approver", "joe@example.com")],
    ["an administrator", session("Admin", "joe@example.com")],
    ["an IAM user", "arn:aws:iam::111111111111:user/joe"],
    ["a session whose name goes on", session("shop-approver", "joe/x")],
  ] as const) {
    it(`is refused when ${what} approved`, () => {
      refused(
        enter(byHand(approval(arn))),
        `slipway: ${arn} approved the release, which is nobody in the role shop-approver.`,
        anew,
      );
    });
  }

  it("is refused when nobody is named as who approved", () => {
    refused(
      enter(byHand(approval(undefined))),
      "slipway: Somebody approved the release, which is nobody in the role shop-approver.",
      anew,
    );
  });

  for (const [what, triggerDetail, who] of [
    ["the platform", session("slipway-platform", "joe"), session("slipway-platform", "joe")],
    ["a starter of another application", session("bank-starter", "joe"), session("bank-starter", "joe")],
    ["somebody who is not named", undefined, "Somebody"],
  ] as const) {
    it(`is refused when ${what} started it by hand`, () => {
      const trigger = { triggerType: "StartPipelineExecution", triggerDetail };
      refused(
        enter({ executions: { [release]: { trigger } } }),
        `slipway: ${who} started the release by hand, which is nobody in the role shop-starter.`,
        anew,
      );
    });
  }

  for (const [trigger, name] of [
    [{ triggerType: "PutActionRevision" }, "PutActionRevision"],
    [{}, "something without a name"],
  ] as const) {
    it(`is refused when it was started by ${name}`, () => {
      refused(
        enter({ executions: { [release]: { trigger } } }),
        `slipway: the release was started by ${name}, which does not say who wanted it.`,
        anew,
      );
    });
  }

  it("is refused when CodePipeline does not answer", () => {
    refused(
      enter({ executions: {} }),
      `slipway: CodePipeline does not say how the release ${release} was started.`,
      "slipway: nothing was deployed. Release again.",
    );
    refused(
      enter({ executions: { [release]: { trigger: starting("jane@example.com") } } }),
      `slipway: CodePipeline does not say who approved the release ${release}.`,
      "slipway: nothing was deployed. Release again.",
    );
  });
});

describe("A rollback into an environment with an approval", function () {
  before(function () {
    skipWithout(this, "bash", "jq");
  });
  after(cleanUp);

  const back = (target: object, triggerType = "AutomatedRollback"): Recorded["executions"] => ({
    [release]: {
      trigger: { triggerType, triggerDetail: "FailedPipelineExecutionId" },
      rollbackMetadata: { rollbackTargetPipelineExecutionId: earlier },
    },
    [earlier]: target,
  });

  for (const triggerType of ["AutomatedRollback", "ManualRollback"]) {
    it(`goes back to what a push released (${triggerType})`, () => {
      assert.equal(enter({ executions: back({ trigger: push }, triggerType) }).status, "SUCCEEDED");
    });

    it(`goes back to what one person started and another approved then (${triggerType})`, () => {
      const executions = back({ trigger: starting("jane@example.com") }, triggerType);
      const approvals = { [earlier]: [approvedBy("joe@example.com")] };
      assert.equal(enter({ executions, approvals }).status, "SUCCEEDED");
    });
  }

  it("does not go back to what its starter approved", () => {
    const build = enter({
      executions: back({ trigger: starting("jane@example.com") }),
      approvals: { [earlier]: [approvedBy("jane@example.com")], [release]: [approvedBy("joe@example.com")] },
    });
    assert.equal(
      messages(build.log)[0],
      "slipway: jane@example.com started the release by hand and approved it too.",
    );
  });

  it("does not go back to another rollback, which CodePipeline does not do either", () => {
    const build = enter({ executions: back({ trigger: { triggerType: "ManualRollback" } }) });
    assert.equal(
      messages(build.log)[0],
      "slipway: the release was started by ManualRollback, which does not say who wanted it.",
    );
  });

  it("does not go back to a release that is not named", () => {
    const build = enter({ executions: { [release]: { trigger: { triggerType: "ManualRollback" } } } });
    assert.equal(
      messages(build.log)[0],
      "slipway: CodePipeline names no release that the rollback goes back to.",
    );
  });
});
