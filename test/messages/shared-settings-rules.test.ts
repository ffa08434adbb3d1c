import { describe } from "mocha";
import { edited, project, testMessages, type FaultySettings } from "../support/edited-settings";

/** What must hold between the settings that all stacks share. */
const cases: readonly FaultySettings[] = [
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
    name: "an environment in another partition",
    files: edited(project("region: eu-west-1\n      approval", "region: us-gov-west-1\n      approval")),
    expected: [
      'Pulumi.yaml:36:15: slipway:environments[1].region: "us-gov-west-1" is in the partition aws-us-gov, the CI/CD account in aws.',
      "  Give each partition a platform of its own: no account can reach into another partition.",
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
    name: "one role for the platform and for breaking the glass",
    files: edited(project("slipway-break-glass", "slipway-platform")),
    expected: [
      'Pulumi.yaml:54:27: slipway:breakGlassRole: "slipway-platform" is slipway:platformRole too.',
      "  Name a second role, which only people in an emergency can take.",
    ],
  },
];

describe("config: what is wrong is said with its place, what is allowed and the remedy", () => {
  testMessages(cases);
});
