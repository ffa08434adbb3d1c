import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import {
  ATTACHMENT_PLACES,
  DOCUMENT_PLACES,
  type DocumentPlace,
} from "../../../../policy-pack/lib/aws/grant-places";
import { IMPLIED_GRANTS } from "../../../../policy-pack/lib/aws/implied-grants";
import { UNKNOWN_MARKS } from "../../../../policy-pack/lib/document/unknown";
import { judgeGrants } from "../../../../policy-pack/lib/judge/resource-grants";
import { ACCOUNT, ORGANIZATION, access, document, grant, trust } from "../../support/documents";

const NOTHING_KNOWN = { accounts: [], organizations: [] };
const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;

/** `severity rule` of every finding but notes. */
function judged(type: string, properties: object): string[] {
  return judgeGrants(type, properties, NOTHING_KNOWN)
    .located.filter(({ finding }) => finding.severity !== "note")
    .map(({ finding }) => `${finding.severity} ${finding.rule}`);
}

/** `value` under the path, `*` standing for the first item of a list. */
function nested(steps: readonly string[], value: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  return step === "*" ? [nested(rest, value)] : { [step]: nested(rest, value) };
}

const NARROW: Readonly<Record<DocumentPlace["kind"], object>> = {
  identity: grant("s3:GetObject", "arn:aws:s3:::reports/*"),
  trust: trust({ AWS: ROLE }),
  resource: access({ AWS: ROLE }, "s3:GetObject"),
  boundary: grant("*", "*"),
  scp: grant("*", "*"),
};
const BROAD: Readonly<Record<DocumentPlace["kind"], readonly [object, string]>> = {
  identity: [grant("s3:GetObject", "*"), "error no-wildcard-grants"],
  trust: [trust("*"), "error no-open-trust"],
  resource: [access("*", "s3:GetObject"), "error no-open-trust"],
  boundary: [document({ Effect: "Allow" }), "error readable-policies"],
  scp: [document({ Effect: "Deny", Action: "iam:*" }), "error readable-policies"],
};

describe("every place where a policy document can stand", () => {
  for (const [type, places] of DOCUMENT_PLACES) {
    for (const { path: steps, kind } of places) {
      it(`${type} ${steps.join(".")} passes a narrow document, as an object and as text`, () => {
        assert.deepEqual(judged(type, nested(steps, NARROW[kind]) as object), []);
        assert.deepEqual(judged(type, nested(steps, JSON.stringify(NARROW[kind])) as object), []);
      });

      it(`${type} ${steps.join(".")} fails a broad one, as an object and as text`, () => {
        const [broad, expected] = BROAD[kind];
        assert.deepEqual(judged(type, nested(steps, broad) as object), [expected]);
        assert.deepEqual(judged(type, nested(steps, JSON.stringify(broad)) as object), [expected]);
      });

      it(`${type} ${steps.join(".")} names what is not known yet`, () => {
        const { located, unknowns } = judgeGrants(type, nested(steps, UNKNOWN_MARKS[2]), NOTHING_KNOWN);
        assert.deepEqual(located, []);
        assert.deepEqual(unknowns, [steps.join(".").replaceAll(".*", "[0]")]);
      });
    }
  }
});

const PUBLIC = ["error no-open-trust"];
const LAMBDA = { action: "lambda:InvokeFunction", function: "app" };
const EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers";
const acl = (uri: string): object => ({
  accessControlPolicy: {
    grants: [{ grantee: { type: "Group", uri }, permission: "READ" }],
    owner: { id: "x" },
  },
});
const OWN_LOGS = "http://acs.amazonaws.com/groups/s3/LogDelivery";

