import {
  type Application,
  type EcsDeployment,
  type KubernetesDeployment,
  leadsTo,
  type ServerlessDeployment,
} from "../definitions/application";
import type { EcsPlatform, EksPlatform, Environment, Platform } from "../settings/settings";

/** An application in one environment that it leads to: how it is deployed there, with what the environment offers to that kind. */
export type Target = ServerlessTarget | ContainerTarget;

export interface ServerlessTarget {
  readonly kind: "serverless";
  readonly environment: Environment;
  readonly deployment: ServerlessDeployment;
}

/** A target that runs an image. */
export type ContainerTarget = EcsTarget | KubernetesTarget;

export interface EcsTarget {
  readonly kind: "ecs";
  readonly environment: Environment;
  readonly deployment: EcsDeployment;
  readonly ecs: EcsPlatform;
}

export interface KubernetesTarget {
  readonly kind: "kubernetes";
  readonly environment: Environment;
  readonly deployment: KubernetesDeployment;
  readonly eks: EksPlatform;
}

/** The application's targets, in the order in which releases pass through their environments. */
export function targetsOf(platform: Platform, application: Application): Target[] {
  return platform.environments
    .filter(({ name }) => leadsTo(application, name))
    .map((environment) => targetIn(environment, application));
}

/**
 * Throws for an application that leads to an environment without a place to run it: `definitions/` refuses such a file, so
 * this would be a fault of ours.
 */
export function targetIn(environment: Environment, application: Application): Target {
  const { deployment } = application;
  const { ecs, eks } = environment;
  if (deployment.kind === "serverless") return { kind: deployment.kind, environment, deployment };
  if (deployment.kind === "ecs" && ecs) return { kind: deployment.kind, environment, deployment, ecs };
  if (deployment.kind === "kubernetes" && eks) return { kind: deployment.kind, environment, deployment, eks };
  throw new Error(
    `${application.name} leads to ${environment.name}, which has no place for kind ${deployment.kind}.`,
  );
}

export function isContainerTarget(target: Target): target is ContainerTarget {
  return target.kind !== "serverless";
}
