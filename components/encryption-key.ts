import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { platformTags } from "../names";

export interface EncryptionKeyArgs {
  readonly description: string;
  /** With the prefix `alias/`. */
  readonly alias: string;
  readonly policy: aws.iam.PolicyDocument;
}

/** A customer managed KMS key that is rotated every year and cannot be deleted by a slip. */
export class EncryptionKey extends pulumi.ComponentResource {
  readonly keyArn: pulumi.Output<string>;

  constructor(name: string, args: EncryptionKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:EncryptionKey", name, {}, opts);

    const key = new aws.kms.Key(
      name,
      {
        description: args.description,
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        policy: JSON.stringify(args.policy),
        tags: platformTags,
      },
      { parent: this, protect: true },
    );
    new aws.kms.Alias(`${name}-alias`, { name: args.alias, targetKeyId: key.keyId }, { parent: this });

    this.keyArn = key.arn;
    this.registerOutputs({ keyArn: this.keyArn });
  }
}
