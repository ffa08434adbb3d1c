import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import type { Exemption } from "../../policy-pack/lib/govern/exemptions";
import { judgeGrants } from "../../policy-pack/lib/judge/resource-grants";
import {
  Analyzer,
  UNKNOWN_TEXT,
  secret,
  severityOf,
  type Diagnostic,
  type Resource,
} from "./support/analyzer";
import { ACCOUNT, document, grant, trust } from "./support/documents";

const PACK = path.join(__dirname, "../../policy-pack");

function rolePolicy(name: string, policy: unknown): Resource {
  return { type: "aws:iam/rolePolicy:RolePolicy", name, properties: { role: "app", policy } };
}

/** `level rule` of every diagnostic. */
function brief(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ level, rule }) => `${level} ${rule}`);
}

describe("the pack as an analyzer", function () {
  this.timeout(120_000);
  let analyzer: Analyzer;

  before(async () => {
    execFileSync(process.execPath, [path.join(PACK, "build.mjs")]);
    analyzer = await Analyzer.start(PACK);
  });

  beforeEach(async () => {
    await analyzer.configure({});
    await analyzer.tag({});
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

  describe("over all resources of a stack", () => {
    const PASS = grant("iam:PassRole", "*", {
      StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" },
    });
    const CREATE = grant("lambda:CreateFunction", `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:app`);
    const ROLE: Resource = {
      type: "aws:iam/role:Role",
      name: "app-role",
      properties: { name: "app", assumeRolePolicy: trust({ Service: "ec2.amazonaws.com" }) },
    };
    const POLICY: Resource = {
      type: "aws:iam/policy:Policy",
      name: "create",
      properties: { arn: `arn:aws:iam::${ACCOUNT}:policy/create`, policy: JSON.stringify(CREATE) },
    };
    const ATTACHMENT: Resource = {
      type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      name: "attachment",
      properties: { role: "app", policyArn: `arn:aws:iam::${ACCOUNT}:policy/create` },
    };

    it("adds up what a role holds, by inline and attached policies", async () => {
      const [found, ...others] = await analyzer.analyzeStack([
        ROLE,
        rolePolicy("pass", PASS),
        POLICY,
        ATTACHMENT,
      ]);
      assert.deepEqual(others, []);
      assert.equal(
        `${found?.level ?? ""} ${found?.rule ?? ""} ${found?.name ?? ""}`,
        "mandatory role-reach app-role",
      );
      assert.match(found?.message ?? "", /pass, create: iam:PassRole together with lambda:CreateFunction/);
    });

    it("does so in a preview too, where names and ARNs are not known yet", async () => {
      const found = await analyzer.analyzeStack([
        { ...ROLE, properties: { ...ROLE.properties, name: UNKNOWN_TEXT } },
        {
          ...rolePolicy("pass", PASS),
          properties: { role: UNKNOWN_TEXT, policy: PASS },
          dependsOn: { role: ["app-role"] },
        },
        { ...POLICY, properties: { ...POLICY.properties, arn: UNKNOWN_TEXT } },
        {
          ...ATTACHMENT,
          properties: { role: UNKNOWN_TEXT, policyArn: UNKNOWN_TEXT },
          dependsOn: { role: ["app-role"], policyArn: ["create"] },
        },
      ]);
      assert.deepEqual(brief(found), ["mandatory role-reach"]);
    });

    it("does so for roles of aws-native", async () => {
      const found = await analyzer.analyzeStack([
        {
          type: "aws-native:iam:Role",
          name: "native-role",
          properties: {
            roleName: "app",
            assumeRolePolicyDocument: trust({ Service: "ec2.amazonaws.com" }),
            policies: [{ policyName: "pass", policyDocument: PASS }],
          },
        },
        {
          type: "aws-native:iam:ManagedPolicy",
          name: "create",
          properties: { roles: ["app"], policyDocument: CREATE },
        },
      ]);
      assert.deepEqual(
        found.map(({ level, rule, name }) => `${level} ${rule} ${name}`),
        ["mandatory role-reach native-role"],
      );
      assert.match(found[0]?.message ?? "", /pass, create: iam:PassRole together with lambda:CreateFunction/);
    });

    it("keeps apart what different roles hold", async () => {
      const other: Resource = {
        ...ROLE,
        name: "other-role",
        properties: { ...ROLE.properties, name: "other" },
      };
      const pass: Resource = { ...rolePolicy("pass", PASS), properties: { role: "other", policy: PASS } };
      assert.deepEqual(await analyzer.analyzeStack([ROLE, other, pass, POLICY, ATTACHMENT]), []);
    });

    it("takes a declared boundary for a boundary, until it is attached as permissions", async () => {
      await analyzer.configure({ "pack-settings": { boundaries: ["limit*"] } });
      const boundary: Resource = {
        type: "aws:iam/policy:Policy",
        name: "limit-of-app",
        properties: {
          arn: `arn:aws:iam::${ACCOUNT}:policy/create`,
          policy: JSON.stringify(grant("s3:*", "*")),
        },
      };
      assert.deepEqual(await analyzer.analyze(boundary), []);
      assert.deepEqual(await analyzer.analyzeStack([ROLE, boundary]), []);
      assert.deepEqual(brief(await analyzer.analyzeStack([ROLE, boundary, ATTACHMENT])), [
        "mandatory role-reach",
      ]);
    });
  });
});
