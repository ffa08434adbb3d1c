import * as names from "../names";
import type { Platform } from "../settings/settings";
import { allow, document, type PolicyDocument, type Statement } from "./document";

/** One approval action of a pipeline. */
export interface ApprovalAction {
  readonly pipeline: string;
  readonly stage: string;
  readonly action: string;
}

/** Members of one IAM Identity Center permission set who also have all of these attributes for access control. */
export interface RoleMembers {
  readonly permissionSet: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Identity Center puts its roles below a path of its own and ends their names in 16 random characters:
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html. Attributes arrive as tags of its
 * sessions: https://docs.aws.amazon.com/singlesignon/latest/userguide/configure-abac.html
 *
 * Who takes the role keeps the name of the session that takes it, which Identity Center called after its user. So
 * CloudTrail and CodePipeline name the person who started and who approved. The id of a role's session is
 * `<id of the role>:<name of the session>`, and neither holds a colon or a wildcard:
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumedRoleUser.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_rolesessionname
 */
export function peopleTrust(platform: Platform, { permissionSet, attributes }: RoleMembers): PolicyDocument {
  const { identityCenterRegion } = platform.people;
  const region = identityCenterRegion === "us-east-1" ? "" : `${identityCenterRegion}/`;
  return document({
    Sid: "MembersOfPermissionSet",
    Effect: "Allow",
    Principal: { AWS: names.rootArn(platform.cicd) },
    Action: ["sts:AssumeRole"],
    Condition: {
      StringEquals: {
        "aws:PrincipalOrgID": platform.organizationId,
        ...Object.fromEntries(
          Object.entries(attributes).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]),
        ),
      },
      StringLike: { "aws:userid": "*:${sts:RoleSessionName}" },
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

/** Says yes or no to exactly these approvals and sees what there is to decide. */
export function approverPermissions(
  platform: Platform,
  pipelines: readonly string[],
  approvals: readonly ApprovalAction[],
): PolicyDocument {
  return document(
    allow(
      "Approve",
      ["codepipeline:PutApprovalResult"],
      approvals.map(({ pipeline, stage, action }) =>
        names.arn(platform.cicd, "codepipeline", `${pipeline}/${stage}/${action}`),
      ),
    ),
    ...seePipelines(platform, pipelines),
  );
}

/**
 * May run these pipelines by hand, again after a failure or with a given commit, and see them. A run by hand passes the
 * same gates and asks for the same approvals, of somebody else: buildspecs/scripts/judge-approval.sh.
 */
export function starterPermissions(platform: Platform, pipelines: readonly string[]): PolicyDocument {
  return document(
    allow(
      "StartByHand",
      ["codepipeline:StartPipelineExecution"],
      names.pipelineArns(platform.cicd, pipelines),
    ),
    ...seePipelines(platform, pipelines),
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
    ...seePipelines(platform, own.pipelines),
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

function seePipelines(platform: Platform, pipelines: readonly string[]): Statement[] {
  return [
    allow("SeePipelines", pipelineReads, names.pipelineArns(platform.cicd, pipelines)),
    allow("ListPipelines", ["codepipeline:ListPipelines"], ["*"]),
  ];
}
