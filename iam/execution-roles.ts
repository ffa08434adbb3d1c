import type { Application } from "../definitions/application";
import * as names from "../names";
import type { Environment, Platform } from "../settings/settings";
import { keyAccess } from "./artifacts";
import { provisioning, runtime } from "./capabilities";
import { allow, document, type PolicyDocument } from "./document";
import { applicationTag, deploymentKindTag } from "./tags";
import { serviceTrust } from "./trust";

/**
 * What CloudFormation may do for one application's stack. The source keys are documented for stacks' service roles only in
 * part, so the same setting as for CodePipeline decides about them.
 */
export function cloudFormationTrust(
  environment: Environment,
  application: string,
  sourceConditions: boolean,
): PolicyDocument {
  const stack = `stack/${names.workloadName(application, environment.name)}/*`;
  return serviceTrust(
    "cloudformation.amazonaws.com",
    sourceConditions
      ? {
          StringEquals: { "aws:SourceAccount": environment.accountId },
          ArnLike: { "aws:SourceArn": names.arn(environment, "cloudformation", stack) },
        }
      : undefined,
  );
}

export function cloudFormationPermissions(
  platform: Platform,
  environment: Environment,
  application: Application,
): PolicyDocument {
  const packages = `${names.bucketArn(platform)}/${names.packagePrefix(environment.name, application.name)}/*`;
  return document(
    allow("ReadOwnPackages", ["s3:GetObject", "s3:GetObjectVersion"], [packages], {
      StringEquals: { "aws:ResourceAccount": platform.cicd.accountId },
    }),
    keyAccess(platform, "DecryptOwnPackages", ["kms:Decrypt"], [packages]),
    ...application.capabilities.flatMap((capability) =>
      provisioning(capability, environment, application.name),
    ),
  );
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html */
export function taskTrust(environment: Environment): PolicyDocument {
  return serviceTrust("ecs-tasks.amazonaws.com", {
    StringEquals: { "aws:SourceAccount": environment.accountId },
    ArnLike: { "aws:SourceArn": names.arn(environment, "ecs", "*") },
  });
}

/** What the application's own code may do on ECS; null when it asked for nothing. */
export function taskPermissions(environment: Environment, application: Application): PolicyDocument | null {
  const name = names.workloadName(application.name, environment.name);
  const statements = application.capabilities.flatMap((capability) => runtime(capability, environment, name));
  return statements.length > 0 ? document(...statements) : null;
}

/**
 * What ECS itself needs to start the tasks: the application's image and log, and what its task definition names under
 * `secrets`: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export function taskExecutionPermissions(
  platform: Platform,
  environment: Environment,
  { name: application, capabilities }: Application,
): PolicyDocument {
  const logGroup = names.workloadLogGroupName(application, environment.name);
  const secrets = capabilities.filter((capability) => capability === "secrets");
  return document(
    allow("SignInToRegistry", ["ecr:GetAuthorizationToken"], ["*"]),
    allow(
      "PullOwnImage",
      ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      [names.arn(platform.cicd, "ecr", `repository/${names.repositoryName(application)}`)],
    ),
    allow(
      "WriteOwnLog",
      ["logs:CreateLogStream", "logs:PutLogEvents"],
      [names.arn(environment, "logs", `log-group:${logGroup}:*`)],
    ),
    ...secrets.flatMap((capability) =>
      runtime(capability, environment, names.workloadName(application, environment.name)),
    ),
  );
}

/** Only the door, and only for the application whose name the session carries. */
export function namespaceTrust(
  platform: Platform,
  environment: Environment,
  application: string,
): PolicyDocument {
  const door = {
    StringEquals: {
      "aws:PrincipalOrgID": platform.organizationId,
      [applicationTag.principal]: application,
      [deploymentKindTag.principal]: "kubernetes",
    },
    ArnEquals: { "aws:PrincipalArn": names.doorRoleArn(environment) },
  };
  return document(
    {
      Sid: "OwnDeployments",
      Effect: "Allow",
      Principal: { AWS: names.rootArn(environment) },
      Action: ["sts:AssumeRole"],
      Condition: door,
    },
    {
      // Role chaining carries the source identity on and asks each role whether it may. It is then the session's own
      // (aws:SourceIdentity), not the request's:
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
      Sid: "SourceIdentityForTheTrail",
      Effect: "Allow",
      Principal: { AWS: names.rootArn(environment) },
      Action: ["sts:SetSourceIdentity"],
      Condition: { ...door, Null: { "aws:SourceIdentity": "false" } },
    },
  );
}

/** Finds the cluster; what it may do there is the access entry's business. */
export function namespacePermissions(environment: Environment, cluster: string): PolicyDocument {
  return document(
    allow("FindCluster", ["eks:DescribeCluster"], [names.arn(environment, "eks", `cluster/${cluster}`)]),
  );
}
