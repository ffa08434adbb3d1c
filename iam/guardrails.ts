import * as names from "../names";
import type { Environment, Platform } from "../settings/settings";
import type { PolicyDocument, Statement } from "./document";

/**
 * Service control policies: what not even an administrator of the accounts may do. Role paths and tags are credentials
 * here, so who could make or tag a role below /slipway/, or start a deploy job with another buildspec, would own the doors.
 * They do not bind the management account: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export function cicdGuardrail(platform: Platform): PolicyDocument {
  const trusted = trustedRoles(platform, platform.cicd);
  return {
    Version: "2012-10-17",
    Statement: [
      deny(
        "PipelinesOnlyByThePlatform",
        [
          "codebuild:CreateFleet",
          "codebuild:CreateProject",
          "codebuild:CreateWebhook",
          "codebuild:DeleteProject",
          "codebuild:ImportSourceCredentials",
          "codebuild:PutResourcePolicy",
          "codebuild:UpdateFleet",
          "codebuild:UpdateProject",
          "codebuild:UpdateProjectVisibility",
          "codebuild:UpdateWebhook",
          "codeconnections:CreateConnection",
          "codeconnections:DeleteConnection",
          "codepipeline:CreateCustomActionType",
          "codepipeline:CreatePipeline",
          "codepipeline:DeletePipeline",
          "codepipeline:DisableStageTransition",
          "codepipeline:EnableStageTransition",
          "codepipeline:OverrideStageCondition",
          "codepipeline:PutWebhook",
          "codepipeline:UpdateActionType",
          "codepipeline:UpdatePipeline",
          "ecr:PutImageTagMutability",
          "ecr:SetRepositoryPolicy",
        ],
        ["*"],
        trusted,
      ),
      deny(
        "BuildsOnlyByPipelines",
        [
          "codebuild:RetryBuild",
          "codebuild:StartBuild",
          "codebuild:StartBuildBatch",
          "codebuild:StartCommandExecution",
          "codebuild:StartSandbox",
          "codebuild:StartSandboxConnection",
        ],
        ["*"],
        [...trusted, names.roleArn(platform.cicd, names.paths.pipeline, "*")],
      ),
      deny(
        "ApprovalsOnlyByApprovers",
        ["codepipeline:PutApprovalResult"],
        ["*"],
        [names.roleArn(platform.cicd, names.paths.people, "*-approver")],
      ),
      rolesOnlyByThePlatform(platform, trusted),
      passOnlyByThePlatform(trusted),
      sessionTagsOnlyBy([names.roleArn(platform.cicd, names.paths.deploy("*"), "*")]),
      deny(
        "ArtifactsOnlyByPipelinesAndJobs",
        ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutBucketPolicy", "s3:PutObject"],
        [names.bucketArn(platform), `${names.bucketArn(platform)}/*`],
        [
          ...trusted,
          names.roleArn(platform.cicd, names.paths.pipeline, "*"),
          names.roleArn(platform.cicd, names.paths.job, "*"),
        ],
      ),
      deny(
        "AlarmsOnlyByThePlatform",
        [
          "events:DeleteRule",
          "events:DisableRule",
          "events:PutRule",
          "events:PutTargets",
          "events:RemoveTargets",
        ],
        [names.arn(platform.cicd, "events", "rule/slipway-*")],
        trusted,
      ),
      keepEvidence(trusted),
    ],
  };
}

/** The same for the environments' accounts, where the door, the boundary and the execution roles live. */
export function environmentGuardrail(platform: Platform, environment: Environment): PolicyDocument {
  const trusted = trustedRoles(platform, environment);
  const execution = names.roleArn(environment, names.paths.execution, "*");
  const door = names.doorRoleArn(environment);
  return {
    Version: "2012-10-17",
    Statement: [
      rolesOnlyByThePlatform(platform, trusted),
      passOnlyByThePlatform([...trusted, door]),
      {
        // The boundary reads this tag: who could set it could make a role another application's.
        ...deny(
          "ApplicationTagsOnlyByThePlatform",
          ["iam:TagRole", "iam:UntagRole"],
          ["*"],
          [...trusted, execution],
        ),
        Condition: {
          ArnNotLike: { "aws:PrincipalArn": [...trusted, execution] },
          "ForAnyValue:StringEquals": { "aws:TagKeys": Object.values(names.tagKeys) },
        },
      },
      sessionTagsOnlyBy(trusted),
      deny(
        "ClusterAccessOnlyByThePlatform",
        [
          "eks:AssociateAccessPolicy",
          "eks:CreateAccessEntry",
          "eks:DeleteAccessEntry",
          "eks:DisassociateAccessPolicy",
          "eks:UpdateAccessEntry",
        ],
        ["*"],
        trusted,
      ),
      keepEvidence(trusted),
      ...(environment.production ? [onlyThroughTheDoor([...trusted, door, execution])] : []),
    ],
  };
}

