import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { namespacePermissions, namespaceTrust } from "../iam/execution-roles";
import * as names from "../names";
import type { Environment, Platform } from "../settings/settings";
import { Role } from "./role";
import { applicationTags } from "./tags";

export interface KubernetesTargetArgs {
  readonly platform: Platform;
  readonly environment: Environment;
  readonly application: string;
  readonly cluster: string;
}

/** What a `kubernetes` application needs in an environment: a role that may edit its own namespace, and nothing beside it. */
export class KubernetesTarget extends pulumi.ComponentResource {
  constructor(name: string, args: KubernetesTargetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:KubernetesTarget", name, {}, opts);
    const { platform, environment, application, cluster } = args;

    const role = new Role(
      `${name}-namespace`,
      {
        roleName: names.namespaceRoleName(application),
        path: names.paths.namespace,
        description: `Deploys into the namespace ${application} of ${cluster}`,
        trust: namespaceTrust(platform, environment, application),
        policies: { cluster: namespacePermissions(environment, cluster) },
        tags: applicationTags(application),
      },
      { parent: this },
    );
    const entry = new aws.eks.AccessEntry(
      name,
      {
        clusterName: cluster,
        principalArn: role.roleArn,
        type: "STANDARD",
        tags: applicationTags(application),
      },
      { parent: this },
    );
    new aws.eks.AccessPolicyAssociation(
      name,
      {
        clusterName: cluster,
        principalArn: entry.principalArn,
        policyArn: `arn:${names.partition(environment.region)}:eks::aws:cluster-access-policy/AmazonEKSEditPolicy`,
        accessScope: { type: "namespace", namespaces: [application] },
      },
      { parent: this, dependsOn: [entry] },
    );

    this.registerOutputs({});
  }
}
