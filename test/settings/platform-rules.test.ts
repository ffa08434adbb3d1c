import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkPlatform } from "../../settings/platform-rules";
import { pipelineRegions } from "../../settings/regions";
import type { Platform } from "../../settings/settings";
import { renderProblems } from "../../input/problem-text";
import { dev, platform, prod } from "../support/platform";

function problemsWith(changes: Partial<Platform>): string {
  const problems = checkPlatform({ ...platform, ...changes }, (path) => ({ file: path.join(".") }));
  return renderProblems(problems);
}

describe("rules between the shared settings", () => {
  it("find nothing wrong with a platform that is right", () => {
    assert.equal(problemsWith({}), "");
  });

  it("refuse pipelines in a region without CodePipeline", () => {
    const region = "ca-west-1";
    assert.equal(
      problemsWith({ cicd: { ...platform.cicd, region } }),
      `in cicd.region: slipway:cicd.region: CodePipeline does not exist in "ca-west-1".\n  Allowed: ${pipelineRegions.join(", ")}.`,
    );
    assert.equal(problemsWith({ environments: [dev, { ...prod, region }] }), "");
  });

  it("take two roles for one where only capitals part them, as IAM does", () => {
    assert.equal(
      problemsWith({ breakGlassRole: "Slipway-Platform" }),
      'in breakGlassRole: slipway:breakGlassRole: "Slipway-Platform" is slipway:platformRole too.\n  Name a second role, which only people in an emergency can take.',
    );
  });

  it("refuse chat in a partition that AWS's chat application is not in", () => {
    const chat = { slack: { workspaceId: "T07EA123LEP", approvals: [], status: [] } };
    const withChat = (region: string): string =>
      problemsWith({ cicd: { ...platform.cicd, region }, environments: [{ ...dev, region }], chat });
    assert.equal(
      withChat("us-gov-west-1"),
      "in chat: slipway:chat: AWS's chat application does not exist in the partition aws-us-gov of the CI/CD account.\n  Remove it: e-mail is all there is.",
    );
    assert.equal(withChat("eu-central-1"), "");
  });

  it("keep an environment in the partition of the pipelines", () => {
    const remedy =
      "  Give each partition a platform of its own: no account can reach into another partition.";
    for (const [region, partition] of [
      ["us-gov-west-1", "aws-us-gov"],
      ["cn-north-1", "aws-cn"],
    ] as const) {
      assert.equal(
        problemsWith({ environments: [dev, { ...prod, region }] }),
        `in environments.1.region: slipway:environments[1].region: "${region}" is in the partition ${partition}, the CI/CD account in aws.\n${remedy}`,
      );
    }
  });
});
