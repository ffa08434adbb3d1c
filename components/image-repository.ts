import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ImagesPlan } from "../delivery/application-plan";
import { applicationTags, deployedTagPrefix } from "../names";

type LifecyclePolicyRule = aws.types.input.ecr.LifecyclePolicyRule;

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
        policy: { rules: lifecycleRules(plan) },
      },
      outliving,
    );

    this.repositoryUrl = repository.repositoryUrl;
    this.registerOutputs({ repositoryUrl: this.repositoryUrl });
  }
}

/**
 * An image that an earlier rule selects by its tag is never expired by a later one, so that builds of a busy branch, which
 * only the last rule counts, push out nothing that an environment was given.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html#lp_evaluation_rules
 */
function lifecycleRules({ keptBuilds, keptDeployments }: ImagesPlan): LifecyclePolicyRule[] {
  const deployed = Object.entries(keptDeployments).map(([environment, kept], index) => ({
    rulePriority: index + 1,
    description: `Keep the last ${kept} images that were deployed to ${environment}`,
    selection: {
      tagStatus: "tagged",
      tagPrefixList: [deployedTagPrefix(environment)],
      countType: "imageCountMoreThan",
      countNumber: kept,
    },
    action: { type: "expire" },
  }));
  return [
    ...deployed,
    {
      rulePriority: deployed.length + 1,
      description: `Keep the last ${keptBuilds} images that were deployed nowhere`,
      selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: keptBuilds },
      action: { type: "expire" },
    },
  ];
}
