import type { File } from "./template";

interface Creation {
  readonly files: readonly File[];
  /** What the provider calls to make, read, change and remove one. */
  readonly actions: readonly string[];
}

const cicd = (...actions: string[]): Creation => ({ files: ["cicd-account.yaml"], actions });
const environment = (...actions: string[]): Creation => ({
  files: ["environment-account.yaml"],
  actions,
});
const organization = (...actions: string[]): Creation => ({
  files: ["organization-account.yaml"],
  actions,
});

const both = (...actions: string[]): Creation => ({
  files: ["cicd-account.yaml", "environment-account.yaml"],
  actions,
});

const bucket = (what: string): Creation => cicd(`s3:Put${what}`, `s3:Get${what}`);

/**
 * By class of `@pulumi/aws`: the calls behind it, as the resources in internal/service/ of hashicorp/terraform-provider-aws
 * make them. Protected and retained resources are never deleted by the platform.
 */
export const creationOf: Readonly<Record<string, Creation>> = {
  "chatbot.SlackChannelConfiguration": cicd(
    "chatbot:CreateSlackChannelConfiguration",
    "chatbot:DescribeSlackChannelConfigurations",
    "chatbot:UpdateSlackChannelConfiguration",
    "chatbot:DeleteSlackChannelConfiguration",
    "chatbot:TagResource",
    "chatbot:UntagResource",
    "iam:PassRole",
  ),
  "chatbot.TeamsChannelConfiguration": cicd(
    "chatbot:CreateMicrosoftTeamsChannelConfiguration",
    "chatbot:GetMicrosoftTeamsChannelConfiguration",
    "chatbot:UpdateMicrosoftTeamsChannelConfiguration",
    "chatbot:DeleteMicrosoftTeamsChannelConfiguration",
    "chatbot:TagResource",
    "chatbot:UntagResource",
    "iam:PassRole",
  ),
  "cloudwatch.EventRule": cicd(
    "events:PutRule",
    "events:DescribeRule",
    "events:DeleteRule",
    "events:TagResource",
  ),
  "cloudwatch.EventTarget": cicd("events:PutTargets", "events:ListTargetsByRule", "events:RemoveTargets"),
  "cloudwatch.LogGroup": both(
    "logs:CreateLogGroup",
    "logs:DescribeLogGroups",
    "logs:PutRetentionPolicy",
    "logs:DeleteLogGroup",
    "logs:TagResource",
    "logs:ListTagsForResource",
  ),
  "codebuild.Project": cicd(
    "codebuild:CreateProject",
    "codebuild:BatchGetProjects",
    "codebuild:UpdateProject",
    "codebuild:DeleteProject",
    "iam:PassRole",
  ),
  "codebuild.ReportGroup": cicd(
    "codebuild:CreateReportGroup",
    "codebuild:BatchGetReportGroups",
    "codebuild:UpdateReportGroup",
    "codebuild:DeleteReportGroup",
  ),
  "codeconnections.Connection": cicd(
    "codeconnections:CreateConnection",
    "codeconnections:GetConnection",
    "codeconnections:TagResource",
    "codeconnections:ListTagsForResource",
  ),
  "codepipeline.Pipeline": cicd(
    "codepipeline:CreatePipeline",
    "codepipeline:GetPipeline",
    "codepipeline:UpdatePipeline",
    "codepipeline:DeletePipeline",
    "codepipeline:TagResource",
    "codepipeline:ListTagsForResource",
    "codeconnections:PassConnection",
    "iam:PassRole",
  ),
  "codestarnotifications.NotificationRule": cicd(
    "codestar-notifications:CreateNotificationRule",
    "codestar-notifications:DescribeNotificationRule",
    "codestar-notifications:UpdateNotificationRule",
    "codestar-notifications:DeleteNotificationRule",
    "codestar-notifications:DeleteTarget",
    "codestar-notifications:TagResource",
    "codestar-notifications:UntagResource",
  ),
  "ecr.LifecyclePolicy": cicd(
    "ecr:PutLifecyclePolicy",
    "ecr:GetLifecyclePolicy",
    "ecr:DeleteLifecyclePolicy",
  ),
  "ecr.Repository": cicd(
    "ecr:CreateRepository",
    "ecr:DescribeRepositories",
    "ecr:PutImageScanningConfiguration",
    "ecr:PutImageTagMutability",
    "ecr:TagResource",
    "ecr:ListTagsForResource",
  ),
  "ecr.RepositoryPolicy": cicd(
    "ecr:SetRepositoryPolicy",
    "ecr:GetRepositoryPolicy",
    "ecr:DeleteRepositoryPolicy",
  ),
  "ecs.Cluster": environment(
    "ecs:CreateCluster",
    "ecs:DescribeClusters",
    "ecs:UpdateCluster",
    "ecs:UpdateClusterSettings",
    "ecs:DeleteCluster",
    "ecs:TagResource",
    "iam:CreateServiceLinkedRole",
  ),
  "eks.AccessEntry": environment(
    "eks:CreateAccessEntry",
    "eks:DescribeAccessEntry",
    "eks:DeleteAccessEntry",
    "eks:TagResource",
  ),
  "eks.AccessPolicyAssociation": environment(
    "eks:AssociateAccessPolicy",
    "eks:ListAssociatedAccessPolicies",
    "eks:DisassociateAccessPolicy",
  ),
  "iam.Policy": environment(
    "iam:CreatePolicy",
    "iam:GetPolicy",
    "iam:GetPolicyVersion",
    "iam:ListPolicyVersions",
    "iam:CreatePolicyVersion",
    "iam:DeletePolicyVersion",
    "iam:DeletePolicy",
    "iam:TagPolicy",
  ),
  "iam.Role": both(
    "iam:CreateRole",
    "iam:GetRole",
    "iam:UpdateRole",
    "iam:UpdateRoleDescription",
    "iam:UpdateAssumeRolePolicy",
    "iam:TagRole",
    "iam:ListRolePolicies",
    "iam:ListAttachedRolePolicies",
    "iam:ListInstanceProfilesForRole",
    "iam:DeleteRole",
  ),
  "iam.RolePolicy": both("iam:PutRolePolicy", "iam:GetRolePolicy", "iam:DeleteRolePolicy"),
  "kms.Alias": cicd("kms:CreateAlias", "kms:ListAliases", "kms:UpdateAlias", "kms:DeleteAlias"),
  "kms.Key": cicd(
    "kms:CreateKey",
    "kms:DescribeKey",
    "kms:GetKeyPolicy",
    "kms:PutKeyPolicy",
    "kms:EnableKeyRotation",
    "kms:GetKeyRotationStatus",
    "kms:UpdateKeyDescription",
    "kms:TagResource",
    "kms:ListResourceTags",
  ),
  "organizations.Policy": organization(
    "organizations:CreatePolicy",
    "organizations:DescribePolicy",
    "organizations:UpdatePolicy",
    "organizations:DeletePolicy",
    "organizations:TagResource",
    "organizations:ListTagsForResource",
  ),
  "organizations.PolicyAttachment": organization(
    "organizations:AttachPolicy",
    "organizations:ListTargetsForPolicy",
    "organizations:DetachPolicy",
  ),
  "s3.Bucket": cicd(
    "s3:CreateBucket",
    "s3:ListBucket",
    "s3:GetBucketLocation",
    "s3:GetBucketTagging",
    "s3:PutBucketTagging",
    "s3:TagResource",
  ),
  "s3.BucketLifecycleConfiguration": bucket("LifecycleConfiguration"),
  "s3.BucketOwnershipControls": bucket("BucketOwnershipControls"),
  "s3.BucketPolicy": cicd("s3:PutBucketPolicy", "s3:GetBucketPolicy", "s3:DeleteBucketPolicy"),
  "s3.BucketPublicAccessBlock": bucket("BucketPublicAccessBlock"),
  "s3.BucketServerSideEncryptionConfiguration": bucket("EncryptionConfiguration"),
  "s3.BucketVersioning": bucket("BucketVersioning"),
  "sns.Topic": cicd(
    "sns:CreateTopic",
    "sns:GetTopicAttributes",
    "sns:SetTopicAttributes",
    "sns:DeleteTopic",
    "sns:TagResource",
    "sns:ListTagsForResource",
  ),
  "sns.TopicPolicy": cicd("sns:SetTopicAttributes", "sns:GetTopicAttributes"),
  "sns.TopicSubscription": cicd(
    "sns:Subscribe",
    "sns:GetSubscriptionAttributes",
    "sns:SetSubscriptionAttributes",
    "sns:Unsubscribe",
  ),
};
