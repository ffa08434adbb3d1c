import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Explanations } from "../../reports/explain/choose";
import { shippedPreview, slipway, type Run } from "../support/shipped-preview";

describe("slipway explain", () => {
  let folder: string;
  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-"));
    fs.writeFileSync(path.join(folder, "preview.json"), JSON.stringify(await shippedPreview()));
  });
  after(() => {
    fs.rmSync(folder, { recursive: true });
  });

  function explain(...args: readonly string[]): Promise<Run> {
    return slipway(["explain", ...args, "--preview", path.join(folder, "preview.json")]);
  }

  it("explains a role by a unique part of its name, with the source of each statement", async () => {
    const { status, stdout, stderr } = await explain("world-approver");
    assert.deepEqual([status, stderr], [0, ""]);
    const lines = stdout.replace(/\.ts:\d+/g, ".ts");
    assert.equal(
      lines,
      [
        "Role hello-world-approver  stack cicd",
        "  Approves releases of hello-world.",
        "  arn:aws:iam::111111111111:role/slipway/people/hello-world-approver",
        "",
        "Who may take it",
        "  - Members of the permission set SlipwayApprover may take the role, if the caller's organization is",
        "    o-example1234 and the session keeps the name of the one that takes the role.",
        "    MembersOfPermissionSet iam/people.ts",
        "",
        "What it may do",
        "  - In CodePipeline, approve or reject: the actions Approve_Test/Approve and Approve_Prod/Approve of",
        "    the pipeline hello-world-main.  Approve iam/people.ts",
        "  - In CodePipeline, read pipeline, pipeline execution and pipeline state; list action executions",
        "    and pipeline executions: the pipelines hello-world-main and hello-world-pr.",
        "    SeePipelines iam/people.ts",
        "  - In CodePipeline, list pipelines: any resource.  ListPipelines iam/people.ts",
        "",
        "What is kept from it",
        "  - Everything else; no boundary or denial besides.",
        "",
      ].join("\n"),
    );
  });

  it("explains a pipeline as Markdown", async () => {
    const { status, stdout } = await explain("SSO-dashboard-MAIN", "--markdown");
    assert.equal(status, 0);
    assert.match(
      stdout,
      /^## Pipeline sso-dashboard-main \(stack cicd\)\n\nIt releases sso-dashboard\.\n\n### What starts it\n\n- A release/,
    );
    assert.match(
      stdout,
      /\n### Stage Approve\\_Prod\n\n- A person in the role sso-dashboard-approver approves/,
    );
  });

  it("explains a statement of one role with its exact text, and of all roles once where it says the same", async () => {
    const one = await explain("CICDCrossAccountRole:BecomeOwnNamespaceRole", "--stack", "prod");
    assert.match(
      one.stdout,
      /^Statement BecomeOwnNamespaceRole {2}stack prod\n\nthe policy door of the role CICDCrossAccountRole \(prod\)\n/,
    );
    assert.match(one.stdout, /\n {4}"Sid": "BecomeOwnNamespaceRole"\n {2}\}\n$/);
    const all = await explain("MarkDeployedImages", "--json");
    const { roles, pipelines, statements } = JSON.parse(all.stdout) as Explanations;
    assert.deepEqual([roles, pipelines], [[], []]);
    assert.deepEqual(
      statements.map(({ owner }) => owner),
      [
        "backend-flask-deploy-dev",
        "backend-flask-deploy-prod",
        "sso-dashboard-deploy-dev",
        "sso-dashboard-deploy-prod",
      ],
    );
  });

  const refusals: readonly (readonly [args: readonly string[], message: string])[] = [
    [
      ["sso-dashboard-deploy"],
      'error: "sso-dashboard-deploy" fits several.\n  Which one: sso-dashboard-deploy-dev, sso-dashboard-deploy-prod.\n',
    ],
    [
      ["CICDCrossAccountRole"],
      'error: "CICDCrossAccountRole" fits several.\n  Which one: CICDCrossAccountRole (--stack dev), ' +
        "CICDCrossAccountRole (--stack prod), CICDCrossAccountRole (--stack test).\n",
    ],
    [
      ["hello-wrld-main"],
      'error: "hello-wrld-main" is no role, no pipeline and no statement of these stacks.\n  Did you mean hello-world-main?\n',
    ],
    [
      ["hello-world-main", "--stack", "cicdd"],
      'error: There is no stack "cicdd".\n  Did you mean cicd?\n  Allowed: cicd, dev, prod, test.\n',
    ],
    [[], "error: missing required argument 'name'\n(explain: --help says more)\n"],
  ];
  for (const [args, message] of refusals) {
    it(`refuses ${args.join(" ") || "to be asked for nothing"} with words and status 2`, async () => {
      assert.deepEqual(await explain(...args), { status: 2, stdout: "", stderr: message });
    });
  }

  it("does without the sources of a project that has none", async () => {
    const { status, stdout } = await explain("world-approver", "--cwd", folder);
    assert.equal(status, 0);
    assert.match(stdout, /list pipelines: any resource\. {2}ListPipelines\n/);
  });
});
