import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ImagesPlan } from "../delivery/application-plan";
import { applicationTags } from "../names";

export interface ImageRepositoryArgs {
  readonly application: string;
  readonly plan: ImagesPlan;
  /** Who may pull. */
  readonly policy: aws.iam.PolicyDocument;
}

/**
 * One application's images. They outlive the application's file, with the policy that lets environments pull them:
 * production may still run them, and start again from them.
 */
export class ImageRepository extends pulumi.ComponentResource {
  readonly repositoryUrl: pulumi.Output<string>;

  constructor(name: string, args: ImageRepositoryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:ImageRepository", name, {}, opts);
    const { plan } = args;
    const outliving = { parent: this, retainOnDelete: true };

    const repository = new aws.ecr.Repository(
      name,
      {
        name: plan.repository,
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: "AES256" }],
        tags: applicationTags(args.application),
      },
      outliving,
    );
    new aws.ecr.RepositoryPolicy(
      `${name}-policy`,
      { repository: repository.name, policy: args.policy },
      outliving,
    );
    new aws.ecr.LifecyclePolicy(
      `${name}-lifecycle`,
      {
        repository: repository.name,
        policy: {
          rules: [
            {
              rulePriority: 1,
              description: `Keep the last ${plan.keptImages} images`,
              selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: plan.keptImages },
              action: { type: "expire" },
            },
          ],
        },
      },
      outliving,
    );

    this.repositoryUrl = repository.repositoryUrl;
    this.registerOutputs({ repositoryUrl: this.repositoryUrl });
  }
}
