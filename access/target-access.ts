import type { Application } from "../definitions/application";
import type { EcsTarget, KubernetesTarget, Target } from "../delivery/target";
import * as execution from "../iam/execution-roles";
import * as names from "../names";
import type { EnvironmentSettings } from "../settings/settings";
import { type RolePlan, shortestSession } from "./role-plan";

/** Who may do what for one application in one environment's account: a union by the kind of deployment. */
export type TargetAccess = ServerlessAccess | EcsAccess | KubernetesAccess;

export interface ServerlessAccess {
  readonly kind: "serverless";
  readonly application: string;
  /** CloudFormation makes the application's stack with it. */
  readonly cloudFormation: RolePlan;
}

export interface EcsAccess {
  readonly kind: "ecs";
  readonly application: string;
  /** What the application's own code may do. */
  readonly task: RolePlan;
  /** ECS starts the tasks with it. */
  readonly taskExecution: RolePlan;
}

export interface KubernetesAccess {
  readonly kind: "kubernetes";
  readonly application: string;
  /** Deploys into the application's namespace. */
  readonly namespaceRole: RolePlan;
  readonly clusterAccess: ClusterAccess;
}

/** What an access entry of an EKS cluster grants, in one namespace. */
export interface ClusterAccess {
  readonly cluster: string;
  readonly namespace: string;
  /** https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
  readonly policyArn: string;
}

export function planTargetAccess(
  settings: EnvironmentSettings,
  application: Application,
  target: Target,
): TargetAccess {
  switch (target.kind) {
    case "serverless":
      return planServerless(settings, application);
    case "ecs":
      return planEcs(settings, application, target);
    case "kubernetes":
      return planKubernetes(settings, application, target);
    default:
      return target satisfies never;
  }
}

export function rolesOfTarget(access: TargetAccess): RolePlan[] {
  switch (access.kind) {
    case "serverless":
      return [access.cloudFormation];
    case "ecs":
      return [access.task, access.taskExecution];
    case "kubernetes":
      return [access.namespaceRole];
    default:
      return access satisfies never;
  }
}

function planServerless(settings: EnvironmentSettings, application: Application): ServerlessAccess {
  const { platform, environment, confusedDeputyConditions } = settings;
  return {
    kind: "serverless",
    application: application.name,
    cloudFormation: {
      ...executionRole(application.name, names.cloudFormationRoleName(application.name)),
      description: `CloudFormation makes the stack of ${application.name} with it`,
      trust: execution.cloudFormationTrust(environment, application.name, confusedDeputyConditions),
      policies: { stack: execution.cloudFormationPermissions(platform, environment, application) },
    },
  };
}

function planEcs(
  { platform }: EnvironmentSettings,
  application: Application,
  { environment }: EcsTarget,
): EcsAccess {
  const capabilities = execution.taskPermissions(environment, application);
  return {
    kind: "ecs",
    application: application.name,
    task: {
      ...executionRole(application.name, names.taskRoleName(application.name)),
      description: `The code of ${application.name}`,
      trust: execution.taskTrust(environment),
      policies: capabilities ? { capabilities } : {},
      boundary: names.boundaryArn(environment),
    },
    taskExecution: {
      ...executionRole(application.name, names.taskExecutionRoleName(application.name)),
      description: `ECS starts the tasks of ${application.name} with it`,
      trust: execution.taskTrust(environment),
      policies: { start: execution.taskExecutionPermissions(platform, environment, application) },
    },
  };
}

function planKubernetes(
  { platform }: EnvironmentSettings,
  { name }: Application,
  { environment, eks }: KubernetesTarget,
): KubernetesAccess {
  const { cluster } = eks;
  return {
    kind: "kubernetes",
    application: name,
    namespaceRole: {
      ...executionRole(name, names.namespaceRoleName(name)),
      key: `${name}-namespace`,
      path: names.paths.namespace,
      description: `Deploys into the namespace ${name} of ${cluster}`,
      trust: execution.namespaceTrust(platform, environment, name),
      policies: { cluster: execution.namespacePermissions(environment, cluster) },
    },
    clusterAccess: {
      cluster,
      namespace: name,
      policyArn: `arn:${names.partition(environment.region)}:eks::aws:cluster-access-policy/AmazonEKSEditPolicy`,
    },
  };
}

/** What the roles of an application in an environment have in common. */
function executionRole(
  application: string,
  name: string,
): Pick<RolePlan, "key" | "name" | "path" | "tags" | "maxSessionSeconds"> {
  return {
    key: name,
    name,
    path: names.paths.execution,
    tags: names.applicationTags(application),
    maxSessionSeconds: shortestSession,
  };
}
