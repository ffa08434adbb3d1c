/**
 * Data perimeters as AWS publishes them, rewritten from their description with names of our own:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html
 * https://docs.aws.amazon.com/whitepapers/latest/building-a-data-perimeter-on-aws/appendix-2-vpc-endpoint-policy-examples.html
 */
import assert from "node:assert/strict";
import { contextOf } from "../../policy-pack/lib/document/context";
import { judged } from "./support/judged-grants";
import { ACCOUNT, document, messages, ORGANIZATION, OTHER_ACCOUNT, worst } from "./support/documents";

type Elements = Readonly<Record<string, unknown>>;

const OURS = { "aws:PrincipalOrgID": ORGANIZATION };
const REGION = "eu-west-1";

const allow = (
  Action: unknown,
  Resource: unknown,
  Condition?: Elements,
  Principal: unknown = "*",
): Elements => ({
  Effect: "Allow",
  Principal,
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});
const toOurs = (to?: unknown): Elements =>
  allow("*", "*", { StringEquals: { ...OURS, "aws:ResourceOrgID": ORGANIZATION } }, to);
const byServices = (to?: unknown): Elements =>
  allow("*", "*", { Bool: { "aws:PrincipalIsAWSService": "true" } }, to);
const excepted = allow("*", "*", {
  StringEquals: { ...OURS, "aws:PrincipalTag/perimeter-exception": "true" },
});
const ofAws = (action: unknown, resource: unknown, more: Elements = {}): Elements =>
  allow(action, resource, { StringEquals: { ...OURS, ...more } });
const endpoint = (...more: readonly Elements[]): object =>
  document(toOurs(), byServices(), ...more, excepted);

describe("the policies of VPC endpoints in a data perimeter", () => {
  const bucket = (name: string): string => `arn:aws:s3:::${name}/*`;
  const published: Readonly<Record<string, object>> = {
    default: document(toOurs({ AWS: "*" }), byServices({ AWS: "*" }), excepted),
    cloudformation: endpoint(
      ofAws("cloudformation:CreateChangeSet", `arn:aws:cloudformation:${REGION}:aws:transform/*`),
    ),
    ec2: endpoint(ofAws("ec2:RunInstances", "*", { "ec2:Owner": "amazon" })),
    "ecr.api": endpoint(ofAws("*", "*", { "aws:ResourceAccount": OTHER_ACCOUNT })),
    iam: endpoint(ofAws("*", "arn:aws:iam::aws:policy/*")),
    imagebuilder: endpoint(
      ofAws("imagebuilder:GetComponent", `arn:aws:imagebuilder:${REGION}:aws:component/*`),
    ),
    iot: endpoint(ofAws("*", "arn:aws:iot:*::jobtemplate/*")),
    lambda: endpoint(ofAws("*", `arn:aws:lambda:*:${OTHER_ACCOUNT}:layer:*`)),
    s3: endpoint(
      ofAws("s3:GetObject", "*", { "aws:ResourceAccount": OTHER_ACCOUNT }),
      allow(
        ["s3:GetObject", "s3:ListBucket"],
        [bucket(`packages.${REGION}.amazonaws.com`), bucket(`al2023-repos-${REGION}`), "arn:aws:s3:::tools"],
      ),
      allow("s3:PutObject", "arn:aws:s3:::partner/*", {
        StringEquals: { "aws:PrincipalAccount": OTHER_ACCOUNT, "aws:ResourceAccount": OTHER_ACCOUNT },
      }),
    ),
    ssm: endpoint(
      ofAws(
        ["ssm:Describe*", "ssm:List*", "ssm:Get*", "ssm:SendCommand", "ssm:StartSession"],
        [`arn:aws:ssm:${REGION}::parameter/aws/*`, `arn:aws:ssm:${REGION}::document/*`],
      ),
    ),
    sts: endpoint(
      allow(
        ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"],
        "*",
        { StringEquals: { "aws:ResourceOrgID": ORGANIZATION } },
        { Federated: "*" },
      ),
    ),
  };
  for (const [name, value] of Object.entries(published)) {
    it(`${name}: quiet`, () => {
      assert.deepEqual(messages(value, contextOf("resource", "vpce")), []);
    });
  }
});

