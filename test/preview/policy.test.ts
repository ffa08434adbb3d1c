import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { PolicyResult } from "../../preview/preview-document";
import { startPolicyPack } from "../../preview/policy-pack";
import { ProblemError } from "../../preview/problems";
import { previewFixture, stackOf } from "./run-fixture";

const TOPIC = "urn:pulumi:broken::policy::aws:sns/topic:Topic::topic";

describe("policies in a preview", () => {
  let broken: PolicyResult;
  let clean: PolicyResult;
  let status: number;
  before(async () => {
    const result = await previewFixture("policy", { stacks: ["broken", "clean"] });
    ({ status } = result);
    broken = stackOf(result, "broken").policy;
    clean = stackOf(result, "clean").policy;
  });

  it("ends with status 1 when a mandatory policy is violated in any stack", async () => {
    assert.equal(status, 1);
    assert.equal((await previewFixture("policy", { stacks: ["clean"] })).status, 0);
  });

  it("names the pack and counts every resource that it judged: stack, provider, key and topics", () => {
    assert.deepEqual([broken.pack, broken.judged, clean.judged], ["fixture-pack 1.2.3", 5, 4]);
  });

  it("reports a violation with rule, level, severity, resource and property", () => {
    const [violation] = broken.violations.filter(({ rule }) => rule === "good-names");
    assert.deepEqual(violation, {
      rule: "good-names",
      level: "mandatory",
      severity: "high",
      urn: "urn:pulumi:broken::policy::aws:sns/topic:Topic::bad",
      path: "name",
      message: "bad-topic is not a good name.",
    });
    assert.deepEqual(
      clean.violations.map(({ level, rule }) => `${level} ${rule}`),
      ["advisory former-breadth", "advisory whole-stack"],
    );
  });

  it("keeps apart what a policy cannot judge because a value is not known yet", () => {
    assert.deepEqual(broken.notVerifiable, [
      {
        rule: "encrypted",
        level: "advisory",
        severity: "",
        urn: TOPIC,
        path: "kmsMasterKeyId",
        message: "string value at .kmsMasterKeyId can't be known during preview",
      },
    ]);
  });

  it("keeps apart what the pack has exempted", () => {
    assert.deepEqual(broken.exempted, [
      {
        rule: "exempted-keys",
        level: "advisory",
        severity: "",
        urn: "urn:pulumi:broken::policy::aws:kms/key:Key::key",
        path: "policy",
        message: "the key belongs to another team.",
      },
    ]);
  });

  it("names the property of what a baseline already had, and keeps the mark", () => {
    assert.deepEqual(
      broken.violations.filter(({ rule }) => rule === "former-breadth"),
      [
        {
          rule: "former-breadth",
          level: "advisory",
          severity: "",
          urn: "urn:pulumi:broken::policy::aws:kms/key:Key::key",
          path: "policy",
          message: "baseline: the key was as broad before.",
        },
      ],
    );
  });

  it("shows a stack policy outputs, parents, dependencies, providers and options", () => {
    const [told] = broken.violations.filter(({ rule }) => rule === "whole-stack");
    assert.equal(told?.urn, TOPIC);
    assert.deepEqual(JSON.parse(told.message), {
      resources: 5,
      parent: "pulumi:pulumi:Stack",
      dependencies: ["key"],
      of: ["kmsMasterKeyId"],
      provider: { allowedAccountIds: '["111111111111"]', region: "eu-central-1", version: "7.48.0" },
      protect: true,
      arn: "arn:aws:sns:eu-central-1:111111111111:topic",
    });
  });
});

describe("a policy that breaks down", () => {
  it("is an internal error that says which, never a pass", async () => {
    const result = await previewFixture("policy", { stacks: ["rule-throws"] });
    assert.equal(result.status, 3);
    assert.deepEqual(result.document.stacks, []);
    assert.match(
      result.document.problems[0]?.message ?? "",
      /^The policy pack broke down: Error validating resource with policy 'good-names' .*\n.*the dictionary is missing/,
    );
  });
});

describe("a policy pack whose process ends while it judges", () => {
  it("is an internal error, never a pass", async () => {
    const result = await previewFixture("policy", { stacks: ["rule-ends-pack"] });
    assert.equal(result.status, 3);
    assert.deepEqual(result.document, {
      version: 1,
      stacks: [],
      problems: [{ message: "The policy pack broke down: its process has ended." }],
    });
  });
});

describe("a policy pack that does not work", () => {
  let directory: string;
  beforeEach(() => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-pack-"));
    fs.symlinkSync(path.join(__dirname, "..", "..", "node_modules"), path.join(directory, "node_modules"));
    fs.writeFileSync(
      path.join(directory, "package.json"),
      '{ "name": "p", "version": "1.0.0", "main": "bin/index.js" }',
    );
  });
  afterEach(() => {
    fs.rmSync(directory, { recursive: true });
  });

  async function startProblem(): Promise<string> {
    const error: unknown = await startPolicyPack(directory, new AbortController().signal).catch(
      (reason: unknown) => reason,
    );
    if (!(error instanceof ProblemError)) throw new Error("the pack has started", { cause: error });
    return error.problem.message;
  }

  it("is a problem that says what the pack says when it does not start", async () => {
    fs.mkdirSync(path.join(directory, "bin"));
    fs.writeFileSync(path.join(directory, "bin", "index.js"), 'throw new Error("no rules today");\n');
    const message = await startProblem();
    assert.equal(message.split("\n")[0], `The policy pack in ${directory} does not start:`);
    assert.match(message, /no rules today/);
  });

  it("is a problem that says what the compiler says when it does not compile", async () => {
    fs.writeFileSync(
      path.join(directory, "build.mjs"),
      'console.error("rule 7 is broken"); process.exit(1);\n',
    );
    assert.equal(await startProblem(), `The policy pack in ${directory} does not compile:\nrule 7 is broken`);
  });

  it("is not compiled again when no source is newer", async () => {
    fs.writeFileSync(path.join(directory, "build.mjs"), 'throw new Error("compiled needlessly");\n');
    fs.mkdirSync(path.join(directory, "bin"));
    fs.writeFileSync(path.join(directory, "bin", "index.js"), 'throw new Error("as it was");\n');
    assert.match(await startProblem(), /as it was/);
  });

  it("is compiled before it starts when a source is newer than what was compiled", async () => {
    fs.mkdirSync(path.join(directory, "bin"));
    fs.writeFileSync(path.join(directory, "bin", "index.js"), 'throw new Error("old");\n');
    fs.writeFileSync(path.join(directory, "rule.ts"), "export {};\n");
    const later = new Date(Date.now() + 60_000);
    fs.utimesSync(path.join(directory, "rule.ts"), later, later);
    fs.writeFileSync(
      path.join(directory, "build.mjs"),
      'import fs from "node:fs"; fs.writeFileSync("bin/index.js", "throw new Error(\\"compiled anew\\")");\n',
    );
    assert.match(await startProblem(), /compiled anew/);
  });
});
