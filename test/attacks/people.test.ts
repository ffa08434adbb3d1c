import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { planApplicationAccess } from "../../access/application-access";
import type { Application } from "../../definitions/application";
import { planApplication } from "../../delivery/plan-application";
import type { PolicyDocument } from "../../iam/document";
import * as names from "../../names";
import { isLeft } from "../support/guardrails";
import { application, cicdSettings, platform } from "../support/platform";
import { allows, anyAllows } from "../support/policy-evaluator";

/** A session of a person, as IAM Identity Center makes it. */
interface Person {
  readonly permissionSet: string;
  readonly user: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

function rolesOf(name: string, people: NonNullable<Application["people"]>) {
  const plan = planApplication(platform, application(name, "ecs", { people }));
  const roles = planApplicationAccess(cicdSettings, plan).people;
  const roleOf = (roleName: string) => {
    const role = roles.find((candidate) => candidate.name === roleName);
    assert.ok(role);
    return role;
  };
  return {
    approver: roleOf(names.approverRoleName(name)),
    starter: roleOf(names.starterRoleName(name)),
  };
}

/** Whether the trust lets the person in, under the name that they give the new session. */
function takes(trust: PolicyDocument, person: Person, sessionName = person.user): boolean {
  const tags = Object.entries(person.attributes ?? {}).map(([key, value]) => [
    `aws:PrincipalTag/${key}`,
    value,
  ]);
  const role = `aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_${person.permissionSet}_0123456789abcdef`;
  return allows(trust, {
    action: "sts:AssumeRole",
    principal: names.rootArn(platform.cicd),
    context: {
      ...(Object.fromEntries(tags) as Record<string, string>),
      "aws:PrincipalArn": names.iamArn(platform.cicd, `role/${role}`),
      "aws:PrincipalOrgID": platform.organizationId,
      "aws:userid": `AROAEXAMPLEID:${person.user}`,
      "sts:RoleSessionName": sessionName,
    },
  });
}

describe("A person who wants to release alone", () => {
  const shop = rolesOf("shop", { approvers: { permissionSet: "ShopApprovers" } });
  const bank = rolesOf("bank", { approvers: { attributes: { Team: "bank" } } });
  const jane = { permissionSet: "ShopApprovers", user: "jane@example.com" };

  it("cannot start what they approve, nor approve what they start, in one role", () => {
    const pipeline = names.arn(platform.cicd, "codepipeline", "shop-main");
    const may = (
      policies: Readonly<Record<string, PolicyDocument>>,
      action: string,
      resource: string,
    ): boolean => anyAllows(Object.values(policies), { action, resource });
    const start = "codepipeline:StartPipelineExecution";
    const approve = "codepipeline:PutApprovalResult";
    assert.equal(may(shop.approver.policies, approve, `${pipeline}/Approve_Prod/Approve`), true);
    assert.equal(may(shop.approver.policies, start, pipeline), false);
    assert.equal(may(shop.starter.policies, start, pipeline), true);
    assert.equal(may(shop.starter.policies, approve, `${pipeline}/Approve_Prod/Approve`), false);
  });

  it("cannot start it as an administrator either", () => {
    const start = { action: "codepipeline:StartPipelineExecution" };
    assert.equal(isLeft("111111111111", "role/Admin", start), false);
    assert.equal(isLeft("111111111111", "role/slipway/people/shop-approver", start), false);
    assert.equal(isLeft("111111111111", "role/slipway/people/shop-starter", start), true);
  });

  it("approves under their own name and under no colleague's", () => {
    assert.equal(takes(shop.approver.trust, jane), true);
    assert.equal(takes(shop.approver.trust, jane, "joe@example.com"), false);
    assert.equal(takes(shop.approver.trust, jane, "jane"), false);
  });

  it("approves no other application's releases as a member of its permission set", () => {
    const joe = { permissionSet: "ReleaseApprovers", user: "joe@example.com" };
    assert.equal(takes(shop.approver.trust, joe), false);
    assert.equal(takes(bank.approver.trust, jane), false);
    assert.equal(takes(bank.approver.trust, joe), false);
    assert.equal(takes(bank.approver.trust, { ...joe, attributes: { Team: "shop" } }), false);
    assert.equal(takes(bank.approver.trust, { ...joe, attributes: { Team: "bank" } }), true);
  });
});
