import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { stringify } from "yaml";
import { renderBuildspec } from "../../delivery/buildspec";
import { cleanUp, runBuild } from "../support/buildspec-runner";
import { assumeRole, doorVariables } from "../support/environment";
import { partOf } from "../support/job-steps";
import { skipWithout } from "../support/requirements";
import { parse } from "yaml";

interface Spec {
  phases: Record<string, { commands: string[] }>;
}

/** The commands with which a deploy job enters, and then this one. */
function enter(
  job: "deploy-ecs.yaml" | "deploy-kubernetes.yaml",
  command: string,
  aws: Readonly<Record<string, string>> = {},
) {
  const spec = parse(renderBuildspec(job)) as Spec;
  const entering = spec.phases.pre_build?.commands.filter((text) => text.includes("/door")) ?? [];
  return runBuild({
    buildspec: stringify({
      env: { variables: { SLIPWAY_WORK: "" } },
      phases: {
        pre_build: { commands: ['mkdir -p "$SLIPWAY_WORK"', ...entering] },
        build: { commands: [command] },
      },
    }),
    source: {},
    environment: {
      ...doorVariables("ecs"),
      AWS_REGION: "us-east-1",
      SLIPWAY_NAMESPACE_ROLE_ARN: "arn:aws:iam::222222222222:role/slipway/namespace/shop",
    },
    fakes: {
      aws: {
        "sts assume-role": assumeRole,
        "sts get-caller-identity": "echo 222222222222",
        "cloudformation list-stacks": 'echo "in $AWS_REGION, $AWS_DEFAULT_REGION"',
        ...aws,
      },
    },
  });
}

const door = [
  "sts",
  "assume-role",
  "--role-arn",
  "arn:aws:iam::222222222222:role/slipway/CICDCrossAccountRole",
  "--role-session-name",
  "shop-dev",
  "--source-identity",
  "7d0c1f6e-5b1a-4c3d-9e8f-0123456789ab",
  "--tags",
  "Key=Application,Value=shop",
  "Key=DeploymentKind,Value=ecs",
  "--duration-seconds",
  "3600",
  "--output",
  "json",
];

describe("Entering an environment", function () {
  before(function () {
    skipWithout(this, "bash", "jq");
  });
  after(cleanUp);

  it("assumes the door with exactly two tags and the pipeline's execution as source identity, as the job itself", () => {
    const run = enter("deploy-ecs.yaml", ":");
    assert.equal(run.status, "SUCCEEDED", run.log);
    assert.deepEqual(run.calls, [
      { tool: "aws", as: "job", args: door },
      {
        tool: "aws",
        as: "CICDCrossAccountRole",
        args: ["sts", "get-caller-identity", "--query", "Account", "--output", "text"],
      },
    ]);
  });

  it("makes every later call through the door, in the environment's region, with credentials fetched anew", () => {
    const run = enter("deploy-ecs.yaml", "aws cloudformation list-stacks");
    assert.deepEqual(run.calls.slice(2), [
      { tool: "aws", as: "job", args: door },
      { tool: "aws", as: "CICDCrossAccountRole", args: ["cloudformation", "list-stacks"] },
    ]);
    assert.match(run.log, /in eu-west-1, eu-west-1/);
  });

  it("never asks for more than the hour that chained roles may last", () => {
    const durations = enter(
      "deploy-kubernetes.yaml",
      "AWS_PROFILE=slipway-namespace aws cloudformation list-stacks",
    )
      .calls.filter(({ args }) => args[1] === "assume-role")
      .map(({ args }) => args[args.indexOf("--duration-seconds") + 1]);
    assert.deepEqual([...new Set(durations)], ["3600"]);
  });

  it("goes on into the namespace's role through the door, which keeps the source identity", () => {
    const run = enter(
      "deploy-kubernetes.yaml",
      "AWS_PROFILE=slipway-namespace aws cloudformation list-stacks",
    );
    assert.deepEqual(
      run.calls.slice(2).map(({ as, args }) => [as, args.slice(0, 6).join(" ")]),
      [
        ["job", door.slice(0, 6).join(" ")],
        [
          "CICDCrossAccountRole",
          "sts assume-role --role-arn arn:aws:iam::222222222222:role/slipway/namespace/shop --role-session-name shop-dev",
        ],
        ["shop", "cloudformation list-stacks"],
      ],
    );
    const second = run.calls[3]?.args ?? [];
    assert.ok(!second.includes("--tags") && !second.includes("--source-identity"));
  });

  it("keeps long names within the 64 characters of a session's name", () => {
    const long = "a".repeat(40);
    const run = runBuild({
      buildspec: partOf("deploy-ecs.yaml", ["enter-environment.sh"]),
      source: {},
      environment: { ...doorVariables("ecs"), SLIPWAY_APPLICATION: long, SLIPWAY_ENVIRONMENT: long },
      fakes: { aws: { "sts assume-role": assumeRole, "sts get-caller-identity": "echo 0" } },
    });
    const args = run.calls[0]?.args ?? [];
    assert.equal(args[args.indexOf("--role-session-name") + 1], `${"a".repeat(31)}-${"a".repeat(31)}`);
  });

  it("stops when the door leads into another account", () => {
    const run = enter("deploy-ecs.yaml", "aws cloudformation list-stacks", {
      "sts get-caller-identity": "echo 999999999999",
    });
    assert.deepEqual(run.phases, { pre_build: "FAILED" });
    assert.match(run.log, /^slipway: behind the door is account 999999999999, not 222222222222 of dev\.$/m);
  });

  it("stops when the door stays closed, and makes no call as the job instead", () => {
    const run = enter("deploy-ecs.yaml", "aws cloudformation list-stacks", {
      "sts assume-role": "echo AccessDenied >&2; exit 254",
    });
    assert.deepEqual(run.phases, { pre_build: "FAILED" });
    assert.deepEqual(
      run.calls.map(({ args }) => args[1]),
      ["assume-role"],
    );
  });
});