describe("the policies of VPC endpoints", () => {
  const cases: readonly (readonly [string, object, string | undefined])[] = [
    ["AWS's default, which limits nothing", document(allow("*", "*")), "error"],
    ["our callers, for whatever they reach", document(allow("*", "*", { StringEquals: OURS })), undefined],
    ["every action for one role", document(allow("*", "*", undefined, { AWS: ACCOUNT })), undefined],
    [
      "callers of organizations by pattern",
      document(allow("*", "*", { StringLike: { "aws:PrincipalOrgID": "o-*" } })),
      "error",
    ],
    [
      "our resources, whoever calls",
      document(allow("*", "*", { StringEquals: { "aws:ResourceOrgID": ORGANIZATION } })),
      undefined,
    ],
    [
      "resources of accounts whose number is cut short",
      document(allow("*", "*", { StringLike: { "aws:ResourceAccount": "1234*" } })),
      "error",
    ],
    [
      "our resources, if the key is there",
      document(allow("*", "*", { StringEqualsIfExists: { "aws:ResourceOrgID": ORGANIZATION } })),
      "error",
    ],
    [
      "everything but what is not ours",
      document(allow("*", "*"), {
        ...allow("*", "*", { StringNotEquals: { "aws:ResourceOrgID": ORGANIZATION } }),
        Effect: "Deny",
      }),
      undefined,
    ],
    [
      "everything but objects that are not ours",
      document(allow("*", "*"), {
        ...allow("s3:GetObject", "*", { StringNotEquals: { "aws:ResourceOrgID": ORGANIZATION } }),
        Effect: "Deny",
      }),
      "error",
    ],
    [
      "whoever is in the network",
      document(allow("*", "*", { StringEquals: { "aws:SourceVpc": "vpc-0a1b2c3d" } })),
      "warning",
    ],
    ["all buckets of the world", document(allow("s3:GetObject", "arn:aws:s3:::*")), "error"],
    [
      "buckets by the beginning of their name",
      document(allow("s3:GetObject", "arn:aws:s3:::acme-*/*")),
      undefined,
    ],
    [
      "all but one bucket",
      document({ ...allow("*", undefined), NotResource: "arn:aws:s3:::acme/*" }),
      "error",
    ],
    [
      "all but one account",
      document({
        ...allow("*", "*", undefined, undefined),
        Principal: undefined,
        NotPrincipal: { AWS: ACCOUNT },
      }),
      "error",
    ],
  ];
  for (const [name, value, expected] of cases) {
    it(`${name}: ${expected ?? "quiet"}`, () => {
      assert.equal(worst(value, "resource", "vpce"), expected);
    });
  }

  it("are told what they leave open", () => {
    const remedy =
      "Add StringEquals aws:PrincipalOrgID or aws:ResourceOrgID, name the principals by ArnLike aws:PrincipalArn, or name the resources. (docs/rules/no-open-trust.md)";
    const context = contextOf("resource", "vpce");
    assert.deepEqual(messages(document(allow("*", "*")), context), [
      `statement 1, Statement[0].Principal: "*" limits nothing: with any credentials, any account's resources are reached through the endpoint. ${remedy}`,
    ]);
    const network = { StringEquals: { "aws:SourceVpc": "vpc-0a1b2c3d" } };
    assert.deepEqual(messages(document(allow("*", "*", network)), context), [
      `statement 1, Statement[0].Principal: "*" limits only where calls come from: with any credentials, any account's resources are reached. ${remedy}`,
    ]);
    assert.deepEqual(
      messages(document(allow("*", "*", undefined, { AWS: "arn:aws:iam::999999999999:root" })), {
        ...context,
        accounts: [ACCOUNT],
      }),
      [
        'statement 1, Statement[0].Principal.AWS: "arn:aws:iam::999999999999:root" belongs to account 999999999999, which is not one of ours. Remove it, or add the account to the pack\'s `accounts`. (docs/rules/no-open-trust.md)',
      ],
    );
  });
});

