import assert from "node:assert/strict";
import { actionsMatching } from "../../../../policy-pack/lib/aws/action-table";
import { contextOf } from "../../../../policy-pack/lib/document/context";
import { judgeDocument } from "../../../../policy-pack/lib/judge/judge-document";
import {
  ACCOUNT,
  ORGANIZATION,
  OTHER_ACCOUNT,
  access,
  document,
  findings,
  grant,
  messages,
  trust,
  worst,
} from "../../support/documents";

const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/*`;
const ROLES = `arn:aws:iam::${ACCOUNT}:role/app/*`;
const ROOT = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/slipway/boundary`;
const DEPLOYERS = `arn:aws:iam::${ACCOUNT}:role/slipway/deploy/dev/*`;

describe("the words of a finding", () => {
  const cases: readonly (readonly [string, object, readonly string[]])[] = [
    [
      "an action wildcard",
      grant("s3:Put*", "arn:aws:s3:::reports/*"),
      [
        'statement "Example", Statement[0].Action: "s3:Put*" grants 9 actions (2 permissions management, 7 write, among them s3:PutObjectAcl, s3:PutObjectVersionAcl). List what is needed of: s3:PutObject, s3:PutObjectAcl, s3:PutObjectAnnotation, s3:PutObjectLegalHold, s3:PutObjectRetention, s3:PutObjectTagging, s3:PutObjectVersionAcl, s3:PutObjectVersionAnnotation, s3:PutObjectVersionTagging. (docs/rules/no-wildcard-grants.md)',
      ],
    ],
    [
      "a whole type",
      grant("dynamodb:GetItem", `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/*`),
      [
        `statement "Example", Statement[0].Resource: "arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/*" reaches every resource of the type for dynamodb:GetItem. Name the resources, as arn:aws:dynamodb:<Region>:<Account>:table/<TableName>, or narrow by a condition such as aws:ResourceTag that the action carries. (docs/rules/no-wildcard-grants.md)`,
      ],
    ],
    [
      "a condition that does not narrow",
      grant("kms:Decrypt", KEY, { Bool: { "aws:SecureTransport": "true" } }),
      [
        `statement "Example", Statement[0].Resource: "${KEY}" reaches every resource of the type for kms:Decrypt. The condition does not narrow it: Bool aws:SecureTransport: its operator does not say what the value must be. Name the resources, as arn:aws:kms:<Region>:<Account>:key/<KeyId>, or narrow by a condition such as aws:ResourceTag that the action carries. (docs/rules/no-wildcard-grants.md)`,
      ],
    ],
    [
      "an open account",
      grant("dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1:*:table/orders"),
      [
        'statement "Example", Statement[0].Resource: "arn:aws:dynamodb:eu-west-1:*:table/orders" leaves the account open for dynamodb:GetItem: a resource of that name elsewhere is meant too. Write the account. (docs/rules/no-wildcard-grants.md)',
      ],
    ],
    [
      "a statement without Sid",
      document({ Effect: "Allow", NotAction: "iam:*", Resource: "arn:aws:s3:::reports/*" }),
      [
        'statement 1, Statement[0].NotAction: "iam:*" grants every action but these, also those that AWS will add later. List the actions that are needed in Action. (docs/rules/no-wildcard-grants.md)',
      ],
    ],
    [
      "a document that cannot be read",
      { Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: 7 } },
      [
        "Statement.Resource: is a number, not text, so what it grants cannot be told. Write it as the IAM JSON policy grammar has it. (docs/rules/readable-policies.md)",
      ],
    ],
  ];
  for (const [name, value, expected] of cases) {
    it(`${name}: statement, value, why, remedy, page`, () => {
      assert.deepEqual(messages(value), expected);
    });
  }

  it("never repeats more of a value than a line", () => {
    const [text = ""] = messages(grant("s3:GetObject", `arn:aws:s3:::*${"x".repeat(5_000)}`));
    assert.ok(text.length < 800, String(text.length));
  });
});

describe("actions", () => {
  const cases: readonly (readonly [string, object, readonly string[]])[] = [
    [
      "reads by prefix are an error, on a named resource too",
      grant("s3:Get*", "arn:aws:s3:::reports/*"),
      ["error no-wildcard-grants Statement[0].Action"],
    ],
    [
      "lists that cannot be scoped are a warning",
      grant("ec2:DescribeInst*", "*"),
      ["warning no-wildcard-grants Statement[0].Action"],
    ],
    [
      "a name that hides one action is an error, however harmless the action",
      grant("iam:Pass*", `arn:aws:iam::${ACCOUNT}:role/app`),
      ["error no-wildcard-grants Statement[0].Action"],
    ],
    [
      "an unknown action on everything is an error",
      grant("s3:GetObjct", "*"),
      ["error no-wildcard-grants Statement[0].Action"],
    ],
    [
      "an unknown action on a named resource is a warning",
      grant("s3:GetObjct", "arn:aws:s3:::reports/*"),
      ["warning no-wildcard-grants Statement[0].Action"],
    ],
    [
      "a wildcard on an unknown service is an error",
      grant("example:*", "arn:aws:s3:::reports/*"),
      ["error no-wildcard-grants Statement[0].Action"],
    ],
  ];
  for (const [name, value, expected] of cases) {
    it(name, () => {
      assert.deepEqual(
        findings(value).filter((finding) => !finding.includes("Resource")),
        expected,
      );
    });
  }

  it("sees a service granted in full by listing it", () => {
    const table = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`;
    const listed = actionsMatching("dynamodb:*").map(({ name }) => name);
    assert.equal(findings(grant(listed, table))[0], "error no-wildcard-grants Statement[0].Action");
    assert.deepEqual(findings(grant(listed.slice(0, 20), table)), []);
  });

  it("sees a service granted letter by letter", () => {
    const letters = "abcdefghijklmnopqrstuvwxyz".split("").map((letter) => `dynamodb:${letter}*`);
    assert.equal(worst(grant(letters, `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`)), "error");
  });
});

describe("what a strict reviewer signs", () => {
  const signed: readonly (readonly [string, object])[] = [
    ["objects of one bucket", grant(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::reports/*")],
    [
      "a bucket and its objects in one statement",
      grant(["s3:ListBucket", "s3:GetObject"], ["arn:aws:s3:::reports", "arn:aws:s3:::reports/*"]),
    ],
    [
      "keys by their alias",
      grant(["kms:Decrypt", "kms:GenerateDataKey"], KEY, {
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/app" },
        StringEquals: { "aws:ResourceAccount": ACCOUNT },
      }),
    ],
    [
      "a stack by the caller's tag",
      grant(
        "cloudformation:CreateChangeSet",
        `arn:aws:cloudformation:eu-west-1:${ACCOUNT}:stack/\${aws:PrincipalTag/Application}-dev/*`,
      ),
    ],
    [
      "an API by its tag, since AWS picks its id",
      grant(["apigateway:GET", "apigateway:PATCH"], "arn:aws:apigateway:eu-west-1::/apis/*", {
        StringEquals: { "aws:ResourceTag/Application": "${aws:PrincipalTag/Application}" },
      }),
    ],
    [
      "an API made with its tag",
      grant("apigateway:POST", "arn:aws:apigateway:eu-west-1::/apis", {
        StringEquals: { "aws:RequestTag/Application": "${aws:PrincipalTag/Application}" },
      }),
    ],
    [
      "instances by their tag",
      grant(["ec2:StartInstances", "ec2:StopInstances"], `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/*`, {
        StringEquals: { "aws:ResourceTag/Team": "orders" },
      }),
    ],
    [
      "roles made under a boundary and a tag",
      grant(["iam:CreateRole"], ROLES, {
        StringEquals: { "iam:PermissionsBoundary": BOUNDARY, "aws:RequestTag/Application": "app" },
      }),
    ],
    [
      "roles whose policies are written under a boundary",
      grant(["iam:PutRolePolicy", "iam:AttachRolePolicy"], ROLES, {
        StringEquals: { "iam:PermissionsBoundary": BOUNDARY },
      }),
    ],
    [
      "a role handed to one service",
      grant("iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/app`, {
        StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
      }),
    ],
    [
      "a named role to be assumed",
      grant(
        ["sts:AssumeRole", "sts:TagSession"],
        `arn:aws:iam::${OTHER_ACCOUNT}:role/slipway/CICDCrossAccountRole`,
      ),
    ],
    [
      "one's own access keys, in AWS's own form",
      grant("iam:CreateAccessKey", "arn:aws:iam::*:user/${aws:username}"),
    ],
    [
      "buckets by prefix in one account",
      grant("s3:GetObject", "arn:aws:s3:::reports-*/*", { StringEquals: { "aws:ResourceAccount": ACCOUNT } }),
    ],
    ["one's own access keys", grant("iam:CreateAccessKey", `arn:aws:iam::${ACCOUNT}:user/\${aws:username}`)],
    [
      "tags set while something is made",
      grant("ec2:CreateTags", `arn:aws:ec2:eu-west-1:${ACCOUNT}:*/*`, {
        StringEquals: { "ec2:CreateAction": "RunInstances" },
      }),
    ],
    [
      "denials of everything",
      document(
        { Effect: "Deny", Action: "*", Resource: "*" },
        { Effect: "Deny", NotAction: "iam:*", NotResource: "*" },
      ),
    ],
    [
      "network interfaces that AWS names",
      grant("ec2:CreateNetworkInterface", [
        `arn:aws:ec2:eu-west-1:${ACCOUNT}:network-interface/*`,
        `arn:aws:ec2:eu-west-1:${ACCOUNT}:subnet/subnet-1`,
      ]),
    ],
  ];
  for (const [name, value] of signed) {
    it(`${name}: no error and no warning`, () => {
      assert.ok(["note", undefined].includes(worst(value)), messages(value).join("\n"));
    });
  }
});

