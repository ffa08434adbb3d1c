import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/**
 * Which inputs cannot be changed in place, for every resource type that the program makes: a change of one of them makes
 * Pulumi replace the resource.
 *
 * Two public sources, since neither has it all. `cloudFormation`: the properties of which AWS itself says that an update
 * replaces the resource, read from the package @aws-cdk/aws-service-spec. `provider`: what CloudFormation has under another
 * name or not at all, as the provider's own schema marks it (`ForceNew` in github.com/hashicorp/terraform-provider-aws,
 * internal/service/…, which @pulumi/aws is made from); by hand.
 */
interface Row {
  readonly cloudFormation?: string;
  /** CloudFormation's names that are others in Pulumi; "" for one that Pulumi does not have. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** By the provider's schema alone. */
  readonly provider?: readonly string[];
}

const ofBucket: Row = { provider: ["bucket", "expectedBucketOwner"] };

const rows: Readonly<Record<string, Row>> = {
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": {
    cloudFormation: "AWS::Chatbot::SlackChannelConfiguration",
    renamed: { SlackWorkspaceId: "slackTeamId" },
  },
  "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration": {
    cloudFormation: "AWS::Chatbot::MicrosoftTeamsChannelConfiguration",
    renamed: { TeamsTenantId: "tenantId" },
  },
  "aws:cloudwatch/eventRule:EventRule": { cloudFormation: "AWS::Events::Rule", provider: ["namePrefix"] },
  "aws:cloudwatch/eventTarget:EventTarget": { provider: ["rule", "targetId", "eventBusName"] },
  "aws:cloudwatch/logGroup:LogGroup": {
    cloudFormation: "AWS::Logs::LogGroup",
    renamed: { LogGroupName: "name" },
    provider: ["namePrefix", "logGroupClass"],
  },
  "aws:codebuild/project:Project": { cloudFormation: "AWS::CodeBuild::Project" },
  "aws:codebuild/reportGroup:ReportGroup": { cloudFormation: "AWS::CodeBuild::ReportGroup" },
  "aws:codeconnections/connection:Connection": {
    cloudFormation: "AWS::CodeConnections::Connection",
    renamed: { ConnectionName: "name" },
  },
  "aws:codepipeline/pipeline:Pipeline": { cloudFormation: "AWS::CodePipeline::Pipeline" },
  "aws:codestarnotifications/notificationRule:NotificationRule": {
    cloudFormation: "AWS::CodeStarNotifications::NotificationRule",
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": { provider: ["repository"] },
  "aws:ecr/repository:Repository": {
    cloudFormation: "AWS::ECR::Repository",
    renamed: { RepositoryName: "name", EncryptionConfiguration: "encryptionConfigurations" },
  },
  "aws:ecr/repositoryPolicy:RepositoryPolicy": { provider: ["repository"] },
  "aws:ecs/cluster:Cluster": { cloudFormation: "AWS::ECS::Cluster", renamed: { ClusterName: "name" } },
  "aws:eks/accessEntry:AccessEntry": { cloudFormation: "AWS::EKS::AccessEntry" },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    provider: ["accessScope", "clusterName", "policyArn", "principalArn"],
  },
  "aws:iam/policy:Policy": {
    cloudFormation: "AWS::IAM::ManagedPolicy",
    renamed: { ManagedPolicyName: "name" },
    provider: ["namePrefix"],
  },
  "aws:iam/role:Role": {
    cloudFormation: "AWS::IAM::Role",
    renamed: { RoleName: "name" },
    provider: ["namePrefix"],
  },
  "aws:iam/rolePolicy:RolePolicy": {
    cloudFormation: "AWS::IAM::RolePolicy",
    renamed: { PolicyName: "name", RoleName: "role" },
    provider: ["namePrefix"],
  },
  "aws:kms/alias:Alias": {
    cloudFormation: "AWS::KMS::Alias",
    renamed: { AliasName: "name" },
    provider: ["namePrefix"],
  },
  "aws:kms/key:Key": {
    cloudFormation: "AWS::KMS::Key",
    provider: ["customerMasterKeySpec", "keyUsage", "multiRegion", "customKeyStoreId", "xksKeyId"],
  },
  "aws:organizations/policy:Policy": { cloudFormation: "AWS::Organizations::Policy" },
  "aws:organizations/policyAttachment:PolicyAttachment": { provider: ["policyId", "targetId"] },
  "aws:s3/bucket:Bucket": {
    cloudFormation: "AWS::S3::Bucket",
    renamed: { BucketName: "bucket", BucketNamePrefix: "bucketPrefix" },
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ofBucket,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": { provider: ["bucket"] },
  "aws:s3/bucketPolicy:BucketPolicy": { cloudFormation: "AWS::S3::BucketPolicy" },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": { provider: ["bucket"] },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ofBucket,
  "aws:s3/bucketVersioning:BucketVersioning": ofBucket,
  "aws:sns/topic:Topic": {
    cloudFormation: "AWS::SNS::Topic",
    renamed: { TopicName: "name" },
    provider: ["namePrefix"],
  },
  "aws:sns/topicPolicy:TopicPolicy": { provider: ["arn"] },
  "aws:sns/topicSubscription:TopicSubscription": {
    cloudFormation: "AWS::SNS::Subscription",
    renamed: { TopicArn: "topic" },
  },
};

interface Specification {
  readonly schema: {
    readonly resource: {
      readonly entities: readonly {
        readonly cloudFormationType: string;
        readonly properties: Readonly<Record<string, { readonly causesReplacement?: string }>>;
      }[];
    };
  };
}

/** Reads the unpacked package @aws-cdk/aws-service-spec. */
export function replacements(folder: string, date: string): object {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  const packed = gunzipSync(readFileSync(join(folder, "db.json.gz"))).toString("utf8");
  const { entities } = (JSON.parse(packed) as Specification).schema.resource;
  const types = Object.entries(rows).map(([type, row]) => {
    const entity = entities.find(({ cloudFormationType }) => cloudFormationType === row.cloudFormation);
    if (row.cloudFormation !== undefined && entity === undefined)
      throw new Error(`${row.cloudFormation} is not in the specification.`);
    const named = Object.entries(entity?.properties ?? {})
      .filter(([, { causesReplacement }]) => causesReplacement === "yes")
      .map(([name]) => row.renamed?.[name] ?? name.slice(0, 1).toLowerCase() + name.slice(1));
    return [type, [...new Set([...named, ...(row.provider ?? [])])].sort()] as const;
  });
  return {
    source:
      "@aws-cdk/aws-service-spec, which copies AWS CloudFormation's resource specification, and ForceNew in " +
      "github.com/hashicorp/terraform-provider-aws; see scripts/replacements.ts",
    version,
    date,
    types: Object.fromEntries(types),
  };
}

const [, , folder] = process.argv;
if (require.main === module) {
  if (folder === undefined)
    throw new Error("Give the folder of the unpacked package @aws-cdk/aws-service-spec.");
  const today = new Date().toISOString().slice(0, 10);
  writeFileSync(
    "reports/changes/data/replacements.json",
    JSON.stringify(replacements(folder, today), null, 2),
  );
}
