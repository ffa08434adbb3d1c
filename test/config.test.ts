import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { applicationsDirectory } from "../config";
import { type Files, settingsOf, settingsProblems, shippedFiles } from "./support/settings";

/** The shipped files with a text replaced: [file, text, replacement]… */
function edited(...edits: readonly (readonly [file: string, text: string, replacement: string])[]): Files {
  const files = { ...shippedFiles };
  for (const [file, text, replacement] of edits) {
    const before = files[file] ?? "";
    assert.ok(before.includes(text), `${file} holds ${text}`);
    files[file] = before.replace(text, () => replacement);
  }
  return files;
}

function project(text: string, replacement: string): [string, string, string] {
  return ["Pulumi.yaml", text, replacement];
}

const own = (text: string, replacement: string): [string, string, string] => [
  "Pulumi.cicd.yaml",
  text,
  replacement,
];
const dev = (text: string, replacement: string): [string, string, string] => [
  "Pulumi.dev.yaml",
  text,
  replacement,
];

const regions =
  "eu-central-1, eu-central-2, eu-north-1, eu-south-1, eu-south-2, eu-west-1, eu-west-2, eu-west-3";
const cicdKeys = [
  "slipway:stack, slipway:connection, slipway:artifactRetentionDays, slipway:organizationId, slipway:cicd,",
  "slipway:environments, slipway:platformRole, slipway:breakGlassRole, slipway:notifications, slipway:people,",
  "slipway:logRetentionDays, slipway:confusedDeputyConditions",
].join(" ");

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

interface Case {
  readonly name: string;
  readonly stack?: string;
  readonly files: Files;
  readonly secretKeys?: readonly string[];
  readonly expected: readonly string[];
}

