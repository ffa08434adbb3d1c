import * as names from "../names";
import type { Environment } from "../settings/settings";
import { document, sidPart, type PolicyDocument } from "./document";

/** The environments an application leads to may pull its images, with the roles that run or deploy it; none may push. */
export function repositoryPolicy(
  organizationId: string,
  application: string,
  kind: "ecs" | "kubernetes",
  environments: readonly Environment[],
): PolicyDocument {
  return document(
    ...environments.map((environment) => ({
      Sid: `PullFrom${sidPart(environment.name)}`,
      Effect: "Allow" as const,
      Principal: { AWS: names.rootArn(environment) },
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Condition: {
        StringEquals: { "aws:PrincipalOrgID": organizationId },
        ArnEquals: { "aws:PrincipalArn": imagePuller(environment, application, kind) },
      },
    })),
  );
}

/** The task execution role on ECS; on Kubernetes the role of the cluster's nodes. */
function imagePuller(environment: Environment, application: string, kind: "ecs" | "kubernetes"): string {
  if (kind === "ecs") {
    return names.roleArn(environment, names.paths.execution, names.taskExecutionRoleName(application));
  }
  if (!environment.eks)
    throw new Error(`${application} leads to ${environment.name}, which has no EKS cluster`);
  return names.roleArn(environment, "/", environment.eks.nodeRole);
}
