import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configure } from "./configure";
import { isAllowed, policyOf } from "./evaluator";
import { Faults, type Fault } from "./faults";
import { NoAnswer, Provider } from "./provider";
import { readSchema, type Schema } from "./schema";
import { types } from "./types";
import { text, unknownValue, type Props, type Value } from "./values";
import { Accounts, type World } from "./world";

const account = "111111111111";
const other = "222222222222";
const world: World = {
  organizationId: "o-example1234",
  accounts: { [account]: { name: "one" }, [other]: { name: "two" } },
  credentials: { KEY: { account, arn: `arn:aws:iam::${account}:role/slipway-platform` } },
};

describe("the simulator of AWS accounts", () => {
  let folder: string;
  let schema: Schema;
  before(() => {
    schema = readSchema([...types.keys()]);
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "simulated-aws-"));
    writeFileSync(join(folder, "world.json"), JSON.stringify(world));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function provider(faults: readonly Fault[] = [], defaultTags: Props = {}): Provider {
    writeFileSync(join(folder, "faults.json"), JSON.stringify(faults));
    return new Provider(new Accounts(folder), schema, new Faults(folder), {
      account,
      principal: `arn:aws:iam::${account}:role/slipway-platform`,
      region: "eu-west-1",
      defaultTags,
    });
  }

  const urn = (type: string, name = "it"): string => `urn:pulumi:dev::test::${type}::${name}`;
  const make = (type: string, inputs: Props, by = provider()): { id: string; props: Props } =>
    by.create(type, urn(type), inputs);
  const check = (type: string, inputs: Props): readonly string[] =>
    provider()
      .check(type, urn(type), inputs, {}, new Uint8Array([1, 2, 3, 4]))
      .failures.map(({ property, reason }) => `${property} ${reason}`);

  const role = "aws:iam/role:Role";
  const trust = (principal: Props): string => document({ Principal: principal, Action: "sts:AssumeRole" });
  const document = (statement: Props): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "It", Effect: "Allow", ...statement }] });
  const service = trust({ Service: "codebuild.amazonaws.com" });

  describe("knows the legal properties from the provider's own typings", () => {
    const rows: readonly [string, string, Props, readonly string[]][] = [
      [
        "a property that does not exist",
        role,
        { name: "a", assumeRolePolicy: service, pathh: "/" },
        ["pathh is not a property that the AWS provider knows here"],
      ],
      [
        "a nested one",
        "aws:codebuild/reportGroup:ReportGroup",
        { name: "ab", type: "TEST", exportConfig: { type: "NO_EXPORT", kind: 1 } },
        ["exportConfig.kind is not a property that the AWS provider knows here"],
      ],
      [
        "one that is missing",
        "aws:ecr/repositoryPolicy:RepositoryPolicy",
        { repository: "a" },
        ["policy is required and missing"],
      ],
      [
        "a value of another kind",
        "aws:cloudwatch/logGroup:LogGroup",
        { retentionInDays: "365" },
        ['retentionInDays must be a number, not "365"'],
      ],
      [
        "two that exclude each other",
        role,
        { name: "a", namePrefix: "b", assumeRolePolicy: service },
        ["name conflicts with namePrefix: give only one of them"],
      ],
      ["a value that is not known yet", role, { name: unknownValue, assumeRolePolicy: unknownValue }, []],
    ];
    for (const [what, type, inputs, expected] of rows) {
      it(`says so of ${what}`, () => {
        assert.deepEqual(check(type, inputs), expected);
      });
    }

    it("refuses a resource type that nobody described", () => {
      assert.throws(
        () => make("aws:sqs/queue:Queue", {}),
        /The AWS simulator does not know the resource type aws:sqs\/queue:Queue/,
      );
    });

    it("writes documents out as text and names what has no name as the provider does", () => {
      const { inputs } = provider().check(
        role,
        urn(role),
        { assumeRolePolicy: { Version: "2012-10-17", Statement: [] } },
        {},
        new Uint8Array([0xab, 0xcd, 0xef, 0x12]),
      );
      assert.deepEqual(inputs, {
        assumeRolePolicy: '{"Statement":[],"Version":"2012-10-17"}',
        name: "it-abcdef1",
      });
    });
  });

  describe("refuses what AWS refuses", () => {
    const bucket = "aws:s3/bucket:Bucket";
    const group = "aws:cloudwatch/logGroup:LogGroup";
    const project = "aws:codebuild/project:Project";
    const build = {
      source: { type: "CODEPIPELINE", buildspec: "x" },
      artifacts: { type: "CODEPIPELINE" },
      environment: { type: "LINUX_CONTAINER", computeType: "BUILD_GENERAL1_SMALL", image: "x" },
    };
    const rows: readonly [string, string, Props, RegExp][] = [
      [
        "a role's name of 65 characters",
        role,
        { name: "a".repeat(65), assumeRolePolicy: service },
        /at 'roleName' failed to satisfy constraint/,
      ],
      [
        "a trust policy that is no JSON",
        role,
        { name: "a", assumeRolePolicy: "{" },
        /MalformedPolicyDocument: This policy contains invalid Json/,
      ],
      [
        "a trust policy with a resource",
        role,
        {
          name: "a",
          assumeRolePolicy: document({
            Principal: { Service: "a.amazonaws.com" },
            Action: "sts:AssumeRole",
            Resource: "*",
          }),
        },
        /Has prohibited field Resource/,
      ],
      [
        "a trust policy of 2,049 characters",
        role,
        {
          name: "a",
          assumeRolePolicy: trust({
            Service: Array.from({ length: 90 }, (_, index) => `service${index}.amazonaws.com`),
          }),
        },
        /ACLSizePerRole: 2048/,
      ],
      [
        "a principal that does not exist",
        role,
        { name: "a", assumeRolePolicy: trust({ AWS: `arn:aws:iam::${other}:role/nobody` }) },
        /Invalid principal in policy: "AWS":"arn:aws:iam::222222222222:role\/nobody"/,
      ],
      [
        "an account that does not exist",
        role,
        { name: "a", assumeRolePolicy: trust({ AWS: "arn:aws:iam::333333333333:root" }) },
        /Invalid principal in policy/,
      ],
      [
        "a boundary that does not exist",
        role,
        { name: "a", assumeRolePolicy: service, permissionsBoundary: `arn:aws:iam::${account}:policy/none` },
        /NoSuchEntity: Scope ARN/,
      ],
      [
        "a reserved tag",
        role,
        { name: "a", assumeRolePolicy: service, tags: { "aws:owner": "me" } },
        /keys may not begin with aws:/,
      ],
      [
        "a policy for a role that does not exist",
        "aws:iam/rolePolicy:RolePolicy",
        { name: "a", role: "none", policy: document({ Action: "s3:GetObject", Resource: "*" }) },
        /The role with name none cannot be found/,
      ],
      ["a bucket in capitals", bucket, { bucket: "Artifacts" }, /InvalidBucketName/],
      [
        "a setting of a bucket that does not exist",
        "aws:s3/bucketVersioning:BucketVersioning",
        { bucket: "none", versioningConfiguration: { status: "Enabled" } },
        /NoSuchBucket/,
      ],
      [
        "a number of days that no log is kept",
        group,
        { name: "a", retentionInDays: 100 },
        /'retentionInDays' failed to satisfy constraint/,
      ],
      [
        "a project with a role that nobody made",
        project,
        { ...build, name: "ab", serviceRole: `arn:aws:iam::${account}:role/none` },
        /CodeBuild is not authorized to perform: sts:AssumeRole/,
      ],
      [
        "a project between two worlds",
        project,
        { ...build, name: "ab", artifacts: { type: "NO_ARTIFACTS" }, serviceRole: "x" },
        /both sourceType, and artifactType must be set to: CODEPIPELINE/,
      ],
      [
        "a key whose policy locks everyone out",
        "aws:kms/key:Key",
        {
          policy: document({
            Principal: { AWS: `arn:aws:iam::${account}:root` },
            Action: "kms:Decrypt",
            Resource: "*",
          }),
        },
        /will not allow you to update the key policy in the future/,
      ],
      [
        "a key whose policy leaves out the one who makes it",
        "aws:kms/key:Key",
        {
          policy: document({
            Principal: { AWS: `arn:aws:iam::${account}:root` },
            Action: "kms:PutKeyPolicy",
            Resource: "*",
            Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/another` } },
          }),
        },
        /will not allow you to update the key policy in the future/,
      ],
      [
        "an alias of no key",
        "aws:kms/alias:Alias",
        { name: "alias/a", targetKeyId: "00000000-0000-0000-0000-000000000000" },
        /NotFoundException/,
      ],
      [
        "an event pattern with an empty list",
        "aws:cloudwatch/eventRule:EventRule",
        { name: "a", eventPattern: '{"source":[]}' },
        /Empty arrays are not allowed at \$\.source/,
      ],
      [
        "a pipeline with one stage",
        "aws:codepipeline/pipeline:Pipeline",
        {
          name: "a",
          pipelineType: "V2",
          roleArn: "x",
          artifactStores: [],
          stages: [{ name: "S", actions: [] }],
        },
        /A pipeline must have 2 to 50 stages/,
      ],
    ];
    for (const [what, type, inputs, message] of rows) {
      it(what, () => {
        assert.throws(() => make(type, inputs), message);
        assert.deepEqual(new Accounts(folder).list(account, type), []);
      });
    }

    it("a second role of one name, also in other letters", () => {
      make(role, { name: "one", assumeRolePolicy: service });
      assert.throws(() => make(role, { name: "one", assumeRolePolicy: service }), /EntityAlreadyExists/);
      assert.throws(() => make(role, { name: "ONE", assumeRolePolicy: service }), /EntityAlreadyExists/);
    });

    it("more than 10,240 characters of policies in one role", () => {
      make(role, { name: "one", assumeRolePolicy: service });
      const half = (name: string): Props => ({
        name,
        role: "one",
        policy: document({
          Action: "s3:GetObject",
          Resource: Array.from(
            { length: 90 },
            (_, index) => `arn:aws:s3:::bucket-number-${index}/${"x".repeat(30)}`,
          ),
        }),
      });
      make("aws:iam/rolePolicy:RolePolicy", half("a"));
      assert.throws(
        () => make("aws:iam/rolePolicy:RolePolicy", half("b")),
        /Maximum policy size of 10240 bytes exceeded for role one/,
      );
    });

    it("deleting a bucket that holds objects, or a role that holds policies", () => {
      const one = provider();
      make(bucket, { bucket: "full-bucket" }, one);
      new Accounts(folder).put({
        type: "sim:s3/object",
        id: "full-bucket/a",
        account,
        region: "eu-west-1",
        props: { bucket: "full-bucket" },
        principals: {},
        born: 0,
      });
      assert.throws(() => {
        one.remove(bucket, urn(bucket), "full-bucket");
      }, /BucketNotEmpty/);
      make(role, { name: "one", assumeRolePolicy: service }, one);
      make(
        "aws:iam/rolePolicy:RolePolicy",
        { name: "a", role: "one", policy: document({ Action: "s3:GetObject", Resource: "*" }) },
        one,
      );
      assert.throws(() => {
        one.remove(role, urn(role), "one");
      }, /DeleteConflict: Cannot delete entity, must delete policies first/);
    });

    it("credentials of an account that the stack does not allow", () => {
      assert.throws(
        () =>
          configure(
            world,
            { region: "eu-west-1", allowedAccountIds: JSON.stringify([other]) },
            { AWS_ACCESS_KEY_ID: "KEY" },
          ),
        /AWS account ID not allowed: 111111111111/,
      );
      assert.throws(
        () => configure(world, { region: "eu-west-1" }, { AWS_ACCESS_KEY_ID: "NONE" }),
        /InvalidClientTokenId/,
      );
      assert.throws(
        () => configure(world, { region: "eu-west-1", regoin: "x" }, { AWS_ACCESS_KEY_ID: "KEY" }),
        /does not know the provider setting aws:regoin/,
      );
    });
  });

  it("answers late for new roles, and the provider asks again only where the real one does", () => {
    const one = provider();
    make(role, { name: "one", assumeRolePolicy: service }, one);
    const project = make(
      "aws:codebuild/project:Project",
      {
        name: "ab",
        serviceRole: `arn:aws:iam::${account}:role/one`,
        source: { type: "CODEPIPELINE" },
        artifacts: { type: "CODEPIPELINE" },
        environment: { type: "LINUX_CONTAINER", computeType: "BUILD_GENERAL1_SMALL", image: "x" },
      },
      one,
    );
    assert.equal(project.id, `arn:aws:codebuild:eu-west-1:${account}:project/ab`);
    make(role, { name: "two", assumeRolePolicy: service }, one);
    make("aws:cloudwatch/eventRule:EventRule", { name: "r", scheduleExpression: "rate(1 day)" }, one);
    assert.throws(
      () =>
        make(
          "aws:cloudwatch/eventTarget:EventTarget",
          {
            rule: "r",
            targetId: "t",
            arn: `arn:aws:events:eu-west-1:${account}:event-bus/x`,
            roleArn: `arn:aws:iam::${account}:role/two`,
          },
          one,
        ),
      /cannot be assumed/,
    );
  });

  it("keeps the id behind a principal: shows it when the role is gone, and does not know the new one", () => {
    const accounts = new Accounts(folder);
    const one = provider();
    make(role, { name: "caller", assumeRolePolicy: service }, one);
    const arn = `arn:aws:iam::${account}:role/caller`;
    const door = make(role, { name: "door", assumeRolePolicy: trust({ AWS: arn }) }, one);
    make(
      "aws:iam/rolePolicy:RolePolicy",
      {
        name: "a",
        role: "caller",
        policy: document({ Action: "sts:AssumeRole", Resource: `arn:aws:iam::${account}:role/door` }),
      },
      one,
    );
    const enters = (): boolean => {
      const stored = accounts.get(account, role, "door");
      assert.ok(stored !== undefined);
      return isAllowed(accounts, {
        role: arn,
        action: "sts:AssumeRole",
        resource: `arn:aws:iam::${account}:role/door`,
        resourcePolicy: policyOf(stored, "assumeRolePolicy", "trust", true),
      });
    };
    assert.equal(enters(), true);
    one.remove("aws:iam/rolePolicy:RolePolicy", urn("aws:iam/rolePolicy:RolePolicy"), "caller:a");
    one.remove(role, urn(role), "caller");
    const former = (one.read(role, urn(role), door.id) ?? {})["assumeRolePolicy"];
    assert.match(text(former), /AROA[0-9A-F]{17}/);
    make(role, { name: "caller", assumeRolePolicy: service }, one);
    make(
      "aws:iam/rolePolicy:RolePolicy",
      {
        name: "a",
        role: "caller",
        policy: document({ Action: "sts:AssumeRole", Resource: `arn:aws:iam::${account}:role/door` }),
      },
      one,
    );
    assert.equal(enters(), false);
  });

  describe("lets things go wrong on purpose", () => {
    const kinds: readonly [Fault["kind"], Partial<Fault>, RegExp | typeof NoAnswer | undefined, number][] = [
      ["fail", {}, /InternalFailure/, 0],
      [
        "deny",
        {},
        /AccessDenied: User: arn:aws:iam::111111111111:role\/slipway-platform is not authorized to perform: CreateRole/,
        0,
      ],
      ["throttle", { times: 25 }, undefined, 1],
      ["throttle", { times: 26 }, /ThrottlingException/, 0],
      ["fail-after", {}, /RequestTimeout/, 1],
      ["die-before", {}, NoAnswer, 0],
      ["die", {}, NoAnswer, 1],
      ["hang", {}, NoAnswer, 1],
    ];
    for (const [kind, more, expected, roles] of kinds) {
      it(`${kind} ${JSON.stringify(more)}: ${roles === 0 ? "nothing" : "the role"} is made, at the second call only`, () => {
        const one = provider([{ kind, at: 2, ...more }]);
        make(role, { name: "first", assumeRolePolicy: service }, one);
        const attempt = (): unknown => make(role, { name: "second", assumeRolePolicy: service }, one);
        if (expected === undefined) attempt();
        else assert.throws(attempt, expected);
        make(role, { name: "third", assumeRolePolicy: service }, one);
        assert.equal(new Accounts(folder).list(account, role).length, 2 + roles);
      });
    }
  });

  it("replaces and updates by property as the provider does, and sees default tags", () => {
    const one = provider([], { Owner: "me" });
    const made = make(role, { name: "one", path: "/a/", assumeRolePolicy: service, tags: { A: "1" } }, one);
    assert.deepEqual(made.props["tagsAll"], { Owner: "me", A: "1" });
    const diff = (news: Props): Value => {
      const inputs = { name: "one", path: "/a/", assumeRolePolicy: service, tags: { A: "1" } };
      const { changed, replaces, deleteBeforeReplace } = one.diff(
        role,
        "one",
        { ...inputs, ...news },
        made.props,
        inputs,
      );
      return [[...changed], [...replaces], deleteBeforeReplace];
    };
    assert.deepEqual(diff({}), [[], [], false]);
    assert.deepEqual(diff({ assumeRolePolicy: JSON.stringify(JSON.parse(service), null, 2) }), [
      [],
      [],
      false,
    ]);
    assert.deepEqual(diff({ description: "x" }), [["description"], [], false]);
    assert.deepEqual(diff({ tags: { A: "2" } }), [["tags"], [], false]);
    assert.deepEqual(diff({ path: "/b/" }), [["path"], ["path"], true]);
    assert.deepEqual(diff({ name: "two" }), [["name"], ["name"], false]);
  });
});
