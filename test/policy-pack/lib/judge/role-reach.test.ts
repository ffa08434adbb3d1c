import assert from "node:assert/strict";
import { managedDocument } from "../../../../policy-pack/lib/aws/managed-policies";
import { judgeRole, type HeldByRole, type HeldPolicy } from "../../../../policy-pack/lib/judge/role-reach";
import { ACCOUNT, grant, trust } from "../../support/documents";

const FUNCTION = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:app`;
const PASS: HeldPolicy = {
  name: "pass",
  document: grant("iam:PassRole", "*", { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } }),
};
const CREATE: HeldPolicy = { name: "create", document: grant("lambda:CreateFunction", FUNCTION) };
const RUN: HeldPolicy = {
  name: "run",
  document: grant("ec2:RunInstances", `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/*`),
};

function role(held: Partial<HeldByRole>): string[] {
  const whole = { trust: undefined, policies: [], boundariesAttached: [], hasBoundary: true, ...held };
  return judgeRole(whole, { accounts: [], organizations: [] }).map(
    ({ path, reason }) => `${path}: ${reason}`,
  );
}

describe("judgeRole", () => {
  it("adds up powers that stand in different policies", () => {
    assert.deepEqual(role({ policies: [PASS, CREATE] }), [
      'policies: pass, create: iam:PassRole together with lambda:CreateFunction (statement "Example") lets its holder run code as every role of the account.',
    ]);
  });

  it("is quiet on each of them alone, and on parts that do not fit together", () => {
    assert.deepEqual(role({ policies: [PASS] }), []);
    assert.deepEqual(role({ policies: [CREATE] }), []);
    assert.deepEqual(role({ policies: [PASS, RUN] }), []);
  });

  it("is quiet on a role that is named, which a reader of its policies is told", () => {
    const named = {
      name: "pass",
      document: grant("iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/app`, {
        StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" },
      }),
    };
    assert.deepEqual(role({ policies: [named, CREATE] }), []);
  });

  it("leaves a combination within one policy to the rule of single documents", () => {
    const both = { name: "both", document: { Statement: [...statements(PASS), ...statements(CREATE)] } };
    assert.deepEqual(role({ policies: [both] }), []);
  });

  it("counts what AWS managed policies contain", () => {
    const managed = {
      name: "AWSLambda_FullAccess",
      document: managedDocument("arn:aws:iam::aws:policy/AWSLambda_FullAccess"),
    };
    const everywhere = {
      name: "pass",
      document: grant("iam:PassRole", "*", { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } }),
    };
    const launch = {
      name: "AmazonEC2FullAccess",
      document: managedDocument("arn:aws:iam::aws:policy/AmazonEC2FullAccess"),
    };
    assert.equal(role({ policies: [managed, everywhere] }).length, 0);
    assert.equal(role({ policies: [launch, everywhere] }).length, 1);
  });

  it("tells of power in the hands of those whom a loose trust lets in", () => {
    const admin = { name: "admin", document: grant("*", "*") };
    assert.deepEqual(role({ trust: trust("*"), policies: [admin] }), [
      "trust: gives an administrator to those whom its trust lets in: it lets anybody with an AWS account assume the role.",
    ]);
    assert.deepEqual(role({ trust: trust("*"), policies: [CREATE] }), [
      "trust: gives the power of lambda:CreateFunction to those whom its trust lets in: it lets anybody with an AWS account assume the role.",
    ]);
    assert.deepEqual(role({ trust: trust("*"), policies: [] }), []);
    assert.deepEqual(role({ trust: trust({ Service: "ec2.amazonaws.com" }), policies: [admin] }), []);
  });

  it("tells of a role without boundary that makes roles without boundary", () => {
    const roles = `arn:aws:iam::${ACCOUNT}:role/app/*`;
    const make = { name: "make", document: grant("iam:CreateRole", roles) };
    const boundary = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
    const bounded = {
      name: "make",
      document: grant("iam:CreateRole", roles, { StringEquals: { "iam:PermissionsBoundary": boundary } }),
    };
    assert.deepEqual(role({ policies: [make], hasBoundary: false }), [
      "permissionsBoundary: makes principals without limit (iam:CreateRole), and no permissions boundary limits the role itself.",
    ]);
    assert.deepEqual(role({ policies: [make], hasBoundary: true }), []);
    assert.deepEqual(role({ policies: [bounded], hasBoundary: false }), []);
  });

  it("tells of a trust that lets choose the tags by which a policy or the boundary decides", () => {
    const jobs = { AWS: `arn:aws:iam::${ACCOUNT}:role/jobs` };
    const both = ["sts:AssumeRole", "sts:TagSession"];
    const own = "${aws:PrincipalTag/Application}";
    const open = trust(jobs, undefined, both);
    const bound = trust(jobs, { StringEquals: { "aws:RequestTag/Application": own } }, both);
    const data = { name: "data", document: grant("s3:GetObject", `arn:aws:s3:::data/${own}/*`) };
    const limit = { ...data, name: "limit" };
    const told = (name: string): string[] => [
      `trust: lets whoever it trusts choose the session's tags, and ${name} decides by aws:PrincipalTag/Application.`,
    ];
    assert.deepEqual(role({ trust: open, policies: [data] }), told("data"));
    assert.deepEqual(role({ trust: open, boundary: limit }), told("limit"));
    assert.deepEqual(role({ trust: bound, policies: [data], boundary: limit }), []);
    assert.deepEqual(role({ trust: trust(jobs), policies: [data], boundary: limit }), []);
    assert.deepEqual(role({ trust: open, policies: [RUN] }), []);
    assert.deepEqual(role({ policies: [data] }), []);
  });

  it("names every tag that can be chosen, and how to bind them", () => {
    const open = trust({ AWS: ACCOUNT }, { StringEquals: { "sts:ExternalId": "c2b1" } }, "sts:*");
    const data = {
      name: "data",
      document: grant(
        "s3:GetObject",
        "arn:aws:s3:::data/${aws:PrincipalTag/Application}/${aws:PrincipalTag/Stage}/*",
      ),
    };
    const [finding, ...others] = judgeRole(
      { trust: open, policies: [data], boundariesAttached: [], hasBoundary: false },
      { accounts: [], organizations: [] },
    );
    assert.deepEqual(others, []);
    assert.equal(finding?.severity, "error");
    assert.equal(
      `${finding.reason} ${finding.remedy}`,
      "lets whoever it trusts choose the session's tags, and data decides by aws:PrincipalTag/Application, aws:PrincipalTag/Stage. " +
        "Bind them in the trust by StringEquals aws:RequestTag/Application, aws:RequestTag/Stage, or take sts:TagSession out of it.",
    );
  });

  it("judges a boundary that is attached as permissions for what it then grants", () => {
    const boundary = { name: "boundary", document: grant("s3:*", "*") };
    const [first = ""] = role({ boundariesAttached: [boundary] });
    assert.match(
      first,
      /^boundary: is declared to be a boundary but attached as permissions, where it grants \d+ actions/,
    );
  });
});

function statements({ document }: HeldPolicy): unknown[] {
  return (document as { readonly Statement: unknown[] }).Statement;
}
