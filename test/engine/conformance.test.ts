import assert from "node:assert/strict";
import { join } from "node:path";
import { differences, plannedResources, withoutDefaultProviders } from "./support/conformance";
import type { Engine } from "./support/engine";
import { offlinePreview } from "./support/offline";
import {
  accountOf,
  addOrganization,
  onlyApplication,
  platform,
  programWorkspace,
  stacks,
} from "./support/platform";
import { figure, withEngine } from "./support/suite";
import type { Workspace } from "./support/workspace";
import type { StackPreview } from "../../preview/preview-document";

withEngine("what the offline preview collects is what the real engine plans", (engine: Engine) => {
  const compared: string[] = [];

  describe("for the shipped platform", () => {
    let workspace: Workspace;
    const offline = new Map<string, StackPreview>();
    before(async () => {
      workspace = platform(engine);
      addOrganization(workspace);
      const { status, document } = await offlinePreview(workspace.project, []);
      assert.equal(status, 0, JSON.stringify(document.problems));
      for (const stack of document.stacks) offline.set(stack.name, stack);
    });
    after(() => {
      workspace.dispose();
      figure("offline preview held against the engine, resources", compared.length, compared.length);
    });

    for (const stack of [...stacks, "organization"]) {
      it(`stack ${stack}: the same resources, parents, providers, inputs and dependencies, before and after deployment`, async () => {
        const preview = offline.get(stack);
        assert.ok(preview !== undefined, `the offline preview has no stack ${stack}`);
        assert.deepEqual([preview.accountId, preview.region], [accountOf(stack), "eu-west-1"]);
        await workspace.init(stack);
        const planned = await workspace.preview(stack, ["--json"]);
        assert.equal(planned.status, 0, planned.output);
        assert.deepEqual(differences(plannedResources(planned.stdout), withoutDefaultProviders(preview)), []);

        const deployed = await workspace.up(stack);
        assert.equal(deployed.status, 0, deployed.output);
        const { resources } = await workspace.export(stack);
        assert.deepEqual(differences(resources, preview), []);
        compared.push(...resources.map(({ urn }) => urn));
      });
    }
  });

  it("for the CI/CD account's stack, once its platform and an application speak in chat", async () => {
    const workspace = platform(engine);
    try {
      onlyApplication(workspace, "hello-world");
      workspace.edit("Pulumi.yaml", "\n  slipway:people:", `${chatSetting}\n  slipway:people:`);
      workspace.edit("applications/hello-world.yaml", "\ntest:", "\nchat: { slack: [C07EZ1ABC23] }\ntest:");
      const { document } = await offlinePreview(workspace.project, ["cicd"]);
      const [preview] = document.stacks;
      assert.ok(preview !== undefined, JSON.stringify(document.problems));
      await workspace.init("cicd");
      const deployed = await workspace.up("cicd", ["--policy-pack", "policy-pack"]);
      assert.equal(deployed.status, 0, deployed.output);
      const { resources } = await workspace.export("cicd");
      assert.deepEqual(differences(resources, preview), []);
      const made = resources
        .map(({ type }) => type.split(":").at(-1))
        .filter((type) => type?.startsWith("Notification"));
      assert.equal(made.length, 3);
    } finally {
      workspace.dispose();
    }
  });

  it("and the policy pack says the same of a platform with a bad grant", async () => {
    const workspace = platform(engine);
    try {
      workspace.edit(
        "iam/door.ts",
        'ArnLike: { "aws:PrincipalArn": names.roleArn(platform.cicd, names.paths.deploy(environment.name), "*") }',
        'ArnLike: { "aws:PrincipalArn": "*" }',
      );
      const { status, document } = await offlinePreview(workspace.project, ["dev"]);
      assert.equal(status, 1);
      await workspace.init("dev");
      const { output } = await workspace.preview("dev", ["--policy-pack", "policy-pack"]);
      const offline = document.stacks
        .flatMap(({ policy }) => policy.violations)
        .filter(({ level }) => level === "mandatory");
      assert.deepEqual(
        mandatoryFindings(output),
        [...new Set(offline.map(({ rule, urn }) => `${rule} ${nameOf(urn)}`))].sort(),
      );
      assert.ok(offline.length > 0);
    } finally {
      workspace.dispose();
    }
  });

  describe("for small programs that stress the SDK", () => {
    const programs: readonly {
      readonly folder: string;
      readonly stack: string;
      readonly first?: string;
      readonly what: string;
    }[] = [
      {
        folder: "engine/programs/options",
        stack: "dev",
        what: "aliases, transforms, invokes, several providers, protection",
      },
      { folder: "engine/programs/secrets", stack: "dev", what: "secrets, also within other values" },
      { folder: "engine/programs/references", stack: "reader", first: "base", what: "stack references" },
    ];
    for (const { folder, stack, first, what } of programs) {
      it(`${folder}: ${what}`, async () => {
        const source = join(__dirname, "..", folder);
        const workspace = programWorkspace(engine, source);
        try {
          for (const earlier of first === undefined ? [] : [first]) {
            await workspace.init(earlier);
            const { status, output } = await workspace.up(earlier);
            assert.equal(status, 0, output);
          }
          await workspace.init(stack);
          const { document } = await offlinePreview(workspace.project, []);
          const preview = document.stacks.find(({ name }) => name === stack);
          assert.ok(preview !== undefined, JSON.stringify(document.problems));
          const planned = await workspace.preview(stack, ["--json"]);
          assert.equal(planned.status, 0, planned.output);
          assert.deepEqual(
            differences(plannedResources(planned.stdout), withoutDefaultProviders(preview)),
            [],
          );
          compared.push(...preview.resources.map(({ urn }) => urn));
        } finally {
          workspace.dispose();
        }
      });
    }
  });
});

const chatSetting = `
  slipway:chat:
    value:
      slack: { workspaceId: T07EA123LEP, approvals: [C0000000001], status: [C0000000001] }
      teams:
        tenantId: 00000000-0000-4000-8000-000000000001
        teamId: 00000000-0000-4000-8000-000000000002
        status: ["19:E2a7-x_9@thread.tacv2"]
`;

/** Rule and resource of each mandatory finding in the text of `pulumi preview`. */
function mandatoryFindings(output: string): string[] {
  const found = [...output.matchAll(/\[mandatory\](?: \[severity: \w+\])? {2}(\S+) {2}\(\S+: (\S+)\)/g)];
  return [...new Set(found.map(([, rule = "", name = ""]) => `${rule} ${name}`))].sort();
}

const nameOf = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);