const sharedCases: readonly Case[] = [
  {
    name: "an account id that is a number",
    files: edited(project('accountId: "111111111111"', "accountId: 012345678901")),
    expected: [
      "Pulumi.yaml:16:25: slipway:cicd.accountId: 12345678901 is a number, and a number loses its leading zeros.",
      '  Write all twelve digits in quotes: "012345678901".',
    ],
  },
  {
    name: "an account id that is too short",
    files: edited(project('"222222222222"', '"2222"')),
    expected: [
      'Pulumi.yaml:25:18: slipway:environments[0].accountId: "2222" is not an AWS account id.',
      "  Allowed: twelve digits in quotes.",
    ],
  },
  {
    name: "two environments in one account",
    files: edited(project('"333333333333"', '"222222222222"')),
    expected: [
      'Pulumi.yaml:35:18: slipway:environments[1].accountId: "222222222222" is the account of the environment dev too.',
      "  Give each environment an account of its own, apart from the CI/CD account: the account is what keeps them apart.",
    ],
  },
  {
    name: "an environment in the CI/CD account",
    files: edited(project('"333333333333"', '"111111111111"')),
    expected: [
      'Pulumi.yaml:35:18: slipway:environments[1].accountId: "111111111111" is the account of slipway:cicd too.',
      "  Give each environment an account of its own, apart from the CI/CD account: the account is what keeps them apart.",
    ],
  },
  {
    name: "a region that does not exist",
    files: edited(project("region: eu-west-1 }", "region: eu-west-9 }")),
    expected: [
      'Pulumi.yaml:16:49: slipway:cicd.region: "eu-west-9" is not a region of AWS.',
      "  Did you mean eu-west-1?",
      `  Allowed: ${regions} and others.`,
    ],
  },
  {
    name: "an environment in another partition",
    files: edited(project("region: eu-west-1\n      approval", "region: us-gov-west-1\n      approval")),
    expected: [
      'Pulumi.yaml:36:15: slipway:environments[1].region: "us-gov-west-1" is in the partition aws-us-gov, the CI/CD account in aws.',
      "  Give each partition a platform of its own: no account can reach into another partition.",
    ],
  },
  {
    name: "an organization id of another form",
    files: edited(project("o-example1234", "example")),
    expected: [
      'Pulumi.yaml:12:27: slipway:organizationId: "example" is not the id of an organization.',
      "  Allowed: o- and 10 to 32 small letters and digits, as `aws organizations describe-organization` shows it.",
    ],
  },
  {
    name: "an approval of 90 days",
    files: edited(project("timeoutDays: 14", "timeoutDays: 90")),
    expected: [
      "Pulumi.yaml:37:32: slipway:environments[1].approval.timeoutDays: 90 days are not a time that AWS waits for an approval.",
      "  Allowed: up to 60 days, at least 5 minutes (0.0035).",
    ],
  },
  {
    name: "approvals that nobody is asked for",
    files: edited(project("[release-managers@example.com]", "[]")),
    expected: [
      "Pulumi.yaml:59:18: slipway:notifications.approvals: nobody is asked, but releases into test and prod wait for an approval.",
      "  Add the e-mail address of at least one person or list.",
    ],
  },
  {
    name: "a deployment window with the five fields of a plain cron expression, in a time zone that does not exist",
    files: edited(
      project("* * 8-16 ? * MON-FRI", "0 8-16 * * MON-FRI"),
      project("timeZone: Europe/Berlin", "timeZone: Europe/Berln"),
    ),
    expected: [
      'Pulumi.yaml:43:33: slipway:environments[2].deploymentWindow.cron: "0 8-16 * * MON-FRI" has 5 fields; wanted are seconds, minutes, hours, day of month, month, day of week and, if need be, the year.',
      '  Example: "* * 8-16 ? * MON-FRI" opens on weekdays from 08:00 to 16:59.',
      "",
      'Pulumi.yaml:43:65: slipway:environments[2].deploymentWindow.timeZone: "Europe/Berln" is not a time zone.',
      "  Allowed: a name of the IANA database, for example Europe/Berlin or UTC.",
    ],
  },
  {
    name: "environments with one name, or with a name that our own names end in",
    files: edited(project("name: test", "name: dev"), project("name: prod", "name: task")),
    expected: [
      'Pulumi.yaml:34:13: slipway:environments[1].name: "dev" is the name of slipway:environments[0] too.',
      "  Give each environment a name of its own.",
      "",
      'Pulumi.yaml:38:13: slipway:environments[2].name: "task" is reserved.',
      "  Not allowed: cloudformation, task, task-execution.",
    ],
  },
  {
    name: "an environment's name that is too long",
    files: edited(project("name: test", "name: acceptance-europe")),
    expected: [
      'Pulumi.yaml:34:13: slipway:environments[1].name: "acceptance-europe" is not the name of an environment.',
      "  Allowed: small letters, digits and single hyphens between them, a letter first, at most 16 characters.",
    ],
  },
  {
    name: "one role for the platform and for breaking the glass",
    files: edited(project("slipway-break-glass", "slipway-platform")),
    expected: [
      'Pulumi.yaml:54:27: slipway:breakGlassRole: "slipway-platform" is slipway:platformRole too.',
      "  Name a second role, which only people in an emergency can take.",
    ],
  },
  {
    name: "days that CloudWatch Logs does not keep events for",
    files: edited(project("logRetentionDays: 365", "logRetentionDays: 300")),
    expected: [
      "Pulumi.yaml:70:29: slipway:logRetentionDays: 300 days are not a time that CloudWatch Logs keeps events.",
      "  Allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653.",
    ],
  },
  {
    name: "a subnet twice and a security group that is none",
    files: edited(
      project("subnet-0d1e2f3a4b5c6d7e8", "subnet-0a1b2c3d4e5f60718"),
      project("sg-0c1d2e3f4a5b6c7d8", "sg-1"),
    ),
    expected: [
      'Pulumi.yaml:29:47: slipway:environments[0].ecs.subnetIds[1]: "subnet-0a1b2c3d4e5f60718" is listed twice.',
      "  Remove one.",
      "",
      'Pulumi.yaml:30:28: slipway:environments[0].ecs.securityGroupIds[0]: "sg-1" is not the id of a security group.',
      "  Allowed: sg- and 8 or 17 hexadecimal digits.",
    ],
  },
  {
    name: "text where keys are wanted",
    files: edited(project('value: { accountId: "111111111111", region: eu-west-1 }', "value: eu-west-1")),
    expected: ['Pulumi.yaml:16:12: slipway:cicd: "eu-west-1" is text; a map of keys is wanted.'],
  },
  {
    name: "keys that nothing reads, with the key that was meant",
    files: edited(
      project("slipway:people", "slipway:peopel"),
      project("production: true", "prodution: true"),
    ),
    expected: [
      "in Pulumi.yaml: slipway:people is missing.",
      "  Wanted: The keys identityCenterRegion, approverPermissionSet and readerPermissionSet.",
      "",
      'Pulumi.yaml:41:7: "prodution" is not a known key of slipway:environments[2].',
      "  Did you mean production?",
      "  Allowed: name, accountId, region, production, approval, deploymentWindow, ecs, eks.",
      "",
      'Pulumi.yaml:63:3: "slipway:peopel" is not a setting.',
      "  Did you mean slipway:people?",
      `  Allowed: ${cicdKeys}.`,
    ],
  },
  {
    name: "a credential, whose value is never repeated",
    files: edited(
      project("[platform-team@example.com]", "[https://hooks.slack.com/services/T0/B0/x1y2z3w4]"),
    ),
    expected: [
      "Pulumi.yaml:60:16: slipway:notifications.status[0] holds a Slack webhook in plain text.",
      "  Remove it, revoke it where it was issued, and give Pulumi short-lived credentials by its environment.",
      "",
      'Pulumi.yaml:60:16: slipway:notifications.status[0]: "https://(hidden)" is not an e-mail address.',
      "  Allowed: an address such as team@example.com.",
    ],
  },
  {
    name: "a setting that is encrypted although its value ends up in names and policies",
    files: edited(project("o-example1234", "v1:ciphertext")),
    secretKeys: ["slipway:organizationId"],
    expected: [
      "Pulumi.yaml:12:27: slipway:organizationId is encrypted, but names and policies are made of it, which all may read.",
      "  Set it in plain text: pulumi config set --plaintext slipway:organizationId <value>.",
    ],
  },
];

