import assert from "node:assert/strict";
import { contextOf } from "../../../policy-pack/lib/document/context";
import { UNKNOWN } from "../../../policy-pack/lib/document/unknown";
import {
  exemptionFor,
  exemptionProblems,
  proposeExemption,
} from "../../../policy-pack/lib/govern/exemptions";
import { judgeAttachment } from "../../../policy-pack/lib/judge/attachments";
import { judgeDocument } from "../../../policy-pack/lib/judge/judge-document";
import { judgeGrants } from "../../../policy-pack/lib/judge/resource-grants";
import { judgeRole } from "../../../policy-pack/lib/judge/role-reach";
import { ACCOUNT, access, document, grant, trust, worst } from "./documents";

const NOTHING_KNOWN = { accounts: [], organizations: [] };
const FUNCTION = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:app`;
const TABLE = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`;
const TO_LAMBDA = { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } };
const GITHUB = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const AUDIENCE = { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" };

/** Asserts that each document has a finding of the severity and none graver. */
function all(severity: "error" | "warning" | undefined, ...documents: readonly object[]): void {
  for (const document of documents) assert.equal(worst(document), severity, JSON.stringify(document));
}

function publicOn(...services: readonly (readonly [string, string])[]): void {
  for (const [service, action] of services) {
    assert.equal(worst(access("*", action), "resource", service), "error", service);
    assert.equal(worst(access({ AWS: "*" }, action), "resource", service), "error", service);
  }
}

function allTrust(severity: "error" | "warning" | undefined, ...documents: readonly object[]): void {
  for (const document of documents)
    assert.equal(worst(document, "trust"), severity, JSON.stringify(document));
}

/** One check to a row of docs/rules/comparison.md, under the row's own name. */
export const COMPARED_CONSTRUCTS: Readonly<Record<string, () => void>> = {
  "Action `*`, Resource `*`": () => {
    all("error", grant("*", "*"));
  },
  "Statement as single object": () => {
    all("error", { Statement: { Effect: "Allow", Action: "*", Resource: "*" } });
  },
  "Action `*:*`": () => {
    all("error", grant("*:*", "*"));
  },
  "`svc:*` on `*`": () => {
    all("error", grant("s3:*", "*"), grant("dynamodb:*", "*"));
  },
  "`svc:*` on one scoped resource": () => {
    all(
      "error",
      grant("s3:*", ["arn:aws:s3:::reports", "arn:aws:s3:::reports/*"]),
      grant("dynamodb:*", TABLE),
    );
  },
  "prefix wildcard `iam:Pass*` on `*`": () => {
    all("error", grant("iam:Pass*", "*"));
  },
  "prefix wildcards on a scoped resource": () => {
    all("error", grant("s3:Put*", "arn:aws:s3:::reports/*"), grant("dynamodb:Update*", TABLE));
    all("error", grant("s3:Get*", "arn:aws:s3:::reports/*"));
  },
  "`?` in action (`iam:P?ssRole`)": () => {
    all("error", grant("iam:P?ssRole", "*"));
  },
  "upper-case `IAM:PASSROLE`": () => {
    all("error", grant("IAM:PASSROLE", "*"));
  },
  "scopable action on `*`": () => {
    all("error", grant("dynamodb:GetItem", "*"), grant("s3:GetObject", "*"), grant("kms:Decrypt", "*"));
  },
  "quiet for unscopable action on `*`": () => {
    const actions = [
      "ecr:GetAuthorizationToken",
      "ec2:DescribeInstances",
      "xray:PutTraceSegments",
      "sts:GetCallerIdentity",
    ];
    all(undefined, grant(actions, "*"), grant(["logs:DescribeLogGroups", "ecs:DescribeTaskDefinition"], "*"));
    const namespace = { StringEquals: { "cloudwatch:namespace": "Orders" } };
    all(undefined, grant("cloudwatch:PutMetricData", "*", namespace));
  },
  "quiet for `bucket/*`, `log-group:*`, `index/*`": () => {
    all(
      undefined,
      grant("s3:GetObject", "arn:aws:s3:::reports/*"),
      grant("logs:PutLogEvents", `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/aws/lambda/app:*`),
      grant("dynamodb:Query", [TABLE, `${TABLE}/index/*`]),
    );
  },
  "whole-type ARN `arn:aws:s3:::*`, `table/*`, `key/*`": () => {
    all(
      "error",
      grant("s3:GetObject", "arn:aws:s3:::*"),
      grant("dynamodb:GetItem", `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/*`),
      grant("kms:Decrypt", `arn:aws:kms:eu-west-1:${ACCOUNT}:key/*`),
    );
  },
  "account segment `*`": () => {
    all("error", grant("dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1:*:table/orders"));
  },
  "`?*`, `**`, `arn:*:*:*:*:*`": () => {
    all("error", ...["?*", "**", "arn:*:*:*:*:*"].map((resource) => grant("dynamodb:GetItem", resource)));
  },
  "NotAction + Allow": () => {
    all("error", document({ Effect: "Allow", NotAction: "iam:*", Resource: TABLE }));
    // AWS accepts the name of no action at all; everything is then granted.
    all("error", document({ Effect: "Allow", NotAction: "example:action", Resource: "*" }));
  },
  "NotResource + Allow": () => {
    all("error", document({ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::secret/*" }));
  },
  "NotPrincipal + Allow": () => {
    const elements = { Effect: "Allow", NotPrincipal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } };
    allTrust("error", document({ ...elements, Action: "sts:AssumeRole" }));
    assert.equal(
      worst(document({ ...elements, Action: "s3:GetObject", Resource: "*" }), "resource", "s3"),
      "error",
    );
  },
  "iam:PassRole on `*`": () => {
    all("error", grant("iam:PassRole", "*"));
  },
  "PassRole quiet with good `iam:PassedToService`": () => {
    all(undefined, grant("iam:PassRole", "*", TO_LAMBDA));
  },
  'PassRole not fooled by IfExists, negated, weak or `"*"` value': () => {
    const conditions = [
      { StringEqualsIfExists: TO_LAMBDA.StringEquals },
      { StringNotEquals: TO_LAMBDA.StringEquals },
      { Bool: { "aws:SecureTransport": "true" } },
      { StringLike: { "iam:PassedToService": "*" } },
      { StringEquals: { "iam:PassedToService": "*" } },
      { StringLike: { "iam:PassedToService": ["lambda.amazonaws.com", "?*"] } },
      { "ForAllValues:StringEquals": TO_LAMBDA.StringEquals },
      { Null: { "iam:PassedToService": "false" } },
    ];
    all("error", ...conditions.map((condition) => grant("iam:PassRole", "*", condition)));
  },
  "PassRole on `role/*`": () => {
    all("error", grant("iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/*`));
  },
  "sts:AssumeRole on `*` and on `arn:aws:iam::*:role/x`": () => {
    all("error", grant("sts:AssumeRole", "*"), grant("sts:AssumeRole", "arn:aws:iam::*:role/deploy"));
  },
  "escalation split over statements, `*`": () => {
    const pass = { Effect: "Allow", Action: "iam:PassRole", Resource: "*", Condition: TO_LAMBDA };
    const create = { Effect: "Allow", Action: "lambda:CreateFunction", Resource: FUNCTION };
    all(undefined, document(pass), document(create));
    all("error", document(pass, create));
  },
  "escalation with scoped resource": () => {
    all(
      "error",
      grant("iam:CreatePolicyVersion", `arn:aws:iam::${ACCOUNT}:policy/app`),
      grant("iam:AttachRolePolicy", `arn:aws:iam::${ACCOUNT}:role/app`),
      grant("iam:UpdateAssumeRolePolicy", `arn:aws:iam::${ACCOUNT}:role/app`),
    );
  },
  "escalation split over policies of one role": () => {
    const pass = { name: "pass", document: grant("iam:PassRole", "*", TO_LAMBDA) };
    const create = { name: "create", document: grant("lambda:CreateFunction", FUNCTION) };
    const role = { trust: undefined, boundariesAttached: [], hasBoundary: true };
    assert.deepEqual(judgeRole({ ...role, policies: [pass] }, NOTHING_KNOWN), []);
    const [found] = judgeRole({ ...role, policies: [pass, create] }, NOTHING_KNOWN);
    assert.equal(found?.severity, "error");
  },
  "AdministratorAccess attached, any admin-like managed policy by content": () => {
    for (const name of [
      "AdministratorAccess",
      "IAMFullAccess",
      "PowerUserAccess",
      "AWSMcpServiceActionsFullAccess",
    ]) {
      const [found] = judgeAttachment(`arn:aws:iam::aws:policy/${name}`, "policyArn", "permissions");
      assert.equal(found?.severity, "error", name);
    }
    const [china] = judgeAttachment(
      "arn:aws-cn:iam::aws:policy/AdministratorAccess",
      "policyArn",
      "permissions",
    );
    assert.equal(china?.severity, "error");
  },
  'trust `Principal "*"` and `{"AWS":"*"}`': () => {
    allTrust("error", trust("*"), trust({ AWS: "*" }), trust({ AWS: ["*"] }));
  },
  "trust with `arn:aws:iam::*:role/x`": () => {
    allTrust("error", trust({ AWS: "arn:aws:iam::*:role/deploy" }));
  },
  "GitHub OIDC missing or loose `sub`": () => {
    const subject = (operator: string, value: string): object =>
      trust(
        { Federated: GITHUB },
        {
          StringEquals: AUDIENCE,
          [operator]: {
            ...(operator === "StringEquals" ? AUDIENCE : {}),
            "token.actions.githubusercontent.com:sub": value,
          },
        },
        "sts:AssumeRoleWithWebIdentity",
      );
    allTrust(
      "error",
      trust({ Federated: GITHUB }, { StringEquals: AUDIENCE }, "sts:AssumeRoleWithWebIdentity"),
    );
    allTrust(
      "error",
      subject("StringLike", "repo:example/*"),
      subject("StringLike", "*"),
      subject("StringLikeIfExists", "repo:example/app:ref:refs/heads/main"),
    );
    allTrust(undefined, subject("StringEquals", "repo:example/app:ref:refs/heads/main"));
  },
  "service principal without SourceArn or SourceAccount": () => {
    const queue = access({ Service: "sns.amazonaws.com" }, "sqs:SendMessage");
    assert.equal(worst(queue, "resource", "sqs"), "error");
    allTrust("warning", trust({ Service: "codebuild.amazonaws.com" }));
    const source = { ArnLike: { "aws:SourceArn": `arn:aws:sns:eu-west-1:${ACCOUNT}:alarms` } };
    assert.equal(
      worst(access({ Service: "sns.amazonaws.com" }, "sqs:SendMessage", source), "resource", "sqs"),
      undefined,
    );
  },
  "public S3, SQS, SNS, KMS, ECR, Lambda policy": () => {
    publicOn(
      ["s3", "s3:GetObject"],
      ["sqs", "sqs:SendMessage"],
      ["sns", "sns:Publish"],
      ["kms", "kms:Decrypt"],
      ["ecr", "ecr:BatchGetImage"],
      ["lambda", "lambda:InvokeFunction"],
    );
  },
  "public EFS, Secrets, OpenSearch, event bus, Backup, Glue, VPC endpoint": () => {
    publicOn(
      ["elasticfilesystem", "elasticfilesystem:ClientMount"],
      ["secretsmanager", "secretsmanager:GetSecretValue"],
      ["es", "es:ESHttpGet"],
      ["events", "events:PutEvents"],
      ["backup", "backup:CopyIntoBackupVault"],
      ["glue", "glue:GetTable"],
      ["vpce", "s3:GetObject"],
    );
  },
  "SSO permission set inline, SCP and RCP content": () => {
    const type = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy";
    const inline = judgeGrants(type, { inlinePolicy: JSON.stringify(grant("*", "*")) }, NOTHING_KNOWN);
    assert.ok(inline.located.some(({ finding }) => finding.severity === "error"));
    const control = (content: unknown): number =>
      judgeGrants("aws:organizations/policy:Policy", { content }, NOTHING_KNOWN).located.length;
    assert.equal(control(JSON.stringify(grant("*", "*"))), 0);
    assert.equal(control('{"Statement": [{"Effect": "Deny"}]}') > 0, true);
  },
  "unknown-at-preview values handled explicitly": () => {
    const { findings, unknowns } = judgeDocument(
      document(
        { Effect: "Allow", Action: "s3:GetObject", Resource: UNKNOWN },
        { Effect: "Allow", Action: "s3:GetObject", Resource: "*" },
      ),
      contextOf("identity"),
    );
    assert.deepEqual(unknowns, ["Statement[0].Resource"]);
    assert.deepEqual(
      findings.map(({ path }) => path),
      ["Statement[1].Resource"],
    );
  },
  "exception: reason, finding, owner, expiry, refused by the organization": () => {
    const type = "aws:iam/rolePolicy:RolePolicy";
    const urn = `urn:pulumi:dev::app::${type}::metrics`;
    const [located] = judgeGrants(
      type,
      { policy: grant("cloudwatch:PutMetricData", "*") },
      NOTHING_KNOWN,
    ).located;
    assert.ok(located !== undefined);
    const about = {
      stack: "dev",
      urn: "metrics",
      reason: "An agent that cannot set a namespace.",
      owner: "Ops",
      ticket: "OPS-1",
    };
    const exemption = proposeExemption(located, { ...about, expires: "2027-06-30" });
    assert.deepEqual(exemptionProblems([exemption]), []);
    assert.equal(exemptionFor(located, urn, [exemption], "2027-06-30"), exemption);
    // Without an owner it is refused; and it stands in the pack, which the program's authors do not write.
    assert.deepEqual(exemptionProblems([{ ...exemption, owner: "" }]), ["exemption 1 has no owner"]);
  },
};
