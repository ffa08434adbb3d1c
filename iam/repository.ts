import * as names from "../names";
import type { Environment, Platform } from "../settings/settings";
import { document, sidPart, type PolicyDocument } from "./document";

/** A role of an environment's account that pulls an application's images. */
export interface ImagePuller {
  readonly environment: Environment;
  readonly roleArn: string;
}

/** One role of each environment that the application leads to may pull its images; none of them may push. */
export function repositoryPolicy(platform: Platform, pullers: readonly ImagePuller[]): PolicyDocument {
  return document(
    ...pullers.map(({ environment, roleArn }) => ({
      Sid: `PullFrom${sidPart(environment.name)}`,
      Effect: "Allow" as const,
      Principal: { AWS: names.rootArn(environment) },
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Condition: {
        StringEquals: { "aws:PrincipalOrgID": platform.organizationId },
        ArnEquals: { "aws:PrincipalArn": roleArn },
      },
    })),
  );
}
