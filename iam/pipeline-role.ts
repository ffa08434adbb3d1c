import * as names from "../names";
import type { Platform } from "../settings/settings";
import { artifactAccess } from "./artifacts";
import { allow, document, type PolicyDocument, type Statement } from "./document";
import { serviceTrust } from "./trust";

/** What one application's pipelines may touch, all by exact name. */
export interface PipelineRights {
  readonly pipelines: readonly string[];
  readonly projects: readonly string[];
  /** Whether a person is asked somewhere on the way. */
  readonly approvals: boolean;
}

/**
 * CodePipeline does not document that it sends the source keys when it assumes a role, so a setting decides
 * (docs/architecture.md, "What only a real account shows").
 */
export function pipelineTrust(
  platform: Platform,
  pipelines: readonly string[],
  sourceConditions: boolean,
): PolicyDocument {
  return serviceTrust(
    "codepipeline.amazonaws.com",
    sourceConditions
      ? {
          StringEquals: { "aws:SourceAccount": platform.cicd.accountId },
          ArnEquals: {
            "aws:SourceArn": names.pipelineArns(platform.cicd, pipelines),
          },
        }
      : undefined,
  );
}

export function pipelinePermissions(platform: Platform, rights: PipelineRights): PolicyDocument {
  const prefixes = rights.pipelines.map(names.pipelinePrefix);
  const statements: Statement[] = [
    allow(
      "ReadBucketSettings",
      ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketVersioning"],
      [names.bucketArn(platform)],
      { StringEquals: { "aws:ResourceAccount": platform.cicd.accountId } },
    ),
    ...artifactAccess(platform, { read: prefixes, write: prefixes }),
    allow(
      "RunOwnJobs",
      ["codebuild:BatchGetBuilds", "codebuild:StartBuild", "codebuild:StopBuild"],
      rights.projects.map((project) => names.arn(platform.cicd, "codebuild", `project/${project}`)),
    ),
  ];
  if (rights.approvals) {
    statements.push(
      allow("AskForApproval", ["sns:Publish"], [names.arn(platform.cicd, "sns", names.approvalTopicName)]),
      topicKeyAccess(platform),
    );
  }
  return document(...statements);
}

/** The approval topic is encrypted, so its publisher also needs the key. */
function topicKeyAccess(platform: Platform): Statement {
  const { accountId, region } = platform.cicd;
  return allow(
    "EncryptApprovalMessages",
    ["kms:Decrypt", "kms:GenerateDataKey"],
    [names.arn(platform.cicd, "kms", "key/*")],
    {
      "ForAnyValue:StringEquals": { "kms:ResourceAliases": names.notificationKeyAlias },
      StringEquals: { "aws:ResourceAccount": accountId, "kms:ViaService": `sns.${region}.amazonaws.com` },
    },
  );
}

/**
 * Only the application's own repository. A document of its own, because the ARN of a connection that the stack makes is
 * unknown in a first preview. Both prefixes are needed whatever the ARN says:
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 */
export function sourcePermissions(connectionArn: string, repository: string): PolicyDocument {
  return document(
    allow("UseConnection", ["codeconnections:UseConnection"], [connectionArn], {
      StringEquals: { "codeconnections:FullRepositoryId": repository },
    }),
    allow("UseConnectionByItsFormerName", ["codestar-connections:UseConnection"], [connectionArn], {
      StringEquals: { "codestar-connections:FullRepositoryId": repository },
    }),
  );
}
