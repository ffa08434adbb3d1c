import assert from "node:assert/strict";
import { readBaseline, type Baseline } from "../../../../policy-pack/lib/govern/baseline";
import type { LocatedFinding } from "../../../../policy-pack/lib/judge/located-finding";
import { judgeGrants } from "../../../../policy-pack/lib/judge/resource-grants";
import { ACCOUNT, grant } from "../../support/documents";

const TYPE = "aws:iam/rolePolicy:RolePolicy";
const NOTHING_KNOWN = { accounts: [], organizations: [] };
const TABLES = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/*`;

function urn(name: string, stack = "prod"): string {
  return `urn:pulumi:${stack}::orders::${TYPE}::${name}`;
}

function resource(name: string, policy: object, stack = "prod"): object {
  return { urn: urn(name, stack), type: TYPE, inputs: { policy: JSON.stringify(policy) } };
}

function baselineOf(value: unknown): Baseline {
  const read = readBaseline(JSON.stringify(value), NOTHING_KNOWN);
  assert.ok("value" in read);
  return read.value;
}

/** Findings of the policy that the baseline does not cover. */
function fresh(baseline: Baseline, name: string, policy: object): string[] {
  const { located } = judgeGrants(TYPE, { policy }, NOTHING_KNOWN);
  return located
    .filter((one: LocatedFinding) => !baseline.covers(urn(name), one))
    .map(({ finding }) => `${finding.rule} ${finding.path}`);
}

const OLD = grant("dynamodb:GetItem", "*");

describe("the baseline", () => {
  const forms: Readonly<Record<string, object>> = {
    "pulumi stack export": { version: 3, deployment: { resources: [resource("app", OLD)] } },
    "pulumi preview --json": { steps: [{ op: "same", newState: resource("app", OLD) }, { op: "delete" }] },
    "slipway preview --json": { version: 1, stacks: [{ name: "prod", resources: [resource("app", OLD)] }] },
  };
  for (const [form, value] of Object.entries(forms)) {
    it(`is read from ${form}`, () => {
      assert.deepEqual(fresh(baselineOf(value), "app", OLD), []);
    });
  }

  const baseline = baselineOf(forms["pulumi stack export"]);
  const NEW = ["no-wildcard-grants Statement[0].Resource"];

  it("lets pass what was granted before, and anything narrower", () => {
    assert.deepEqual(fresh(baseline, "app", grant("dynamodb:GetItem", TABLES)), []);
  });

  it("does not let pass a new action, a broader pattern or another resource", () => {
    assert.deepEqual(fresh(baseline, "app", grant(["dynamodb:GetItem", "dynamodb:PutItem"], "*")), NEW);
    assert.deepEqual(fresh(baseline, "other", OLD), NEW);
    const narrow = baselineOf({
      deployment: { resources: [resource("app", grant("dynamodb:GetItem", TABLES))] },
    });
    assert.deepEqual(fresh(narrow, "app", OLD), NEW);
  });

  it("never covers a document that cannot be read", () => {
    const broken = baselineOf({ deployment: { resources: [resource("app", {})] } });
    assert.deepEqual(fresh(broken, "app", {}), ["readable-policies document"]);
  });

  it("of one stack serves another", () => {
    const dev = baselineOf({ deployment: { resources: [resource("app", OLD, "dev")] } });
    assert.deepEqual(fresh(dev, "app", OLD), []);
  });

  it("refuses a text that is no state", () => {
    assert.deepEqual(readBaseline("{", NOTHING_KNOWN), { problem: "the baseline is not JSON" });
    assert.deepEqual(readBaseline("{}", NOTHING_KNOWN), {
      problem:
        "the baseline is neither `pulumi stack export` nor `pulumi preview --json` nor `slipway preview --json`: it has no resources",
    });
  });
});
