import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Exemption } from "../../policy-pack/lib/govern/exemptions";
import { judgeGrants } from "../../policy-pack/lib/judge/resource-grants";
import { Analyzer, brief, rolePolicy } from "./support/analyzer";
import { grant } from "./support/documents";

describe("the pack as an analyzer", function () {
  this.timeout(120_000);
  let analyzer: Analyzer;

  before(async () => {
    analyzer = await Analyzer.startOwnPack();
  });

  beforeEach(async () => {
    await analyzer.reset();
  });

  after(() => {
    analyzer.stop();
  });

  const METRICS = grant("cloudwatch:PutMetricData", "*");
  const EXEMPTION: Exemption = {
    rule: "no-wildcard-grants",
    stack: "prod",
    urn: "metrics",
    actions: ["cloudwatch:PutMetricData"],
    resource: "*",
    statement: "",
    reason: "The agent sets its namespace itself.",
    owner: "Operations",
    ticket: "OPS-12",
    expires: "2999-12-31",
  };

  function hashOf(policy: object): string {
    const { located } = judgeGrants(
      "aws:iam/rolePolicy:RolePolicy",
      { policy },
      { accounts: [], organizations: [] },
    );
    return located[0]?.hash ?? "";
  }

  it("lets an excepted finding through, prints its use, and stops a new action under it", async () => {
    await analyzer.configure({
      "pack-settings": { exemptions: [{ ...EXEMPTION, statement: hashOf(METRICS) }] },
    });
    const [used] = await analyzer.analyze(rolePolicy("metrics", METRICS));
    assert.equal(used?.level, "advisory");
    assert.match(used.message, /^exempted: policy: statement "Example"/);
    assert.ok(
      used.message.endsWith(
        "Excepted until 2999-12-31 by Operations (OPS-12): The agent sets its namespace itself.",
      ),
    );
    const wider = grant(["cloudwatch:PutMetricData", "dynamodb:GetItem"], "*");
    assert.deepEqual(brief(await analyzer.analyze(rolePolicy("metrics", wider))), [
      "mandatory no-wildcard-grants",
    ]);
    assert.deepEqual(await analyzer.analyzeStack([rolePolicy("metrics", METRICS)]), []);
  });

  it("fails an expired exception, and tells of one that nothing uses", async () => {
    const expired = { ...EXEMPTION, statement: hashOf(METRICS), expires: "2020-01-31" };
    await analyzer.configure({
      "pack-settings": { exemptions: [expired, { ...EXEMPTION, statement: "0123456789abcdef" }] },
    });
    const [finding] = await analyzer.analyze(rolePolicy("metrics", METRICS));
    assert.equal(finding?.level, "mandatory");
    assert.ok(finding.message.endsWith("The exception of Operations (OPS-12) expired on 2020-01-31."));
    const stack = await analyzer.analyzeStack([rolePolicy("metrics", METRICS)]);
    assert.deepEqual(
      stack.map(({ level, message }) => `${level} ${message}`),
      [
        "mandatory the exception of Operations (OPS-12) from no-wildcard-grants for metrics expired on 2020-01-31.",
        "advisory the exception of Operations (OPS-12) from no-wildcard-grants for metrics excepts nothing any more: remove it.",
      ],
    );
  });

  it("fails on wrong options once, and then excepts nothing", async () => {
    const good = { ...EXEMPTION, statement: hashOf(METRICS) };
    await analyzer.configure({
      "pack-settings": { exemptions: [good, { ...good, owner: "" }], baseline: "/nowhere/state.json" },
    });
    const first = await analyzer.analyze(rolePolicy("metrics", METRICS));
    assert.deepEqual(brief(first), [
      "mandatory pack-settings",
      "mandatory pack-settings",
      "mandatory no-wildcard-grants",
    ]);
    assert.deepEqual(
      first.slice(0, 2).map(({ message }) => message),
      [
        "exemption 2 has no owner. (docs/rules/pack-settings.md)",
        'the baseline "/nowhere/state.json" cannot be read; give the path of a file. (docs/rules/pack-settings.md)',
      ],
    );
    assert.deepEqual(brief(await analyzer.analyze(rolePolicy("metrics", METRICS))), [
      "mandatory no-wildcard-grants",
    ]);
  });

  it("fails only breadth that the baseline did not have", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "slipway-baseline-"));
    try {
      const state = path.join(folder, "state.json");
      const type = "aws:iam/rolePolicy:RolePolicy";
      const resource = {
        urn: `urn:pulumi:prod::orders::${type}::old`,
        type,
        inputs: { policy: JSON.stringify(METRICS) },
      };
      writeFileSync(state, JSON.stringify({ deployment: { resources: [resource] } }));
      await analyzer.configure({ "pack-settings": { baseline: state } });
      const [old] = await analyzer.analyze(rolePolicy("old", METRICS));
      assert.equal(old?.level, "advisory");
      assert.match(old.message, /^baseline: policy: /);
      assert.deepEqual(brief(await analyzer.analyze(rolePolicy("new", METRICS))), [
        "mandatory no-wildcard-grants",
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