describe("a bucket that only a perimeter closes", () => {
  const open = allow("s3:GetObject", "arn:aws:s3:::reports/*");
  const deny = (Condition: Elements): Elements => ({
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: ["arn:aws:s3:::reports", "arn:aws:s3:::reports/*"],
    Condition,
  });
  const identity = deny({
    StringNotEqualsIfExists: { ...OURS, "aws:PrincipalAccount": [ACCOUNT, OTHER_ACCOUNT] },
    BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
  });
  const sources = deny({
    StringNotEqualsIfExists: { "aws:SourceOrgID": ORGANIZATION, "aws:SourceAccount": OTHER_ACCOUNT },
    Null: { "aws:SourceAccount": "false" },
    Bool: { "aws:PrincipalIsAWSService": "true" },
  });
  const network = deny({
    NotIpAddressIfExists: { "aws:SourceIp": "192.0.2.0/24" },
    StringNotEqualsIfExists: { "aws:SourceVpc": "vpc-0a1b2c3d", "aws:PrincipalTag/exception": "true" },
    BoolIfExists: { "aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false" },
    ArnNotLikeIfExists: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/aws-service-role/*` },
    StringEquals: { "aws:PrincipalTag/include": "true" },
  });
  const cases: readonly (readonly [string, readonly Elements[], string | undefined])[] = [
    ["callers, services and sources", [identity, network, sources], undefined],
    ["callers, with every service left in", [identity], "warning"],
    ["sources only, with every caller left in", [sources], "error"],
    ["the network, with exceptions that anybody can meet", [network], "error"],
    [
      "callers, if their request is signed",
      [deny({ StringNotEquals: OURS, Bool: { "aws:PrincipalIsAWSService": "false" } })],
      "error",
    ],
    [
      "callers of organizations by pattern",
      [deny({ StringNotLike: { "aws:PrincipalOrgID": "o-*" } })],
      "error",
    ],
    [
      "callers or any of the network's",
      [deny({ StringNotEquals: OURS, NotIpAddress: { "aws:SourceIp": "192.0.2.0/24" } })],
      undefined,
    ],
    [
      "callers by the path of their unit",
      [deny({ "ForAllValues:StringNotLike": { "aws:PrincipalOrgPaths": `${ORGANIZATION}/*` } })],
      undefined,
    ],
    [
      "callers by a path that may be absent",
      [deny({ "ForAnyValue:StringNotLike": { "aws:PrincipalOrgPaths": `${ORGANIZATION}/*` } })],
      "error",
    ],
  ];
  for (const [name, denials, expected] of cases) {
    it(`${name}: ${expected ?? "quiet"}`, () => {
      assert.equal(worst(document(open, ...denials), "resource", "s3"), expected);
    });
  }

  it("is told that services are left in, and how to close it to foreign sources", () => {
    assert.deepEqual(messages(document(open, identity), contextOf("resource", "s3")), [
      'statement 1, Statement[0].Principal: "*" leaves in every service of AWS, on the behalf of any account (confused deputy). Deny other sources too: StringNotEqualsIfExists aws:SourceOrgID, with Null aws:SourceAccount false and Bool aws:PrincipalIsAWSService true. (docs/rules/no-open-trust.md)',
    ]);
    const services = allow("s3:PutObject", "arn:aws:s3:::reports/*", {
      Bool: { "aws:PrincipalIsAWSService": "true" },
    });
    assert.deepEqual(messages(document(services), contextOf("resource", "s3")), [
      'statement 1, Statement[0].Principal: "*" lets in every service of AWS, on the behalf of any account (confused deputy). Name the service, and add StringEquals aws:SourceAccount or aws:SourceOrgID. (docs/rules/no-open-trust.md)',
    ]);
  });

  it("and a service of AWS that it lets in is held to its source by the denial of others", () => {
    const service = allow("s3:PutObject", "arn:aws:s3:::reports/*", undefined, {
      Service: "cloudtrail.amazonaws.com",
    });
    assert.equal(worst(document(service, identity), "resource", "s3"), "error");
    assert.equal(worst(document(service, sources), "resource", "s3"), undefined);
  });

  it("closes nothing to those whom it does not deny whole", () => {
    const folder = { ...identity, Resource: "arn:aws:s3:::reports/secret/*" };
    assert.equal(worst(document(open, folder), "resource", "s3"), "error");
    const wholes = [folder, { ...identity, Resource: "arn:aws:s3:::reports/open/*" }];
    assert.equal(worst(document(open, ...wholes), "resource", "s3"), "error");
    const other = { ...identity, Resource: undefined, NotResource: "arn:aws:s3:::reports/open/*" };
    assert.equal(worst(document(open, other), "resource", "s3"), "error");
  });

  it("grants nothing that it denies outright", () => {
    const everything = { ...identity, Condition: undefined };
    assert.equal(worst(document(open, everything), "resource", "s3"), undefined);
    const role = allow("s3:*", "arn:aws:s3:::reports/*", undefined, {
      AWS: `arn:aws:iam::${ACCOUNT}:role/app`,
    });
    assert.equal(worst(document(role, everything), "resource", "s3"), undefined);
    assert.equal(worst(document(role, { ...everything, Action: "s3:Put*" }), "resource", "s3"), "error");
  });
});

describe("policies that limit", () => {
  const everything = { Effect: "Allow", Action: "*", Resource: "*" };
  const perimeter = {
    ...everything,
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:*", "sqs:*", "kms:*", "secretsmanager:*", "sts:AssumeRole"],
    Condition: {
      StringNotEqualsIfExists: { ...OURS, "aws:ResourceTag/perimeter-exception": "true" },
      BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
    },
  };
  const places: readonly (readonly [string, object])[] = [
    ["aws:organizations/policy:Policy", { type: "RESOURCE_CONTROL_POLICY", content: document(perimeter) }],
    ["aws-native:organizations:Policy", { type: "RESOURCE_CONTROL_POLICY", content: document(perimeter) }],
    ["aws:rolesanywhere/profile:Profile", { sessionPolicy: document(everything) }],
    ["aws:transfer/user:User", { policy: document(everything) }],
    ["aws:eks/podIdentityAssociation:PodIdentityAssociation", { policy: document(everything) }],
    ["aws-native:ec2:VpcEndpoint", { policyDocument: endpoint() }],
    ["aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy", { policy: JSON.stringify(endpoint()) }],
  ];
  for (const [type, properties] of places) {
    it(`are no grants: ${type}`, () => {
      assert.deepEqual(judged(type, properties), []);
    });
  }

  it("must be readable all the same", () => {
    assert.deepEqual(
      judged("aws:transfer/user:User", { policy: document({ Effect: "Allow", Action: "*" }) }),
      ["error readable-policies"],
    );
  });
});
