import assert from "node:assert/strict";
import { statementHash } from "../../../../policy-pack/lib/document/fingerprint";
import { readDocument } from "../../../../policy-pack/lib/document/read-document";
import {
  exemptionFor,
  exemptionProblems,
  isExpired,
  proposeExemption,
  type Exemption,
} from "../../../../policy-pack/lib/govern/exemptions";
import { urnParts } from "../../../../policy-pack/lib/govern/urn";
import type { LocatedFinding } from "../../../../policy-pack/lib/judge/located-finding";
import { judgeGrants } from "../../../../policy-pack/lib/judge/resource-grants";
import { document, grant } from "../../support/documents";

const TYPE = "aws:iam/rolePolicy:RolePolicy";
const URN = `urn:pulumi:prod::orders::slipway:index:Job$${TYPE}::metrics`;
const TODAY = "2026-11-21";

/** The errors of an inline policy. */
function errors(policy: object): LocatedFinding[] {
  const { located } = judgeGrants(TYPE, { policy }, { accounts: [], organizations: [] });
  return located.filter(({ finding }) => finding.severity === "error");
}

function only(policy: object): LocatedFinding {
  const [first] = errors(policy);
  assert.ok(first !== undefined);
  return first;
}

const METRICS = {
  Sid: "Metrics",
  Effect: "Allow",
  Action: ["cloudwatch:PutMetricData", "xray:PutTraceSegments"],
  Resource: "*",
};
const EXEMPTION: Exemption = proposeExemption(only(document(METRICS)), {
  stack: "prod",
  urn: "metrics",
  reason: "The agent sets its namespace itself.",
  owner: "Operations",
  ticket: "OPS-12",
  expires: "2027-06-30",
});

