import * as names from "../names";
import type { Platform } from "../settings/settings";
import { allow, document, type PolicyDocument, type Statement } from "./document";

/** One approval action of a pipeline. */
export interface ApprovalAction {
  readonly pipeline: string;
  readonly stage: string;
  readonly action: string;
}

/**
 * Members of one IAM Identity Center permission set. Identity Center puts its roles below a path of its own and ends their
 * names in 16 random characters: https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
export function peopleTrust(platform: Platform, permissionSet: string): PolicyDocument {
  const { identityCenterRegion } = platform.people;
  const region = identityCenterRegion === "us-east-1" ? "" : `${identityCenterRegion}/`;
  return document({
    Sid: "MembersOfPermissionSet",
    Effect: "Allow",
    Principal: { AWS: names.rootArn(platform.cicd) },
    Action: ["sts:AssumeRole"],
    Condition: {
      StringEquals: { "aws:PrincipalOrgID": platform.organizationId },
      ArnLike: {
        "aws:PrincipalArn": names.roleArn(
          platform.cicd,
          `/aws-reserved/sso.amazonaws.com/${region}`,
          `AWSReservedSSO_${permissionSet}_${"?".repeat(16)}`,
        ),
      },
    },
  });
}

/**
 * Says yes or no to exactly these approvals, sees what there is to decide, and may run one of these pipelines by hand: again
 * after a failure, or with a given commit. A run by hand passes the same gates and asks for the same approvals.
 */
export function approverPermissions(
  platform: Platform,
  pipelines: readonly string[],
  approvals: readonly ApprovalAction[],
): PolicyDocument {
  const approved = [...new Set(approvals.map(({ pipeline }) => pipeline))];
  return document(
    allow(
      "Approve",
      ["codepipeline:PutApprovalResult"],
      approvals.map(({ pipeline, stage, action }) =>
        names.arn(platform.cicd, "codepipeline", `${pipeline}/${stage}/${action}`),
      ),
    ),
    allow("RunByHand", ["codepipeline:StartPipelineExecution"], pipelineArns(platform, approved)),
    allow("SeePipelines", pipelineReads, pipelineArns(platform, pipelines)),
    allow("ListPipelines", ["codepipeline:ListPipelines"], ["*"]),
  );
}

/** Reads pipelines, builds, logs and reports of one application. */
export function readerPermissions(
  platform: Platform,
  own: {
    readonly pipelines: readonly string[];
    readonly projects: readonly string[];
    /** Logs of the jobs, as `logGroupName` names them. */
    readonly logs: readonly string[];
    readonly reportGroups: readonly string[];
  },
): PolicyDocument {
  const statements = [
    allow("SeePipelines", pipelineReads, pipelineArns(platform, own.pipelines)),
    allow("ListPipelines", ["codepipeline:ListPipelines"], ["*"]),
    allow(
      "SeeBuilds",
      ["codebuild:BatchGetBuilds", "codebuild:BatchGetProjects", "codebuild:ListBuildsForProject"],
      own.projects.map((project) => names.arn(platform.cicd, "codebuild", `project/${project}`)),
    ),
    allow(
      "ReadLogs",
      ["logs:FilterLogEvents", "logs:GetLogEvents"],
      own.logs.map((log) => names.arn(platform.cicd, "logs", `log-group:${names.logGroupName(log)}:*`)),
    ),
  ];
  if (own.reportGroups.length > 0) statements.push(readReports(platform, own.reportGroups));
  return document(...statements);
}

function readReports(platform: Platform, reportGroups: readonly string[]): Statement {
  return allow(
    "ReadReports",
    [
      "codebuild:BatchGetReportGroups",
      "codebuild:BatchGetReports",
      "codebuild:DescribeCodeCoverages",
      "codebuild:DescribeTestCases",
      "codebuild:ListReportsForReportGroup",
    ],
    reportGroups.map((group) => names.arn(platform.cicd, "codebuild", `report-group/${group}`)),
  );
}

const pipelineReads = [
  "codepipeline:GetPipeline",
  "codepipeline:GetPipelineExecution",
  "codepipeline:GetPipelineState",
  "codepipeline:ListActionExecutions",
  "codepipeline:ListPipelineExecutions",
];

function pipelineArns(platform: Platform, pipelines: readonly string[]): string[] {
  return pipelines.map((pipeline) => names.arn(platform.cicd, "codepipeline", pipeline));
}
