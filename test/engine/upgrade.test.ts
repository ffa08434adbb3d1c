import assert from "node:assert/strict";
import type { Engine } from "./support/engine";
import { stacks, succeeded } from "./support/platform";
import { restoreRelease, savedReleases } from "./support/release";
import { withEngine } from "./support/suite";
import type { Workspace } from "./support/workspace";

/** What holds data or is known by its id outside of the stack: a new one is not the old one. */
const stateful = [
  "aws:s3/bucket:Bucket",
  "aws:kms/key:Key",
  "aws:kms/alias:Alias",
  "aws:ecr/repository:Repository",
  "aws:codeconnections/connection:Connection",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:codebuild/reportGroup:ReportGroup",
  "aws:sns/topic:Topic",
  "aws:sns/topicSubscription:TopicSubscription",
  "aws:ecs/cluster:Cluster",
];

interface Step {
  readonly op: string;
  readonly urn: string;
}

/** Stateful resources that a preview would replace or delete. */
function lostBy(preview: string): string[] {
  const { steps = [] } = JSON.parse(preview) as { steps?: Step[] };
  return steps
    .filter(
      ({ op, urn }) =>
        /replace|delete/.test(op) && stateful.some((type) => new RegExp(`[$:]${type}::`).test(urn)),
    )
    .map(({ op, urn }) => `${op} ${urn}`);
}

withEngine("an upgrade of the platform", (engine: Engine) => {
  it("has every release to come from", () => {
    assert.ok(savedReleases().length > 0, "no release is kept in test/engine/fixtures");
  });

  for (const version of savedReleases()) {
    describe(`from ${version}`, () => {
      let workspace: Workspace;
      before(() => {
        workspace = restoreRelease(engine, version);
      });
      after(() => {
        workspace.dispose();
      });

      it("would lose a stateful resource whose name in the program changed, and says which", async () => {
        const renamed = workspace.fork();
        renamed.edit("stacks/cicd.ts", 'new Topic("approvals"', 'new Topic("approval"');
        const { stdout } = await succeeded(renamed.preview("cicd", ["--json"]));
        assert.ok(
          lostBy(stdout).includes(
            "delete urn:pulumi:cicd::slipway::slipway:index:Topic$aws:sns/topic:Topic::approvals",
          ),
          stdout,
        );
        renamed.dispose();
      });

      for (const stack of stacks) {
        it(`replaces and deletes nothing stateful in ${stack}, and deploys`, async () => {
          const { stdout } = await succeeded(workspace.preview(stack, ["--json"]));
          assert.deepEqual(
            lostBy(stdout),
            [],
            "a stateful resource would be lost: keep its name, or give it an alias",
          );
          await succeeded(workspace.up(stack));
          const replaced = workspace
            .calls()
            .filter(({ operation, type }) => operation === "delete" && stateful.includes(type));
          assert.deepEqual(replaced, []);
        });
      }
    });
  }
});
