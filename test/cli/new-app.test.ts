import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PassThrough } from "node:stream";
import { parse } from "yaml";
import { applicationOf, faultsOfAnswer, kinds, questions, type Answers } from "../../cli/new-application";
import { ask } from "../../cli/questions";
import { projectDirectory, slipway } from "../support/shipped-preview";

const shop = { name: "shop", repository: "acme/shop", environments: ["dev"], runtime: "nodejs=22" };

describe("slipway new-app", () => {
  const files: readonly (readonly [answers: Answers, differs: object])[] = [
    [
      { ...shop, kind: "serverless", healthPath: "/health", capability: ["lambda"] },
      { deployment: { kind: "serverless", healthPath: "/health" }, capabilities: ["lambda"] },
    ],
    [
      { ...shop, kind: "ecs" },
      { deployment: { kind: "ecs", containerName: "shop", taskDefinition: "ecs/task-definition.json" } },
    ],
    [{ ...shop, kind: "kubernetes" }, { deployment: { kind: "kubernetes", chart: "chart" } }],
    [
      { ...shop, kind: "ecs", taskDefinition: "task.json", containerName: "web", branch: "release/1.x" },
      {
        deployment: { kind: "ecs", containerName: "web", taskDefinition: "task.json" },
        tracks: [{ name: "release-1-x", branches: ["release/1.x"], environments: ["dev"] }],
      },
    ],
    [
      {
        ...shop,
        kind: "kubernetes",
        runtime: "rust=1.93",
        test: ["cargo test"],
        notify: ["team@example.com"],
      },
      {
        deployment: { kind: "kubernetes", chart: "chart" },
        test: { runtimes: { rust: "1.93" }, commands: ["cargo test"] },
        notifications: ["team@example.com"],
      },
    ],
  ];
  for (const [answers, differs] of files) {
    it(`writes a file of kind ${answers.kind ?? ""} with ${Object.keys(answers).slice(4).join(", ")}`, () => {
      const { text, problems } = applicationOf(answers);
      assert.deepEqual(problems, []);
      assert.match(text, /^# yaml-language-server: \$schema=\.\/application\.schema\.json\nname: shop\n/);
      assert.deepEqual(parse(text), {
        name: "shop",
        repository: "acme/shop",
        test: { runtimes: { nodejs: "22" }, install: ["npm ci"], commands: ["npm test"] },
        tracks: [{ name: "main", branches: ["main"], environments: ["dev"] }],
        ...differs,
      });
    });
  }

  const faults: readonly (readonly [answers: Answers, messages: readonly string[]])[] = [
    [
      {},
      [
        "--runtime is missing, and without it --test.",
        "--kind is missing.",
        "--name is missing.",
        "--repository is missing.",
        "--environments is missing.",
      ],
    ],
    [
      { ...shop, name: "Shop", kind: "lambda", runtime: "nodejs=21", notify: ["x"] },
      [
        '--runtime: nodejs has no version "21".',
        '--kind: "lambda" is no kind of deployment.',
        '--name: "Shop" is not the name of an application.',
        '--notify: "x" is not an e-mail address.',
      ],
    ],
    [{ ...shop, kind: "serverless" }, ["--health-path is missing."]],
    [
      { ...shop, kind: "serverless", healthPath: "health" },
      ['--health-path: "health" is not a path of a URL.'],
    ],
    [
      { ...shop, kind: "kubernetes", capability: ["sqs"], chart: "../chart" },
      [
        '--capability: "sqs" is no capability of kind kubernetes.',
        '--chart: "../chart" is not a path inside the repository.',
      ],
    ],
    [
      { ...shop, kind: "ecs", runtime: "node=22" },
      ['--runtime: "node" is no language that CodeBuild installs.'],
    ],
    [{ ...shop, kind: "ecs", runtime: "rust=1.93" }, ["--test is missing."]],
  ];
  for (const [answers, messages] of faults) {
    it(`tells all at once: ${messages.join(" ")}`, () => {
      assert.deepEqual(
        applicationOf(answers).problems.map(({ message }) => message),
        messages,
      );
    });
  }

  it("asks at a terminal what no flag said, and again where the answer has a fault", async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    input.end("Shop\nshop\n\nacme/shop\nserverless\ndev, prod\n\nlambda, sqs\npython=3.13\n\n");
    const answers = await ask(questions, {}, faultsOfAnswer, { input, output });
    assert.deepEqual(answers, {
      name: "shop",
      repository: "acme/shop",
      kind: "serverless",
      environments: ["dev", "prod"],
      healthPath: "/health",
      capability: ["lambda", "sqs"],
      runtime: "python=3.13",
    });
    assert.equal(
      String(output.read()),
      'Name of the application:   "Shop" is not the name of an application.\n' +
        "  Allowed: small letters, digits and single hyphens between them, a letter first, at most 40 characters.\n" +
        "Name of the application: Repository, owner/name:   An answer is wanted.\n" +
        `Repository, owner/name: How it is deployed (${kinds.join(", ")}): ` +
        "Environments in their order, with commas between: Path that must answer 200 after a deployment [/health]: " +
        "What its own roles may be given, with commas between (may be empty) " +
        "(lambda, http-api, rest-api, dynamodb, sqs, secrets): " +
        "Language and version of the tests, such as nodejs=22 or python=3.13: " +
        "E-mail addresses of the team, with commas between (may be empty): ",
    );
  });

  it("leaves what is not answered at the end of the input to be told as missing", async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    input.end("shop\n");
    assert.deepEqual(await ask(questions, {}, () => [], { input, output }), { name: "shop" });
  });

  describe("with the shipped platform", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-"));
    const applications = path.join(folder, "applications");
    before(() => {
      fs.cpSync(path.join(projectDirectory, "applications"), applications, { recursive: true });
    });
    after(() => {
      fs.rmSync(folder, { recursive: true });
    });
    const flags = ["--kind", "serverless", "--health-path", "/health", "--runtime", "nodejs=22"];
    const args = ["new-app", "--repository", "acme/shop", ...flags, "--applications", applications];

    it("writes a file that is clean, tells what it adds, and never overwrites one", async () => {
      const written = await slipway([...args, "--name", "shop", "--environments", "dev,prod"]);
      assert.deepEqual([written.status, written.stderr], [0, ""]);
      const lines = written.stdout.split("\n");
      assert.deepEqual(lines.slice(0, 4), [
        `${path.join(applications, "shop.yaml")} is written. It would add:`,
        "  pipeline shop-main, on push to main: Source → Build_and_Test → Dev → Approve_Prod → Prod",
        "  5 jobs, 11 IAM roles",
        "  resources: 30 in cicd, 2 in dev, 2 in prod",
      ]);
      assert.match(
        lines[4] ?? "",
        /^ {2}≈ \d+\.\d\d USD a month \(\d+\.\d\d to \d+\.\d\d\), as slipway cost assumes$/,
      );
      assert.deepEqual(fs.readdirSync(applications).toSorted(), [
        "application.schema.json",
        "backend-flask.yaml",
        "hello-world.yaml",
        "shop.yaml",
        "sso-dashboard.yaml",
      ]);
      const again = await slipway([...args, "--name", "shop", "--environments", "dev"]);
      assert.deepEqual(again, {
        status: 2,
        stdout: "",
        stderr:
          `error: ${path.join(applications, "shop.yaml")}: This application is there already; nothing was written.\n` +
          "  Choose another name, or change the file.\n",
      });
    });

    it("tells what the platform says of it, and writes nothing", async () => {
      const wrong = await slipway([...args, "--name", "hello-world-dev", "--environments", "dev,prd"]);
      assert.deepEqual([wrong.status, wrong.stdout], [2, ""]);
      assert.match(
        wrong.stderr,
        /error: --environments: "prd" is not an environment\.\n {2}Did you mean prod\?/,
      );
      assert.equal(fs.existsSync(path.join(applications, "hello-world-dev.yaml")), false);
    });
  });
});
