import * as names from "../names";
import type { Environment, Platform } from "../settings/settings";
import { artifactAccess } from "./artifacts";
import { allow, document, type PolicyDocument, type Statement } from "./document";
import { serviceTrust } from "./trust";

/** What every job has: its own log group, and artifacts in one direction each. */
export interface JobRights {
  readonly project: string;
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

/** Builds, scans and pushes to the application's own repository; deletes nothing and changes no tag's mutability. */
export function imageJobPermissions(
  platform: Platform,
  repository: string,
  rights: JobRights,
): PolicyDocument {
  return document(
    ...ownThings(platform, rights),
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
      [names.arn(platform.cicd, "ecr", `repository/${repository}`)],
    ),
  );
}

/**
 * May take its environment's cross-account role, which decides by the caller's tags what it is worth; and where a person
 * approves first, see who that was and who started the release. Nothing else.
 */
export function deployJobPermissions(
  platform: Platform,
  environment: Environment,
  rights: JobRights & { readonly approvedPipelines: readonly string[] },
): PolicyDocument {
  return document(
    ...ownThings(platform, rights),
    ...seeApprovals(platform, rights.approvedPipelines),
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
      pipelines.map((pipeline) => names.arn(platform.cicd, "codepipeline", pipeline)),
    ),
  ];
}

function ownThings(platform: Platform, rights: JobRights): Statement[] {
  const { project, reads, writes, reportGroups } = rights;
  const statements = [
    allow(
      "WriteOwnLog",
      ["logs:CreateLogStream", "logs:PutLogEvents"],
      [names.arn(platform.cicd, "logs", `log-group:${names.logGroupName(project)}:*`)],
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
