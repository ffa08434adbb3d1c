import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { EcsTarget } from "../components/ecs-target";
import { EnvironmentDoor } from "../components/environment-door";
import { KubernetesTarget } from "../components/kubernetes-target";
import { ServerlessTarget } from "../components/serverless-target";
import { platformTags } from "../components/tags";
import { leadsTo, type Application } from "../definitions/application";
import type { EnvironmentSettings } from "../settings/settings";

/** One environment's account: the door, the boundary, and what each application that leads here needs. Returns the outputs. */
export function environmentStack(
  settings: EnvironmentSettings,
  applications: readonly Application[],
): Record<string, unknown> {
  const { platform, environment } = settings;
  const door = new EnvironmentDoor("door", { platform, environment });

  if (environment.ecs) {
    new aws.ecs.Cluster("applications", {
      name: environment.ecs.cluster,
      settings: [{ name: "containerInsights", value: "enabled" }],
      tags: platformTags,
    });
  }
  const here = applications.filter((application) => leadsTo(application, environment.name));
  for (const application of here) makeTarget(settings, application, door.boundary);

  return {
    doorRoleArn: door.doorRoleArn,
    boundaryArn: door.boundaryArn,
    applications: here.map((application) => application.name),
  };
}

function makeTarget(
  settings: EnvironmentSettings,
  application: Application,
  boundary: pulumi.Resource,
): void {
  const { platform, environment } = settings;
  const { kind } = application.deployment;
  switch (kind) {
    case "serverless":
      new ServerlessTarget(application.name, { settings, application });
      return;
    case "ecs":
      new EcsTarget(application.name, { settings, application, boundary });
      return;
    case "kubernetes": {
      if (!environment.eks)
        throw new Error(`${application.name} leads to ${environment.name}, which has no eks settings`);
      const { cluster } = environment.eks;
      new KubernetesTarget(application.name, {
        platform,
        environment,
        application: application.name,
        cluster,
      });
      return;
    }
    default:
      kind satisfies never;
  }
}
