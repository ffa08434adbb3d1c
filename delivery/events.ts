import * as names from "../names";
import type { Platform } from "../settings/settings";

/** One EventBridge rule of the default bus that publishes to a topic. */
export interface EventRule {
  readonly name: string;
  readonly description: string;
  /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html; at most 2,048 characters. */
  readonly pattern: object;
}

/**
 * EventBridge rules of the CI/CD account: which events people hear of. All but the first live on the calls that CloudTrail
 * records. They name what is not told of a service rather than what is, so that an action that AWS adds later is told too;
 * EventBridge itself leaves out calls that begin with Get, List or Describe:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
 */
export function eventRules(platform: Platform): EventRule[] {
  return [releases, decisions, ...changes(platform), ...byHand(platform), artifacts(platform)];
}

const releases: EventRule = {
  name: "slipway-releases",
  description: "Releases that ended, in whatever way",
  pattern: {
    source: ["aws.codepipeline"],
    "detail-type": ["CodePipeline Pipeline Execution State Change"],
    detail: { state: ["SUCCEEDED", "FAILED", "STOPPED", "CANCELED"] },
  },
};

/** What decides over a release outside its pipeline. */
const decisionCalls = [
  "OverrideStageCondition",
  "PutApprovalResult",
  "RetryStageExecution",
  "RollbackStage",
  "StartPipelineExecution",
  "StopPipelineExecution",
];

/** Whoever takes it, as long as it is not CodePipeline by itself, which starts pipelines on a push and rolls stages back. */
const decisions: EventRule = {
  name: "slipway-decisions",
  description:
    "Approvals, starts by hand, stops, rollbacks, retries and overridden gates (needs a CloudTrail trail)",
  pattern: recordedCall(["aws.codepipeline"], decisionCalls, { type: [{ "anything-but": ["AWSService"] }] }),
};

const buildCalls = ["RetryBuild", "StartBuild", "StartBuildBatch", "StopBuild"];

/** Of pipelines and what they run on: reads by other names, what jobs report, and what other rules tell. */
const quietInPipelines = [
  ...decisionCalls,
  ...buildCalls,
  "BatchGetBuildBatches",
  "BatchGetBuilds",
  "BatchGetCommandExecutions",
  "BatchGetFleets",
  "BatchGetProjects",
  "BatchGetReportGroups",
  "BatchGetReports",
  "BatchGetSandboxes",
  "BatchPutCodeCoverages",
  "BatchPutTestCases",
  "CreateReport",
  "PassConnection",
  "PassRepository",
  "UpdateReport",
  "UseConnection",
];

/** Of images, keys, topics and rules: reads by other names, and their everyday use, of which there is too much to tell. */
const quietInFoundation = [
  "BatchCheckLayerAvailability",
  "BatchGetImage",
  "BatchGetRepositoryScanningConfiguration",
  "ValidatePullThroughCacheRule",
  "CompleteLayerUpload",
  "InitiateLayerUpload",
  "PutImage",
  "UploadLayerPart",
  "Decrypt",
  "DeriveSharedSecret",
  "Encrypt",
  "GenerateDataKey",
  "GenerateDataKeyPair",
  "GenerateDataKeyPairWithoutPlaintext",
  "GenerateDataKeyWithoutPlaintext",
  "GenerateMac",
  "GenerateRandom",
  "ReEncrypt",
  "Sign",
  "Verify",
  "VerifyMac",
  "CheckIfPhoneNumberIsOptedOut",
  "Publish",
  "PublishBatch",
  "PutEvents",
  "TestEventPattern",
];

const quietInIam = [
  "GenerateCredentialReport",
  "GenerateOrganizationsAccessReport",
  "GenerateServiceLastAccessedDetails",
  "SimulateCustomPolicy",
  "SimulatePrincipalPolicy",
];

/** Changes that the platform role alone is expected to make. */
function changes(platform: Platform): EventRule[] {
  const others = anyBut([platformRole(platform)]);
  return [
    {
      name: "slipway-ways-around",
      description:
        "Pipelines, projects, gates, connections or chat channels changed by anyone but the platform (needs a CloudTrail trail)",
      pattern: recordedCall(
        [
          "aws.codepipeline",
          "aws.codebuild",
          "aws.codeconnections",
          "aws.codestar-connections",
          "aws.codestar-notifications",
          "aws.chatbot",
        ],
        allBut(quietInPipelines),
        others,
      ),
    },
    {
      name: "slipway-foundation",
      description:
        "Image repositories, keys, topics or event rules changed by anyone but the platform (needs a CloudTrail trail)",
      pattern: recordedCall(
        ["aws.ecr", "aws.kms", "aws.sns", "aws.events"],
        allBut(quietInFoundation),
        others,
      ),
    },
    {
      // CloudTrail does not say the path of a role that is changed, so all of IAM is told.
      name: "slipway-roles",
      description:
        "IAM changed by anyone but the platform (needs a CloudTrail trail; outside us-east-1, events that are forwarded from there)",
      pattern: recordedCall(["aws.iam"], allBut(quietInIam), others),
    },
  ];
}

/** What only a pipeline or a job is expected to do. */
function byHand({ cicd }: Platform): EventRule[] {
  const { pipeline, job, deployments } = names.paths;
  return [
    {
      name: "slipway-builds-by-hand",
      description: "Builds that no pipeline started or stopped (needs a CloudTrail trail)",
      pattern: recordedCall(
        ["aws.codebuild"],
        buildCalls,
        anyBut({ prefix: names.roleArn(cicd, pipeline, "") }),
      ),
    },
    {
      name: "slipway-images-by-hand",
      description: "Images that no job pushed or marked as deployed (needs a CloudTrail trail)",
      pattern: recordedCall(
        ["aws.ecr"],
        ["PutImage"],
        anyBut({ prefix: [job, deployments].map((path) => names.roleArn(cicd, path, "")) }),
      ),
    },
  ];
}

/** Objects stored and looked at: told of only where a trail records data events, and then too often. */
const quietInBucket = [
  "AbortMultipartUpload",
  "CompleteMultipartUpload",
  "CopyObject",
  "CreateMultipartUpload",
  "HeadBucket",
  "HeadObject",
  "PutObject",
  "SelectObjectContent",
  "UploadPart",
  "UploadPartCopy",
];

function artifacts(platform: Platform): EventRule {
  return {
    name: "slipway-artifacts",
    description: "The artifact bucket changed by anyone but the platform (needs a CloudTrail trail)",
    pattern: recordedCall(["aws.s3"], allBut(quietInBucket), anyBut([platformRole(platform)]), {
      requestParameters: { bucketName: [names.artifactBucketName(platform)] },
    }),
  };
}

function platformRole({ cicd, platformRole: role }: Platform): string {
  return names.roleArn(cicd, "/", role);
}

function recordedCall(
  source: readonly string[],
  eventName: readonly unknown[],
  userIdentity: object,
  further: object = {},
): object {
  return {
    source,
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: { eventName, userIdentity, ...further },
  };
}

function allBut(eventNames: readonly string[]): object[] {
  return [{ "anything-but": eventNames }];
}

/** A caller without a session issuer (an IAM user, the root user) must not slip through. */
function anyBut(arns: readonly string[] | { readonly prefix: string | readonly string[] }): object {
  const issuedBy = (arn: object): object => ({ sessionContext: { sessionIssuer: { arn: [arn] } } });
  return { $or: [issuedBy({ "anything-but": arns }), issuedBy({ exists: false })] };
}
