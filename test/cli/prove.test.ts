import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { ProofReport } from "../../reports/proof/report";
import { holes } from "../support/holes";
import { shippedPreview, slipway, type Run } from "../support/shipped-preview";

const forms =
  "  Write: slipway prove can ROLE ACTION RESOURCE [with KEY=VALUE …], or: slipway prove who ACTION RESOURCE [with KEY=VALUE …]\n";

describe("slipway prove", () => {
  let folder: string;
  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-"));
    const shipped = await shippedPreview();
    fs.writeFileSync(path.join(folder, "preview.json"), JSON.stringify(shipped));
    const hole = holes.find(({ id }) => id === "read-all-artifacts");
    assert.ok(hole);
    fs.writeFileSync(path.join(folder, "hole.json"), JSON.stringify(hole.edit(shipped)));
  });
  after(() => {
    fs.rmSync(folder, { recursive: true });
  });

  function prove(...args: readonly string[]): Promise<Run> {
    return slipway(["prove", ...args, "--preview", path.join(folder, "preview.json")]);
  }

  it("finds the shipped platform sound, and says what that covers and what it does not", async () => {
    const { status, stdout, stderr } = await prove();
    assert.deepEqual([status, stderr], [0, ""]);
    assert.equal(
      stdout.split("\n\nBetween environments\n")[0],
      [
        "Who can reach what, before anything is deployed",
        "✓ All 118 answers are as expected.",
        "✓ No way leads from one application or environment into another, nor in from outside.",
        "  28,404 requests were answered. The proof covers the policies of the stacks cicd, dev, prod, test.",
        "  It does not cover what else an account holds, what a process does within its rights, and the",
        "  network.",
        "",
        "Between applications",
        "  ✓ no       Can a job of an application read what another application built? (3 ×)",
        "  ✓ no       Can a job of an application overwrite what another application built? (3 ×)",
        "  ✓ no       Can an application pull images of another application? (3 ×)",
        "  ✓ no       Can an application read the repository of another application? (3 ×)",
        "  ✓ no       Can an application read or write logs of another application? (3 ×)",
        "  ✓ no       Can an application start a job or a release of another application? (3 ×)",
        "  ✓ no       Can an approver of an application approve a release of another application? (3 ×)",
        "  ✓ no       Can an application touch what another application runs? (3 ×)",
        "  ✓ no       Can the deploy job of an application enter an environment as another application? (9 ×)",
      ].join("\n"),
    );
    assert.match(stdout, /\n--verbose shows the statement behind each answer, --json everything\.\n$/);
  });

  it("ends with 1 for a platform with a hole, and draws the way through it, statement by statement", async () => {
    const run = await slipway(["prove", "--preview", path.join(folder, "hole.json")]);
    assert.equal(run.status, 1);
    assert.match(
      run.stdout,
      /^Who can reach what.*\n✗ 1 of 118 answers is not as expected\.\n✗ 18 ways lead from/,
    );
    assert.ok(
      run.stdout.includes(
        [
          "✗ hello-world-test (hello-world) can do s3:GetObject on the artifacts of backend-flask-main.",
          "  1. s3:GetObject on",
          "  arn:aws:s3:::slipway-artifacts-111111111111-eu-west-1-e2b41c/backend-flask-main/Artifact/object",
          "     cicd · hello-world-test · policy job · ReadArtifacts",
          "       It allows: action, resource and every condition match.",
        ].join("\n"),
      ),
      run.stdout,
    );
    const markdown = await slipway(["prove", "--markdown", "--preview", path.join(folder, "hole.json")]);
    assert.equal(markdown.status, 1);
    assert.match(
      markdown.stdout,
      /^## Who can reach what\n\n\*\*1 of 118 answers is not as expected\.\*\*\n\*\*18 ways lead from one .*\*\*\n28,422 requests were answered\. The proof covers .*\n\n- Can a job of hello-world read what another application built\? \*\*yes, not no\*\*/,
    );
  });

  it("answers whether a role can, with the statement that decides and its place", async () => {
    const { status, stdout } = await prove("can", "hello-world-approver", "codepipeline:listpipelines", "*");
    assert.equal(status, 0);
    assert.equal(
      stdout,
      [
        "Can hello-world-approver do codepipeline:ListPipelines on *? yes",
        "    cicd · hello-world-approver · policy approver · ListPipelines",
        "      It allows: action, resource match.",
        "",
      ].join("\n"),
    );
  });

  it("takes a role under the names that are given, and tells accounts apart", async () => {
    const tags = [
      "with",
      "aws:RequestTag/Application=hello-world",
      "aws:RequestTag/DeploymentKind=serverless",
    ];
    const ask = (stack: string): Promise<Run> =>
      prove(
        "can",
        "hello-world-deploy-dev",
        "sts:AssumeRole",
        `${stack}/CICDCrossAccountRole`,
        ...tags,
        "--expect",
        "yes",
      );
    const dev = await ask("dev");
    assert.equal(dev.status, 0);
    assert.match(dev.stdout, /\? yes\n {4}with aws:RequestTag\/Application=hello-world, aws:Req/);
    assert.match(dev.stdout, /\n {4}dev · CICDCrossAccountRole · trust · SourceIdentityForTheTrail\n/);
    const prod = await ask("prod");
    assert.equal(prod.status, 1);
    assert.match(prod.stdout, /^✗ Can hello-world-deploy-dev .*\n.*\? no, not yes\n/);
  });

  it("says who can, and by --expect no whether nobody can", async () => {
    const nobody = await prove("who", "codepipeline:UpdatePipeline", "hello-world-main", "--expect", "no");
    assert.equal(nobody.status, 0);
    assert.match(
      nobody.stdout,
      /^✓ Can anybody do codepipeline:UpdatePipeline on\n.*\? no\n {4}0 of 57 callers\n/,
    );
    const starters = ["who", "codepipeline:StartPipelineExecution", "hello-world-main"];
    const some = await prove(...starters, "--json");
    assert.equal(some.status, 0);
    const { questions } = JSON.parse(some.stdout) as ProofReport;
    assert.deepEqual(
      questions.map(({ question, answer }) => [question.split(" do ")[0], answer]),
      [
        ["Can anybody", "yes"],
        ["Can hello-world-starter", "yes"],
      ],
    );
    assert.equal((await prove(...starters, "--expect", "no")).status, 1);
  });

  it("leaves stacks out that are not asked for, and says so", async () => {
    const { status, stdout } = await prove("--stack", "dev");
    assert.equal(status, 0);
    assert.match(
      stdout,
      /covers the policies of the stack dev\. Ways into cicd, prod,\n {2}test, and from there, are left out\./,
    );
  });

  it("refuses wrong input with words and status 2, all at once", async () => {
    const { status, stdout, stderr } = await prove("kan", "--stack", "devv");
    assert.deepEqual([status, stdout], [2, ""]);
    assert.equal(stderr, `error: "kan" is no question.\n  Did you mean can?\n  Allowed: can, who.\n${forms}`);
    assert.deepEqual(await prove("--expect", "no"), {
      status: 2,
      stdout: "",
      stderr: `error: --expect is about a question of your own, and there is none.\n${forms}`,
    });
    assert.deepEqual(await prove("--stack", "devv"), {
      status: 2,
      stdout: "",
      stderr: 'error: There is no stack "devv".\n  Did you mean dev?\n  Allowed: cicd, dev, prod, test.\n',
    });
  });
});
