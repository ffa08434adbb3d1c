/** The later rows of docs/rules/comparison.md: faults of a kind that the construct alone does not show. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { judgeRole } from "../../../policy-pack/lib/judge/role-reach";
import { outlineOf } from "./checked";
import { ACCOUNT, access, document, grant, ORGANIZATION, OTHER_ACCOUNT, trust, worst } from "./documents";

type Severities = "error" | "warning" | "note" | undefined;

const NOTHING_KNOWN = { accounts: [], organizations: [] };
const FUNCTION = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:app`;
const TABLE = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;
const CLUSTER = `arn:aws:ecs:eu-west-1:${ACCOUNT}:cluster/app`;
const TO_LAMBDA = { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } };

/** Asserts the gravest finding of each identity policy. */
function identities(severity: Severities, ...policies: readonly object[]): void {
  for (const policy of policies) assert.equal(worst(policy), severity, JSON.stringify(policy));
}

/** A trust policy for what an issuer's tokens name as their subject. */
function subject(issuer: string, named: string): object {
  return trust(
    { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}` },
    {
      StringEquals: { [`${issuer}:aud`]: "aws.workload.identity" },
      StringLike: { [`${issuer}:sub`]: named },
    },
    "sts:AssumeRoleWithWebIdentity",
  );
}

/** What the command says of a policy in a file: its exit status and both outputs. */
function command(policy: object, ...options: readonly string[]): { status: number | null; text: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "compared-"));
  try {
    const file = path.join(folder, "policy.json");
    writeFileSync(file, JSON.stringify(policy));
    const program = path.join(__dirname, "../../../cli/bin.js");
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [program, "check-policy", file, ...options],
      { encoding: "utf8" },
    );
    return { status, text: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One check to a row of docs/rules/comparison.md, under the row's own name, after those of the constructs. */
export const COMPARED_KINDS: Readonly<Record<string, () => void>> = {
  "public bucket whose Deny covers one folder only": () => {
    const read = {
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::reports/*",
    };
    const outside = { NotIpAddress: { "aws:SourceIp": "192.0.2.0/24" } };
    const denied = (Resource: string): object =>
      document(read, { ...read, Effect: "Deny", Resource, Condition: outside });
    assert.equal(worst(denied("arn:aws:s3:::reports/drafts/*"), "resource", "s3"), "error");
    assert.equal(worst(denied("arn:aws:s3:::reports/*"), "resource", "s3"), undefined);
  },
  "identifier cut short: `AROA*`, `vpce-*`, `o-*`, `1234*`": () => {
    const cutShort = {
      "aws:userid": "AROA*",
      "aws:SourceVpce": "vpce-*",
      "aws:PrincipalOrgID": "o-*",
      "aws:PrincipalAccount": "1234*",
    };
    for (const [key, value] of Object.entries(cutShort)) {
      const condition = { StringLike: { [key]: value } };
      assert.equal(worst(access("*", "s3:GetObject", condition), "resource", "s3"), "error", key);
    }
    const organizations = { StringLike: { "aws:PrincipalOrgID": "o-*" } };
    assert.equal(worst(trust({ AWS: "*" }, organizations), "trust"), "error");
  },
  "key policy of two whole accounts": () => {
    const ruledBy = (account: string): Readonly<Record<string, unknown>> => ({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: "kms:*",
      Resource: "*",
    });
    const policy = document(ruledBy(ACCOUNT), ruledBy(OTHER_ACCOUNT));
    assert.equal(worst(policy, "resource", "kms"), "error");
  },
  "OIDC subject that names only an owner, for seven other issuers": () => {
    const circle = "0a1b2c3d-1111-2222-3333-444455556666";
    const owners = {
      "app.terraform.io": "organization:acme:*",
      "gitlab.com": "project_path:acme/*",
      "agent.buildkite.com": "organization:acme:*",
      [`oidc.circleci.com/org/${circle}`]: `org/${circle}/*`,
      "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE": "system:serviceaccount:*:app",
      "acme.app.spacelift.io": "space:*",
      "api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc": "*",
    };
    for (const [issuer, named] of Object.entries(owners))
      assert.equal(worst(subject(issuer, named), "trust"), "error", issuer);
  },
  "what IAM refuses: `Version`, equal `Sid`s, operator, look-alike letter": () => {
    const allowed = { Sid: "Same", Effect: "Allow", Action: "dynamodb:GetItem", Resource: TABLE };
    identities(
      "error",
      { Version: "2012-10-71", Statement: [allowed] },
      document(allowed, { ...allowed, Action: "dynamodb:PutItem" }),
      grant("dynamodb:GetItem", TABLE, { StringEqualz: { "aws:PrincipalOrgID": ORGANIZATION } }),
      grant("dynamodb:GetIt\u0435m", TABLE),
    );
  },
  "escalation through one role or one function": () => {
    identities(
      "note",
      document(
        { Effect: "Allow", Action: "iam:PassRole", Resource: ROLE },
        { Effect: "Allow", Action: "lambda:CreateFunction", Resource: FUNCTION },
      ),
      grant("lambda:UpdateFunctionCode", FUNCTION),
    );
  },
  "quiet for data perimeters: endpoint policies, RCPs": () => {
    const anybody = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
    const ours = { "aws:PrincipalOrgID": ORGANIZATION, "aws:ResourceOrgID": ORGANIZATION };
    const endpoint = document(
      { ...anybody, Condition: { StringEquals: ours } },
      { ...anybody, Condition: { Bool: { "aws:PrincipalIsAWSService": "true" } } },
    );
    assert.equal(worst(endpoint, "resource", "vpce"), undefined);
    const control = document({
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:*", "sts:AssumeRole"],
      Resource: "*",
      Condition: {
        StringNotEqualsIfExists: { "aws:PrincipalOrgID": ORGANIZATION },
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
      },
    });
    assert.equal(worst(control, "scp"), undefined);
  },
  "quiet for PassRole on one role whose account is left open": () => {
    const open = "arn:aws:iam::*:role/app";
    identities(undefined, grant("iam:PassRole", open, TO_LAMBDA), grant("iam:PassRole", open));
  },
  "quiet for AWS's default statement of a queue's owner": () => {
    const owner = {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: "SQS:*",
      Resource: `arn:aws:sqs:eu-west-1:${ACCOUNT}:orders`,
    };
    assert.equal(worst(document(owner), "resource", "sqs"), undefined);
  },
  "quiet for keys that say which resource: `rds:db-tag/team`, `ecs:cluster`": () => {
    identities(
      undefined,
      grant("rds:StopDBInstance", "*", { StringEquals: { "rds:db-tag/team": "orders" } }),
      grant(["ecs:RunTask", "ecs:StopTask"], "*", { ArnEquals: { "ecs:cluster": CLUSTER } }),
    );
  },
  "quiet, but for a note, for what AWS names when it is made (`ec2:CreateVpc`)": () => {
    identities(
      "note",
      grant("ec2:CreateVpc", "*"),
      grant("ec2:CreateVpc", `arn:aws:ec2:eu-west-1:${ACCOUNT}:vpc/*`),
    );
  },
  "quiet for what the same document denies outright": () => {
    const everywhere = { Action: "s3:DeleteBucket", Resource: "*" };
    identities(undefined, document({ Effect: "Allow", ...everywhere }, { Effect: "Deny", ...everywhere }));
  },
  "`Null` on a tag, taken for a limit": () => {
    const instances = `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/*`;
    identities(
      "error",
      grant("ec2:TerminateInstances", instances, { Null: { "aws:ResourceTag/team": "false" } }),
    );
  },
  "role that decides by a tag which its callers choose": () => {
    const parameters = `arn:aws:ssm:eu-west-1:${ACCOUNT}:parameter/\${aws:PrincipalTag/team}/*`;
    const held = {
      policies: [{ name: "read", document: grant("ssm:GetParameter", parameters) }],
      boundariesAttached: [],
      hasBoundary: true,
    };
    const trusting = (actions: unknown): object =>
      trust({ AWS: `arn:aws:iam::${ACCOUNT}:role/ci` }, undefined, actions);
    assert.deepEqual(judgeRole({ ...held, trust: trusting("sts:AssumeRole") }, NOTHING_KNOWN), []);
    const open = judgeRole({ ...held, trust: trusting(["sts:AssumeRole", "sts:TagSession"]) }, NOTHING_KNOWN);
    assert.equal(open.length, 1);
  },
  "the same grant in CloudFormation, a Terraform plan and a Pulumi state": () => {
    const policy = grant("*", "*");
    const text = JSON.stringify(policy);
    const plan = {
      resources: [{ address: "aws_iam_policy.app", type: "aws_iam_policy", values: { policy: text } }],
    };
    const urn = "urn:pulumi:dev::app::aws:iam/policy:Policy::app";
    const files = [
      { Resources: { App: { Type: "AWS::IAM::ManagedPolicy", Properties: { PolicyDocument: policy } } } },
      { format_version: "1.2", planned_values: { root_module: plan } },
      {
        version: 3,
        deployment: { resources: [{ urn, type: "aws:iam/policy:Policy", inputs: { policy: text } }] },
      },
    ];
    for (const file of files)
      assert.match(outlineOf(file).join("\n"), /^- error no-wildcard-grants /m, JSON.stringify(file));
  },
  "unknown service of a resource policy refused": () => {
    const { status, text } = command(
      access("*", "sqs:SendMessage"),
      "--kind",
      "resource",
      "--service",
      "sqss",
    );
    assert.equal(status, 2);
    assert.match(text, /sqss/);
    assert.match(text, /sqs\b/);
  },
};
