import assert from "node:assert/strict";
import type { Engine } from "./support/engine";
import { onlyApplication, platform, stacks, succeeded } from "./support/platform";
import { figure, withEngine } from "./support/suite";
import type { Workspace } from "./support/workspace";

const pack = ["--policy-pack", "policy-pack"];
/** Plans are an experiment of this CLI. */
const plans = { environment: { PULUMI_EXPERIMENTAL: "true" } };

withEngine("a change on its way into an account", (engine: Engine) => {
  let base: Workspace;
  let workspace: Workspace;
  before(async () => {
    base = platform(engine);
    for (const stack of stacks) await base.init(stack);
  });
  beforeEach(() => {
    workspace = base.fork();
  });
  afterEach(() => {
    workspace.dispose();
  });
  after(() => {
    base.dispose();
  });

  it("passes the policy pack in `pulumi preview` when it is the platform as shipped", async () => {
    for (const stack of stacks) {
      const { output } = await succeeded(workspace.preview(stack, pack));
      assert.match(output, /Policies:\n.* slipway@v\d+\.\d+\.\d+ \(local: policy-pack\)/);
      assert.doesNotMatch(output, /\[mandatory\]/);
    }
    assert.deepEqual(workspace.calls(), []);
  });

  const trust =
    '{ Version: "2012-10-17", Statement: [{ Sid: "Bad", Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] }';
  const grant = (statement: string): string =>
    `new aws.iam.RolePolicy("bad", { role: new aws.iam.Role("bad", { name: "bad", assumeRolePolicy: ${trust} }).name, name: "bad", policy: { Version: "2012-10-17", Statement: [{ Sid: "Bad", Effect: "Allow", ${statement} }] } });`;
  const bad: readonly { readonly what: string; readonly code: string }[] = [
    { what: "every action", code: grant('Action: "*", Resource: "arn:aws:s3:::a/b"') },
    { what: "every action of a service", code: grant('Action: "s3:*", Resource: "arn:aws:s3:::a/b"') },
    { what: "every resource", code: grant('Action: "s3:GetObject", Resource: "*"') },
    { what: "all but some actions", code: grant('NotAction: "iam:*", Resource: "arn:aws:s3:::a/b"') },
    {
      what: "trust in everyone",
      code: 'new aws.iam.Role("bad", { name: "bad", assumeRolePolicy: { Version: "2012-10-17", Statement: [{ Sid: "Bad", Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }] } });',
    },
    {
      what: "an administrator's policy",
      code: `new aws.iam.RolePolicyAttachment("bad", { role: new aws.iam.Role("bad", { name: "bad", assumeRolePolicy: ${trust} }).name, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });`,
    },
  ];
  let tried = 0;
  let stopped = 0;
  after(() => {
    figure("bad changes, stopped by the policy pack before anything is made", tried, stopped);
  });
  for (const { what, code } of bad) {
    it(`is stopped by the policy pack before anything is made when it grants ${what}`, async () => {
      tried += 1;
      workspace.edit(
        "stacks/environment.ts",
        "  const door = new EnvironmentDoor(",
        `  ${code}\n  const door = new EnvironmentDoor(`,
      );
      const previewed = await workspace.preview("test", pack);
      assert.notEqual(previewed.status, 0, previewed.output);
      assert.match(previewed.output, /\[mandatory\]/);
      const deployed = await workspace.run(["up", "--stack", "test", "--yes", ...pack], {}, "test");
      assert.notEqual(deployed.status, 0);
      assert.deepEqual(workspace.calls(), []);
      stopped += 1;
    });
  }

  it("is applied exactly as it was planned", async () => {
    onlyApplication(workspace, "hello-world");
    await succeeded(workspace.preview("test", ["--save-plan", "plan.json"], plans));
    await succeeded(workspace.up("test", ["--plan", "plan.json"], plans));
    assert.equal(workspace.calls().length, 5);
  });

  it("is refused when the program changed after the plan was made", async () => {
    onlyApplication(workspace, "hello-world");
    await succeeded(workspace.preview("test", ["--save-plan", "plan.json"], plans));
    workspace.edit(
      "access/environment-access.ts",
      "The most that a role of an application can do",
      "Something else",
    );
    const { status, output } = await workspace.up("test", ["--plan", "plan.json"], plans);
    assert.notEqual(status, 0);
    assert.match(output, /violates plan/);
    const made = workspace.calls().map(({ type }) => type);
    assert.equal(made.includes("aws:iam/policy:Policy"), false);
  });
});
