import assert from "node:assert/strict";
import { configure } from "./configure";
import {
  account,
  document,
  other,
  role,
  scratchAccounts,
  service,
  trust,
  urn,
  world,
} from "./scratch-accounts";
import type { Props } from "./values";

describe("the simulator of AWS accounts", () => {
  const { accounts, make, provider } = scratchAccounts();

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
        assert.deepEqual(accounts().list(account, type), []);
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
      accounts().put({
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
});
