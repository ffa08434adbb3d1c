import * as names from "../names";
import type { Environment, Platform } from "../settings/settings";
import { allow, document, sidPart, type Conditions, type PolicyDocument, type Statement } from "./document";

/**
 * The artifact bucket's policy: what no one may do, and what the environments' accounts may read. It has no entry per
 * application: a bucket policy ends at 20 KB (https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html).
 */
export function artifactBucketPolicy(platform: Platform): PolicyDocument {
  const bucket = names.bucketArn(platform);
  const everything = [bucket, `${bucket}/*`];
  return document(
    refuse("RefuseUnencryptedTransport", ["s3:*"], everything, { Bool: { "aws:SecureTransport": "false" } }),
    refuse("RefuseOtherOrganizations", ["s3:*"], everything, {
      StringNotEquals: { "aws:PrincipalOrgID": platform.organizationId },
      Bool: { "aws:PrincipalIsAWSService": "false" },
    }),
    // An upload that names no key gets the bucket's own; one that names a key of another account or region is refused.
    refuse("RefuseForeignKeys", ["s3:PutObject"], [`${bucket}/*`], {
      Null: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "false" },
      ArnNotLike: {
        "s3:x-amz-server-side-encryption-aws-kms-key-id": names.arn(platform.cicd, "kms", "key/*"),
      },
    }),
    refuse("RefuseOtherEncryption", ["s3:PutObject"], [`${bucket}/*`], {
      Null: { "s3:x-amz-server-side-encryption": "false" },
      StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
    }),
    ...platform.environments.map((environment) => readPackages(platform, environment)),
  );
}

/** Denied to everybody, of whatever account. */
function refuse(Sid: string, Action: string[], Resource: string[], Condition: Conditions): Statement {
  return { Sid, Effect: "Deny", Principal: "*", Action, Resource, Condition };
}

/** The environment's account reads what lies under its own prefix, through its door or its execution roles. */
function readPackages(platform: Platform, environment: Environment): Statement {
  return {
    Sid: `PackagesOf${sidPart(environment.name)}`,
    Effect: "Allow",
    Principal: { AWS: names.rootArn(environment) },
    Action: ["s3:GetObject", "s3:GetObjectVersion"],
    Resource: [`${names.bucketArn(platform)}/${names.environmentPrefix(environment.name)}/*`],
    Condition: {
      StringEquals: { "aws:PrincipalOrgID": platform.organizationId },
      ArnLike: { "aws:PrincipalArn": packageReaders(environment) },
    },
  };
}

function packageReaders(environment: Environment): string[] {
  return [names.doorRoleArn(environment), names.roleArn(environment, names.paths.execution, "*")];
}

/**
 * The artifact key's policy. `Resource: "*"` means this key. The CI/CD account decides by its identity policies who uses
 * it; an environment's account may only decrypt what lies under its own prefix, which S3 tells KMS in the encryption
 * context as long as no S3 Bucket Key is used.
 */
export function artifactKeyPolicy(platform: Platform): PolicyDocument {
  const { region } = platform.cicd;
  return document(
    administration(platform),
    keyStatement(
      "UseThroughIdentityPolicies",
      names.rootArn(platform.cicd),
      ["kms:Decrypt", "kms:GenerateDataKey"],
      {
        StringEquals: { "aws:PrincipalOrgID": platform.organizationId, "kms:ViaService": viaS3(region) },
      },
    ),
    ...platform.environments.map((environment) =>
      keyStatement(`PackagesOf${sidPart(environment.name)}`, names.rootArn(environment), ["kms:Decrypt"], {
        StringEquals: { "aws:PrincipalOrgID": platform.organizationId, "kms:ViaService": viaS3(region) },
        ArnLike: { "aws:PrincipalArn": packageReaders(environment) },
        StringLike: {
          "kms:EncryptionContext:aws:s3:arn": `${names.bucketArn(platform)}/${names.environmentPrefix(environment.name)}/*`,
        },
      }),
    ),
  );
}

