import assert from "node:assert/strict";
import type { Exemption } from "../../policy-pack/lib/govern/exemptions";
import type { Finding } from "../../policy-pack/lib/judge/findings";
import { configure } from "../../policy-pack/settings";
import { violationOf, wasUsed } from "../../policy-pack/violation";

const URN = "urn:pulumi:prod::orders::aws:iam/role:Role::app";
const HASH = "0123456789abcdef";
const FINDING: Finding = {
  rule: "no-open-trust",
  severity: "error",
  path: "Statement[0].Principal",
  statement: 'statement "In"',
  index: 0,
  value: "*",
  reason: "lets anybody with an AWS account assume the role.",
  remedy: "Name the principals.",
  actions: ["sts:AssumeRole"],
};
const TEXT =
  'assumeRolePolicy: statement "In", Statement[0].Principal: "*" lets anybody with an AWS account assume the role. Name the principals. (docs/rules/no-open-trust.md)';
const EXEMPTION: Exemption = {
  rule: "no-open-trust",
  stack: "prod",
  urn: "app",
  actions: ["sts:AssumeRole"],
  resource: "*",
  statement: HASH,
  reason: "The vendor cannot name its roles.",
  owner: "Operations",
  ticket: "OPS-12",
  expires: "2027-06-30",
};

function located(severity: Finding["severity"] = "error"): Parameters<typeof violationOf>[0] {
  return { finding: { ...FINDING, severity }, property: "assumeRolePolicy", hash: HASH };
}

describe("the violation of a finding", () => {
  beforeEach(() => {
    configure({});
  });

  after(() => {
    configure({});
  });

  it("has the level and the severity of its rule for an error, and never blocks for a warning", () => {
    assert.deepEqual(violationOf(located(), URN), { message: TEXT });
    assert.deepEqual(violationOf(located("warning"), URN), { message: TEXT, advisory: "medium" });
  });

  it("says the path once where the property is the path", () => {
    const { message } = violationOf({ ...located(), property: FINDING.path }, URN);
    assert.equal(message, TEXT.replace("assumeRolePolicy: ", ""));
  });

  it("is marked and never blocks until the last day of its exception, and is as grave as ever after it", () => {
    const { exemptions } = configure({ exemptions: [EXEMPTION] });
    assert.deepEqual(violationOf(located(), URN, "2027-06-30"), {
      message: `exempted: ${TEXT} Excepted until 2027-06-30 by Operations (OPS-12): The vendor cannot name its roles.`,
      advisory: "low",
    });
    assert.deepEqual(violationOf(located(), URN, "2027-07-01"), {
      message: `${TEXT} The exception of Operations (OPS-12) expired on 2027-06-30.`,
    });
    assert.deepEqual(exemptions.map(wasUsed), [true]);
    assert.equal(wasUsed({ ...EXEMPTION }), false);
  });
});
