import assert from "node:assert/strict";
import { IMPLIED_GRANTS } from "../../../../policy-pack/lib/aws/implied-grants";
import { ACCOUNT, ORGANIZATION } from "../../support/documents";
import { judged } from "../../support/judged-grants";

const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;
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
