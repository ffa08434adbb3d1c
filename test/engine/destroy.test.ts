import assert from "node:assert/strict";
import { objectType } from "./aws-simulator/types/s3";
import { text } from "./aws-simulator/values";
import type { Engine } from "./support/engine";
import { accountOf, deployedPlatform, environments, platform, stacks, succeeded } from "./support/platform";
import { withEngine } from "./support/suite";
import type { Workspace } from "./support/workspace";

withEngine("retiring the platform", (engine: Engine) => {
  let workspace: Workspace;
  before(async () => {
    workspace = await deployedPlatform(engine);
  });
  after(() => {
    workspace.dispose();
  });

  const left = (stack: string): string[] =>
    workspace.accounts
      .all(accountOf(stack))
      .filter(({ type }) => !type.startsWith("aws-ids:"))
      .map(({ type, id }) => `${type} ${id}`);

  it("leaves nothing in the environments but what was there before", async () => {
    const untouched = platform(engine);
    for (const stack of environments) {
      await succeeded(workspace.destroy(stack));
      const before = untouched.accounts.all(accountOf(stack)).map(({ type, id }) => `${type} ${id}`);
      assert.deepEqual(left(stack), before);
    }
    untouched.dispose();
  });

  it("is refused for the bucket and the keys, which are protected, and harms none of their objects", async () => {
    const bucket = text((await workspace.outputs("cicd"))["artifactBucket"]);
    workspace.accounts.put({
      type: objectType,
      id: `${bucket}/a`,
      account: accountOf("cicd"),
      region: "eu-west-1",
      props: { bucket },
      principals: {},
      born: 0,
    });
    const { status, output } = await workspace.destroy("cicd");
    assert.notEqual(status, 0);
    assert.match(output, /protect/);
    const rest = left("cicd");
    assert.ok(rest.includes(`aws:s3/bucket:Bucket ${bucket}`));
    assert.ok(rest.includes(`${objectType} ${bucket}/a`));
    assert.equal(rest.filter((item) => item.startsWith("aws:kms/key:Key")).length, 2);
  });

  it("takes the rest of the CI/CD account away, save for images, when what is protected is excluded", async () => {
    await succeeded(workspace.destroy("cicd", ["--exclude-protected"]));
    const types = new Set(left("cicd").map((item) => item.split(" ")[0]));
    for (const gone of [
      "aws:codepipeline/pipeline:Pipeline",
      "aws:codebuild/project:Project",
      "aws:iam/rolePolicy:RolePolicy",
      "aws:sns/topic:Topic",
    ]) {
      assert.equal(types.has(gone), false, `${gone} is left`);
    }
    assert.ok(types.has("aws:s3/bucket:Bucket"));
    assert.ok(types.has("aws:ecr/repository:Repository"));
  });

  it("ends with an empty CI/CD account after people unprotected and emptied it, save for the images", async () => {
    await succeeded(workspace.command("cicd", ["state", "unprotect", "--all", "--yes"]));
    const refused = await workspace.destroy("cicd");
    assert.match(refused.output, /BucketNotEmpty/);
    for (const { type, id } of workspace.accounts.list(accountOf("cicd"), objectType))
      workspace.accounts.remove(accountOf("cicd"), type, id);
    await succeeded(workspace.destroy("cicd"));
    const { resources } = await workspace.export("cicd");
    assert.deepEqual(
      resources.map(({ urn }) => urn),
      [],
    );
    assert.deepEqual(
      new Set(stacks.flatMap(left).map((item) => item.split(" ")[0])).has("aws:s3/bucket:Bucket"),
      false,
    );
  });
});
