import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { imageType } from "./aws-simulator/types/image-repositories";
import { text } from "./aws-simulator/values";
import type { CallRecord } from "./aws-simulator/world";
import { contents } from "./support/accounts";
import type { Engine } from "./support/engine";
import {
  accountOf,
  addOrganization,
  deployedPlatform,
  platform,
  stacks,
  succeeded,
} from "./support/platform";
import { withEngine } from "./support/suite";
import type { Workspace } from "./support/workspace";

withEngine("a platform that is deployed in its four accounts", (engine: Engine) => {
  let deployed: Workspace;
  let workspace: Workspace;
  before(async () => {
    deployed = await deployedPlatform(engine);
  });
  beforeEach(() => {
    workspace = deployed.fork();
    workspace.forgetCalls();
  });
  afterEach(() => {
    workspace.dispose();
  });
  after(() => {
    deployed.dispose();
  });

  const everything = (): unknown => contents(workspace.accounts, stacks.map(accountOf));
  const kinds = (calls: readonly CallRecord[]): string[] => [
    ...new Set(calls.map(({ operation }) => operation)),
  ];

  it("is not changed by a second `pulumi up` of any stack", async () => {
    for (const stack of stacks) await succeeded(workspace.up(stack, ["--expect-no-changes"]));
    assert.deepEqual(workspace.calls(), []);
  });

  it("is not changed by a preview, and neither is its state", async () => {
    workspace.edit("applications/sso-dashboard.yaml", "branches: [main]", "branches: [trunk]");
    const before = [everything(), await workspace.export("cicd")];
    const { output } = await succeeded(workspace.preview("cicd"));
    // The pipeline, whose filter it is, and the publish job, which judges runs by it.
    assert.match(output, /aws:codepipeline:Pipeline sso-dashboard-main update /);
    assert.match(output, /aws:codebuild:Project sso-dashboard-main-publish update /);
    assert.match(output, /~ 2 to update/);
    assert.deepEqual([everything(), await workspace.export("cicd")], before);
    assert.deepEqual(workspace.calls(), []);
  });

  it("says in its outputs what other programs may build on", async () => {
    const outputs = await workspace.outputs("cicd");
    assert.deepEqual(Object.keys(outputs).sort(), [
      "artifactBucket",
      "artifactKeyArn",
      "connectionArn",
      "pipelines",
    ]);
    assert.match(text(outputs["artifactKeyArn"]), /^arn:aws:kms:eu-west-1:111111111111:key\/[0-9a-f-]{36}$/);
    assert.deepEqual(await workspace.outputs("prod"), {
      applications: ["backend-flask", "hello-world", "sso-dashboard"],
      boundaryArn: "arn:aws:iam::444444444444:policy/slipway/slipway-boundary",
      doorRoleArn: "arn:aws:iam::444444444444:role/slipway/CICDCrossAccountRole",
    });
  });

  it("takes a new application by making things only: nothing that is there is changed", async () => {
    addApplication(workspace, "price-list");
    for (const stack of ["cicd", "dev", "prod"]) await succeeded(workspace.up(stack));
    assert.deepEqual(kinds(workspace.calls()), ["create"]);
    assert.ok(
      workspace.accounts.get(accountOf("cicd"), "aws:codepipeline/pipeline:Pipeline", "price-list-main"),
    );
    await succeeded(workspace.up("test", ["--expect-no-changes"]));
  });

  it("asks for an approval by changing the pipelines and what their roles may publish", async () => {
    workspace.edit(
      "Pulumi.yaml",
      "    - name: dev\n",
      "    - name: dev\n      approval: { timeoutDays: 3 }\n",
    );
    await succeeded(workspace.up("cicd"));
    const changed = workspace.calls().map(({ operation, type }) => `${operation} ${type}`);
    assert.deepEqual([...new Set(changed)].sort(), [
      "update aws:codepipeline/pipeline:Pipeline",
      "update aws:iam/rolePolicy:RolePolicy",
    ]);
    await succeeded(workspace.up("dev", ["--expect-no-changes"]));
  });

  it("takes a new environment without replacing anything", async () => {
    workspace.edit(
      "Pulumi.yaml",
      "    - name: prod\n",
      '    - name: staging\n      accountId: "555555555555"\n      region: eu-west-1\n      approval: { timeoutDays: 7 }\n    - name: prod\n',
    );
    workspace.write(
      "Pulumi.staging.yaml",
      readFileSync(join(workspace.project, "Pulumi.test.yaml"), "utf8")
        .replaceAll("333333333333", "555555555555")
        .replaceAll("environment: test", "environment: staging"),
    );
    workspace.edit("applications/hello-world.yaml", "[dev, test, prod]", "[dev, test, staging, prod]");
    await workspace.init("staging");
    await succeeded(workspace.up("staging"));
    await succeeded(workspace.up("cicd"));
    assert.equal(
      workspace.calls().some(({ operation }) => operation === "delete"),
      false,
    );
    assert.equal(
      (await workspace.outputs("staging"))["doorRoleArn"],
      "arn:aws:iam::555555555555:role/slipway/CICDCrossAccountRole",
    );
  });

  it("keeps the images of an application that is removed, and nothing else of it", async () => {
    const base = { principals: {}, born: 0, region: "eu-west-1", account: accountOf("cicd") };
    workspace.accounts.put({
      ...base,
      type: imageType,
      id: "slipway/backend-flask@1",
      props: { repository: "slipway/backend-flask" },
    });
    workspace.remove("applications/backend-flask.yaml");
    for (const stack of ["cicd", "dev", "prod"]) await succeeded(workspace.up(stack));
    const left = stacks
      .flatMap((stack) => workspace.accounts.all(accountOf(stack)))
      .filter(
        ({ type, id, props }) =>
          !type.startsWith("aws-ids:") && JSON.stringify([id, props["tags"]]).includes("backend-flask"),
      )
      .map(({ type, id }) => `${type} ${id}`);
    assert.deepEqual(
      left.filter((item) => !item.startsWith("aws:ecr/")),
      [`${imageType} slipway/backend-flask@1`],
    );
    assert.ok(left.includes("aws:ecr/repository:Repository slipway/backend-flask"));
    const touched = workspace
      .calls()
      .filter(({ urn, operation }) => operation !== "delete" && !urn.includes("backend-flask"));
    assert.deepEqual(touched, []);
  });

  it("gives production its images as long as they are kept: the repository's policy stays with it", async () => {
    workspace.remove("applications/backend-flask.yaml");
    await succeeded(workspace.up("cicd"));
    assert.ok(
      workspace.accounts.get(accountOf("cicd"), "aws:ecr/repository:Repository", "slipway/backend-flask"),
    );
    assert.ok(
      workspace.accounts.get(
        accountOf("cicd"),
        "aws:ecr/repositoryPolicy:RepositoryPolicy",
        "slipway/backend-flask",
      ),
      "the repository is kept because production may still run its images, but no account may pull them any more",
    );
  });

  it("makes a renamed application anew and keeps the images under the old name", async () => {
    addApplication(workspace, "web-shop");
    workspace.remove("applications/backend-flask.yaml");
    for (const stack of ["cicd", "dev", "prod"]) await succeeded(workspace.up(stack));
    const { accounts } = workspace;
    const repositories = accounts
      .list(accountOf("cicd"), "aws:ecr/repository:Repository")
      .map(({ id }) => id);
    assert.deepEqual(repositories, ["slipway/backend-flask", "slipway/sso-dashboard", "slipway/web-shop"]);
    assert.equal(
      accounts.get(accountOf("cicd"), "aws:codepipeline/pipeline:Pipeline", "backend-flask-main"),
      undefined,
    );
  });

  it("refuses to move its pipelines to another account, in words and before anything is changed", async () => {
    const stranger = "999999999999";
    workspace.edit(
      "Pulumi.cicd.yaml",
      'aws:allowedAccountIds: ["111111111111"]',
      `aws:allowedAccountIds: ["${stranger}"]`,
    );
    const halfWay = await workspace.up("cicd", [], { as: stranger });
    assert.notEqual(halfWay.status, 0);
    assert.match(halfWay.output, /111111111111/);
    assert.match(halfWay.output, /999999999999/);
    assert.deepEqual(workspace.calls(), []);
    assert.deepEqual(workspace.accounts.all(stranger), []);
  });

  it("refuses the credentials of another account before the first change", async () => {
    for (const stack of stacks) {
      const { status, output } = await workspace.up(stack, [], { as: "999999999999" });
      assert.notEqual(status, 0);
      assert.match(output, /AWS account ID not allowed: 999999999999/);
    }
    assert.deepEqual(workspace.calls(), []);
    assert.deepEqual(workspace.accounts.all("999999999999"), []);
  });

  it("is deployed from the CI/CD account through the environments' platform roles, as the README says", async () => {
    const fresh = platform(engine);
    try {
      await fresh.init("test");
      const role = `arn:aws:iam::${accountOf("test")}:role/slipway-platform`;
      await succeeded(fresh.command("test", ["config", "set", "--path", "aws:assumeRoles[0].roleArn", role]));
      await succeeded(fresh.up("test", [], { as: accountOf("cicd") }));
      assert.equal(fresh.accounts.list(accountOf("test"), "aws:iam/policy:Policy").length, 1);
      const { status, output } = await fresh.up("test");
      assert.equal(status, 0, output);
    } finally {
      fresh.dispose();
    }
  });

  it("is guarded by service control policies on its four accounts, which a second run does not change", async () => {
    const management = accountOf("organization");
    addOrganization(workspace);
    await workspace.init("organization");
    await succeeded(workspace.up("organization"));
    const attached = workspace.accounts.list(
      management,
      "aws:organizations/policyAttachment:PolicyAttachment",
    );
    // The CI/CD account has three policies and production two: one would be longer than AWS allows.
    const guarded = [...stacks, "cicd", "cicd", "prod"];
    assert.deepEqual(attached.map(({ props }) => props["targetId"]).sort(), guarded.map(accountOf).sort());
    await succeeded(workspace.up("organization", ["--expect-no-changes"]));
  });

  it("holds no secret in plain text in its state", async () => {
    for (const stack of stacks) {
      const state = JSON.stringify(await workspace.export(stack));
      assert.doesNotMatch(state, /(?:password|token|secret)"?\s*:\s*"(?!\[secret\])[^"]{8,}/i);
    }
  });
});

function addApplication(workspace: Workspace, name: string): void {
  const model = readFileSync(join(workspace.project, "applications", "backend-flask.yaml"), "utf8");
  workspace.write(`applications/${name}.yaml`, model.replaceAll("backend-flask", name));
}
