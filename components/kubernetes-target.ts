import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { KubernetesAccess } from "../access/target-access";
import * as names from "../names";
import { Role } from "./role";

export interface KubernetesTargetArgs {
  readonly access: KubernetesAccess;
}

/** What a `kubernetes` application needs in an environment: a role that may edit its own namespace, and nothing beside it. */
export class KubernetesTarget extends pulumi.ComponentResource {
  constructor(name: string, args: KubernetesTargetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:KubernetesTarget", name, {}, opts);
    const { application, namespaceRole, clusterAccess } = args.access;
    const { cluster, namespace, policyArn } = clusterAccess;

    const role = new Role(namespaceRole.key, { plan: namespaceRole }, { parent: this });
    const entry = new aws.eks.AccessEntry(
      name,
      {
        clusterName: cluster,
        principalArn: role.roleArn,
        type: "STANDARD",
        tags: names.applicationTags(application),
      },
      { parent: this },
    );
    new aws.eks.AccessPolicyAssociation(
      name,
      {
        clusterName: cluster,
        principalArn: entry.principalArn,
        policyArn,
        accessScope: { type: "namespace", namespaces: [namespace] },
      },
      { parent: this, dependsOn: [entry] },
    );

    this.registerOutputs({});
  }
}
