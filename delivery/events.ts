import * as names from "../names";
import type { Platform } from "../settings/settings";

/** One EventBridge rule of the default bus that publishes to a topic. */
export interface EventRule {
  readonly name: string;
  readonly description: string;
  /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html */
  readonly pattern: object;
}

/** EventBridge rules of the CI/CD account: which events people hear of. */
export function eventRules(platform: Platform): EventRule[] {
  return [
    {
      name: "slipway-releases",
      description: "Releases that ended, in whatever way",
      pattern: {
        source: ["aws.codepipeline"],
        "detail-type": ["CodePipeline Pipeline Execution State Change"],
        detail: { state: ["SUCCEEDED", "FAILED", "STOPPED", "CANCELED"] },
      },
    },
    {
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
          userIdentity: {
            // A caller without a session issuer (an IAM user, the root user) must not slip through.
            $or: [
              {
                sessionContext: {
                  sessionIssuer: {
                    arn: [{ "anything-but": [names.roleArn(platform.cicd, "/", platform.platformRole)] }],
                  },
                },
              },
              { sessionContext: { sessionIssuer: { arn: [{ exists: false }] } } },
            ],
          },
        },
      },
    },
    {
      name: "slipway-builds-by-hand",
      description: "Builds that no pipeline started (needs a CloudTrail trail)",
      pattern: {
        source: ["aws.codebuild"],
        "detail-type": ["AWS API Call via CloudTrail"],
        detail: {
          eventName: ["StartBuild", "StartBuildBatch", "RetryBuild"],
          userIdentity: {
            $or: [
              {
                sessionContext: {
                  sessionIssuer: {
                    arn: [
                      {
                        "anything-but": {
                          prefix: names.roleArn(platform.cicd, names.paths.pipeline, ""),
                        },
                      },
                    ],
                  },
                },
              },
              { sessionContext: { sessionIssuer: { arn: [{ exists: false }] } } },
            ],
          },
        },
      },
    },
  ];
}
