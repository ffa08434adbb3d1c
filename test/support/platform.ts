import type { Application, Deployment } from "../../definitions/application";
import type { CicdSettings, Environment, EnvironmentSettings, Platform } from "../../settings/settings";

/** A small platform for tests that read better with fixed names. */
export const dev: Environment = {
  name: "dev",
  accountId: "222222222222",
  region: "eu-west-1",
  production: false,
  ecs: { cluster: "applications", subnetIds: ["subnet-0a"], securityGroupIds: ["sg-0a"] },
  eks: { cluster: "workloads", nodeRole: "workloads-node" },
};

export const prod: Environment = {
  name: "prod",
  accountId: "444444444444",
  region: "eu-west-1",
  production: true,
  approval: { timeoutMinutes: 10_080 },
  deploymentWindow: { cron: "* * 8-16 ? * MON-FRI", timeZone: "Europe/Berlin" },
  ecs: { cluster: "applications", subnetIds: ["subnet-0b"], securityGroupIds: ["sg-0b"] },
  eks: { cluster: "workloads", nodeRole: "workloads-node" },
};

export const platform: Platform = {
  organizationId: "o-example1234",
  cicd: { accountId: "111111111111", region: "eu-west-1" },
  environments: [dev, prod],
  platformRole: "slipway-platform",
  breakGlassRole: "slipway-break-glass",
  notifications: { approvals: ["approvers@example.com"], status: ["platform@example.com"] },
  people: {
    identityCenterRegion: "eu-west-1",
    approverPermissionSet: "ReleaseApprovers",
    starterPermissionSet: "ReleaseStarters",
    readerPermissionSet: "Developers",
  },
};

export const cicdSettings: CicdSettings = {
  stack: "cicd",
  platform,
  connection: { name: "github", providerType: "GitHub" },
  logRetentionDays: 90,
  artifactRetentionDays: 90,
  confusedDeputyConditions: true,
};

export function environmentSettings(environment: Environment): EnvironmentSettings {
  return {
    stack: "environment",
    platform,
    environment,
    logRetentionDays: 90,
    confusedDeputyConditions: true,
  };
}

/** The settings of all accounts of the platform. */
export const settingsOfAll = [cicdSettings, environmentSettings(dev), environmentSettings(prod)] as const;

const deployments = {
  serverless: { kind: "serverless", directory: ".", healthPath: "/hello" },
  ecs: {
    kind: "ecs",
    dockerfile: "Dockerfile.prod",
    context: ".",
    containerName: "web",
    taskDefinition: "ecs/task-definition.json",
    desiredCount: 2,
  },
  kubernetes: { kind: "kubernetes", dockerfile: "Dockerfile", context: ".", chart: "chart" },
} as const satisfies Record<string, Deployment>;

export function application(
  name: string,
  kind: keyof typeof deployments,
  changes: Partial<Application> = {},
): Application {
  return {
    name,
    repository: `example-org/${name}`,
    notifications: [`${name}@example.com`],
    test: {
      runtimes: { nodejs: "22" },
      install: ["npm ci"],
      commands: ["npm test"],
      reports: [{ name: "unit", file: "reports/junit.xml", format: "JUNITXML" }],
    },
    deployment: deployments[kind],
    capabilities: kind === "serverless" ? ["lambda", "http-api"] : [],
    tracks: [track("main", ["dev", "prod"])],
    ...changes,
  };
}

export function track(name: string, environments: readonly string[]): Application["tracks"][number] {
  const none = { includes: [], excludes: [] };
  return {
    name,
    environments,
    trigger: { branches: { includes: [name], excludes: [] }, paths: none, tags: none },
  };
}
