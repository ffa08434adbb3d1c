import assert from "node:assert/strict";
import { isAllowed, policyOf, serviceMayAssume } from "./aws-simulator/evaluator";
import { rolePolicyType, roleType } from "./aws-simulator/types/iam";
import { object, text, type Props } from "./aws-simulator/values";
import { assertSameContents, contents } from "./support/accounts";
import { grants } from "./support/grants";
import type { Engine } from "./support/engine";
import { accountOf, deployedPlatform, stacks, succeeded, type StackName } from "./support/platform";
import { figure, withEngine } from "./support/suite";
import type { Workspace } from "./support/workspace";

withEngine("what someone changes by hand in an account", (engine: Engine) => {
  let deployed: Workspace;
  let workspace: Workspace;
  before(async () => {
    deployed = await deployedPlatform(engine);
  });
  beforeEach(() => {
    workspace = deployed.fork();
  });
  afterEach(() => {
    workspace.dispose();
  });
  after(() => {
    deployed.dispose();
  });

  const all = (): ReturnType<typeof contents> => contents(workspace.accounts, stacks.map(accountOf));

  function tamper(stack: StackName, type: string, id: string, change: (props: Props) => Props): void {
    const { accounts } = workspace;
    const stored = accounts.get(accountOf(stack), type, id) ?? accounts.list(accountOf(stack), type)[0];
    assert.ok(stored !== undefined, `${stack} has no ${type} ${id}`);
    accounts.put({ ...stored, props: change(stored.props) });
  }

  const cases: readonly {
    stack: StackName;
    what: string;
    type: string;
    id: string;
    change: (props: Props) => Props;
  }[] = [
    {
      stack: "dev",
      what: "the door's policy",
      type: rolePolicyType,
      id: "CICDCrossAccountRole:door",
      change: (props) => ({
        ...props,
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
        }),
      }),
    },
    {
      stack: "test",
      what: "the door's trust",
      type: roleType,
      id: "CICDCrossAccountRole",
      change: (props) => ({
        ...props,
        assumeRolePolicy: text(props["assumeRolePolicy"]).replace("111111111111", "999999999999"),
      }),
    },
    {
      stack: "prod",
      what: "the days that logs are kept",
      type: "aws:cloudwatch/logGroup:LogGroup",
      id: "",
      change: (props) => ({ ...props, retentionInDays: 1 }),
    },
    {
      stack: "prod",
      what: "a tag",
      type: roleType,
      id: "CICDCrossAccountRole",
      change: (props) => ({
        ...props,
        tags: { ...object(props["tags"]), Application: "hello-world" },
        tagsAll: { ...object(props["tagsAll"]), Application: "hello-world" },
      }),
    },
    {
      stack: "cicd",
      what: "public access to the artifacts",
      type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      id: "",
      change: (props) => ({ ...props, blockPublicPolicy: false }),
    },
    {
      stack: "cicd",
      what: "a gate of a pipeline",
      type: "aws:codepipeline/pipeline:Pipeline",
      id: "hello-world-main",
      change: (props) => ({
        ...props,
        stages: (props["stages"] as Props[]).filter((stage) => !/test/i.test(text(stage["name"]))),
      }),
    },
  ];
  let tried = 0;
  let mended = 0;
  after(() => {
    figure("drift, changes by hand in the four accounts", tried, mended);
  });

  for (const { stack, what, type, id, change } of cases) {
    it(`${stack}: ${what} is found by a refresh and mended by \`pulumi up\``, async () => {
      tried += 1;
      const before = all();
      tamper(stack, type, id, change);
      const found = await workspace.refresh(stack, ["--preview-only", "--expect-no-changes"]);
      assert.notEqual(found.status, 0, found.output);
      assert.match(found.output, /~ 1 to update|~ 1 updated/);
      await succeeded(workspace.up(stack, ["--refresh"]));
      assertSameContents(all(), before, what);
      mended += 1;
    });
  }

  it("deleting a role and making it again costs no grant: every door, bucket, key and service still knows it", async () => {
    const before = grants(workspace.accounts);
    assert.ok(before.length > 20, `only ${before.length} grants are asked`);
    assert.deepEqual(
      before.filter(({ allowed, expected }) => allowed !== expected),
      [],
    );
    const account = accountOf("cicd");
    const roles = workspace.accounts
      .list(account, roleType)
      .filter(({ props }) => text(props["path"]).startsWith("/slipway/"));
    for (const { id, props } of roles) {
      for (const policy of workspace.accounts
        .list(account, rolePolicyType)
        .filter((item) => item.props["role"] === id))
        workspace.accounts.remove(account, rolePolicyType, policy.id);
      workspace.accounts.remove(account, roleType, id);
      assert.ok(text(props["uniqueId"]).startsWith("AROA"));
    }
    assert.ok(
      grants(workspace.accounts).some(({ allowed, expected }) => allowed !== expected),
      "deleting every role changed nothing: the check is blind",
    );
    await succeeded(workspace.up("cicd", ["--refresh"]));
    const again = workspace.accounts.list(account, roleType);
    assert.ok(
      roles.every(
        ({ id, props }) => again.find((role) => role.id === id)?.props["uniqueId"] !== props["uniqueId"],
      ),
      "a role kept its id",
    );
    assert.deepEqual(grants(workspace.accounts), before);
    figure("grants after every role of the CI/CD account was made again", before.length, before.length);
  });

  it("would cost a grant that names the role itself: AWS stores the id behind the name", async () => {
    const role = "hello-world-deploy-dev";
    const arn = `arn:aws:iam::${accountOf("cicd")}:role/slipway/deploy/dev/${role}`;
    workspace.edit(
      "iam/door.ts",
      "Principal: { AWS: names.rootArn(platform.cicd) }",
      `Principal: { AWS: "${arn}" }`,
    );
    await succeeded(workspace.up("dev"));
    const door = `arn:aws:iam::${accountOf("dev")}:role/slipway/CICDCrossAccountRole`;
    const enters = (): boolean => {
      const stored = workspace.accounts.get(accountOf("dev"), roleType, "CICDCrossAccountRole");
      assert.ok(stored !== undefined);
      const tags = {
        "aws:RequestTag/Application": "hello-world",
        "aws:RequestTag/DeploymentKind": "serverless",
        "sts:SourceIdentity": "1",
      };
      return isAllowed(workspace.accounts, {
        role: arn,
        action: "sts:AssumeRole",
        resource: door,
        context: tags,
        resourcePolicy: policyOf(stored, "assumeRolePolicy"),
      });
    };
    assert.equal(enters(), true);
    assert.equal(serviceMayAssume(workspace.accounts, arn, "lambda.amazonaws.com", {}), false);
    const [stored] = workspace.accounts.list(accountOf("cicd"), roleType).filter(({ id }) => id === role);
    assert.ok(stored !== undefined);
    workspace.accounts.put({ ...stored, props: { ...stored.props, uniqueId: "AROAANOTHERROLE" } });
    assert.equal(enters(), false);
  });
});
