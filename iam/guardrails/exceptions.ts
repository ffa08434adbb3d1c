import * as names from "../../names";
import type { Platform } from "../../settings/settings";

/** Actions that a guardrail does not keep to the platform alone. */
export interface Exception {
  /** Sid of the statement that denies the actions to all others. */
  readonly sid: string;
  readonly actions: readonly string[];
  /** ARN patterns of all who may, the platform only where it is named; "everyone" leaves the actions alone. */
  readonly may: readonly string[] | "everyone";
  readonly reason: string;
}

/** Who changes the platform itself: the platform role, and the emergency role after breaking the glass. */
export function trustedRoles(platform: Platform, account: names.Account): string[] {
  return [platform.platformRole, platform.breakGlassRole].map((role) => names.roleArn(account, "/", role));
}

export function cicdExceptions(platform: Platform): Exception[] {
  return [
    ...releaseExceptions(platform),
    ...buildExceptions(platform),
    ...imageExceptions(platform),
    ...artifactExceptions(platform),
  ];
}

function releaseExceptions(platform: Platform): Exception[] {
  const trusted = trustedRoles(platform, platform.cicd);
  const { approvers, starters } = holders(platform);
  return [
    {
      sid: "ApprovalsOnlyByApprovers",
      actions: ["codepipeline:PutApprovalResult"],
      may: [approvers],
      reason: "An approval is the decision of the application's people: not the platform's either.",
    },
    {
      sid: "ReleasesStartedOnlyByStarters",
      actions: ["codepipeline:StartPipelineExecution"],
      may: [...trusted, starters],
      reason:
        "Starters run their pipelines by hand; such a run passes every gate, and somebody else approves it.",
    },
    {
      sid: "NobodyRetries",
      actions: ["codepipeline:RetryStageExecution"],
      may: [],
      reason:
        "A retry repeats the failed half of a stage. Starting the pipeline again passes every gate anew.",
    },
  ];
}

function buildExceptions(platform: Platform): Exception[] {
  const trusted = trustedRoles(platform, platform.cicd);
  const { pipelines, jobs } = holders(platform);
  return [
    {
      sid: "BuildsOnlyByPipelines",
      actions: ["codebuild:StartBuild", "codebuild:StopBuild"],
      may: [...trusted, pipelines],
      reason: "Pipelines run their jobs.",
    },
    {
      sid: "ReportsOnlyByJobs",
      actions: [
        "codebuild:BatchPutCodeCoverages",
        "codebuild:BatchPutTestCases",
        "codebuild:CreateReport",
        "codebuild:UpdateReport",
      ],
      may: [...trusted, jobs],
      reason: "Jobs report their tests.",
    },
    {
      sid: "HandshakesByPeople",
      actions: [
        "codeconnections:UpdateConnectionInstallation",
        "codestar-connections:UpdateConnectionInstallation",
      ],
      may: "everyone",
      reason: "A person finishes a new connection's handshake in the console. An alarm tells of it.",
    },
    {
      sid: "ChatAuthorizedByPeople",
      actions: ["chatbot:RedeemMicrosoftTeamsOauthCode", "chatbot:RedeemSlackOauthCode"],
      may: "everyone",
      reason:
        "A person lets the chat application into a workspace, in the console. It speaks in no channel yet.",
    },
  ];
}

function imageExceptions(platform: Platform): Exception[] {
  const { publishJobs, deployJobs } = holders(platform);
  return [
    {
      sid: "LayersPushedOnlyByPublishJobs",
      actions: ["ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart"],
      may: [publishJobs],
      reason: "What is deployed was judged by a publish job: the platform pushes nothing either.",
    },
    {
      sid: "ImagesTaggedOnlyByJobs",
      actions: ["ecr:PutImage"],
      may: [publishJobs, deployJobs],
      reason: "A publish job tags what it pushes, a deploy job what it deploys.",
    },
  ];
}

function artifactExceptions(platform: Platform): Exception[] {
  const trusted = trustedRoles(platform, platform.cicd);
  const { pipelines, jobs, deployJobs, users } = holders(platform);
  return [
    {
      sid: "ArtifactsOnlyByPipelinesAndJobs",
      actions: ["s3:PutObject"],
      may: [...trusted, pipelines, jobs],
      reason: "Pipelines store the source, jobs what they build.",
    },
    {
      sid: "ApprovalsAskedOnlyByPipelines",
      actions: ["sns:Publish"],
      may: [...trusted, pipelines],
      reason: "Pipelines ask for approvals.",
    },
    {
      sid: "KeysUsedOnlyByPipelinesAndJobs",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      may: [...trusted, pipelines, jobs, deployJobs],
      reason: "Who stores or fetches an artifact, or publishes to an encrypted topic, uses its key.",
    },
    {
      sid: "UsersChangeTheirOwnCredentials",
      actions: ["iam:ChangePassword", "iam:CreateAccessKey", "iam:DeleteAccessKey", "iam:UpdateAccessKey"],
      may: [...trusted, users],
      reason: "The break-glass user changes its own password and key: nobody else can take them.",
    },
  ];
}

/** What a production account's running applications and cluster agents do by themselves. */
export const productionExceptions: readonly Exception[] = [
  {
    sid: "RunningFunctions",
    actions: [
      "lambda:CheckpointDurableExecution",
      "lambda:InvokeAsync",
      "lambda:InvokeFunction",
      "lambda:InvokeFunctionUrl",
      "lambda:SendDurableExecutionCallbackFailure",
      "lambda:SendDurableExecutionCallbackHeartbeat",
      "lambda:SendDurableExecutionCallbackSuccess",
    ],
    may: "everyone",
    reason: "Applications call functions; the functions' own policies decide whose.",
  },
  {
    sid: "RunningTasks",
    actions: [
      "ecs:DeregisterContainerInstance",
      "ecs:DiscoverPollEndpoint",
      "ecs:Poll",
      "ecs:PutSystemLogEvents",
      "ecs:RegisterContainerInstance",
      "ecs:StartTelemetrySession",
      "ecs:SubmitAttachmentStateChanges",
      "ecs:SubmitContainerStateChange",
      "ecs:SubmitTaskStateChange",
      "ecs:UpdateContainerInstancesState",
      "ecs:UpdateTaskProtection",
    ],
    may: "everyone",
    reason:
      "The agent of a cluster's instance speaks with the instance's role, a task protects itself from being stopped.",
  },
  {
    sid: "RunningInstances",
    actions: ["cloudformation:SignalResource"],
    may: "everyone",
    reason: "An instance tells the stack that made it that it is ready.",
  },
];

function holders({ cicd }: Platform) {
  const { pipeline, job, deploy, people } = names.paths;
  return {
    pipelines: names.roleArn(cicd, pipeline, "*"),
    jobs: names.roleArn(cicd, job, "*"),
    publishJobs: names.roleArn(cicd, job, names.trackProjectName("*", "*", "publish")),
    deployJobs: names.roleArn(cicd, deploy("*"), "*"),
    approvers: names.roleArn(cicd, people, names.approverRoleName("*")),
    starters: names.roleArn(cicd, people, names.starterRoleName("*")),
    users: names.iamArn(cicd, "user/*"),
  };
}
