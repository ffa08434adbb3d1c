import assert from "node:assert/strict";
import { planGuardrails } from "../../../access/organization-access";
import type { Environment } from "../../../settings/settings";
import * as names from "../../../names";
import { dev, platform, prod } from "../../support/platform";
import { isLeft } from "../../support/guardrails";

describe("the guardrail of an environment's account", () => {
  const may = (role: string, action: string, resource?: string, keys: string[] = []): boolean =>
    isLeft(dev.accountId, `role/${role}`, {
      action,
      ...(resource !== undefined && { resource }),
      ...(keys.length > 0 && { context: { "aws:TagKeys": keys } }),
    });
  const door = "arn:aws:iam::222222222222:role/slipway/CICDCrossAccountRole";
  const made = "arn:aws:iam::222222222222:role/shop-dev-hello";

  it("keeps the door's trust to the platform", () => {
    assert.equal(may("Admin", "iam:UpdateAssumeRolePolicy", door), false);
    assert.equal(may("slipway-platform", "iam:UpdateAssumeRolePolicy", door), true);
  });

  it("keeps the boundary to the platform", () => {
    const boundary = "arn:aws:iam::222222222222:policy/slipway/slipway-boundary";
    assert.equal(may("Admin", "iam:CreatePolicyVersion", boundary), false);
  });

  it("lets the door and the platform pass execution roles, and nobody else", () => {
    const role = "arn:aws:iam::222222222222:role/slipway/execution/shop-cloudformation";
    assert.equal(may("slipway/CICDCrossAccountRole", "iam:PassRole", role), true);
    assert.equal(may("Admin", "iam:PassRole", role), false);
  });

  it("keeps the tag that the boundary reads to the platform and CloudFormation's roles, and leaves other tags alone", () => {
    assert.equal(may("Admin", "iam:TagRole", made, ["Application"]), false);
    assert.equal(may("Admin", "iam:UntagRole", made, ["CostCentre", "Application"]), false);
    assert.equal(may("Admin", "iam:TagRole", made, ["CostCentre"]), true);
    assert.equal(may("slipway/execution/shop-cloudformation", "iam:TagRole", made, ["Application"]), true);
  });

  it("keeps access to clusters to the platform", () => {
    assert.equal(may("Admin", "eks:CreateAccessEntry"), false);
    assert.equal(may("slipway-platform", "eks:CreateAccessEntry"), true);
  });
});

describe("the guardrail of a production account", () => {
  const may = (environment: Environment, role: string, action: string, resource?: string): boolean =>
    isLeft(environment.accountId, `role/${role}`, { action, ...(resource !== undefined && { resource }) });

  it("lets nobody deploy but the door, the execution roles and the platform", () => {
    for (const action of [
      "cloudformation:ExecuteChangeSet",
      "ecs:ExecuteCommand",
      "ecs:RunTask",
      "ecs:UpdateService",
      "lambda:AddPermission",
      "lambda:UpdateAlias",
      "lambda:UpdateFunctionCode",
    ]) {
      assert.equal(may(prod, "Admin", action), false, action);
      assert.equal(may(prod, "slipway/CICDCrossAccountRole", action), true, action);
      assert.equal(may(prod, "slipway/execution/shop-cloudformation", action), true, action);
      assert.equal(may(prod, "slipway-break-glass", action), true, action);
    }
  });

  it("keeps the roles of applications' functions, which lie outside /slipway/, to those who deploy them", () => {
    const made = "arn:aws:iam::444444444444:role/shop-prod-hello";
    for (const action of [
      "iam:PutRolePolicy",
      "iam:UpdateAssumeRolePolicy",
      "iam:PassRole",
      "iam:DeleteRole",
    ]) {
      assert.equal(may(prod, "Admin", action, made), false, action);
      assert.equal(may(prod, "shop-prod-hello", action, made), false, action);
      assert.equal(may(prod, "slipway/execution/shop-cloudformation", action, made), true, action);
      assert.equal(may(prod, "Admin", action, "arn:aws:iam::444444444444:role/backup"), true, action);
    }
  });

  it("leaves what runs to itself: functions are called, instances of a cluster report", () => {
    for (const action of [
      "lambda:InvokeFunction",
      "ecs:SubmitTaskStateChange",
      "cloudformation:SignalResource",
    ]) {
      assert.equal(may(prod, "shop-prod-hello", action), true, action);
    }
  });

  it("is stricter than that of other environments", () => {
    assert.equal(may(dev, "Admin", "lambda:UpdateFunctionCode"), true);
    assert.equal(
      may(dev, "Admin", "iam:PutRolePolicy", "arn:aws:iam::222222222222:role/shop-dev-hello"),
      true,
    );
  });
});

describe("every guardrail", () => {
  it("fits the 10,240 characters of a service control policy at the longest settings, and only denies", () => {
    const longest = {
      ...platform,
      cicd: { accountId: "111111111111", region: "us-gov-west-1" },
      environments: [{ ...prod, region: "us-gov-west-1", name: "e".repeat(names.limits.environmentName) }],
      platformRole: "p".repeat(names.limits.roleName),
      breakGlassRole: "b".repeat(names.limits.roleName),
    };
    for (const { key, document: guardrail } of planGuardrails(longest)) {
      assert.ok(JSON.stringify(guardrail).length <= 10_240, key);
      assert.deepEqual([...new Set(guardrail.Statement.map(({ Effect }) => Effect))], ["Deny"]);
      const sids = guardrail.Statement.map(({ Sid }) => Sid);
      assert.deepEqual(sids, [...new Set(sids)], key);
    }
  });

  it("leaves room on its account: with AWS's own, at most four of the five that an account may have", () => {
    const accounts = planGuardrails(platform).map(({ accountId }) => accountId);
    for (const accountId of accounts) {
      assert.ok(accounts.filter((other) => other === accountId).length <= 3, accountId);
    }
  });
});
