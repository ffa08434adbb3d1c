import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { platformTags } from "../names";

export interface ArtifactBucketArgs {
  readonly bucketName: string;
  readonly policy: aws.iam.PolicyDocument;
  readonly keyArn: pulumi.Input<string>;
  /** Days until an artifact expires; its former versions go with it. */
  readonly retentionDays: number;
}

/** The one bucket of all artifacts: private, versioned, encrypted with our key, reached by TLS only. */
export class ArtifactBucket extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;

  constructor(name: string, args: ArtifactBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:ArtifactBucket", name, {}, opts);

    const bucket = new aws.s3.Bucket(
      name,
      { bucket: args.bucketName, tags: platformTags },
      { parent: this, protect: true },
    );
    const publicAccess = keepPrivate(name, bucket.bucket, this);
    encrypt(name, bucket.bucket, args.keyArn, this);
    expire(name, bucket.bucket, args.retentionDays, this);
    new aws.s3.BucketPolicy(
      `${name}-policy`,
      { bucket: bucket.bucket, policy: args.policy },
      // S3 refuses concurrent changes of a bucket's policy and its public access block.
      { parent: this, dependsOn: [publicAccess] },
    );

    this.bucketName = bucket.bucket;
    this.registerOutputs({ bucketName: this.bucketName });
  }
}

function keepPrivate(name: string, bucket: pulumi.Input<string>, parent: pulumi.Resource): pulumi.Resource {
  new aws.s3.BucketOwnershipControls(
    `${name}-ownership`,
    { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    { parent },
  );
  return new aws.s3.BucketPublicAccessBlock(
    `${name}-public-access`,
    {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    { parent },
  );
}

function encrypt(
  name: string,
  bucket: pulumi.Input<string>,
  keyArn: pulumi.Input<string>,
  parent: pulumi.Resource,
): void {
  new aws.s3.BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    {
      bucket,
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
          // A Bucket Key would put the bucket's ARN into the encryption context, and policies ask for the object's:
          // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
          bucketKeyEnabled: false,
        },
      ],
    },
    { parent },
  );
}

/** Keeps former versions as long as the objects themselves: rules for them count only in a versioned bucket. */
function expire(name: string, bucket: pulumi.Input<string>, days: number, parent: pulumi.Resource): void {
  const versioning = new aws.s3.BucketVersioning(
    `${name}-versioning`,
    { bucket, versioningConfiguration: { status: "Enabled" } },
    { parent },
  );
  new aws.s3.BucketLifecycleConfiguration(
    `${name}-lifecycle`,
    {
      bucket,
      rules: [
        {
          id: "expire-artifacts",
          status: "Enabled",
          filter: { prefix: "" },
          expiration: { days },
          noncurrentVersionExpiration: { noncurrentDays: days },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        },
      ],
    },
    { parent, dependsOn: [versioning] },
  );
}
