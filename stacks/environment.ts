import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { planEnvironmentAccess } from "../access/environment-access";
import type { TargetAccess } from "../access/target-access";
import { EcsTarget } from "../components/ecs-target";
import { EnvironmentDoor } from "../components/environment-door";
import { KubernetesTarget } from "../components/kubernetes-target";
import { ServerlessTarget } from "../components/serverless-target";
import type { Application } from "../definitions/application";
import * as names from "../names";
import type { EnvironmentSettings } from "../settings/settings";

/** One environment's account: the door, the boundary, and what each application that leads here needs. Returns the outputs. */
export function environmentStack(
  settings: EnvironmentSettings,
  applications: readonly Application[],
): Record<string, unknown> {
  const { environment } = settings;
  const access = planEnvironmentAccess(settings, applications);
  const door = new EnvironmentDoor(access.door.key, access);

  if (environment.ecs) {
    new aws.ecs.Cluster("applications", {
      name: environment.ecs.cluster,
      settings: [{ name: "containerInsights", value: "enabled" }],
      tags: names.platformTags,
    });
  }
  for (const target of access.targets) makeTarget(settings, target, door.boundary);

  return {
    doorRoleArn: door.doorRoleArn,
    boundaryArn: door.boundaryArn,
    applications: access.targets.map(({ application }) => application),
  };
}

function makeTarget(settings: EnvironmentSettings, access: TargetAccess, boundary: pulumi.Resource): void {
  const { environment, logRetentionDays } = settings;
  const { application } = access;
  switch (access.kind) {
    case "serverless":
      new ServerlessTarget(application, { access });
      return;
    case "ecs": {
      const logGroupName = names.workloadLogGroupName(application, environment.name);
      new EcsTarget(application, { access, logGroupName, logRetentionDays, boundary });
      return;
    }
    case "kubernetes":
      new KubernetesTarget(application, { access });
      return;
    default:
      access satisfies never;
  }
}
