import fs from "node:fs";
import path from "node:path";
import { stringify } from "yaml";

const PROJECT = path.join(__dirname, "..");

/** In the order of a release; each application takes the first few and the last. */
const ENVIRONMENTS = ["dev", "integration", "acceptance", "staging", "preview", "prod"] as const;
const TEAMS = ["payments", "identity", "catalogue", "fulfilment", "data-science", "platform"] as const;
const KINDS = ["serverless", "ecs", "kubernetes", "serverless", "ecs"] as const;

/**
 * Writes the project of an organization of `count` applications that is like real ones: three kinds, teams, names that fill the
 * room for them, two to six environments each. All that is not settings is that of this project.
 * @param directory where to; must not exist
 */
export function generateOrganization(directory: string, count: number): void {
  fs.mkdirSync(path.join(directory, "applications"), { recursive: true });
  for (const entry of fs.readdirSync(PROJECT)) {
    if (/^(?:Pulumi.*\.yaml|applications|\..*)$/.test(entry)) continue;
    fs.symlinkSync(path.join(PROJECT, entry), path.join(directory, entry));
  }
  const write = (file: string, content: unknown): void => {
    fs.writeFileSync(path.join(directory, file), stringify(content));
  };
  write("Pulumi.yaml", { name: "slipway", runtime: "nodejs", config: sharedSettings() });
  write("Pulumi.cicd.yaml", { config: cicdSettings() });
  for (const [index, name] of ENVIRONMENTS.entries()) {
    write(`Pulumi.${name}.yaml`, { config: environmentSettings(name, index) });
  }
  for (let index = 0; index < count; index += 1) {
    const application = applicationOf(index);
    write(`applications/${application.name}.yaml`, application);
  }
}

function sharedSettings(): object {
  return {
    "slipway:organizationId": "o-example1234",
    "slipway:cicd": { value: { accountId: "111111111111", region: "eu-west-1" } },
    "slipway:environments": ENVIRONMENTS.map((name, index) => ({
      name,
      accountId: accountOf(index),
      region: "eu-west-1",
      ...(name === "prod" ? { production: true, approval: { timeoutDays: 14 } } : {}),
      ecs: {
        cluster: `slipway-${name}`,
        subnetIds: ["subnet-0d1e2f3a4b5c6d7e8", "subnet-0a1b2c3d4e5f60718"],
        securityGroupIds: ["sg-0c1d2e3f4a5b6c7d8"],
      },
      eks: { cluster: name, nodeRole: `${name}-nodes` },
    })),
    "slipway:platformRole": "slipway-platform",
    "slipway:breakGlassRole": "slipway-break-glass",
    "slipway:notifications": { value: { approvals: ["release@example.com"], status: ["team@example.com"] } },
    "slipway:people": {
      value: {
        identityCenterRegion: "eu-west-1",
        approverPermissionSet: "SlipwayApprover",
        readerPermissionSet: "SlipwayReader",
      },
    },
    "slipway:logRetentionDays": 365,
  };
}

function cicdSettings(): object {
  return {
    "slipway:stack": "cicd",
    "aws:region": "eu-west-1",
    "aws:allowedAccountIds": ["111111111111"],
    "slipway:connection": {
      arn: "arn:aws:codeconnections:eu-west-1:111111111111:connection/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
    },
    "slipway:artifactRetentionDays": 90,
  };
}

function environmentSettings(name: string, index: number): object {
  return {
    "slipway:stack": "environment",
    "slipway:environment": name,
    "aws:region": "eu-west-1",
    "aws:allowedAccountIds": [accountOf(index)],
  };
}

function accountOf(index: number): string {
  return String(index + 2).repeat(12);
}

function applicationOf(index: number): { readonly name: string; readonly [field: string]: unknown } {
  const team = TEAMS[index % TEAMS.length] ?? "";
  const kind = KINDS[index % KINDS.length] ?? "ecs";
  const name = `${team}-service-${String(index + 1).padStart(4, "0")}`;
  const before = ENVIRONMENTS.slice(0, 1 + (index % 5));
  return {
    name,
    repository: `example-org/${name}`,
    notifications: [`${team}@example.com`],
    test: {
      runtimes: { nodejs: "22" },
      install: ["npm ci"],
      commands: ["npm test"],
      reports: [{ name: "unit", file: "reports/junit.xml", format: "JUNITXML" }],
    },
    deployment: deploymentOf(kind, name),
    ...(kind === "kubernetes"
      ? {}
      : { capabilities: kind === "ecs" ? ["dynamodb"] : ["lambda", "http-api"] }),
    tracks: [{ name: "main", branches: ["main"], environments: [...before, "prod"] }],
    pullRequests: { branches: ["main"] },
  };
}

function deploymentOf(kind: (typeof KINDS)[number], name: string): object {
  if (kind === "serverless") return { kind, healthPath: "/health" };
  if (kind === "kubernetes") return { kind, dockerfile: "Dockerfile", chart: "chart" };
  return {
    kind,
    dockerfile: "Dockerfile",
    containerName: name,
    taskDefinition: "ecs/task-definition.json",
    desiredCount: 2,
  };
}
