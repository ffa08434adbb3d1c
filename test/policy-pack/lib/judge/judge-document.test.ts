import assert from "node:assert/strict";
import { contextOf } from "../../../../policy-pack/lib/document/context";
import { judgeDocument } from "../../../../policy-pack/lib/judge/judge-document";
import { ACCOUNT, OTHER_ACCOUNT, document, grant, messages, worst } from "../../support/documents";

const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/*`;
const ROLES = `arn:aws:iam::${ACCOUNT}:role/app/*`;
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/slipway/boundary`;

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

  it("says the same of passing a role whether its account is written or left open, with a starter and without", () => {
    const starter = {
      Effect: "Allow",
      Action: "lambda:CreateFunction",
      Resource: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:app`,
    };
    const passed = (account: string): Record<string, unknown> => ({
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: `arn:aws:iam::${account}:role/app`,
    });
    for (const others of [[], [starter]]) {
      const [written, open] = [ACCOUNT, "*"].map((account) => messages(document(passed(account), ...others)));
      assert.deepEqual(
        open?.map((text) => text.replace("iam::*:", `iam::${ACCOUNT}:`)),
        written,
      );
    }
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