/** The key of the notification topics: the services that publish to them, and nothing else. */
export function notificationKeyPolicy(platform: Platform): PolicyDocument {
  const { accountId } = platform.cicd;
  return document(
    administration(platform),
    {
      Sid: "EventsOfThisAccount",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: ["*"],
      Condition: { StringEquals: { "aws:SourceAccount": accountId } },
    },
    keyStatement(
      "PublishThroughIdentityPolicies",
      names.rootArn(platform.cicd),
      ["kms:Decrypt", "kms:GenerateDataKey"],
      {
        StringEquals: {
          "aws:PrincipalOrgID": platform.organizationId,
          "kms:ViaService": `sns.${platform.cicd.region}.amazonaws.com`,
        },
      },
    ),
  );
}

/** What `kms:*` for the account would be too much for; keeps PutKeyPolicy, or nobody could ever mend the policy. */
function administration(platform: Platform): Statement {
  const administrators = [platform.platformRole, platform.breakGlassRole].map((role) =>
    names.roleArn(platform.cicd, "/", role),
  );
  return keyStatement(
    "Administer",
    names.rootArn(platform.cicd),
    [
      "kms:CancelKeyDeletion",
      "kms:CreateAlias",
      "kms:DeleteAlias",
      "kms:DescribeKey",
      "kms:DisableKey",
      "kms:EnableKey",
      "kms:EnableKeyRotation",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "kms:ListResourceTags",
      "kms:PutKeyPolicy",
      "kms:ScheduleKeyDeletion",
      "kms:TagResource",
      "kms:UntagResource",
      "kms:UpdateAlias",
      "kms:UpdateKeyDescription",
    ],
    { ArnEquals: { "aws:PrincipalArn": administrators } },
  );
}

function keyStatement(Sid: string, principal: string, Action: string[], Condition: Conditions): Statement {
  return { Sid, Effect: "Allow", Principal: { AWS: principal }, Action, Resource: ["*"], Condition };
}

/** Read and write below prefixes of the artifact bucket, with the key that encrypts it. */
export function artifactAccess(
  platform: Platform,
  access: { readonly read: readonly string[]; readonly write: readonly string[] },
): Statement[] {
  const owner = { StringEquals: { "aws:ResourceAccount": platform.cicd.accountId } };
  const objects = (prefixes: readonly string[]): string[] =>
    prefixes.map((prefix) => `${names.bucketArn(platform)}/${prefix}/*`);
  const statements: Statement[] = [];
  if (access.read.length > 0) {
    statements.push(
      allow("ReadArtifacts", ["s3:GetObject", "s3:GetObjectVersion"], objects(access.read), owner),
      keyAccess(platform, "DecryptArtifacts", ["kms:Decrypt"], objects(access.read)),
    );
  }
  if (access.write.length > 0) {
    statements.push(
      allow("WriteArtifacts", ["s3:PutObject"], objects(access.write), owner),
      // A multipart upload also decrypts: https://repost.aws/knowledge-center/s3-large-file-encryption-kms-key
      keyAccess(platform, "EncryptArtifacts", ["kms:GenerateDataKey", "kms:Decrypt"], objects(access.write)),
    );
  }
  return statements;
}

/**
 * The key is named by its alias, since its id is not known before it exists; the encryption context holds the object's ARN.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-resource-aliases
 * `also` are further keys that must be equal.
 */
export function keyAccess(
  platform: Platform,
  sid: string,
  actions: string[],
  objects: string[],
  also: Readonly<Record<string, string>> = {},
): Statement {
  return allow(sid, actions, [names.arn(platform.cicd, "kms", "key/*")], {
    "ForAnyValue:StringEquals": { "kms:ResourceAliases": names.artifactKeyAlias },
    StringEquals: {
      "aws:ResourceAccount": platform.cicd.accountId,
      "kms:ViaService": viaS3(platform.cicd.region),
      ...also,
    },
    StringLike: { "kms:EncryptionContext:aws:s3:arn": objects },
  });
}

function viaS3(region: string): string {
  return `s3.${region}.amazonaws.com`;
}
