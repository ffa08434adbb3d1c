/**
 * Where a Pulumi program can put a grant: resource type to its documents. Types are matched by token, so that
 * the pack needs no provider package.
 */
import type { DocumentKind } from "../document/context";

/** A property that holds a policy document. */
export interface DocumentPlace {
  /** Path of property names; `*` goes through a list. */
  readonly path: readonly string[];
  readonly kind: DocumentKind;
  readonly service?: string;
  /** A property that says what the document is, and the values for which it is a policy of IAM. */
  readonly only?: { readonly property: string; readonly values: readonly string[] };
}

const identity = (...path: string[]): DocumentPlace => ({ path, kind: "identity" });
const trust = (...path: string[]): DocumentPlace => ({ path, kind: "trust" });
/**
 * A session's policy: the session may do what both it and the role's policies allow, so that it limits as a boundary does
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session).
 */
const session = (...path: string[]): DocumentPlace => ({ path, kind: "boundary" });
const on = (service: string, property = "policy"): DocumentPlace => ({
  path: [property],
  kind: "resource",
  service,
});

/** Organizations keeps its other kinds of policy, such as tag policies, in the same resource. */
const controlPolicy: DocumentPlace = {
  path: ["content"],
  kind: "scp",
  only: { property: "type", values: ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"] },
};

const AWS: Readonly<Record<string, readonly DocumentPlace[]>> = {
  "iam/policy:Policy": [identity("policy")],
  "iam/rolePolicy:RolePolicy": [identity("policy")],
  "iam/userPolicy:UserPolicy": [identity("policy")],
  "iam/groupPolicy:GroupPolicy": [identity("policy")],
  "iam/role:Role": [trust("assumeRolePolicy"), identity("inlinePolicies", "*", "policy")],
  "ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": [identity("inlinePolicy")],
  "transfer/access:Access": [session("policy")],
  "transfer/user:User": [session("policy")],
  "rolesanywhere/profile:Profile": [session("sessionPolicy")],
  "eks/podIdentityAssociation:PodIdentityAssociation": [session("policy")],
  "iot/policy:Policy": [identity("policy")],
  "acmpca/policy:Policy": [on("acm-pca")],
  "amp/resourcePolicy:ResourcePolicy": [on("aps", "policyDocument")],
  "apigateway/domainName:DomainName": [on("execute-api")],
  "apigateway/restApi:RestApi": [on("execute-api")],
  "apigateway/restApiPolicy:RestApiPolicy": [on("execute-api")],
  "backup/vaultPolicy:VaultPolicy": [on("backup")],
  "bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy": [on("bedrock-agentcore")],
  "cloudsearch/domainServiceAccessPolicy:DomainServiceAccessPolicy": [on("cloudsearch", "accessPolicy")],
  "cloudwatch/eventBusPolicy:EventBusPolicy": [on("events")],
  "cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy": [
    on("logs", "deliveryDestinationPolicy"),
  ],
  "cloudwatch/logDestinationPolicy:LogDestinationPolicy": [on("logs", "accessPolicy")],
  "cloudwatch/logResourcePolicy:LogResourcePolicy": [on("logs", "policyDocument")],
  "codeartifact/domainPermissions:DomainPermissions": [on("codeartifact", "policyDocument")],
  "codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy": [
    on("codeartifact", "policyDocument"),
  ],
  "codebuild/resourcePolicy:ResourcePolicy": [on("codebuild")],
  "dsql/clusterPolicy:ClusterPolicy": [on("dsql")],
  "dynamodb/resourcePolicy:ResourcePolicy": [on("dynamodb")],
  "ec2/vpcEndpoint:VpcEndpoint": [on("vpce")],
  "ec2/vpcEndpointPolicy:VpcEndpointPolicy": [on("vpce")],
  "ecr/registryPolicy:RegistryPolicy": [on("ecr")],
  "ecr/repositoryCreationTemplate:RepositoryCreationTemplate": [on("ecr", "repositoryPolicy")],
  "ecr/repositoryPolicy:RepositoryPolicy": [on("ecr")],
  "ecrpublic/repositoryPolicy:RepositoryPolicy": [on("ecr-public")],
  "efs/fileSystemPolicy:FileSystemPolicy": [on("elasticfilesystem")],
  "elasticsearch/domain:Domain": [on("es", "accessPolicies")],
  "elasticsearch/domainPolicy:DomainPolicy": [on("es", "accessPolicies")],
  "glacier/vault:Vault": [on("glacier", "accessPolicy")],
  "glacier/vaultLock:VaultLock": [on("glacier")],
  "glue/resourcePolicy:ResourcePolicy": [on("glue")],
  "kinesis/resourcePolicy:ResourcePolicy": [on("kinesis")],
  "kms/externalKey:ExternalKey": [on("kms")],
  "kms/key:Key": [on("kms")],
  "kms/keyPolicy:KeyPolicy": [on("kms")],
  "kms/replicaExternalKey:ReplicaExternalKey": [on("kms")],
  "kms/replicaKey:ReplicaKey": [on("kms")],
  "lambda/resourcePolicy:ResourcePolicy": [on("lambda")],
  "mediastore/containerPolicy:ContainerPolicy": [on("mediastore")],
  "msk/clusterPolicy:ClusterPolicy": [on("kafka")],
  "networkfirewall/resourcePolicy:ResourcePolicy": [on("network-firewall")],
  "oam/sinkPolicy:SinkPolicy": [on("oam")],
  "opensearch/domain:Domain": [on("es", "accessPolicies")],
  "opensearch/domainPolicy:DomainPolicy": [on("es", "accessPolicies")],
  "opensearchingest/resourcePolicy:ResourcePolicy": [on("osis")],
  "organizations/policy:Policy": [controlPolicy],
  "organizations/resourcePolicy:ResourcePolicy": [on("organizations", "content")],
  "pinpoint/smsvoicev2ResourcePolicy:Smsvoicev2ResourcePolicy": [on("sms-voice")],
  "redshift/resourcePolicy:ResourcePolicy": [on("redshift")],
  "redshiftserverless/resourcePolicy:ResourcePolicy": [on("redshift-serverless")],
  "s3/accessPoint:AccessPoint": [on("s3")],
  "s3/bucket:Bucket": [on("s3")],
  "s3/bucketPolicy:BucketPolicy": [on("s3")],
  "s3/bucketV2:BucketV2": [on("s3")],
  "s3/filesFileSystemPolicy:FilesFileSystemPolicy": [on("s3files")],
  "s3/vectorsVectorBucketPolicy:VectorsVectorBucketPolicy": [on("s3vectors")],
  "s3control/accessGrantsInstanceResourcePolicy:AccessGrantsInstanceResourcePolicy": [on("s3")],
  "s3control/accessPointPolicy:AccessPointPolicy": [on("s3")],
  "s3control/bucketPolicy:BucketPolicy": [on("s3-outposts")],
  "s3control/multiRegionAccessPointPolicy:MultiRegionAccessPointPolicy": [
    { path: ["details", "policy"], kind: "resource", service: "s3" },
  ],
  "s3control/objectLambdaAccessPointPolicy:ObjectLambdaAccessPointPolicy": [on("s3-object-lambda")],
  "s3tables/tableBucketPolicy:TableBucketPolicy": [on("s3tables", "resourcePolicy")],
  "s3tables/tablePolicy:TablePolicy": [on("s3tables", "resourcePolicy")],
  "sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy": [on("sagemaker", "resourcePolicy")],
  "schemas/registryPolicy:RegistryPolicy": [on("schemas")],
  "secretsmanager/secret:Secret": [on("secretsmanager")],
  "secretsmanager/secretPolicy:SecretPolicy": [on("secretsmanager")],
  "ses/identityPolicy:IdentityPolicy": [on("ses")],
  "sesv2/emailIdentityPolicy:EmailIdentityPolicy": [on("ses")],
  "sns/topic:Topic": [on("sns")],
  "sns/topicPolicy:TopicPolicy": [on("sns")],
  "sqs/queue:Queue": [on("sqs")],
  "sqs/queuePolicy:QueuePolicy": [on("sqs")],
  "vpclattice/authPolicy:AuthPolicy": [on("vpc-lattice-svcs")],
  "vpclattice/resourcePolicy:ResourcePolicy": [on("vpc-lattice")],
  "xray/resourcePolicy:ResourcePolicy": [on("xray", "policyDocument")],
};

/** `aws-native` has CloudFormation's names; a document is text or an object there. */
const NATIVE: Readonly<Record<string, readonly DocumentPlace[]>> = {
  "iam:Role": [trust("assumeRolePolicyDocument"), identity("policies", "*", "policyDocument")],
  "iam:User": [identity("policies", "*", "policyDocument")],
  "iam:Group": [identity("policies", "*", "policyDocument")],
  "iam:ManagedPolicy": [identity("policyDocument")],
  "iam:RolePolicy": [identity("policyDocument")],
  "iam:UserPolicy": [identity("policyDocument")],
  "iam:GroupPolicy": [identity("policyDocument")],
  "sso:PermissionSet": [identity("inlinePolicy")],
  "transfer:User": [session("policy")],
  "rolesanywhere:Profile": [session("sessionPolicy")],
  "eks:PodIdentityAssociation": [session("policy")],
  "iot:Policy": [identity("policyDocument")],
  "organizations:Policy": [controlPolicy],
  "organizations:ResourcePolicy": [on("organizations", "content")],
  "apigateway:DomainNameV2": [on("execute-api")],
  "apigateway:RestApi": [on("execute-api")],
  "aps:ResourcePolicy": [on("aps", "policyDocument")],
  "backup:BackupVault": [on("backup", "accessPolicy")],
  "backup:LogicallyAirGappedBackupVault": [on("backup", "accessPolicy")],
  "bedrock:ResourcePolicy": [on("bedrock", "policyDocument")],
  "bedrockagentcore:ResourcePolicy": [on("bedrock-agentcore")],
  "cloudtrail:ResourcePolicy": [on("cloudtrail", "resourcePolicy")],
  "codeartifact:Domain": [on("codeartifact", "permissionsPolicyDocument")],
  "codeartifact:Repository": [on("codeartifact", "permissionsPolicyDocument")],
  "dsql:Cluster": [on("dsql", "policyDocument")],
  "dynamodb:Table": [{ path: ["resourcePolicy", "policyDocument"], kind: "resource", service: "dynamodb" }],
  "ec2:VpcEndpoint": [on("vpce", "policyDocument")],
  "ecr:RegistryPolicy": [on("ecr", "policyText")],
  "ecr:Repository": [on("ecr", "repositoryPolicyText")],
  "ecr:RepositoryCreationTemplate": [on("ecr", "repositoryPolicy")],
  "efs:FileSystem": [on("elasticfilesystem", "fileSystemPolicy")],
  "events:EventBus": [on("events")],
  "eventschemas:RegistryPolicy": [on("schemas")],
  "kinesis:ResourcePolicy": [on("kinesis", "resourcePolicy")],
  "kms:Key": [on("kms", "keyPolicy")],
  "kms:ReplicaKey": [on("kms", "keyPolicy")],
  "lambda:ResourcePolicy": [on("lambda", "policyDocument")],
  "logs:Destination": [on("logs", "destinationPolicy")],
  "logs:LogGroup": [on("logs", "resourcePolicyDocument")],
  "logs:ResourcePolicy": [on("logs", "policyDocument")],
  "msk:ClusterPolicy": [on("kafka")],
  "oam:Sink": [on("oam")],
  "opensearchservice:Domain": [on("es", "accessPolicies")],
  "redshift:Cluster": [on("redshift", "namespaceResourcePolicy")],
  "redshiftserverless:Namespace": [on("redshift-serverless", "namespaceResourcePolicy")],
  "s3:AccessPoint": [on("s3")],
  "s3:BucketPolicy": [on("s3", "policyDocument")],
  "s3:MultiRegionAccessPointPolicy": [on("s3")],
  "s3express:AccessPoint": [on("s3express")],
  "s3express:BucketPolicy": [on("s3express", "policyDocument")],
  "s3files:FileSystemPolicy": [on("s3files")],
  "s3objectlambda:AccessPointPolicy": [on("s3-object-lambda", "policyDocument")],
  "s3outposts:AccessPoint": [on("s3-outposts")],
  "s3outposts:BucketPolicy": [on("s3-outposts", "policyDocument")],
  "sagemaker:ModelPackageGroup": [on("sagemaker", "modelPackageGroupPolicy")],
  "secretsmanager:ResourcePolicy": [on("secretsmanager", "resourcePolicy")],
  "smsvoice:ResourcePolicy": [on("sms-voice", "policyDocument")],
  "sns:TopicInlinePolicy": [on("sns", "policyDocument")],
  "sns:TopicPolicy": [on("sns", "policyDocument")],
  "sqs:QueueInlinePolicy": [on("sqs", "policyDocument")],
  "ssm:ResourcePolicy": [on("ssm")],
  "vpclattice:AuthPolicy": [on("vpc-lattice-svcs")],
  "vpclattice:ResourcePolicy": [on("vpc-lattice")],
  "xray:ResourcePolicy": [on("xray", "policyDocument")],
};

/** Every type that can hold a document, as `aws:iam/role:Role` or `aws-native:iam:Role`. */
export const DOCUMENT_PLACES: ReadonlyMap<string, readonly DocumentPlace[]> = new Map([
  ...Object.entries(AWS).map(([token, places]) => [`aws:${token}`, places] as const),
  ...Object.entries(NATIVE).map(([token, places]) => [`aws-native:${token}`, places] as const),
]);

/** A property with the ARNs of managed policies; as a boundary they limit, otherwise they grant. */
export interface AttachmentPlace {
  readonly path: readonly string[];
  readonly use: "permissions" | "boundary" | "guardrail";
}

const attached = (...path: string[]): AttachmentPlace => ({ path, use: "permissions" });
const boundary = (...path: string[]): AttachmentPlace => ({ path, use: "boundary" });
const guardrail = (...path: string[]): AttachmentPlace => ({ path, use: "guardrail" });

/** Every type that attaches managed policies. */
export const ATTACHMENT_PLACES: ReadonlyMap<string, readonly AttachmentPlace[]> = new Map([
  ["aws:iam/role:Role", [attached("managedPolicyArns", "*"), boundary("permissionsBoundary")]],
  ["aws:iam/user:User", [boundary("permissionsBoundary")]],
  ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", [attached("policyArn")]],
  ["aws:iam/userPolicyAttachment:UserPolicyAttachment", [attached("policyArn")]],
  ["aws:iam/groupPolicyAttachment:GroupPolicyAttachment", [attached("policyArn")]],
  ["aws:iam/policyAttachment:PolicyAttachment", [attached("policyArn")]],
  ["aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", [attached("policyArns", "*")]],
  ["aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive", [attached("policyArns", "*")]],
  ["aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive", [attached("policyArns", "*")]],
  ["aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment", [attached("managedPolicyArn")]],
  [
    "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive",
    [attached("managedPolicyArns", "*")],
  ],
  [
    "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment",
    [boundary("permissionsBoundary", "managedPolicyArn")],
  ],
  ["aws:rolesanywhere/profile:Profile", [boundary("managedPolicyArns", "*")]],
  [
    "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration",
    [guardrail("guardrailPolicyArns", "*")],
  ],
  [
    "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration",
    [guardrail("guardrailPolicyArns", "*")],
  ],
  ["aws-native:iam:Role", [attached("managedPolicyArns", "*"), boundary("permissionsBoundary")]],
  ["aws-native:iam:User", [attached("managedPolicyArns", "*"), boundary("permissionsBoundary")]],
  ["aws-native:iam:Group", [attached("managedPolicyArns", "*")]],
  ["aws-native:sso:PermissionSet", [attached("managedPolicies", "*")]],
  ["aws-native:chatbot:SlackChannelConfiguration", [guardrail("guardrailPolicies", "*")]],
  ["aws-native:chatbot:MicrosoftTeamsChannelConfiguration", [guardrail("guardrailPolicies", "*")]],
]);
