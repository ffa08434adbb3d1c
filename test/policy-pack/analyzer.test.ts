import assert from "node:assert/strict";
import { EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import {
  Analyzer,
  UNKNOWN_TEXT,
  brief,
  rolePolicy,
  secret,
  severityOf,
  type Resource,
} from "./support/analyzer";
import { ACCOUNT, document, grant, trust } from "./support/documents";

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

  it("announces its rules with level, description, remedy and page", async () => {
    const info = await analyzer.info();
    assert.equal(info.getName(), "slipway");
    for (const policy of info.getPoliciesList()) {
      assert.equal(policy.getEnforcementlevel(), 1, policy.getName());
      assert.match(policy.getDescription(), /^[A-Z].*\.$/s);
      assert.match(policy.getRemediationSteps(), /\.$/);
      assert.equal(policy.getUrl(), `docs/rules/${policy.getName()}.md`);
    }
  });

  it("reports every mandatory violation with the severity that its rule declares", async () => {
    const declared = new Map(
      (await analyzer.info())
        .getPoliciesList()
        .map((policy) => [policy.getName(), severityOf(policy.getSeverity())]),
    );
    const role = (name: string, properties: object): Resource => ({
      type: "aws:iam/role:Role",
      name,
      properties,
    });
    const violations = [
      ...(await analyzer.analyze(rolePolicy("text", "{"))),
      ...(await analyzer.analyze(rolePolicy("powers", grant(["iam:CreateRole", "dynamodb:GetItem"], "*")))),
      ...(await analyzer.analyze(role("open", { assumeRolePolicy: trust("*") }))),
      ...(await analyzer.analyze(
        role("admin", { managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] }),
      )),
    ].filter(({ level }) => level === "mandatory");
    assert.deepEqual([...new Set(violations.map(({ rule, severity }) => `${rule} ${severity}`))].sort(), [
      "no-broad-managed-policies high",
      "no-open-trust critical",
      "no-privilege-escalation high",
      "no-wildcard-grants high",
      "readable-policies high",
    ]);
    for (const { rule, severity } of violations) assert.equal(severity, declared.get(rule), rule);
  });

  it("stops a broad grant and lets a narrow one through", async () => {
    const narrow = grant("s3:GetObject", "arn:aws:s3:::reports/*");
    assert.deepEqual(await analyzer.analyze(rolePolicy("good", narrow)), []);
    assert.deepEqual(await analyzer.analyze(rolePolicy("good", JSON.stringify(narrow))), []);
    const broad = await analyzer.analyze(rolePolicy("bad", grant("dynamodb:GetItem", "*")));
    assert.deepEqual(broad, [
      {
        level: "mandatory",
        severity: "high",
        rule: "no-wildcard-grants",
        name: "bad",
        message:
          'policy: statement "Example", Statement[0].Resource: "*" reaches every resource for dynamodb:GetItem. Name the resources, as arn:aws:dynamodb:<Region>:<Account>:table/<TableName>, or narrow by a condition such as aws:ResourceTag that the action carries. (docs/rules/no-wildcard-grants.md)',
      },
    ]);
  });

  it("reports a warning without stopping", async () => {
    const found = await analyzer.analyze(rolePolicy("lists", grant("s3:ListBucket", "arn:aws:s3:::*")));
    assert.deepEqual(brief(found), ["advisory no-wildcard-grants"]);
  });

  it("has its levels set by pack configuration", async () => {
    const broad = rolePolicy("bad", grant("dynamodb:GetItem", "*"));
    await analyzer.configure({ "no-wildcard-grants": {} }, EnforcementLevel.ADVISORY);
    assert.deepEqual(brief(await analyzer.analyze(broad)), ["advisory no-wildcard-grants"]);
    await analyzer.configure({ "no-wildcard-grants": {} }, EnforcementLevel.DISABLED);
    assert.deepEqual(await analyzer.analyze(broad), []);
  });

  it("stops what cannot be read", async () => {
    assert.deepEqual(brief(await analyzer.analyze(rolePolicy("text", "{"))), ["mandatory readable-policies"]);
    assert.deepEqual(brief(await analyzer.analyze(rolePolicy("number", 7))), ["mandatory readable-policies"]);
  });

  it("has nothing to say to resources that grant nothing", async () => {
    assert.deepEqual(
      await analyzer.analyze({ type: "aws:sns/topic:Topic", name: "alarms", properties: {} }),
      [],
    );
    assert.deepEqual(
      await analyzer.analyze({
        type: "random:index/randomId:RandomId",
        name: "id",
        properties: { byteLength: 2 },
      }),
      [],
    );
  });

  it("names a document that is not known yet, and does not stop", async () => {
    const found = await analyzer.analyze(rolePolicy("later", UNKNOWN_TEXT));
    assert.deepEqual(found, [
      {
        level: "advisory",
        severity: "low",
        rule: "readable-policies",
        name: "later",
        message: "not verifiable: policy cannot be known before the update, which will judge it.",
      },
    ]);
  });

  it("judges the known statements of a partly unknown document, and names the rest in one advisory", async () => {
    const policy = document(
      {
        Sid: "Later",
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: [UNKNOWN_TEXT, "arn:aws:s3:::reports/*"],
      },
      { Sid: "Broad", Effect: "Allow", Action: "dynamodb:GetItem", Resource: "*" },
      {
        Sid: "Bound",
        Effect: "Allow",
        Action: "dynamodb:GetItem",
        Resource: "*",
        Condition: { StringEquals: { "aws:ResourceTag/Team": UNKNOWN_TEXT } },
      },
    );
    const found = await analyzer.analyze(rolePolicy("partly", policy));
    assert.deepEqual(brief(found), ["advisory readable-policies", "mandatory no-wildcard-grants"]);
    assert.equal(
      found[0]?.message,
      "not verifiable: policy.Statement[0].Resource[0], policy.Statement[2].Condition.StringEquals.aws:ResourceTag/Team cannot be known before the update, which will judge it.",
    );
  });

  it("makes what cannot be known a failure on a strict stack, by tag or by configuration", async () => {
    const later = rolePolicy("later", UNKNOWN_TEXT);
    await analyzer.tag({ "slipway:strict": "true" });
    assert.deepEqual(brief(await analyzer.analyze(later)), ["mandatory readable-policies"]);
    await analyzer.tag({ "slipway:strict": "false" });
    assert.deepEqual(brief(await analyzer.analyze(later)), ["advisory readable-policies"]);
    await analyzer.tag({ protected: "true" });
    await analyzer.configure({ "pack-settings": { strictStackTag: "protected" } });
    assert.deepEqual(brief(await analyzer.analyze(later)), ["mandatory readable-policies"]);
    await analyzer.tag({});
    await analyzer.configure({ "pack-settings": { strict: true } });
    assert.deepEqual(brief(await analyzer.analyze(later)), ["mandatory readable-policies"]);
  });

  it("judges a secret document and repeats nothing of it but the value complained of", async () => {
    const policy = { ...grant("dynamodb:GetItem", "*"), Id: "hush-1f3a" };
    const found = await analyzer.analyze(rolePolicy("secret", secret(JSON.stringify(policy))));
    assert.deepEqual(brief(found), ["mandatory no-wildcard-grants"]);
    const broken = await analyzer.analyze(rolePolicy("broken", secret(`{"Statement": hush-1f3a`)));
    assert.deepEqual(brief(broken), ["mandatory readable-policies"]);
    assert.ok(![...found, ...broken].some(({ message }) => message.includes("hush-1f3a")));
  });

  it("judges each document of a resource, and says which", async () => {
    const role = {
      type: "aws:iam/role:Role",
      name: "app",
      properties: {
        assumeRolePolicy: trust("*"),
        inlinePolicies: [
          { name: "a", policy: grant("s3:GetObject", "arn:aws:s3:::reports/*") },
          { name: "b", policy: grant("s3:GetObject", "*") },
        ],
        managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      },
    };
    const found = await analyzer.analyze(role);
    assert.deepEqual(
      found.map(({ rule, message }) => `${rule} ${message.split(":")[0] ?? ""}`),
      [
        "no-wildcard-grants inlinePolicies[1].policy",
        "no-open-trust assumeRolePolicy",
        "no-broad-managed-policies managedPolicyArns[0]",
      ],
    );
  });

  it("makes accounts that are not ours an error once it is told ours", async () => {
    const role = {
      type: "aws:iam/role:Role",
      name: "app",
      properties: { assumeRolePolicy: trust({ AWS: "arn:aws:iam::999999999999:role/app" }) },
    };
    assert.deepEqual(await analyzer.analyze(role), []);
    await analyzer.configure({ "pack-settings": { accounts: [ACCOUNT] } });
    assert.deepEqual(brief(await analyzer.analyze(role)), ["mandatory no-open-trust"]);
  });
});
