import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { planCicdAccess, rolesOfCicd } from "../../access/cicd-access";
import { planApplication } from "../../delivery/plan-application";
import { document } from "../../iam/document";
import * as names from "../../names";
import { isLeft } from "../support/guardrails";
import { application, cicdSettings, platform } from "../support/platform";
import { allows, anyAllows } from "../support/policy-evaluator";
import { roleText } from "./rights";

const chat = { slack: { workspaceId: "T07EA123LEP", approvals: ["C0000000001"], status: [] } };
const settings = { ...cicdSettings, platform: { ...platform, chat } };
const shop = application("shop", "ecs", { chat: { slack: ["C07EZ1ABC23"] } });
const access = planCicdAccess(settings, [planApplication(settings.platform, shop)]);
const chatRole = access.chat?.role;

/** AWS's managed policy of that name. */
const denyAll = document({ Sid: "DenyAll", Effect: "Deny", Action: ["*"], Resource: ["*"] });
const administrator = document({ Sid: "Everything", Effect: "Allow", Action: ["*"], Resource: ["*"] });
const approval = {
  action: "codepipeline:PutApprovalResult",
  resource: "arn:aws:codepipeline:eu-west-1:111111111111:shop-main/Approve_Prod/Approve",
};

describe("the role of the chat channels", () => {
  it("is there only where somebody is told in chat", () => {
    assert.equal(planCicdAccess(cicdSettings, []).chat, undefined);
    assert.deepEqual(
      rolesOfCicd(planCicdAccess(cicdSettings, [])).map(({ name }) => name),
      [],
    );
    assert.equal(rolesOfCicd(access).at(-1), chatRole);
  });

  it("has these rights: none", () => {
    assert.ok(chatRole);
    assert.equal(
      roleText(chatRole),
      [
        "role /slipway/chat/slipway-chat",
        "session 3600 s",
        "tag ManagedBy=slipway",
        "trust",
        "  Allow AssumedByService",
        "    who chatbot.amazonaws.com",
        "    may sts:AssumeRole",
        "    if StringEquals aws:SourceAccount 111111111111",
      ].join("\n"),
    );
  });

  it("is taken by the chat application for this account alone", () => {
    assert.ok(chatRole);
    const takes = (principal: string, account: string): boolean =>
      allows(chatRole.trust, {
        action: "sts:AssumeRole",
        principal,
        context: { "aws:SourceAccount": account },
      });
    assert.equal(takes("chatbot.amazonaws.com", "111111111111"), true);
    assert.equal(takes("chatbot.amazonaws.com", "222222222222"), false);
    assert.equal(takes("codepipeline.amazonaws.com", "111111111111"), false);
    assert.equal(takes(names.rootArn(platform.cicd), "111111111111"), false);
  });

  it("asks for no source key where the setting says that AWS sends none", () => {
    const without = planCicdAccess({ ...settings, confusedDeputyConditions: false }, [
      planApplication(settings.platform, shop),
    ]);
    assert.equal(without.chat?.role.trust.Statement[0]?.Condition, undefined);
  });
});

describe("nobody approves from chat", () => {
  it("under the channel's role, which has no policy", () => {
    assert.equal(anyAllows(Object.values(chatRole?.policies ?? {}), approval), false);
  });

  it("under any other role that a member might bring along: the channel's guardrail denies everything", () => {
    assert.equal(access.chat?.guardrailArn, "arn:aws:iam::aws:policy/AWSDenyAll");
    assert.equal(anyAllows([administrator, denyAll], approval), false);
    assert.equal(anyAllows([administrator], approval), true);
  });

  it("by the chat application as an approver: no role for people trusts it", () => {
    const people = access.applications.flatMap((one) => one.people);
    assert.ok(people.length > 0);
    for (const { name, trust } of people) {
      const request = {
        action: "sts:AssumeRole",
        principal: "chatbot.amazonaws.com",
        context: { "aws:SourceAccount": "111111111111" },
      };
      assert.equal(allows(trust, request), false, name);
    }
  });

  it("even if the channel's role were given every right: the organization's guardrail keeps approving to approvers", () => {
    assert.equal(isLeft("111111111111", "role/slipway/chat/slipway-chat", approval), false);
    assert.equal(isLeft("111111111111", "role/slipway/people/shop-approver", approval), true);
  });
});
