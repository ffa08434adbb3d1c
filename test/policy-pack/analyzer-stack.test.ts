import assert from "node:assert/strict";
import { Analyzer, UNKNOWN_TEXT, brief, rolePolicy, type Resource } from "./support/analyzer";
import { ACCOUNT, grant, trust } from "./support/documents";

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

    it("holds a role's trust against its boundary, by the boundary's name or, in a preview, by what it comes from", async () => {
      const trusting = trust({ AWS: `arn:aws:iam::${ACCOUNT}:role/jobs` }, undefined, [
        "sts:AssumeRole",
        "sts:TagSession",
      ]);
      const limit: Resource = {
        type: "aws:iam/policy:Policy",
        name: "limit",
        properties: {
          name: "app-limit",
          path: "/limits/",
          policy: JSON.stringify(
            grant("s3:GetObject", "arn:aws:s3:::data/${aws:PrincipalTag/Application}/*"),
          ),
        },
      };
      const role = (permissionsBoundary: string): Resource => ({
        ...ROLE,
        properties: { name: "app", assumeRolePolicy: trusting, permissionsBoundary },
        dependsOn: { permissionsBoundary: ["limit"] },
      });
      for (const [arn, expected] of [
        [`arn:aws:iam::${ACCOUNT}:policy/limits/app-limit`, ["mandatory role-reach"]],
        [`arn:aws:iam::${ACCOUNT}:policy/app-limit`, []],
        [UNKNOWN_TEXT, ["mandatory role-reach"]],
      ] as const)
        assert.deepEqual(brief(await analyzer.analyzeStack([role(arn), limit])), expected, arn);
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
