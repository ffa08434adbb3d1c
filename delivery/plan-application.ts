import type { Application, Track } from "../definitions/application";
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
import { chatRules } from "./chat";
import type { JobPlan } from "./job-plan";
import { deployJob } from "./plan-deploy-job";
import {
  imageJob,
  packageJob,
  publishImageJob,
  publishPackagesJob,
  testJob,
  trackPipelines,
} from "./plan-jobs";
import { isContainerTarget, type Target, targetsOf } from "./target";

/** How many images stay that were built and deployed nowhere. */
const keptBuilds = 100;

/**
 * How many images stay of those that an environment was given. The one that runs is among the newest, unless somebody went
 * back further than that many releases.
 */
const keptDeployments = { production: 500, other: 50 };

/** Minutes that a release waits for a deployment window: over a week of holidays, then it fails. */
const windowTimeoutMinutes = 14 * 24 * 60;

/** The whole delivery of one application: its jobs, and one pipeline for each track. Pure. */
export function planApplication(platform: Platform, application: Application): ApplicationPlan {
  const targets = targetsOf(platform, application);
  const images = planImages(application, targets);
  const pullRequests = planPullRequests(application);
  const pipelines = [
    ...application.tracks.map((track) => planTrack(platform, application, track)),
    ...(pullRequests ? [pullRequests] : []),
  ];
  return {
    application: application.name,
    sourceRepository: application.repository,
    notifications: application.notifications,
    chatRules: chatRules(platform, application, pipelines),
    people: application.people ?? {},
    ...(images && { images }),
    jobs: [
      testJob(application, names.testProjectName(application.name), trackPipelines(application)),
      ...application.tracks.flatMap((track) => buildJobs(platform, application, track, targets)),
      ...targets.map((target) => deployJob(platform, application, target)),
      ...(pullRequests
        ? [testJob(application, names.pullRequestProjectName(application.name), [pullRequests.name])]
        : []),
    ],
    pipelines,
  };
}

function planImages({ name }: Application, targets: readonly Target[]): ImagesPlan | undefined {
  const containers = targets.filter(isContainerTarget);
  if (containers.length === 0) return undefined;
  return {
    repository: names.repositoryName(name),
    targets: containers,
    keptBuilds,
    keptDeployments: Object.fromEntries(
      containers.map(({ environment }) => [
        environment.name,
        environment.production ? keptDeployments.production : keptDeployments.other,
      ]),
    ),
  };
}

/** What makes of the source what one track deploys, in the order of its pipeline. */
function buildJobs(
  platform: Platform,
  application: Application,
  track: Track,
  allTargets: readonly Target[],
): JobPlan[] {
  const { deployment } = application;
  const targets = allTargets.filter(({ environment }) => track.environments.includes(environment.name));
  return deployment.kind === "serverless"
    ? [
        packageJob(application, track, deployment, targets),
        publishPackagesJob(platform, application, track, targets),
      ]
    : [
        imageJob(platform, application, track, deployment, targets),
        publishImageJob(platform, application, track, deployment, targets),
      ];
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
        actions: [testAction(names.testProjectName(application.name)), ...buildActions(application, track)],
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
    inputs: [artifacts.source],
    variables: {},
  };
}

/** Which run of which pipeline a job belongs to. */
function runVariables(application: string, track: Track): Readonly<Record<string, string>> {
  return {
    SLIPWAY_EXECUTION_ID: "#{codepipeline.PipelineExecutionId}",
    SLIPWAY_PIPELINE: names.pipelineName(application, track.name),
  };
}

/** Under which the pipeline keeps what these jobs export. */
const built = "Built";
const published = "Published";

/**
 * The first action may run code of the application and hands over what it made with a seal, the hash of it all; the second
 * judges what bears that seal and seals what it publishes.
 */
function buildActions({ name, deployment }: Application, track: Track): ActionPlan[] {
  const serverless = deployment.kind === "serverless";
  const job = { kind: "job", category: "Build" } as const;
  const commit = { SLIPWAY_COMMIT_ID: "#{SourceVariables.CommitId}" };
  return [
    {
      ...job,
      name: serverless ? "Package" : "Image",
      project: names.trackProjectName(name, track.name, serverless ? "package" : "image"),
      runOrder: 2,
      inputs: [artifacts.source],
      output: artifacts.bundle,
      namespace: built,
      variables: serverless ? {} : commit,
    },
    {
      ...job,
      name: "Publish",
      project: names.trackProjectName(name, track.name, "publish"),
      runOrder: 3,
      // The image's tag and the task definition come from the source itself.
      inputs: serverless ? [artifacts.bundle] : [artifacts.bundle, artifacts.source],
      output: serverless ? artifacts.package : artifacts.image,
      namespace: published,
      variables: {
        ...commit,
        ...runVariables(name, track),
        SLIPWAY_BRANCH: "#{SourceVariables.BranchName}",
        SLIPWAY_INPUT_SEAL: `#{${built}.SLIPWAY_SEAL}`,
      },
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
        inputs: [input],
        variables: {
          ...runVariables(application.name, track),
          SLIPWAY_APPROVAL_STAGE: approval ? approvalStageName(environment.name) : "none",
          SLIPWAY_INPUT_SEAL: `#{${published}.SLIPWAY_SEAL}`,
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
          `branch #{SourceVariables.BranchName}. Judged and published: #{${published}.SLIPWAY_DIGEST}, ` +
          `sealed #{${published}.SLIPWAY_SEAL}`,
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
