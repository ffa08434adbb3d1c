import type { Application, Deployment, Track } from "../definitions/application";
import * as names from "../names";
import type { Approval, Environment, Platform } from "../settings/settings";
import {
  artifacts,
  type ActionPlan,
  type ApplicationPlan,
  type ImagesPlan,
  type PipelinePlan,
  type StagePlan,
} from "./application-plan";
import type { JobPlan } from "./job-plan";
import { deployJob, imageJob, packageJob, publishJob, testJob, trackPipelines } from "./plan-jobs";
import { isContainerTarget, type Target, targetsOf } from "./target";

/** How many images stay for going back. */
const keptImages = 100;

/** Minutes that a release waits for a deployment window: over a week of holidays, then it fails. */
const windowTimeoutMinutes = 14 * 24 * 60;

/** The whole delivery of one application: its jobs, and one pipeline for each track. Pure. */
export function planApplication(platform: Platform, application: Application): ApplicationPlan {
  const targets = targetsOf(platform, application);
  const images = planImages(application, targets);
  const pipelines = application.tracks.map((track) => planTrack(platform, application, track));
  const pullRequests = planPullRequests(application);
  return {
    application: application.name,
    sourceRepository: application.repository,
    notifications: application.notifications,
    people: application.people ?? {},
    ...(images && { images }),
    jobs: [
      testJob(application, names.projectName(application.name, "test"), trackPipelines(application)),
      ...buildJobs(platform, application, targets),
      ...targets.map((target) => deployJob(platform, application, target)),
      ...(pullRequests
        ? [testJob(application, names.pullRequestProjectName(application.name), [pullRequests.name])]
        : []),
    ],
    pipelines: pullRequests ? [...pipelines, pullRequests] : pipelines,
  };
}

function planImages({ name }: Application, targets: readonly Target[]): ImagesPlan | undefined {
  const containers = targets.filter(isContainerTarget);
  if (containers.length === 0) return undefined;
  return { repository: names.repositoryName(name), targets: containers, keptImages };
}

/** What makes of the source what is deployed, in the order of the pipeline. */
function buildJobs(platform: Platform, application: Application, targets: readonly Target[]): JobPlan[] {
  const { deployment } = application;
  return deployment.kind === "serverless"
    ? [packageJob(application, deployment, targets), publishJob(platform, application, targets)]
    : [imageJob(platform, application, deployment, targets)];
}

function planTrack(platform: Platform, application: Application, track: Track): PipelinePlan {
  const environments = platform.environments.filter(({ name }) => track.environments.includes(name));
  const branch = firstBranch(track.trigger.branches.includes);
  return {
    name: names.pipelineName(application.name, track.name),
    track: track.name,
    executionMode: environments.some(({ production }) => production) ? "QUEUED" : "SUPERSEDED",
    start: { kind: "push", trigger: track.trigger },
    stages: [
      sourceStage(application, branch),
      {
        name: "Build_and_Test",
        onFailure: "FAIL",
        actions: [
          testAction(names.projectName(application.name, "test")),
          ...buildActions(application.name, application.deployment),
        ],
      },
      ...environments.flatMap((environment) => environmentStages(application, track, environment)),
    ],
  };
}

/** Tests what a pull request proposes. It has a test job of its own, whose role reads no other pipeline's artifacts. */
function planPullRequests(application: Application): PipelinePlan | undefined {
  if (!application.pullRequests) return undefined;
  const branch = firstBranch(application.pullRequests.branches);
  return {
    name: names.pullRequestPipelineName(application.name),
    track: "pr",
    executionMode: "SUPERSEDED",
    start: { kind: "pullRequest", branches: application.pullRequests.branches },
    stages: [
      sourceStage(application, branch),
      {
        name: "Build_and_Test",
        onFailure: "FAIL",
        actions: [testAction(names.pullRequestProjectName(application.name))],
      },
    ],
  };
}

/** The source action must name one branch; which commit a run takes, its trigger says. */
function firstBranch(patterns: readonly string[]): string {
  return patterns.find((pattern) => !/[*?[{]/.test(pattern)) ?? "main";
}

function sourceStage(application: Application, branch: string): StagePlan {
  return {
    name: "Source",
    onFailure: "FAIL",
    actions: [
      {
        kind: "source",
        name: "Source",
        repository: application.repository,
        branch,
        output: artifacts.source,
      },
    ],
  };
}

function testAction(project: string): ActionPlan {
  return {
    kind: "job",
    name: "Test",
    category: "Test",
    project,
    runOrder: 1,
    input: artifacts.source,
    variables: {},
  };
}

function buildActions(application: string, deployment: Deployment): ActionPlan[] {
  const build = { kind: "job", category: "Build" } as const;
  const variables = { SLIPWAY_COMMIT_ID: "#{SourceVariables.CommitId}" };
  if (deployment.kind !== "serverless") {
    const project = names.projectName(application, "image");
    return [
      {
        ...build,
        name: "Image",
        project,
        runOrder: 2,
        input: artifacts.source,
        output: artifacts.image,
        variables,
      },
    ];
  }
  return [
    {
      ...build,
      name: "Package",
      project: names.projectName(application, "package"),
      runOrder: 2,
      input: artifacts.source,
      output: artifacts.bundle,
      variables: {},
    },
    {
      ...build,
      name: "Publish",
      project: names.projectName(application, "publish"),
      runOrder: 3,
      input: artifacts.bundle,
      output: artifacts.package,
      variables,
    },
  ];
}

/**
 * The approval is a stage before the environment's own, so that the deployment window is asked after the approver: a
 * release approved in the evening still waits for the morning.
 */
function environmentStages(application: Application, track: Track, environment: Environment): StagePlan[] {
  const { approval } = environment;
  const stage = stageName(environment.name);
  const input = application.deployment.kind === "serverless" ? artifacts.package : artifacts.image;
  const deployment: StagePlan = {
    name: stage,
    ...(environment.deploymentWindow && {
      window: { ...environment.deploymentWindow, timeoutMinutes: windowTimeoutMinutes },
    }),
    onFailure: "ROLLBACK",
    actions: [
      {
        kind: "job",
        name: "Deploy",
        category: "Build",
        project: names.deployProjectName(application.name, environment.name),
        runOrder: 1,
        input,
        variables: {
          SLIPWAY_EXECUTION_ID: "#{codepipeline.PipelineExecutionId}",
          SLIPWAY_PIPELINE: names.pipelineName(application.name, track.name),
          SLIPWAY_APPROVAL_STAGE: approval ? approvalStageName(environment.name) : "none",
        },
      },
    ],
  };
  return approval ? [approvalStage(application, environment, approval), deployment] : [deployment];
}

function approvalStage(application: Application, environment: Environment, approval: Approval): StagePlan {
  return {
    name: approvalStageName(environment.name),
    onFailure: "FAIL",
    actions: [
      {
        kind: "approval",
        name: "Approve",
        // Without the commit's message: the text with its variables put in may have 1,000 characters.
        message:
          `Release ${application.name} to ${environment.name} (account ${environment.accountId})? ` +
          "Commit #{SourceVariables.CommitId} of #{SourceVariables.FullRepositoryName}, " +
          "branch #{SourceVariables.BranchName}",
        timeoutMinutes: approval.timeoutMinutes,
      },
    ],
  };
}

function approvalStageName(environment: string): string {
  return `Approve_${stageName(environment)}`;
}

function stageName(environment: string): string {
  return environment.charAt(0).toUpperCase() + environment.slice(1);
}
