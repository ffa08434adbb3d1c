import * as names from "../names";
import type { Environment, Platform } from "../settings/settings";
import { artifactAccess } from "./artifacts";
import { allow, document, type PolicyDocument, type Statement } from "./document";
import { serviceTrust } from "./trust";

/** What every job has: streams of its own in a log group, and artifacts in one direction each. */
export interface JobRights {
  readonly project: string;
  /** The log group that it writes to, as `logGroupName` names it. */
  readonly log: string;
  /** Key prefixes of the artifact bucket, without a trailing slash. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Report groups that the job fills. */
  readonly reportGroups: readonly string[];
}

/** Only the project itself, in AWS's recommended form: https://docs.aws.amazon.com/codebuild/latest/userguide/cross-service-confused-deputy-prevention.html */
export function jobTrust(platform: Platform, project: string): PolicyDocument {
  return serviceTrust("codebuild.amazonaws.com", {
    StringEquals: { "aws:SourceAccount": platform.cicd.accountId },
    ArnEquals: { "aws:SourceArn": names.arn(platform.cicd, "codebuild", `project/${project}`) },
  });
}

/** Its logs, reports and artifacts and nothing else: enough for test and package jobs, which run code of the application. */
export function artifactJobPermissions(platform: Platform, rights: JobRights): PolicyDocument {
  return document(...ownThings(platform, rights));
}

/** Builds into a file. Of the registry it learns whether the source was built before, and can neither log in, pull nor push. */
export function imageJobPermissions(
  platform: Platform,
  repository: string,
  rights: JobRights,
): PolicyDocument {
  return document(
    ...ownThings(platform, rights),
    allow("FindOwnImages", ["ecr:BatchGetImage"], [repositoryArn(platform, repository)]),
  );
}

/** Judges what was packaged and stores it below the prefixes of its track's environments. */
export function publishPackagesPermissions(
  platform: Platform,
  pipeline: string,
  rights: JobRights,
): PolicyDocument {
  return document(...ownThings(platform, rights), seeRuns(platform, pipeline));
}

/** Scans and pushes to the application's own repository; deletes nothing and changes no tag's mutability. */
export function publishImagePermissions(
  platform: Platform,
  repository: string,
  pipeline: string,
  rights: JobRights,
): PolicyDocument {
  return document(
    ...ownThings(platform, rights),
    seeRuns(platform, pipeline),
    allow("SignInToRegistry", ["ecr:GetAuthorizationToken"], ["*"]),
    allow(
      "PushToOwnRepository",
      [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:DescribeImageScanFindings",
        "ecr:DescribeImages",
        "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ],
      [repositoryArn(platform, repository)],
    ),
  );
}

/** How a run was started. */
function seeRuns(platform: Platform, pipeline: string): Statement {
  return allow(
    "SeeOwnRuns",
    ["codepipeline:GetPipelineExecution"],
    names.pipelineArns(platform.cicd, [pipeline]),
  );
}

function repositoryArn(platform: Platform, repository: string): string {
  return names.arn(platform.cicd, "ecr", `repository/${repository}`);
}

/** What a deploy job may see and mark besides what every job has. */
export interface DeployJobRights extends JobRights {
  /** Pipelines in which a person approves before the job. */
  readonly approvedPipelines: readonly string[];
  /** Where the image is that it deploys; absent where it deploys none. */
  readonly repository?: string;
}

/**
 * May take its environment's cross-account role, which decides by the caller's tags what it is worth. Before, it sees who
 * started and approved the release where a person approves, and marks the image that it deploys, so that the repository
 * keeps it; without the rights to upload layers it can tag only what is there.
 */
export function deployJobPermissions(
  platform: Platform,
  environment: Environment,
  rights: DeployJobRights,
): PolicyDocument {
  return document(
    ...ownThings(platform, rights),
    ...seeApprovals(platform, rights.approvedPipelines),
    ...markImages(platform, rights.repository),
    allow(
      "PassTheDoor",
      ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
      [names.doorRoleArn(environment)],
    ),
  );
}

function seeApprovals(platform: Platform, pipelines: readonly string[]): Statement[] {
  if (pipelines.length === 0) return [];
  return [
    allow(
      "SeeWhoStartedAndApproved",
      ["codepipeline:GetPipelineExecution", "codepipeline:ListActionExecutions"],
      names.pipelineArns(platform.cicd, pipelines),
    ),
  ];
}

function markImages(platform: Platform, repository: string | undefined): Statement[] {
  if (repository === undefined) return [];
  return [
    allow("MarkDeployedImages", ["ecr:BatchGetImage", "ecr:PutImage"], [repositoryArn(platform, repository)]),
  ];
}

function ownThings(platform: Platform, rights: JobRights): Statement[] {
  const { project, log, reads, writes, reportGroups } = rights;
  const statements = [
    allow(
      "WriteOwnLog",
      ["logs:CreateLogStream", "logs:PutLogEvents"],
      [names.arn(platform.cicd, "logs", `log-group:${names.logGroupName(log)}:log-stream:${project}/*`)],
    ),
    ...artifactAccess(platform, { read: reads, write: writes }),
  ];
  if (reportGroups.length > 0) {
    statements.push(
      allow(
        "FillOwnReports",
        [
          "codebuild:BatchPutCodeCoverages",
          "codebuild:BatchPutTestCases",
          "codebuild:CreateReport",
          "codebuild:UpdateReport",
        ],
        reportGroups.map((group) => names.arn(platform.cicd, "codebuild", `report-group/${group}`)),
      ),
    );
  }
  return statements;
}
