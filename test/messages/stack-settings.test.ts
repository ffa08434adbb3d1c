import { describe } from "mocha";
import { cicd, dev, edited, project, testMessages, type FaultySettings } from "../support/edited-settings";
import { shippedFiles } from "../support/settings";

/** What must hold for a stack's own settings, and for secrets among all of them. */
const cases: readonly FaultySettings[] = [
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
    files: edited(cicd("  slipway:stack: cicd\n", "")),
    expected: [
      "in Pulumi.cicd.yaml: slipway:stack is missing.",
      "  Wanted: the kind of the stack, cicd, environment or organization.",
      "  Add it under config: in Pulumi.cicd.yaml.",
    ],
  },
  {
    name: "a kind of stack that does not exist",
    files: edited(cicd("slipway:stack: cicd", "slipway:stack: cidc")),
    expected: [
      'Pulumi.cicd.yaml:3:18: slipway:stack: "cidc" is not a kind of stack.',
      "  Did you mean cicd?",
      "  Allowed: cicd, environment, organization.",
    ],
  },
  {
    name: "a stack kind without its settings",
    files: edited(cicd("  slipway:connection:\n", "  other:connection:\n")),
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
      cicd(
        "  slipway:stack: cicd\n",
        "  slipway:stack: cicd\n  slipway:environment: dev\n  slipwy:people: x\n",
      ),
      cicd("  slipway:connection:\n", "  slipway:organizationId: o-another1234\n  slipway:connection:\n"),
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
    files: edited(cicd("aws:region: eu-west-1", ""), cicd('aws:allowedAccountIds: ["111111111111"]', "")),
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
    files: edited(cicd("eu-west-1:111111111111:connection", "eu-west-1:222222222222:connection")),
    expected: [
      'Pulumi.cicd.yaml:10:10: slipway:connection.arn: "arn:aws:codeconnections:eu-west-1:222222222222:connection/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0" is not in the account and region of the pipelines.',
      "  Wanted: a connection in account 111111111111 and region eu-west-1, as slipway:cicd says.",
    ],
  },
  {
    name: "an ARN of something else than a connection",
    files: edited(
      cicd("arn:aws:codeconnections:eu-west-1:111111111111:connection", "arn:aws:codecommit:eu-west-1:1:x"),
    ),
    expected: [
      'Pulumi.cicd.yaml:10:10: slipway:connection.arn: "arn:aws:codecommit:eu-west-1:1:x/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0" is not the ARN of a connection.',
      "  Allowed: arn:aws:codeconnections:<region>:<CI/CD account>:connection/<id>, as `aws codeconnections list-connections` shows it.",
    ],
  },
  {
    name: "half a connection",
    files: edited(cicd("arn: arn:aws:codeconnections", "name: github # ")),
    expected: [
      "Pulumi.cicd.yaml:10:5: slipway:connection is incomplete.",
      "  Wanted: The arn of a connection that exists, or name and providerType of one to make.",
    ],
  },
  {
    name: "a connection to use and one to make",
    files: edited(cicd("    arn:", "    name: github\n    arn:")),
    expected: [
      "Pulumi.cicd.yaml:10:5: slipway:connection names a connection that exists, and one to make.",
      "  Wanted: The arn of a connection that exists, or name and providerType of one to make.",
    ],
  },
  {
    name: "a credential of the provider in plain text",
    files: edited(cicd("aws:region", "aws:secretKey: anything\n  aws:region")),
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

describe("config: what is wrong is said with its place, what is allowed and the remedy", () => {
  testMessages(cases);
});