/** Type, what passes, what fails. */
const IMPLIED: readonly (readonly [string, readonly object[], readonly object[]])[] = [
  [
    "aws:lambda/permission:Permission",
    [
      { ...LAMBDA, principal: ROLE },
      {
        ...LAMBDA,
        principal: "events.amazonaws.com",
        sourceArn: `arn:aws:events:eu-west-1:${ACCOUNT}:rule/nightly`,
      },
      { ...LAMBDA, principal: "s3.amazonaws.com", sourceAccount: ACCOUNT },
      { ...LAMBDA, principal: "*", principalOrgId: ORGANIZATION },
    ],
    [
      { ...LAMBDA, principal: "*" },
      { ...LAMBDA, principal: "sns.amazonaws.com" },
      { ...LAMBDA, principal: "events.amazonaws.com", sourceArn: "*" },
    ],
  ],
  ["aws:lambda/functionUrl:FunctionUrl", [{ authorizationType: "AWS_IAM" }], [{ authorizationType: "NONE" }]],
  [
    "aws:lambda/layerVersionPermission:LayerVersionPermission",
    [{ action: "lambda:GetLayerVersion", principal: "*", organizationId: ORGANIZATION }],
    [{ action: "lambda:GetLayerVersion", principal: "*" }],
  ],
  [
    "aws:cloudwatch/eventPermission:EventPermission",
    [{ principal: "*", condition: { type: "StringEquals", key: "aws:PrincipalOrgID", value: ORGANIZATION } }],
    [
      { principal: "*" },
      { principal: "*", condition: { type: "StringLike", key: "aws:PrincipalOrgID", value: "o-*" } },
    ],
  ],
  [
    "aws:kms/grant:Grant",
    [{ granteePrincipal: ROLE, operations: ["Decrypt"] }],
    [{ granteePrincipal: "*", operations: ["Decrypt"] }],
  ],
  [
    "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple",
    [{ principalArn: ROLE }],
    [{ principalArn: "*" }],
  ],
  [
    "aws:ec2/vpcEndpointService:VpcEndpointService",
    [{ allowedPrincipals: [ROLE] }, { acceptanceRequired: true }],
    [{ allowedPrincipals: [ROLE, "*"] }],
  ],
  [
    "aws:ec2/amiLaunchPermission:AmiLaunchPermission",
    [{ imageId: "ami-1", organizationArn: "x" }],
    [{ imageId: "ami-1", group: "all" }],
  ],
  [
    "aws:ram/principalAssociation:PrincipalAssociation",
    [{ principal: `arn:aws:organizations::${ACCOUNT}:organization/${ORGANIZATION}` }, { principal: ROLE }],
    [{ principal: "*" }],
  ],
  [
    "aws:lakeformation/permissions:Permissions",
    [{ principal: ROLE, permissions: ["SELECT"] }],
    [{ principal: "IAM_ALLOWED_PRINCIPALS", permissions: ["ALL"] }],
  ],
  [
    "aws:signer/signingProfilePermission:SigningProfilePermission",
    [{ action: "signer:StartSigningJob", principal: ROLE }],
    [{ action: "signer:StartSigningJob", principal: "*" }],
  ],
  [
    "aws:acmpca/permission:Permission",
    [{ actions: ["acm-pca:IssueCertificate"], principal: "acm.amazonaws.com", sourceAccount: ACCOUNT }],
    [{ actions: ["acm-pca:IssueCertificate"], principal: "acm.amazonaws.com" }],
  ],
  ["aws:rds/snapshot:Snapshot", [{ dbSnapshotIdentifier: "a" }], [{ sharedAccounts: ["all"] }]],
  ["aws:rds/clusterSnapshot:ClusterSnapshot", [{ dbClusterIdentifier: "a" }], [{ sharedAccounts: ["all"] }]],
  ["aws:rds/snapshotCopy:SnapshotCopy", [{ sourceDbSnapshotIdentifier: "a" }], [{ sharedAccounts: ["all"] }]],
  ["aws:ssm/document:Document", [{ content: "{}" }], [{ permissions: { type: "Share", accountIds: "All" } }]],
  [
    "aws:s3/bucket:Bucket",
    [{ acl: "private" }],
    [{ acl: "public-read" }, { grants: [{ type: "Group", uri: EVERYBODY }] }],
  ],
  ["aws:s3/bucketV2:BucketV2", [{ acl: "private" }], [{ acl: "authenticated-read" }]],
  [
    "aws:s3/bucketAcl:BucketAcl",
    [{ acl: "log-delivery-write" }, acl(OWN_LOGS)],
    [{ acl: "public-read-write" }, acl(EVERYBODY)],
  ],
  ["aws:s3/bucketAclV2:BucketAclV2", [acl(OWN_LOGS)], [acl(EVERYBODY)]],
  ["aws:s3/bucketObject:BucketObject", [{ acl: "private" }], [{ acl: "public-read" }]],
  ["aws:s3/bucketObjectv2:BucketObjectv2", [{}], [{ acl: "public-read" }]],
  ["aws:s3/objectCopy:ObjectCopy", [{}], [{ acl: "public-read" }]],
  ["aws-native:lambda:Permission", [{ ...LAMBDA, principal: ROLE }], [{ ...LAMBDA, principal: "*" }]],
  ["aws-native:lambda:Url", [{ authType: "AWS_IAM" }], [{ authType: "NONE" }]],
  [
    "aws-native:lambda:LayerVersionPermission",
    [{ action: "lambda:GetLayerVersion", principal: ACCOUNT }],
    [{ action: "lambda:GetLayerVersion", principal: "*" }],
  ],
  [
    "aws-native:ec2:VpcEndpointServicePermissions",
    [{ allowedPrincipals: [ROLE] }],
    [{ allowedPrincipals: ["*"] }],
  ],
];

