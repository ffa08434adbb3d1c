import assert from "node:assert/strict";
import { ACCOUNT, ORGANIZATION, access, document, trust, worst } from "./support/documents";

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
  ];
  for (const [name, value, service, expected] of cases) {
    it(`${name} (${service}): ${expected ?? "quiet"}`, () => {
      assert.equal(worst(value, "resource", service), expected);
    });
  }
});

describe("trust policies", () => {
  const ROOT = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
  const DEPLOYERS = `arn:aws:iam::${ACCOUNT}:role/deploy/dev/*`;
  const cases: readonly (readonly [string, object, string | undefined])[] = [
    [
      "an account's role, by its id",
      trust(ROOT, { StringLike: { "aws:userid": "AROADBQP57FF2AEXAMPLE:*" } }),
      undefined,
    ],
    [
      "an account's roles, by their ids' beginning",
      trust(ROOT, { StringLike: { "aws:userid": "AROA*" } }),
      "error",
    ],
    [
      "a third party with the beginning of an external id",
      trust(ROOT, { StringLike: { "sts:ExternalId": "c2b1*" } }),
      "error",
    ],
    [
      "anybody of accounts whose number is cut short",
      trust("*", {
        StringLike: { "aws:PrincipalAccount": "1234*" },
        ArnLike: { "aws:PrincipalArn": "arn:aws:iam::1234*:role/app" },
      }),
      "error",
    ],
    [
      "an account, but all others than a role denied",
      document(
        { Effect: "Allow", Principal: ROOT, Action: "sts:AssumeRole" },
        {
          Effect: "Deny",
          Principal: "*",
          Action: "sts:*",
          Condition: { ArnNotLike: { "aws:PrincipalArn": DEPLOYERS } },
        },
      ),
      undefined,
    ],
    [
      "an account, but all others than a role denied another action",
      document(
        { Effect: "Allow", Principal: ROOT, Action: "sts:AssumeRole" },
        {
          Effect: "Deny",
          Principal: "*",
          Action: "sts:TagSession",
          Condition: { ArnNotLike: { "aws:PrincipalArn": DEPLOYERS } },
        },
      ),
      "error",
    ],
    ["every service of AWS", trust("*", { Bool: { "aws:PrincipalIsAWSService": "true" } }), "error"],
  ];
  for (const [name, value, expected] of cases) {
    it(`${name}: ${expected ?? "quiet"}`, () => {
      assert.equal(worst(value, "trust"), expected);
    });
  }
});
