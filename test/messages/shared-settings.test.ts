import { describe } from "mocha";
import {
  cicdKeys,
  edited,
  project,
  regions,
  testMessages,
  type FaultySettings,
} from "../support/edited-settings";

/** The shape of what all stacks share. */
const cases: readonly FaultySettings[] = [
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
    name: "a region that does not exist",
    files: edited(project("region: eu-west-1 }", "region: eu-west-9 }")),
    expected: [
      'Pulumi.yaml:16:49: slipway:cicd.region: "eu-west-9" is not a region of AWS.',
      "  Did you mean eu-west-1?",
      `  Allowed: ${regions} and others.`,
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
    name: "an environment's name that is too long",
    files: edited(project("name: test", "name: acceptance-europe")),
    expected: [
      'Pulumi.yaml:34:13: slipway:environments[1].name: "acceptance-europe" is not the name of an environment.',
      "  Allowed: small letters, digits and single hyphens between them, a letter first, at most 16 characters.",
    ],
  },
  {
    name: "days that CloudWatch Logs does not keep events for",
    files: edited(project("logRetentionDays: 365", "logRetentionDays: 300")),
    expected: [
      "Pulumi.yaml:71:29: slipway:logRetentionDays: 300 days are not a time that CloudWatch Logs keeps events.",
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
      "  Wanted: The keys identityCenterRegion, approverPermissionSet, readerPermissionSet and, if need be, starterPermissionSet.",
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
];

describe("config: what is wrong is said with its place, what is allowed and the remedy", () => {
  testMessages(cases);
});