/** No way around the pipeline to production: what a deployment of any kind comes down to. */
function onlyThroughTheDoor(deployers: string[]): Statement {
  return deny(
    "ProductionOnlyThroughTheDoor",
    [
      "cloudformation:CreateChangeSet",
      "cloudformation:CreateStack",
      "cloudformation:DeleteStack",
      "cloudformation:ExecuteChangeSet",
      "cloudformation:UpdateStack",
      "ecs:CreateService",
      "ecs:DeleteService",
      "ecs:RegisterTaskDefinition",
      "ecs:UpdateService",
      "lambda:CreateFunction",
      "lambda:DeleteFunction",
      "lambda:UpdateFunctionCode",
      "lambda:UpdateFunctionConfiguration",
    ],
    ["*"],
    deployers,
  );
}

function trustedRoles(platform: Platform, account: names.Account): string[] {
  return [platform.platformRole, platform.breakGlassRole].map((role) => names.roleArn(account, "/", role));
}

/** Also the roles it trusts itself: who could rewrite their trust would hold all the rest. */
function rolesOnlyByThePlatform(platform: Platform, trusted: string[]): Statement {
  return deny(
    "RolesOnlyByThePlatform",
    [
      "iam:AttachRolePolicy",
      "iam:CreatePolicyVersion",
      "iam:CreateRole",
      "iam:DeletePolicy",
      "iam:DeletePolicyVersion",
      "iam:DeleteRole",
      "iam:DeleteRolePermissionsBoundary",
      "iam:DeleteRolePolicy",
      "iam:DetachRolePolicy",
      "iam:PutRolePermissionsBoundary",
      "iam:PutRolePolicy",
      "iam:SetDefaultPolicyVersion",
      "iam:TagRole",
      "iam:UntagRole",
      "iam:UpdateAssumeRolePolicy",
      "iam:UpdateRole",
    ],
    [
      `arn:*:iam::*:role${names.paths.platform}*`,
      `arn:*:iam::*:policy${names.paths.platform}*`,
      `arn:*:iam::*:role/${platform.platformRole}`,
      `arn:*:iam::*:role/${platform.breakGlassRole}`,
    ],
    trusted,
  );
}

function passOnlyByThePlatform(trusted: string[]): Statement {
  return deny(
    "RolesPassedOnlyByThePlatform",
    ["iam:PassRole"],
    [`arn:*:iam::*:role${names.paths.platform}*`],
    trusted,
  );
}

/** A session's own tags override its role's: who brings one of ours along would come as another application. */
function sessionTagsOnlyBy(except: string[]): Statement {
  return {
    Sid: "ApplicationSessionsOnlyByThePlatform",
    Effect: "Deny",
    Action: ["sts:TagSession"],
    Resource: ["*"],
    Condition: {
      ArnNotLike: { "aws:PrincipalArn": except },
      "ForAnyValue:StringEquals": { "aws:TagKeys": Object.values(names.tagKeys) },
    },
  };
}

function keepEvidence(trusted: string[]): Statement {
  return deny(
    "KeepEvidence",
    [
      "cloudtrail:DeleteTrail",
      "cloudtrail:PutEventSelectors",
      "cloudtrail:StopLogging",
      "cloudtrail:UpdateTrail",
      "config:DeleteConfigurationRecorder",
      "config:DeleteDeliveryChannel",
      "config:StopConfigurationRecorder",
      "guardduty:DeleteDetector",
      "guardduty:DisassociateFromAdministratorAccount",
      "guardduty:UpdateDetector",
    ],
    ["*"],
    trusted,
  );
}

/** Denied to everyone but the roles named, by ARN. */
function deny(Sid: string, Action: string[], Resource: string[], except: string[]): Statement {
  return { Sid, Effect: "Deny", Action, Resource, Condition: { ArnNotLike: { "aws:PrincipalArn": except } } };
}