const stackCases: readonly Case[] = [
  {
    name: "a stack without a file",
    stack: "staging",
    files: shippedFiles,
    expected: [
      "There is no Pulumi.staging.yaml, so this stack has no settings of its own.",
      "  Stack files here: Pulumi.cicd.yaml, Pulumi.dev.yaml, Pulumi.prod.yaml, Pulumi.test.yaml.",
      "  Make Pulumi.staging.yaml with slipway:stack: cicd, environment or organization, or select another stack.",
    ],
  },
  {
    name: "a stack without a kind",
    files: edited(own("  slipway:stack: cicd\n", "")),
    expected: [
      "in Pulumi.cicd.yaml: slipway:stack is missing.",
      "  Wanted: the kind of the stack, cicd, environment or organization.",
      "  Add it under config: in Pulumi.cicd.yaml.",
    ],
  },
  {
    name: "a kind of stack that does not exist",
    files: edited(own("slipway:stack: cicd", "slipway:stack: cidc")),
    expected: [
      'Pulumi.cicd.yaml:3:18: slipway:stack: "cidc" is not a kind of stack.',
      "  Did you mean cicd?",
      "  Allowed: cicd, environment, organization.",
    ],
  },
  {
    name: "a stack kind without its settings",
    files: edited(own("  slipway:connection:\n", "  other:connection:\n")),
    expected: [
      "in Pulumi.cicd.yaml: slipway:connection is missing.",
      "  Wanted: The arn of a connection that exists, or name and providerType of one to make.",
    ],
  },
  {
    name: "an environment stack that does not say which",
    stack: "dev",
    files: edited(dev("  slipway:environment: dev\n", "")),
    expected: [
      "in Pulumi.dev.yaml: slipway:environment is missing.",
      "  Wanted: The name of the environment whose account this is.",
    ],
  },
  {
    name: "an environment that does not exist",
    stack: "dev",
    files: edited(dev("environment: dev", "environment: develop")),
    expected: [
      'Pulumi.dev.yaml:4:24: slipway:environment: "develop" is not an environment.',
      "  Did you mean dev?",
      "  Allowed: dev, test, prod.",
    ],
  },
  {
    name: "settings in the wrong place",
    files: edited(
      own(
        "  slipway:stack: cicd\n",
        "  slipway:stack: cicd\n  slipway:environment: dev\n  slipwy:people: x\n",
      ),
      own("  slipway:connection:\n", "  slipway:organizationId: o-another1234\n  slipway:connection:\n"),
    ),
    expected: [
      "Pulumi.cicd.yaml:4:3: slipway:environment is for stacks of kind environment, and this one is of kind cicd.",
      "  Remove it from Pulumi.cicd.yaml.",
      "",
      'Pulumi.cicd.yaml:5:3: "slipwy:people" is not a setting.',
      "  Did you mean slipway:people?",
      "",
      "Pulumi.cicd.yaml:11:3: slipway:organizationId is shared by all stacks, but Pulumi.cicd.yaml sets it for itself.",
      "  Set it in Pulumi.yaml alone.",
    ],
  },
  {
    name: "a region and an account that are not the environment's",
    stack: "dev",
    files: edited(
      dev("aws:region: eu-west-1", "aws:region: eu-west-2"),
      dev('["222222222222"]', '["333333333333"]'),
    ),
    expected: [
      'Pulumi.dev.yaml:6:15: aws:region: "eu-west-2" is not "eu-west-1", as slipway:environments[0] says.',
      "  Write in Pulumi.dev.yaml: aws:region: eu-west-1",
      "",
      'Pulumi.dev.yaml:7:26: aws:allowedAccountIds: ["333333333333"] is not ["222222222222"], as slipway:environments[0] says.',
      '  Write in Pulumi.dev.yaml: aws:allowedAccountIds: ["222222222222"]',
    ],
  },
  {
    name: "one account too many for the provider",
    stack: "dev",
    files: edited(dev('["222222222222"]', '["222222222222", "333333333333"]')),
    expected: [
      'Pulumi.dev.yaml:7:26: aws:allowedAccountIds: ["222222222222","333333333333"] is not ["222222222222"], as slipway:environments[0] says.',
      '  Write in Pulumi.dev.yaml: aws:allowedAccountIds: ["222222222222"]',
    ],
  },
  {
    name: "a stack file that leaves the provider's account and region open",
    files: edited(own("aws:region: eu-west-1", ""), own('aws:allowedAccountIds: ["111111111111"]', "")),
    expected: [
      "in Pulumi.cicd.yaml: aws:region is missing.",
      "  Write in Pulumi.cicd.yaml: aws:region: eu-west-1",
      "",
      "in Pulumi.cicd.yaml: aws:allowedAccountIds is missing.",
      '  Write in Pulumi.cicd.yaml: aws:allowedAccountIds: ["111111111111"]',
    ],
  },
  {
    name: "a connection in another account",
    files: edited(own("eu-west-1:111111111111:connection", "eu-west-1:222222222222:connection")),
    expected: [
      'Pulumi.cicd.yaml:10:10: slipway:connection.arn: "arn:aws:codeconnections:eu-west-1:222222222222:connection/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0" is not in the account and region of the pipelines.',
      "  Wanted: a connection in account 111111111111 and region eu-west-1, as slipway:cicd says.",
    ],
  },
  {
    name: "an ARN of something else than a connection",
    files: edited(
      own("arn:aws:codeconnections:eu-west-1:111111111111:connection", "arn:aws:codecommit:eu-west-1:1:x"),
    ),
    expected: [
      'Pulumi.cicd.yaml:10:10: slipway:connection.arn: "arn:aws:codecommit:eu-west-1:1:x/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0" is not the ARN of a connection.',
      "  Allowed: arn:aws:codeconnections:<region>:<CI/CD account>:connection/<id>, as `aws codeconnections list-connections` shows it.",
    ],
  },
  {
    name: "half a connection",
    files: edited(own("arn: arn:aws:codeconnections", "name: github # ")),
    expected: [
      "Pulumi.cicd.yaml:10:5: slipway:connection is incomplete.",
      "  Wanted: The arn of a connection that exists, or name and providerType of one to make.",
    ],
  },
  {
    name: "a connection to use and one to make",
    files: edited(own("    arn:", "    name: github\n    arn:")),
    expected: [
      "Pulumi.cicd.yaml:10:5: slipway:connection names a connection that exists, and one to make.",
      "  Wanted: The arn of a connection that exists, or name and providerType of one to make.",
    ],
  },
  {
    name: "a credential of the provider in plain text",
    files: edited(own("aws:region", "aws:secretKey: anything\n  aws:region")),
    expected: [
      "Pulumi.cicd.yaml:5:18: aws:secretKey holds a credential in plain text.",
      "  Remove it, revoke it where it was issued, and give Pulumi short-lived credentials by its environment.",
    ],
  },
  {
    name: "a default tag that would name the door's owner",
    stack: "dev",
    files: edited(
      dev(
        "aws:region: eu-west-1",
        "aws:region: eu-west-1\n  aws:defaultTags: { tags: { CostCentre: a, Application: shop } }",
      ),
    ),
    expected: [
      "Pulumi.dev.yaml:7:45: aws:defaultTags.tags.Application: this tag decides whose role is whose, so it cannot be a default.",
      "  Remove it: the platform sets it where it belongs. Other tags are welcome.",
    ],
  },
  {
    name: "faults in the shared and in the stack's own settings, all at once",
    files: edited(
      project("o-example1234", "o-1"),
      own("artifactRetentionDays: 90", "artifactRetentionDays: 0"),
    ),
    expected: [
      "Pulumi.cicd.yaml:12:34: slipway:artifactRetentionDays: 0 days are not a time to keep artifacts.",
      "  Allowed: 1 to 3650.",
      "",
      'Pulumi.yaml:12:27: slipway:organizationId: "o-1" is not the id of an organization.',
      "  Allowed: o- and 10 to 32 small letters and digits, as `aws organizations describe-organization` shows it.",
    ],
  },
];

