import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PassThrough } from "node:stream";
import { parse } from "yaml";
import {
  faultsOfPlatformAnswer,
  platformOf,
  platformQuestions,
  type PlatformAnswers,
} from "../../cli/new-platform";
import { ask } from "../../cli/questions";
import type { PreviewDocument } from "../../preview/preview-document";
import { ProjectCopy } from "../support/project-copy";
import { slipway } from "../support/shipped-preview";

const acme: PlatformAnswers = {
  organizationId: "o-example1234",
  cicdAccount: "111111111111",
  region: "eu-west-1",
  environment: ["dev=222222222222", "prod=333333333333:eu-central-1"],
  approvals: ["managers@example.com"],
};
const flags = [
  ...["--organization-id", "o-example1234", "--cicd-account", "111111111111", "--region", "eu-west-1"],
  ...["--environment", "dev=222222222222", "--environment", "prod=333333333333"],
  ...["--approvals", "managers@example.com"],
];
const connection =
  "arn:aws:codeconnections:eu-west-1:111111111111:connection/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

describe("slipway init", () => {
  it("writes what all stacks share, and a file for each stack", () => {
    const { files, problems } = platformOf({ ...acme, connection });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      [...files.keys()],
      ["Pulumi.yaml", "Pulumi.cicd.yaml", "Pulumi.dev.yaml", "Pulumi.prod.yaml"],
    );
    const { config } = parse(files.get("Pulumi.yaml") ?? "") as { config: Record<string, unknown> };
    assert.deepEqual(config["slipway:environments"], [
      { name: "dev", accountId: "222222222222", region: "eu-west-1" },
      {
        name: "prod",
        accountId: "333333333333",
        region: "eu-central-1",
        production: true,
        approval: { timeoutDays: 14 },
      },
    ]);
    assert.deepEqual(config["slipway:notifications"], {
      value: { approvals: ["managers@example.com"], status: ["managers@example.com"] },
    });
    assert.deepEqual(parse(files.get("Pulumi.cicd.yaml") ?? ""), {
      config: {
        "slipway:stack": "cicd",
        "aws:region": "eu-west-1",
        "aws:allowedAccountIds": ["111111111111"],
        "slipway:connection": { arn: connection },
        "slipway:artifactRetentionDays": 90,
      },
    });
  });

  const faults: readonly (readonly [answers: PlatformAnswers, messages: readonly string[]])[] = [
    [
      {},
      [
        "--cicd-account is missing.",
        "--region is missing.",
        "--organization-id is missing.",
        "--environment is missing.",
      ],
    ],
    [
      {
        organizationId: "example",
        cicdAccount: "1",
        region: "eu-west-9",
        environment: ["dev=2"],
        approvals: ["x"],
        connection: "github",
      },
      [
        '--organization-id: "example" is not the id of an organization.',
        '--cicd-account: "1" is not an AWS account id.',
        '--region: "eu-west-9" is not a region of AWS.',
        '--environment: "2" is not an AWS account id.',
        '--approvals: "x" is not an e-mail address.',
        '--connection: "github" is not allowed here.',
      ],
    ],
    [{ ...acme, environment: ["dev"] }, ['--environment: "dev" has no "=".']],
    [
      { ...acme, environment: ["cicd=222222222222"] },
      ["--environment: two environments have the same name, or one is called cicd."],
    ],
  ];
  for (const [answers, messages] of faults) {
    it(`tells all at once: ${messages.join(" ")}`, () => {
      assert.deepEqual(
        platformOf(answers)
          .problems.map(({ message }) => message)
          .toSorted(),
        [...messages].toSorted(),
      );
    });
  }

  it("asks at a terminal what no flag said, and again where the answer has a fault", async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    input.end("example\no-example1234\n111111111111\n\ndev=222222222222, prod=333333333333\n\n\n");
    const answers = await ask(platformQuestions, {}, faultsOfPlatformAnswer, { input, output });
    assert.deepEqual(answers, {
      organizationId: "o-example1234",
      cicdAccount: "111111111111",
      region: "eu-west-1",
      environment: ["dev=222222222222", "prod=333333333333"],
      connection: "GitHub",
    });
    assert.match(
      String(output.read()),
      /: {3}"example" is not the id of an organization\.\n {2}Allowed: o- and /,
    );
  });

  it("never overwrites settings", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-"));
    try {
      fs.writeFileSync(path.join(folder, "Pulumi.dev.yaml"), "config: {}\n");
      assert.deepEqual(await slipway(["init", ...flags, "--directory", folder]), {
        status: 2,
        stdout: "",
        stderr:
          `error: ${folder}: Settings are there already, and none is overwritten: Pulumi.dev.yaml.\n` +
          "  Write into another folder with --directory DIR, compare, and put the files in place of these.\n",
      });
      assert.deepEqual(fs.readdirSync(folder), ["Pulumi.dev.yaml"]);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  it("makes, with an application of new-app, a platform whose preview is clean", async () => {
    const copy = new ProjectCopy();
    try {
      const settings = fs.readdirSync(copy.directory).filter((name) => name.startsWith("Pulumi."));
      for (const name of settings) fs.rmSync(path.join(copy.directory, name));
      for (const name of ["backend-flask", "hello-world", "sso-dashboard"]) {
        fs.rmSync(path.join(copy.directory, "applications", `${name}.yaml`));
      }
      const init = await slipway(["init", ...flags, "--directory", copy.directory]);
      assert.deepEqual([init.status, init.stderr], [0, ""]);
      const deployment = ["--kind", "serverless", "--health-path", "/health", "--environments", "dev,prod"];
      const shop = ["--name", "shop", "--repository", "acme/shop", "--runtime", "nodejs=22", ...deployment];
      const made = await slipway(["new-app", ...shop, "--capability", "lambda", "--cwd", copy.directory]);
      assert.deepEqual([made.status, made.stderr], [0, ""]);
      const preview = await slipway(["preview", "--json", "--cwd", copy.directory]);
      assert.deepEqual([preview.status, preview.stderr], [0, ""]);
      const { stacks, problems, warnings } = JSON.parse(preview.stdout) as PreviewDocument;
      assert.deepEqual([problems, warnings], [[], undefined]);
      assert.deepEqual(
        stacks.map(({ name, accountId, region, policy }) => [name, accountId, region, policy.violations]),
        [
          ["cicd", "111111111111", "eu-west-1", []],
          ["dev", "222222222222", "eu-west-1", []],
          ["prod", "333333333333", "eu-west-1", []],
        ],
      );
    } finally {
      copy.remove();
    }
  });
});