describe("aws:organizations/policy:Policy", () => {
  const type = "aws:organizations/policy:Policy";
  const tags = JSON.stringify({ tags: { Team: { tag_key: { "@@assign": "Team" } } } });

  it("is judged as a control policy, and other kinds of policy are left alone", () => {
    assert.deepEqual(judged(type, { type: "TAG_POLICY", content: tags }), []);
    assert.deepEqual(
      judged(type, { type: "SERVICE_CONTROL_POLICY", content: tags }),
      Array(2).fill("error readable-policies"),
    );
    const everybody = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
    assert.deepEqual(judged(type, { type: "RESOURCE_CONTROL_POLICY", content: document(everybody) }), []);
  });
});

describe("grants without a document", () => {
  for (const [type, good, bad] of IMPLIED) {
    it(`${type} passes what is narrow and fails what is open`, () => {
      for (const properties of good)
        assert.deepEqual(judged(type, properties), [], JSON.stringify(properties));
      for (const properties of bad)
        assert.deepEqual(judged(type, properties), PUBLIC, JSON.stringify(properties));
    });
  }

  it("aws:eks/accessPolicyAssociation:AccessPolicyAssociation fails administration of a whole cluster", () => {
    const type = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
    const policy = (name: string, scope: string): object => ({
      policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
      principalArn: ROLE,
      accessScope: { type: scope },
    });
    assert.deepEqual(judged(type, policy("AmazonEKSClusterAdminPolicy", "namespace")), []);
    assert.deepEqual(judged(type, policy("AmazonEKSEditPolicy", "cluster")), []);
    assert.deepEqual(judged(type, policy("AmazonEKSClusterAdminPolicy", "cluster")), [
      "error no-wildcard-grants",
    ]);
  });

  it("has a case for every type", () => {
    const tested = [
      ...IMPLIED.map(([type]) => type),
      "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    ];
    assert.deepEqual(tested.sort(), [...IMPLIED_GRANTS.keys()].sort());
  });
});

describe("managed policies where they are attached", () => {
  const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
  const OWN = `arn:aws:iam::${ACCOUNT}:policy/app`;

  for (const [type, places] of ATTACHMENT_PLACES) {
    for (const { path: steps } of places) {
      it(`${type} ${steps.join(".")} takes a policy of our own and refuses AdministratorAccess`, () => {
        assert.deepEqual(judged(type, nested(steps, OWN) as object), []);
        assert.deepEqual(judged(type, nested(steps, ADMINISTRATOR) as object), [
          "error no-broad-managed-policies",
        ]);
      });
    }
  }

  it("a chat channel without guardrail is one with AdministratorAccess", () => {
    const type = "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration";
    assert.deepEqual(judged(type, { configurationName: "releases" }), ["error no-broad-managed-policies"]);
  });
});

describe("judgeGrants", () => {
  const types = [
    ...new Set([...DOCUMENT_PLACES.keys(), ...IMPLIED_GRANTS.keys(), ...ATTACHMENT_PLACES.keys()]),
  ];
  const names = [
    ...[...DOCUMENT_PLACES.values(), ...ATTACHMENT_PLACES.values()].flatMap((places) =>
      places.flatMap((place) => place.path),
    ),
    ...[
      "principal",
      "condition",
      "operations",
      "permissions",
      "grants",
      "acl",
      "accessScope",
      "policyArn",
      "sharedAccounts",
    ],
  ].filter((name) => name !== "*");
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, 7, "", "*", "x", "{}", '{"Statement": []}', UNKNOWN_MARKS[2]),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(...names, "Statement", "Effect", "Action", "type", "accountIds"),
        tie("value"),
        { maxKeys: 4 },
      ),
    ),
  })).value;

  it("takes whatever properties a program can give a resource", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 5 }),
        (type, properties) => {
          judgeGrants(type, properties, NOTHING_KNOWN);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe("the tokens and properties", () => {
  const provider = path.dirname(require.resolve("@pulumi/aws/package.json"));
  const places = [
    ...[...DOCUMENT_PLACES].flatMap(([type, list]) =>
      list.map(({ path: steps }) => [type, steps[0] ?? ""] as const),
    ),
    ...[...ATTACHMENT_PLACES].flatMap(([type, list]) =>
      list.map(({ path: steps }) => [type, steps[0] ?? ""] as const),
    ),
    ...[...IMPLIED_GRANTS.keys()].map((type) => [type, ""] as const),
  ].filter(([type]) => type.startsWith("aws:"));

  it("are those of the installed @pulumi/aws", () => {
    for (const [type, property] of places) {
      const module = path.join(provider, type.split(":")[1] ?? "");
      assert.ok(existsSync(`${module}.js`), type);
      assert.ok(readFileSync(`${module}.js`, "utf8").includes(`'${type}'`), type);
      if (property !== "")
        assert.match(readFileSync(`${module}.d.ts`, "utf8"), new RegExp(`^ {4}${property}\\??:`, "m"), type);
    }
  });
});