const organizationFile = `config:
  slipway:stack: organization
  slipway:managementAccountId: "999999999999"
  aws:region: eu-central-1
  aws:allowedAccountIds: ["999999999999"]
`;

describe("config: the stack in the organization's management account", () => {
  const withFile = (text: string): Files => ({ ...shippedFiles, "Pulumi.organization.yaml": text });

  it("has the platform and the account", async () => {
    const { settings } = await settingsOf(withFile(organizationFile), "organization");
    assert.ok(settings?.stack === "organization");
    assert.equal(settings.managementAccountId, "999999999999");
    assert.deepEqual(Object.keys(settings), ["stack", "platform", "managementAccountId"]);
  });

  it("is in no account of the platform, in a region that exists", async () => {
    const text = organizationFile
      .replaceAll("999999999999", "444444444444")
      .replace("eu-central-1", "eu-central-9");
    assert.equal(
      await settingsProblems(withFile(text), "organization"),
      [
        'Pulumi.organization.yaml:3:32: slipway:managementAccountId: "444444444444" is the account of prod too.',
        "  Keep the platform out of the management account: service control policies do not bind it.",
        "",
        'Pulumi.organization.yaml:4:15: aws:region: "eu-central-9" is not a region of AWS.',
        "  Did you mean eu-central-1?",
        `  Allowed: ${regions} and others.`,
      ].join("\n"),
    );
  });

  it("must say which account, and hold the provider to it", async () => {
    const text = organizationFile.replace(/ +slipway:managementAccountId.*\n/, "");
    assert.equal(
      await settingsProblems(withFile(text), "organization"),
      [
        "in Pulumi.organization.yaml: slipway:managementAccountId is missing.",
        '  Wanted: The id of the AWS account, twelve digits in quotes, for example "111111111111".',
      ].join("\n"),
    );
    assert.match(
      await settingsProblems(
        withFile(organizationFile.replace('["999999999999"]', '["111111111111"]')),
        "organization",
      ),
      /^Pulumi\.organization\.yaml:5:26: aws:allowedAccountIds: \["111111111111"\] is not \["999999999999"\], as slipway:managementAccountId says\.\n/,
    );
  });
});

