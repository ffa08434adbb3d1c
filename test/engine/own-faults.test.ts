import assert from "node:assert/strict";
import type { Engine } from "./support/engine";
import { accidentalOrder } from "./support/needs";
import { deployedPlatform, onlyApplication, platform, stacks, succeeded } from "./support/platform";
import { figure, withEngine } from "./support/suite";
import type { Workspace } from "./support/workspace";

withEngine("a fault in the program itself", (engine: Engine) => {
  let base: Workspace;
  let workspace: Workspace;
  let tried = 0;
  let caught = 0;
  before(async () => {
    base = platform(engine);
    onlyApplication(base, "sso-dashboard");
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
    figure("faults put into the program on purpose, caught", tried, caught);
  });

  it("is not in the shipped one: whatever AWS wants first is a dependency of the program, in every stack", async () => {
    const whole = await deployedPlatform(engine);
    for (const stack of stacks) assert.deepEqual(await accidentalOrder(whole, stack), []);
    whole.dispose();
  });

  it("is caught when a dependency is missing, also if all went well by chance", async () => {
    tried += 1;
    workspace.edit("components/application-delivery.ts", "after: [...jobs, role]", "after: [role]");
    const { status, output } = await workspace.up("cicd");
    const accidents = await accidentalOrder(workspace, "cicd");
    assert.ok(status !== 0 || accidents.length > 0, output);
    if (status === 0)
      assert.match(
        accidents.join("\n"),
        /Pipeline::sso-dashboard-main needs .*Project::sso-dashboard-test and does not depend on it/,
      );
    else assert.match(output, /there is no project/);
    caught += 1;
  });

  it("is caught when a principal does not exist yet", async () => {
    tried += 1;
    workspace.edit(
      "iam/door.ts",
      "Principal: { AWS: names.rootArn(platform.cicd) }",
      "Principal: { AWS: names.roleArn(platform.cicd, names.paths.deploy(environment.name), `sso-dashboard-deploy-${environment.name}`) }",
    );
    const { status, output } = await workspace.up("dev");
    assert.notEqual(status, 0);
    assert.match(
      output,
      /MalformedPolicyDocument: Invalid principal in policy: "AWS":"arn:aws:iam::111111111111:role\/slipway\/deploy\/dev\/sso-dashboard-deploy-dev"/,
    );
    caught += 1;
  });

  it("is caught when a name is one character too long", async () => {
    tried += 1;
    workspace.edit(
      "names.ts",
      "return `${application}-pipeline`;",
      'return `${application}-pipeline`.padEnd(65, "x");',
    );
    const { status, output } = await workspace.up("cicd");
    assert.notEqual(status, 0);
    assert.match(output, /Value 'sso-dashboard-pipelinex+' at 'roleName' failed to satisfy constraint/);
    caught += 1;
  });

  it("is caught when a trust policy has a wildcard", async () => {
    tried += 1;
    workspace.edit(
      "iam/door.ts",
      'ArnLike: { "aws:PrincipalArn": names.roleArn(platform.cicd, names.paths.deploy(environment.name), "*") }',
      'ArnLike: { "aws:PrincipalArn": "*" }',
    );
    const { status, output } = await workspace.preview("dev", ["--policy-pack", "policy-pack"]);
    assert.notEqual(status, 0);
    assert.match(
      output,
      /\[mandatory\] \[severity: critical\] {2}no-open-trust {2}\(aws:iam\/role:Role: door\)/,
    );
    caught += 1;
  });

  it("is caught when a name is not the same in every run", async () => {
    tried += 1;
    workspace.edit(
      "names.ts",
      "return `${application}-pipeline`;",
      "return `${application}-pipeline-${Date.now()}`;",
    );
    await succeeded(workspace.up("cicd"));
    const again = await workspace.up("cicd", ["--expect-no-changes"]);
    assert.notEqual(again.status, 0);
    caught += 1;
  });

  it("is caught when a name is left to the provider", async () => {
    tried += 1;
    workspace.edit("components/role.ts", "        name: plan.name,\n", "");
    await succeeded(workspace.up("dev"));
    const names = workspace.accounts
      .list(workspace.accountOf("dev"), "aws:iam/role:Role")
      .map(({ id }) => id);
    assert.equal(names.includes("CICDCrossAccountRole"), false);
    // The door is not where the CI/CD account looks for it; the scenario of the outputs says so.
    assert.notEqual(
      (await workspace.outputs("dev"))["doorRoleArn"],
      "arn:aws:iam::222222222222:role/slipway/CICDCrossAccountRole",
    );
    caught += 1;
  });
});
