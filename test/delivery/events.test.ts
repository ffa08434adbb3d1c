import assert from "node:assert/strict";
import { eventRules } from "../../delivery/events";
import { platform } from "../support/platform";

const notFrom = (arn: object) => ({
  $or: [
    { sessionContext: { sessionIssuer: { arn: [arn] } } },
    { sessionContext: { sessionIssuer: { arn: [{ exists: false }] } } },
  ],
});

describe("the event rules", () => {
  it("tell of every release that ended, whatever its end", () => {
    assert.deepEqual(eventRules(platform)[0], {
      name: "slipway-releases",
      description: "Releases that ended, in whatever way",
      pattern: {
        source: ["aws.codepipeline"],
        "detail-type": ["CodePipeline Pipeline Execution State Change"],
        detail: { state: ["SUCCEEDED", "FAILED", "STOPPED", "CANCELED"] },
      },
    });
  });

  it("tell of every change to pipelines, projects and gates that the platform role did not make", () => {
    assert.deepEqual(eventRules(platform)[1], {
      name: "slipway-ways-around",
      description:
        "Pipelines, projects or gates changed by anyone but the platform (needs a CloudTrail trail)",
      pattern: {
        source: ["aws.codepipeline", "aws.codebuild"],
        "detail-type": ["AWS API Call via CloudTrail"],
        detail: {
          eventName: [
            "CreatePipeline",
            "UpdatePipeline",
            "DeletePipeline",
            "OverrideStageCondition",
            "DisableStageTransition",
            "CreateProject",
            "UpdateProject",
            "DeleteProject",
            "ImportSourceCredentials",
            "StartSandbox",
          ],
          userIdentity: notFrom({ "anything-but": ["arn:aws:iam::111111111111:role/slipway-platform"] }),
        },
      },
    });
  });

  it("tell of every build that no pipeline started", () => {
    assert.deepEqual(eventRules(platform)[2], {
      name: "slipway-builds-by-hand",
      description: "Builds that no pipeline started (needs a CloudTrail trail)",
      pattern: {
        source: ["aws.codebuild"],
        "detail-type": ["AWS API Call via CloudTrail"],
        detail: {
          eventName: ["StartBuild", "StartBuildBatch", "RetryBuild"],
          userIdentity: notFrom({
            "anything-but": { prefix: "arn:aws:iam::111111111111:role/slipway/pipeline/" },
          }),
        },
      },
    });
  });

  it("are these three", () => {
    assert.equal(eventRules(platform).length, 3);
  });
});