describe("config: what is wrong is said with its place, what is allowed and the remedy", () => {
  for (const { name, stack = "cicd", files, secretKeys, expected } of [...sharedCases, ...stackCases]) {
    it(name, async () => {
      assert.equal(await settingsProblems(files, stack, secretKeys), expected.join("\n"));
    });
  }

  it("a shared fault leaves the stack's own settings unjudged where they depend on it", async () => {
    const files = edited(project("o-example1234", "o-1"), dev("environment: dev", "environment: nowhere"));
    assert.match(await settingsProblems(files, "dev"), /^Pulumi\.yaml:12:27: [^\n]*\n[^\n]*$/);
  });

  it("a fault of the stack's own settings leaves the platform known, so that applications can be judged", async () => {
    const { platform } = await settingsOf(edited(dev("environment: dev", "environment: nowhere")), "dev");
    assert.deepEqual(
      platform?.environments.map(({ name }) => name),
      ["dev", "test", "prod"],
    );
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
      files: edited(own("arn: arn:aws:codeconnections", "{ name: github, providerType: GitHub } # ")),
    },
    {
      name: "settings of other providers",
      files: edited(
        own("aws:region", "awsx:anything: 1\n  pulumi:disable-default-providers: [aws]\n  aws:region"),
      ),
    },
    {
      name: "an encrypted setting of a provider",
      files: edited(own("aws:region", "aws:token: { secure: v1 }\n  aws:region")),
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
