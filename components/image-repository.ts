import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { PolicyDocument } from "../iam/document";
import { applicationTags } from "./tags";

export interface ImageRepositoryArgs {
  readonly application: string;
  readonly repositoryName: string;
  /** Who may pull. */
  readonly policy: PolicyDocument;
}

/** How many images stay for going back; tags are immutable, so every build is one. */
const keptImages = 100;

/**
 * One application's images. They outlive the application's file, with the policy that lets environments pull them:
 * production may still run them, and start again from them.
 */
export class ImageRepository extends pulumi.ComponentResource {
  readonly repositoryUrl: pulumi.Output<string>;

  constructor(name: string, args: ImageRepositoryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:ImageRepository", name, {}, opts);
    const kept = { parent: this, retainOnDelete: true };

    const repository = new aws.ecr.Repository(
      name,
      {
        name: args.repositoryName,
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: "AES256" }],
        tags: applicationTags(args.application),
      },
      kept,
    );
    new aws.ecr.RepositoryPolicy(
      `${name}-policy`,
      { repository: repository.name, policy: args.policy },
      kept,
    );
    new aws.ecr.LifecyclePolicy(
      `${name}-lifecycle`,
      {
        repository: repository.name,
        policy: {
          rules: [
            {
              rulePriority: 1,
              description: `Keep the last ${keptImages} images`,
              selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: keptImages },
              action: { type: "expire" },
            },
          ],
        },
      },
      kept,
    );

    this.repositoryUrl = repository.repositoryUrl;
    this.registerOutputs({ repositoryUrl: this.repositoryUrl });
  }
}