describe("an exception", () => {
  it("covers the finding that it names", () => {
    assert.deepEqual(exemptionProblems([EXEMPTION]), []);
    assert.equal(exemptionFor(only(document(METRICS)), URN, [EXEMPTION], TODAY), EXEMPTION);
  });

  it("does not mind how the statement is written", () => {
    const rewritten = {
      resource: ["*"],
      Effect: "Allow",
      Action: ["XRay:PutTraceSegments", "cloudwatch:PutMetricData"],
      Sid: "Other",
    };
    assert.equal(exemptionFor(only({ Statement: rewritten }), URN, [EXEMPTION], TODAY), EXEMPTION);
  });

  it("does not cover a new action, even a harmless one, under the same statement", () => {
    for (const action of ["dynamodb:GetItem", "sts:GetCallerIdentity"]) {
      const wider = document({ ...METRICS, Action: [...METRICS.Action, action] });
      assert.equal(exemptionFor(only(wider), URN, [EXEMPTION], TODAY), undefined, action);
    }
  });

  it("does not cover another resource pattern, condition, rule, stack or place", () => {
    const other = document({ ...METRICS, Condition: { Bool: { "aws:SecureTransport": "true" } } });
    assert.equal(exemptionFor(only(other), URN, [EXEMPTION], TODAY), undefined);
    const located = only(document(METRICS));
    const changed: readonly Exemption[] = [
      { ...EXEMPTION, rule: "no-privilege-escalation" },
      { ...EXEMPTION, stack: "dev" },
      { ...EXEMPTION, urn: "metrics2" },
      { ...EXEMPTION, resource: "arn:aws:cloudwatch:*" },
      { ...EXEMPTION, actions: ["cloudwatch:PutMetricStream"] },
    ];
    for (const exemption of changed) assert.equal(exemptionFor(located, URN, [exemption], TODAY), undefined);
  });

  it("may name the stack and the resource by pattern", () => {
    const wide = { ...EXEMPTION, stack: "*", urn: "*slipway:index:Job$*::metrics" };
    assert.equal(exemptionFor(only(document(METRICS)), URN, [wide], TODAY), wide);
  });

  it("holds through its last day and no longer", () => {
    assert.equal(isExpired(EXEMPTION, "2027-06-30"), false);
    assert.equal(isExpired(EXEMPTION, "2027-07-01"), true);
  });

  it("in date goes before one that has expired", () => {
    const old = { ...EXEMPTION, expires: "2026-01-01" };
    const located = only(document(METRICS));
    assert.equal(exemptionFor(located, URN, [old, EXEMPTION], TODAY), EXEMPTION);
    assert.equal(exemptionFor(located, URN, [old], TODAY), old);
  });

  const wrong: readonly (readonly [Partial<Record<keyof Exemption, unknown>>, string])[] = [
    [{ owner: "" }, "exemption 1 has no owner"],
    [{ ticket: undefined }, "exemption 1 has no ticket"],
    [{ actions: [] }, "exemption 1 has no actions"],
    [{ actions: ["*"] }, "exemption 1 excepts every action, which cannot be excepted"],
    [{ urn: "**" }, "exemption 1 excepts every resource; name the resource in urn"],
    [{ reason: "because" }, "exemption 1 gives a reason of fewer than 20 characters"],
    [{ statement: "abc" }, "exemption 1 has a statement hash that is not 16 hexadecimal digits"],
    [{ expires: "30.6.2027" }, 'exemption 1 expires on "30.6.2027", which is no date such as 2027-06-30'],
    [{ expires: "never" }, 'exemption 1 expires on "never", which is no date such as 2027-06-30'],
    [{ expires: "2027-02-30" }, 'exemption 1 expires on "2027-02-30", which is no date such as 2027-06-30'],
    [{ expires: "2027-13-01" }, 'exemption 1 expires on "2027-13-01", which is no date such as 2027-06-30'],
  ];
  for (const [change, expected] of wrong) {
    it(`is refused: ${expected}`, () => {
      assert.deepEqual(exemptionProblems([{ ...EXEMPTION, ...change } as Exemption]), [expected]);
    });
  }

  it("is not possible for a grant of everything", () => {
    const proposed = errors(grant("*", "*")).map((located) =>
      proposeExemption(located, { ...EXEMPTION, urn: "metrics" }),
    );
    for (const problem of exemptionProblems(proposed)) assert.match(problem, /excepts every action/);
    assert.equal(exemptionProblems(proposed).length, proposed.length);
  });
});

describe("statementHash", () => {
  it("tells every element of a statement from every other", () => {
    const base = { Effect: "Allow", Action: "a:b", Resource: "*" };
    const variants: readonly object[] = [
      base,
      { ...base, Effect: "Deny" },
      { ...base, Action: "a:c" },
      { ...base, Resource: "arn:aws:s3:::reports" },
      { ...base, Resource: "arn:aws:s3:::Reports" },
      { Effect: "Allow", NotAction: "a:b", Resource: "*" },
      { Effect: "Allow", NotAction: "a:c", Resource: "*" },
      { Effect: "Allow", Action: "a:b", NotResource: "*" },
      { ...base, Principal: "*" },
      { ...base, Principal: { AWS: "x" } },
      { ...base, Principal: { Service: "x" } },
      { ...base, NotPrincipal: { Service: "x" } },
      { ...base, Condition: { StringEquals: { "a:k": "v" } } },
      { ...base, Condition: { StringLike: { "a:k": "v" } } },
      { ...base, Condition: { StringEquals: { "a:l": "v" } } },
      { ...base, Condition: { StringEquals: { "a:k": ["v", "w"] } } },
    ];
    const hashes = variants.flatMap((one) => readDocument({ Statement: one }).statements.map(statementHash));
    assert.equal(hashes.length, variants.length);
    assert.equal(new Set(hashes).size, variants.length);
  });
});

describe("urnParts", () => {
  it("takes a URN apart, also one whose name holds colons", () => {
    assert.deepEqual(urnParts(URN), { stack: "prod", type: TYPE, name: "metrics" });
    assert.equal(urnParts("urn:pulumi:a::b::c:d:e::x::y").name, "x::y");
  });
});
