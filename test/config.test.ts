import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { applicationsDirectory } from "../config";
import { cicd, edited, project } from "./support/edited-settings";
import { type Files, settingsOf, settingsProblems, shippedFiles } from "./support/settings";

describe("config: the shipped settings", () => {
  it("give the CI/CD account its settings", async () => {
    const { settings } = await settingsOf(shippedFiles, "cicd");
    assert.ok(settings?.stack === "cicd");
    const { platform, ...rest } = settings;
    assert.deepEqual(rest, {
      stack: "cicd",
      connection: {
        arn: "arn:aws:codeconnections:eu-west-1:111111111111:connection/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
      },
      artifactRetentionDays: 90,
      logRetentionDays: 365,
      confusedDeputyConditions: true,
    });
    const { environments, ...shared } = platform;
    assert.deepEqual(shared, {
      organizationId: "o-example1234",
      cicd: { accountId: "111111111111", region: "eu-west-1" },
      platformRole: "slipway-platform",
      breakGlassRole: "slipway-break-glass",
      notifications: { approvals: ["release-managers@example.com"], status: ["platform-team@example.com"] },
      people: {
        identityCenterRegion: "eu-west-1",
        approverPermissionSet: "SlipwayApprover",
        starterPermissionSet: "SlipwayStarter",
        readerPermissionSet: "SlipwayReader",
      },
    });
    assert.deepEqual(environments[2], {
      name: "prod",
      accountId: "444444444444",
      region: "eu-west-1",
      production: true,
      approval: { timeoutMinutes: 20_160 },
      deploymentWindow: { cron: "* * 8-16 ? * MON-FRI", timeZone: "Europe/Berlin" },
      ecs: {
        cluster: "slipway-prod",
        subnetIds: ["subnet-0e1f2a3b4c5d6e7f8", "subnet-0b1c2d3e4f5a60718"],
        securityGroupIds: ["sg-0d1e2f3a4b5c6d7e8"],
      },
      eks: { cluster: "prod", nodeRole: "prod-nodes" },
    });
  });

  for (const [index, name] of ["dev", "test", "prod"].entries()) {
    it(`give the account of ${name} its settings`, async () => {
      const { settings } = await settingsOf(shippedFiles, name);
      assert.ok(settings?.stack === "environment");
      assert.equal(settings.environment, settings.platform.environments[index]);
      assert.equal(settings.environment.name, name);
    });
  }

  it("cannot be changed by who gets them", async () => {
    const { settings } = await settingsOf(shippedFiles, "dev");
    assert.ok(settings !== undefined);
    assert.ok(
      Object.isFrozen(settings) && Object.isFrozen(settings.platform.environments[0]?.ecs?.subnetIds),
    );
  });

  it("say nothing of a stack's own settings in Pulumi.yaml, where every stack would get them", () => {
    assert.doesNotMatch(shippedFiles["Pulumi.yaml"] ?? "", /slipway:(stack|environment|connection):/);
  });
});

describe("config: what is allowed", () => {
  const accepted: readonly { name: string; stack?: string; files: Files; secretKeys?: string[] }[] = [
    {
      name: "keys of the project without its name before them",
      files: edited(project("slipway:organizationId", "organizationId")),
    },
    {
      name: "a connection for the stack to make",
      files: edited(cicd("arn: arn:aws:codeconnections", "{ name: github, providerType: GitHub } # ")),
    },
    {
      name: "settings of other providers",
      files: edited(
        cicd("aws:region", "awsx:anything: 1\n  pulumi:disable-default-providers: [aws]\n  aws:region"),
      ),
    },
    {
      name: "an encrypted setting of a provider",
      files: edited(cicd("aws:region", "aws:token: { secure: v1 }\n  aws:region")),
      secretKeys: ["aws:token"],
    },
    {
      name: "an approval of a quarter of a day",
      files: edited(project("timeoutDays: 14", "timeoutDays: 0.25")),
    },
    {
      name: "a deployment window on the last Friday of the month",
      files: edited(project("* * 8-16 ? * MON-FRI", "* 0/15 8,10-12 ? JAN-MAR 6L 2030-2031")),
    },
  ];
  for (const { name, files, secretKeys } of accepted) {
    it(name, async () => {
      assert.equal(await settingsProblems(files, "cicd", secretKeys), "");
    });
  }

  it("turns days of an approval into minutes", async () => {
    const { platform } = await settingsOf(edited(project("timeoutDays: 14", "timeoutDays: 0.25")), "cicd");
    assert.deepEqual(platform?.environments[1]?.approval, { timeoutMinutes: 360 });
  });
});

describe("config: the folder of application files", () => {
  function withVariable(value: string | undefined): string {
    const before = process.env["SLIPWAY_APPLICATIONS"];
    try {
      if (value === undefined) delete process.env["SLIPWAY_APPLICATIONS"];
      else process.env["SLIPWAY_APPLICATIONS"] = value;
      return applicationsDirectory();
    } finally {
      if (before === undefined) delete process.env["SLIPWAY_APPLICATIONS"];
      else process.env["SLIPWAY_APPLICATIONS"] = before;
    }
  }

  it("is applications unless SLIPWAY_APPLICATIONS names another one", () => {
    assert.equal(withVariable(undefined), "applications");
    assert.equal(withVariable(""), "applications");
    assert.equal(withVariable("/elsewhere/apps"), "/elsewhere/apps");
  });

  it("is shown short where it lies below the working directory", () => {
    assert.equal(withVariable(`${process.cwd()}/teams/apps`), "teams/apps");
    assert.equal(withVariable(process.cwd()), process.cwd());
  });
});
