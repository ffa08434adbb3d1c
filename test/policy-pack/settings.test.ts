import assert from "node:assert/strict";
import path from "node:path";
import { exemptions } from "../../policy-pack/exemptions";
import type { Exemption } from "../../policy-pack/lib/govern/exemptions";
import { configure } from "../../policy-pack/settings";

const EXEMPTION: Exemption = {
  rule: "no-open-trust",
  stack: "prod",
  urn: "app",
  actions: ["sts:AssumeRole"],
  resource: "*",
  statement: "0123456789abcdef",
  reason: "The vendor cannot name its roles.",
  owner: "Operations",
  ticket: "OPS-12",
  expires: "2027-06-30",
};

describe("the pack's settings", () => {
  afterEach(() => {
    configure({});
  });

  it("add exceptions to those of the pack", () => {
    const settings = configure({ exemptions: [EXEMPTION] });
    assert.deepEqual(settings.exemptions, [...exemptions, EXEMPTION]);
    assert.deepEqual(settings.problems, []);
  });

  it("except nothing while one exception is wrong", () => {
    const settings = configure({ exemptions: [EXEMPTION, { ...EXEMPTION, owner: "" }] });
    assert.deepEqual(settings.exemptions, []);
    assert.deepEqual(settings.problems, [`exemption ${exemptions.length + 2} has no owner`]);
  });

  it("have no baseline where its file cannot be read, and say so", () => {
    const baseline = path.join(__dirname, "nowhere.json");
    const settings = configure({ baseline });
    assert.equal(settings.baseline, undefined);
    assert.deepEqual(settings.problems, [
      `the baseline ${JSON.stringify(baseline)} cannot be read; give the path of a file`,
    ]);
  });
});
