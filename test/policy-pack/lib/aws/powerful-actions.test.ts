import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { actionsMatching } from "../../../../policy-pack/lib/aws/action-table";
import { INJECTORS, POWERFUL, STARTERS } from "../../../../policy-pack/lib/aws/powerful-actions";

interface Line {
  readonly service: string;
  readonly use: string;
  readonly except?: readonly string[];
  readonly takes: readonly string[];
}

const lines = readFileSync(path.join(__dirname, "../../../../policy-pack/data/role-takers.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .slice(1)
  .map((line) => JSON.parse(line) as Line);

describe("powerful actions", () => {
  it("are actions that there are", () => {
    assert.deepEqual(
      [...POWERFUL].filter((action) => actionsMatching(action)[0]?.name !== action),
      [],
    );
  });

  it("come from a review of every service with an action that takes a role", () => {
    assert.equal(lines.length, 185);
    assert.deepEqual(
      lines.filter(({ use }) => !["runs", "moves", "none"].includes(use)).map(({ service }) => service),
      [],
      "say in policy-pack/data/role-takers.jsonl what the service does with the role",
    );
    const stale = lines.flatMap(({ service, takes, except = [] }) =>
      except.filter((name) => !takes.includes(name)).map((name) => `${service}:${name}`),
    );
    assert.deepEqual(stale, []);
  });

  it("are those of services that act as their caller says, and none of those that do one set thing", () => {
    for (const action of ["apprunner:UpdateService", "states:TestState", "eks:CreatePodIdentityAssociation"])
      assert.ok(STARTERS.has(action), action);
    for (const action of [
      "ec2:CreateLaunchTemplateVersion",
      "codebuild:StartSandbox",
      "synthetics:UpdateCanary",
    ])
      assert.ok(INJECTORS.has(action), action);
    for (const action of [
      "firehose:CreateDeliveryStream",
      "config:PutConfigurationRecorder",
      "ec2:CreateFlowLogs",
    ])
      assert.ok(!POWERFUL.has(action), action);
    // A new target is given a role anew, which is the matter of iam:PassRole.
    assert.ok(!INJECTORS.has("events:PutTargets"));
  });

  it("know the principal that a role is passed to, which is not always the service's own name", () => {
    assert.deepEqual(STARTERS.get("apprunner:CreateService"), [
      "tasks.apprunner.amazonaws.com",
      "build.apprunner.amazonaws.com",
    ]);
    assert.deepEqual(STARTERS.get("lambda:CreateFunction"), ["lambda.amazonaws.com"]);
  });
});
