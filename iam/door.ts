import * as names from "../names";
import type { Environment, Platform } from "../settings/settings";
import { keyAccess } from "./artifacts";
import { allow, document, type Conditions, type PolicyDocument, type Statement } from "./document";
import { applicationTag, callersApplication, callersDeploymentKind, deploymentKindTag } from "./tags";

/**
 * Who may pass the one door into an environment, `CICDCrossAccountRole`: the deploy jobs for this environment in the CI/CD
 * account, each under its own name.
 *
 * - The principal is the account with `aws:PrincipalArn`, not the roles: a role that is deleted and made again keeps its
 *   right, and this stack can be deployed before the roles exist.
 * - Never a service principal and never `aws:PrincipalServiceName`: the caller is a role's session, for which AWS does not
 *   set that key (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html).
 * - Each action carries condition keys of its own, hence three statements:
 *   https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
 * - The session's tags must equal the caller's own role tags, so a job cannot come in as another application.
 */
export function doorTrust(platform: Platform, environment: Environment): PolicyDocument {
  const { application, deploymentKind } = names.tagKeys;
  const deployJobs = {
    ArnLike: { "aws:PrincipalArn": names.roleArn(platform.cicd, names.paths.deploy(environment.name), "*") },
  };
  const ownTags = {
    "aws:PrincipalOrgID": platform.organizationId,
    [applicationTag.request]: callersApplication,
    [deploymentKindTag.request]: callersDeploymentKind,
  };
  const statement = (Sid: string, action: string, conditions: Conditions): Statement => ({
    Sid,
    Effect: "Allow",
    Principal: { AWS: names.rootArn(platform.cicd) },
    Action: [action],
    Condition: { ...deployJobs, ...conditions },
  });
  return document(
    statement("DeployJobsUnderTheirOwnName", "sts:AssumeRole", {
      StringEquals: ownTags,
      Null: { "sts:SourceIdentity": "false" },
    }),
    statement("SessionTagsThatSayWhoseJobItIs", "sts:TagSession", {
      StringEquals: ownTags,
      // True when nothing is sent: the two tags above are what makes it a demand.
      "ForAllValues:StringEquals": { "aws:TagKeys": [application, deploymentKind] },
      Null: { "aws:TagKeys": "false" },
    }),
    // AWS cannot check the value; it is the pipeline's execution, for the trail.
    statement("SourceIdentityForTheTrail", "sts:SetSourceIdentity", {
      StringEquals: { "aws:PrincipalOrgID": platform.organizationId },
      Null: { "sts:SourceIdentity": "false" },
    }),
  );
}

/**
 * What the door opens: for every kind of deployment the names of the caller's own application, taken from its session tag.
 * A new application needs no change here. The role itself must never carry one of the two tags.
 */
export function doorPermissions(platform: Platform, environment: Environment): PolicyDocument {
  const statements = [...serverless(platform, environment)];
  if (environment.ecs) statements.push(...ecs(environment, environment.ecs.cluster));
  if (environment.eks) statements.push(...kubernetes(environment));
  return document(...statements);
}

function deploying(kind: string, conditions: Conditions = {}): Conditions {
  return {
    ...conditions,
    StringEquals: { ...conditions["StringEquals"], [deploymentKindTag.principal]: kind },
  };
}

/** A change set at a time, always with the application's own service role, of the application's own packages. */
function serverless(platform: Platform, environment: Environment): Statement[] {
  const kind = "serverless";
  const packages = `${names.bucketArn(platform)}/${names.packagePrefix(environment.name, callersApplication)}/*`;
  return [
    ...changeSets(environment, kind),
    // CloudFormation fetches the template with the caller's rights, by the version that was judged.
    allow(
      "ReadOwnPackages",
      ["s3:GetObject", "s3:GetObjectVersion"],
      [packages],
      deploying(kind, { StringEquals: { "aws:ResourceAccount": platform.cicd.accountId } }),
    ),
    keyAccess(platform, "DecryptOwnPackages", ["kms:Decrypt"], [packages], {
      [deploymentKindTag.principal]: kind,
    }),
  ];
}

function changeSets(environment: Environment, kind: string): Statement[] {
  const stackName = names.workloadName(callersApplication, environment.name);
  const stack = names.arn(environment, "cloudformation", `stack/${stackName}/*`);
  const serviceRole = names.cloudFormationRoleArn(environment, callersApplication);
  return [
    allow(
      "PlanOwnStack",
      ["cloudformation:CreateChangeSet"],
      [stack],
      deploying(kind, { StringEquals: { "cloudformation:RoleArn": serviceRole } }),
    ),
    allow(
      "DeployOwnStack",
      [
        "cloudformation:DeleteChangeSet",
        "cloudformation:DescribeChangeSet",
        "cloudformation:DescribeStackEvents",
        "cloudformation:DescribeStacks",
        "cloudformation:ExecuteChangeSet",
        "cloudformation:ListStackResources",
      ],
      [stack],
      deploying(kind),
    ),
    allow("TagOwnStack", ["cloudformation:TagResource"], [stack], {
      StringEquals: {
        [deploymentKindTag.principal]: kind,
        [applicationTag.request]: callersApplication,
      },
    }),
    allow(
      "PassOwnServiceRole",
      ["iam:PassRole"],
      [serviceRole],
      deploying(kind, { StringEquals: { "iam:PassedToService": "cloudformation.amazonaws.com" } }),
    ),
  ];
}

/** `ecs:UpdateService` makes no PassRole check, so the task definition itself is bound: it must be the application's own. */
function ecs(environment: Environment, cluster: string): Statement[] {
  const workload = names.workloadName(callersApplication, environment.name);
  const service = names.arn(environment, "ecs", `service/${cluster}/${workload}`);
  const taskDefinition = names.arn(environment, "ecs", `task-definition/${workload}:*`);
  const taskRoles = [
    names.taskRoleArn(environment, callersApplication),
    names.taskExecutionRoleArn(environment, callersApplication),
  ];
  return [
    allow("RegisterOwnTask", ["ecs:RegisterTaskDefinition"], [taskDefinition], deploying("ecs")),
    // No resource-level permission: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
    allow("ReadTaskDefinitions", ["ecs:DescribeTaskDefinition"], ["*"], deploying("ecs")),
    allow("ReadOwnService", ["ecs:DescribeServices"], [service], deploying("ecs")),
    allow(
      "DeployOwnService",
      ["ecs:CreateService", "ecs:UpdateService"],
      [service],
      deploying("ecs", { ArnLike: { "ecs:task-definition": taskDefinition } }),
    ),
    allow("TagOwnTaskAndService", ["ecs:TagResource"], [taskDefinition, service], {
      StringEquals: {
        [deploymentKindTag.principal]: "ecs",
        "ecs:CreateAction": ["RegisterTaskDefinition", "CreateService"],
        [applicationTag.request]: callersApplication,
      },
    }),
    allow(
      "PassOwnTaskRoles",
      ["iam:PassRole"],
      taskRoles,
      deploying("ecs", { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } }),
    ),
  ];
}

/** One step further, into the role that owns the application's namespace. */
function kubernetes(environment: Environment): Statement[] {
  return [
    allow(
      "BecomeOwnNamespaceRole",
      ["sts:AssumeRole", "sts:SetSourceIdentity"],
      [names.namespaceRoleArn(environment, callersApplication)],
      deploying("kubernetes"),
    ),
  ];
}
