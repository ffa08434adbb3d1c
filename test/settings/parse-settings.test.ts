import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { cicd, dev, edited, project, regions, testMessages } from "../support/edited-settings";
import { type Files, settingsOf, settingsProblems, shippedFiles } from "../support/settings";

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
  testMessages([
    {
      name: "faults in the shared and in the stack's own settings, all at once",
      files: edited(
        project("o-example1234", "o-1"),
        cicd("artifactRetentionDays: 90", "artifactRetentionDays: 0"),
      ),
      expected: [
        "Pulumi.cicd.yaml:12:34: slipway:artifactRetentionDays: 0 days are not a time to keep artifacts.",
        "  Allowed: 1 to 3650.",
        "",
        'Pulumi.yaml:12:27: slipway:organizationId: "o-1" is not the id of an organization.',
        "  Allowed: o- and 10 to 32 small letters and digits, as `aws organizations describe-organization` shows it.",
      ],
    },
  ]);

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