describe("what a strict reviewer sends back", () => {
  const refused: readonly (readonly [string, object])[] = [
    [
      "keys of an account, held to the account alone",
      grant("kms:Decrypt", KEY, { StringEquals: { "aws:ResourceAccount": ACCOUNT } }),
    ],
    [
      "instances whose tag may be anything",
      grant("ec2:StopInstances", "*", { StringLike: { "aws:ResourceTag/Team": "*" } }),
    ],
    [
      "a tag condition that holds without the tag",
      grant("ec2:StopInstances", "*", { StringEqualsIfExists: { "aws:ResourceTag/Team": "orders" } }),
    ],
    [
      "all values of nothing",
      grant("ec2:StopInstances", "*", {
        "ForAllValues:StringEquals": { "aws:ResourceTag/Team": ["orders"] },
      }),
    ],
    [
      "a key that the action does not carry",
      grant("dynamodb:GetItem", "*", { StringEquals: { "ec2:ResourceTag/Team": "orders" } }),
    ],
    [
      "roles made without a boundary",
      grant("iam:CreateRole", ROLES, { StringEquals: { "aws:RequestTag/Application": "app" } }),
    ],
    [
      "a boundary that may be absent",
      grant("iam:CreateRole", ROLES, { StringEqualsIfExists: { "iam:PermissionsBoundary": BOUNDARY } }),
    ],
    [
      "a boundary that is AdministratorAccess",
      grant("iam:CreateRole", ROLES, {
        StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" },
      }),
    ],
    [
      "anybody's boundary",
      grant("iam:CreateRole", ROLES, { StringLike: { "iam:PermissionsBoundary": "*" } }),
    ],
    ["removing boundaries", grant("iam:DeleteRolePermissionsBoundary", ROLES)],
    ["other users' access keys", grant("iam:CreateAccessKey", `arn:aws:iam::${ACCOUNT}:user/*`)],
    [
      "code of every function",
      grant("lambda:UpdateFunctionCode", `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:*`),
    ],
    ["a shell on every instance", grant("ssm:StartSession", "*")],
    ["a name that begins with anything", grant("s3:GetObject", "arn:aws:s3:::*-prod/*")],
    ["a prefix of one letter", grant("s3:GetObject", "arn:aws:s3:::p*/*")],
    ["metrics of any namespace", grant("cloudwatch:PutMetricData", "*")],
    [
      "any role under a session name",
      grant("sts:AssumeRole", "*", { StringEquals: { "sts:RoleSessionName": "deploy" } }),
    ],
    ["any bucket under a prefix", grant("s3:GetObject", "*", { StringEquals: { "s3:prefix": "home/" } })],
    ["an action without its service", grant("GetObject", "arn:aws:s3:::reports/*")],
    ["grants on every key", grant("kms:CreateGrant", KEY)],
    ["starting every instance", grant("ec2:StartInstances", `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/*`)],
    [
      "a shell on every instance by type",
      grant("ssm:StartSession", `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/*`),
    ],
    ["something that is no ARN", grant("s3:GetObject", "reports/*")],
    [
      "a principal in an identity policy",
      document({
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::reports/*",
        Principal: "*",
      }),
    ],
    ["no resource in an identity policy", document({ Effect: "Allow", Action: "s3:GetObject" })],
  ];
  for (const [name, value] of refused) {
    it(`${name}: an error`, () => {
      assert.equal(worst(value), "error");
    });
  }

  it("names the power of becoming a role in any account", () => {
    const [, text = ""] = messages(grant("sts:AssumeRole", "arn:aws:iam::*:role/deploy"));
    assert.match(text, /sts:AssumeRole lets its holder become the roles of that name in any account\./);
  });

  it("does not count an unconditional denial as a power that is held", () => {
    const all = { Effect: "Allow", Action: ["iam:PassRole", "s3:GetObject"], Resource: "*" };
    const never = { Effect: "Deny", Action: "iam:PassRole", Resource: "*" };
    const escalation = (...statements: readonly object[]): number =>
      judgeDocument(
        document(...(statements as Record<string, unknown>[])),
        contextOf("identity"),
      ).findings.filter(({ rule }) => rule === "no-privilege-escalation").length;
    assert.deepEqual([escalation(all), escalation(all, never)], [1, 0]);
  });

  it("gives a value that is not known yet the benefit of the doubt", () => {
    const narrowed = (value: unknown): object =>
      grant("kms:Decrypt", KEY, { "ForAnyValue:StringEquals": { "kms:ResourceAliases": value } });
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    assert.equal(worst(narrowed(unknown)), undefined);
    assert.equal(worst(narrowed([unknown, "*"])), "error");
    assert.equal(
      worst(
        grant("kms:Decrypt", KEY, { "ForAnyValue:StringEqualsIfExists": { "kms:ResourceAliases": unknown } }),
      ),
      "error",
    );
  });
});

describe("what a reviewer should look at", () => {
  const warned: readonly (readonly [string, object])[] = [
    ["listing everything of a type", grant("s3:ListBucket", "arn:aws:s3:::*")],
    [
      "a resource of that name in every region",
      grant("dynamodb:GetItem", `arn:aws:dynamodb:*:${ACCOUNT}:table/orders`),
    ],
    ["roles by prefix handed to any service", grant("iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/app-*`)],
    ["buckets by prefix, whosever", grant("s3:GetObject", "arn:aws:s3:::reports-*/*")],
    ["the access keys of one user", grant("iam:CreateAccessKey", `arn:aws:iam::${ACCOUNT}:user/robot`)],
  ];
  for (const [name, value] of warned) {
    it(`${name}: a warning`, () => {
      assert.equal(worst(value), "warning");
    });
  }
});

describe("trust policies", () => {
  const door = {
    ArnLike: { "aws:PrincipalArn": DEPLOYERS },
    StringEquals: {
      "aws:PrincipalOrgID": ORGANIZATION,
      "aws:RequestTag/Application": "${aws:PrincipalTag/Application}",
    },
  };
  const cases: readonly (readonly [string, object, string | undefined])[] = [
    ["a named role", trust({ AWS: `arn:aws:iam::${ACCOUNT}:role/app` }), undefined],
    ["an account", trust(ROOT), "error"],
    ["an account by its number", trust({ AWS: ACCOUNT }), "error"],
    [
      "an account of the organization",
      trust(ROOT, { StringEquals: { "aws:PrincipalOrgID": ORGANIZATION } }),
      "error",
    ],
    ["an account's named roles", trust(ROOT, { ArnLike: { "aws:PrincipalArn": DEPLOYERS } }), undefined],
    ["the platform's door", trust(ROOT, door), undefined],
    [
      "roles of that name in any account",
      trust({ AWS: "*" }, { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/deploy" } }),
      "error",
    ],
    [
      "an account's roles, whichever",
      trust(ROOT, { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${ACCOUNT}:role/*` } }),
      "error",
    ],
    [
      "an account whose caller may be anybody",
      trust(ROOT, { ArnLikeIfExists: { "aws:PrincipalArn": DEPLOYERS } }),
      "error",
    ],
    [
      "a third party with an external id",
      trust(ROOT, { StringEquals: { "sts:ExternalId": "c2b1" } }),
      undefined,
    ],
    ["anybody in a network", trust("*", { StringEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } }), "error"],
    ["anybody with an external id", trust("*", { StringEquals: { "sts:ExternalId": "c2b1" } }), "error"],
    [
      "a resource, which no trust policy has",
      document({
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/app` },
        Action: "sts:AssumeRole",
        Resource: "*",
      }),
      "error",
    ],
    [
      "an account's users with a second factor",
      trust(ROOT, { Bool: { "aws:MultiFactorAuthPresent": "true" } }),
      "warning",
    ],
    ["the whole organization", trust("*", { StringEquals: { "aws:PrincipalOrgID": ORGANIZATION } }), "error"],
    ["session tags of everybody", trust("*", undefined, "sts:TagSession"), "error"],
    ["a source identity of everybody", trust("*", undefined, "sts:SetSourceIdentity"), "error"],
    [
      "session tags of an account, which let nobody in",
      trust(ROOT, { Null: { "aws:RequestTag/Application": "false" } }, "sts:TagSession"),
      undefined,
    ],
    [
      "a source identity of an account",
      trust(ROOT, { Null: { "sts:SourceIdentity": "false" } }, "sts:SetSourceIdentity"),
      undefined,
    ],
    ["every action of STS", trust({ AWS: `arn:aws:iam::${ACCOUNT}:role/app` }, undefined, "sts:*"), "error"],
    ["EC2, whose roles are passed", trust({ Service: "ec2.amazonaws.com" }), undefined],
    ["CodeBuild without source", trust({ Service: "codebuild.amazonaws.com" }), "warning"],
    [
      "CodeBuild for one project",
      trust(
        { Service: "codebuild.amazonaws.com" },
        { ArnEquals: { "aws:SourceArn": `arn:aws:codebuild:eu-west-1:${ACCOUNT}:project/app` } },
      ),
      undefined,
    ],
    [
      "a service in one's own account",
      trust({ Service: "scheduler.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": ACCOUNT } }),
      undefined,
    ],
    ["every service", trust({ Service: "*" }), "error"],
    [
      "a SAML provider without audience",
      trust({ Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/idp` }, undefined, "sts:AssumeRoleWithSAML"),
      "error",
    ],
    [
      "a SAML provider with audience",
      trust(
        { Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/idp` },
        { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
        "sts:AssumeRoleWithSAML",
      ),
      undefined,
    ],
    [
      "guests of an identity pool",
      trust(
        { Federated: "cognito-identity.amazonaws.com" },
        { StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-west-1:pool" } },
        "sts:AssumeRoleWithWebIdentity",
      ),
      "error",
    ],
    ["nobody", document({ Effect: "Allow", Action: "sts:AssumeRole" }), "error"],
  ];
  for (const [name, value, expected] of cases) {
    it(`${name}: ${expected ?? "quiet"}`, () => {
      assert.equal(worst(value, "trust"), expected);
    });
  }

  it("of a Kubernetes service account name the account", () => {
    const issuer = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE";
    const irsa = (subject: string): string | undefined =>
      worst(
        trust(
          { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}` },
          {
            StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" },
            StringLike: { [`${issuer}:sub`]: subject },
          },
          "sts:AssumeRoleWithWebIdentity",
        ),
        "trust",
      );
    assert.equal(irsa("system:serviceaccount:orders:app"), undefined);
    assert.equal(irsa("system:serviceaccount:*:app"), "error");
    assert.equal(irsa("system:serviceaccount:orders:app-*"), "warning");
  });
});

describe("resource policies", () => {
  const cases: readonly (readonly [string, object, string, string | undefined])[] = [
    [
      "everybody in the organization",
      access("*", "s3:GetObject", { StringEquals: { "aws:PrincipalOrgID": ORGANIZATION } }),
      "s3",
      undefined,
    ],
    [
      "organizations by pattern",
      access("*", "s3:GetObject", { StringLike: { "aws:PrincipalOrgID": "o-*" } }),
      "s3",
      "error",
    ],
    [
      "one VPC endpoint",
      access("*", "s3:GetObject", { StringEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } }),
      "s3",
      undefined,
    ],
    [
      "an address",
      access("*", "s3:GetObject", { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } }),
      "s3",
      undefined,
    ],
    [
      "the Internet in two halves",
      access("*", "s3:GetObject", { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } }),
      "s3",
      "error",
    ],
    [
      "the Internet of version 6",
      access("*", "s3:GetObject", { IpAddress: { "aws:SourceIp": "::/0" } }),
      "s3",
      "error",
    ],
    [
      "not some address",
      access("*", "s3:GetObject", { NotIpAddress: { "aws:SourceIp": "192.0.2.0/24" } }),
      "s3",
      "error",
    ],
    [
      "a bucket of that name in any account",
      access("*", "sqs:SendMessage", { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:alarms" } }),
      "sqs",
      "error",
    ],
    ["twelve question marks", access({ AWS: "????????????" }, "s3:GetObject"), "s3", "error"],
    [
      "a denial to everybody",
      document({
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
      "s3",
      undefined,
    ],
    ["a key's own account", access(ROOT, "kms:*"), "kms", undefined],
    [
      "a key's administrator by wildcard",
      access({ AWS: `arn:aws:iam::${ACCOUNT}:role/admin` }, "kms:*"),
      "kms",
      "error",
    ],
    [
      "a key for a service's logs",
      access({ Service: "logs.eu-west-1.amazonaws.com" }, ["kms:Decrypt", "kms:GenerateDataKey"], {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/aws/codebuild/*`,
        },
      }),
      "kms",
      undefined,
    ],
    [
      "a key for a service's logs, whosever",
      access({ Service: "logs.eu-west-1.amazonaws.com" }, "kms:Decrypt"),
      "kms",
      "error",
    ],
    [
      "an account that pulls images",
      access(ROOT, ["ecr:BatchGetImage"], { StringEquals: { "aws:PrincipalOrgID": ORGANIZATION } }),
      "ecr",
      "note",
    ],
    ["an account that writes", access(ROOT, ["ecr:PutImage"]), "ecr", "warning"],
    ["an account that changes the policy", access(ROOT, ["s3:PutBucketPolicy"]), "s3", "error"],
    ["every action for one role", access({ AWS: `arn:aws:iam::${ACCOUNT}:role/app` }, "s3:*"), "s3", "error"],
    [
      "everybody, but all others than a network denied",
      document(
        { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" },
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: "*",
          Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } },
        },
      ),
      "s3",
      undefined,
    ],
    [
      "everybody, but denied only without TLS",
      document(
        { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" },
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ),
      "s3",
      "error",
    ],
    [
      "everybody, but denied for other actions",
      document(
        { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" },
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:PutObject",
          Resource: "*",
          Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" } },
        },
      ),
      "s3",
      "error",
    ],
    [
      "everybody, but denied only if two things hold",
      document(
        { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" },
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: "*",
          Condition: {
            StringNotEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" },
            Bool: { "aws:SecureTransport": "false" },
          },
        },
      ),
      "s3",
      "error",
    ],
    [
      "reads by prefix for one role",
      access({ AWS: `arn:aws:iam::${ACCOUNT}:role/app` }, "s3:Get*"),
      "s3",
      "error",
    ],
    ["an endpoint open to all", access("*", "*"), "vpce", "error"],
    [
      "an endpoint to one bucket",
      document({
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::layers/*",
      }),
      "vpce",
      undefined,
    ],
    [
      "an endpoint to one bucket and the rest",
      document({
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: ["arn:aws:s3:::layers/*", "*"],
      }),
      "vpce",
      "error",
    ],
    [
      "a bucket, named in its own policy",
      document({
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::layers/*",
      }),
      "s3",
      "error",
    ],
    [
      "an endpoint for the organization's callers",
      access("*", "s3:GetObject", { StringEquals: { "aws:PrincipalOrgID": ORGANIZATION } }),
      "vpce",
      undefined,
    ],
  ];
  for (const [name, value, service, expected] of cases) {
    it(`${name} (${service}): ${expected ?? "quiet"}`, () => {
      assert.equal(worst(value, "resource", service), expected);
    });
  }
});

describe("the pack's own accounts and organizations", () => {
  const ours = {
    ...contextOf("trust"),
    account: ACCOUNT,
    accounts: [OTHER_ACCOUNT],
    organizations: [ORGANIZATION],
  };

  it("make a stranger an error", () => {
    assert.deepEqual(findings(trust({ AWS: "arn:aws:iam::999999999999:role/app" }), ours), [
      "error no-open-trust Statement[0].Principal.AWS",
    ]);
    assert.deepEqual(findings(trust({ AWS: `arn:aws:iam::${OTHER_ACCOUNT}:role/app` }), ours), []);
    assert.deepEqual(findings(trust({ AWS: `arn:aws:iam::${ACCOUNT}:role/app` }), ours), []);
  });

  it("make a foreign organization confine nobody", () => {
    const of = (organization: string): object =>
      access("*", "s3:GetObject", { StringEquals: { "aws:PrincipalOrgID": organization } });
    const resource = { ...ours, kind: "resource" as const, service: "s3" };
    assert.deepEqual(findings(of(ORGANIZATION), resource), []);
    assert.deepEqual(findings(of("o-somebodyelse"), resource), [
      "error no-open-trust Statement[0].Principal",
    ]);
  });
});

describe("a key in a known account", () => {
  const key = { ...contextOf("resource", "kms"), account: ACCOUNT };

  it("may leave everything to its own account and nothing to another", () => {
    assert.deepEqual(findings(access(ROOT, "kms:*"), key), []);
    assert.deepEqual(findings(access({ AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` }, "kms:*"), key), [
      "error no-wildcard-grants Statement[0].Action",
      "error no-open-trust Statement[0].Principal.AWS",
    ]);
    const reader = { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${OTHER_ACCOUNT}:role/slipway/*` } };
    assert.deepEqual(findings(access({ AWS: OTHER_ACCOUNT }, "kms:Decrypt", reader), key), []);
  });
});

describe("boundaries and service control policies", () => {
  it("allow everything by nature", () => {
    for (const kind of ["boundary", "scp"] as const) {
      assert.equal(worst(grant("*", "*"), kind), undefined);
      assert.equal(worst(document({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }), kind), undefined);
    }
  });

  it("must be readable all the same", () => {
    for (const kind of ["boundary", "scp"] as const) assert.equal(worst({ Statement: [] }, kind), "error");
  });
});
