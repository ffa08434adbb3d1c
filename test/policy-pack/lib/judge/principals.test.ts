import assert from "node:assert/strict";
import { contextOf } from "../../../../policy-pack/lib/document/context";
import {
  ACCOUNT,
  ORGANIZATION,
  OTHER_ACCOUNT,
  access,
  document,
  findings,
  trust,
  worst,
} from "../../support/documents";

const ROOT = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
const DEPLOYERS = `arn:aws:iam::${ACCOUNT}:role/slipway/deploy/dev/*`;

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
    [
      "an account's users without a second factor",
      trust(ROOT, { Bool: { "aws:MultiFactorAuthPresent": "false" } }),
      "error",
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
    ["nobody", document({ Effect: "Allow", Action: "sts:AssumeRole" }), "error"],
  ];
  for (const [name, value, expected] of cases) {
    it(`${name}: ${expected ?? "quiet"}`, () => {
      assert.equal(worst(value, "trust"), expected);
    });
  }
});

describe("resource policies", () => {
  const cases: readonly (readonly [string, object, string, string | undefined])[] = [
    [
      "a bucket of that name in any account",
      access("*", "sqs:SendMessage", { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:alarms" } }),
      "sqs",
      "error",
    ],
    [
      "one bucket, by an ARN without account",
      access("*", "sns:Publish", { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:uploads" } }),
      "sns",
      undefined,
    ],
    [
      "buckets by the beginning of their name",
      access("*", "sns:Publish", { ArnLike: { "aws:SourceArn": "arn:aws:s3:::uploads-*" } }),
      "sns",
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
    ["a key's own account, which nobody told", access(ROOT, "kms:*"), "kms", "note"],
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
    [
      "an account that reads and writes",
      access(ROOT, ["ecr:BatchGetImage", "ecr:PutImage"]),
      "ecr",
      "warning",
    ],
    ["an account that writes", access(ROOT, ["ecr:PutImage"]), "ecr", "warning"],
    ["an account that changes the policy", access(ROOT, ["s3:PutBucketPolicy"]), "s3", "error"],
    ["every action for one role", access({ AWS: `arn:aws:iam::${ACCOUNT}:role/app` }, "s3:*"), "s3", "error"],
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
