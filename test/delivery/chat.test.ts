import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Application } from "../../definitions/application";
import { chatRegion, type ChatRule, planChannels } from "../../delivery/chat";
import { planApplication } from "../../delivery/plan-application";
import type { Chat, Platform } from "../../settings/settings";
import { application, platform, track } from "../support/platform";

const slack = { workspaceId: "T07EA123LEP", approvals: [], status: [] };
const teams = {
  tenantId: "00000000-0000-4000-8000-000000000001",
  teamId: "00000000-0000-4000-8000-000000000002",
  approvals: [],
  status: [],
};
const on = (chat: Chat): Platform => ({ ...platform, chat });
const rulesOf = (of: Platform, changes: Partial<Application> = {}, name = "shop"): readonly ChatRule[] =>
  planApplication(of, application(name, "ecs", changes)).chatRules;

const waiting = "codepipeline-pipeline-manual-approval-needed";
const ended = [
  "codepipeline-pipeline-pipeline-execution-failed",
  "codepipeline-pipeline-pipeline-execution-canceled",
  "codepipeline-pipeline-pipeline-execution-succeeded",
];
const arn = (name: string): string => `arn:aws:chatbot::111111111111:chat-configuration/${name}`;
/** A rule in short: its name, then what it tells of, then where. */
const short = ({ name, eventTypeIds, channels }: ChatRule) => [
  name,
  eventTypeIds,
  channels.map(({ id }) => id),
];

describe("what chat channels hear", () => {
  it("is nothing where neither application nor platform names one", () => {
    assert.deepEqual(rulesOf(platform), []);
    assert.deepEqual(rulesOf(on({ slack, teams })), []);
    assert.deepEqual(planChannels(platform, []), []);
    assert.deepEqual(planChannels(on({ slack, teams }), []), []);
  });

  it("is, in an application's channels, how its own pipelines end, and that they wait for an approval", () => {
    const chat = { slack: ["C07EZ1ABC23"], teams: ["19:E2a7-x_9@thread.tacv2"] };
    assert.deepEqual(rulesOf(on({ slack, teams }), { chat }), [
      {
        name: "shop-main",
        pipelineArn: "arn:aws:codepipeline:eu-west-1:111111111111:shop-main",
        eventTypeIds: [waiting, ...ended],
        channels: [
          {
            service: "slack",
            id: "C07EZ1ABC23",
            workspaceId: "T07EA123LEP",
            configurationArn: arn("slack-channel/slipway-C07EZ1ABC23"),
          },
          {
            service: "teams",
            id: "19:E2a7-x_9@thread.tacv2",
            tenantId: teams.tenantId,
            teamId: teams.teamId,
            configurationArn: arn("microsoft-teams-channel/slipway-teams-8070ef36647270e2"),
          },
        ],
      },
    ]);
  });

  it("holds no approval where a pipeline asks for none", () => {
    const changes = {
      chat: { slack: ["C07EZ1ABC23"] },
      tracks: [track("main", ["dev"]), track("prod", ["prod"])],
      pullRequests: { branches: ["main"] },
    };
    assert.deepEqual(rulesOf(on({ slack }), changes).map(short), [
      ["shop-main", ended, ["C07EZ1ABC23"]],
      ["shop-prod", [waiting, ...ended], ["C07EZ1ABC23"]],
      ["shop-pr", ended, ["C07EZ1ABC23"]],
    ]);
  });

  it("is, in the platform's channels for approvals, those of every application", () => {
    const chat = { slack: { ...slack, approvals: ["C0000000001", "C0000000002"] } };
    const tracks = [track("main", ["dev"]), track("prod", ["prod"])];
    assert.deepEqual(rulesOf(on(chat), { tracks }).map(short), [
      ["shop-prod_approvals", [waiting], ["C0000000001", "C0000000002"]],
    ]);
  });

  it("goes to nobody of a service that the platform does not use", () => {
    const chat = { slack: ["C07EZ1ABC23"], teams: ["19:E2a7-x_9@thread.tacv2"] };
    assert.deepEqual(rulesOf(on({ slack }), { chat }).map(short), [
      ["shop-main", [waiting, ...ended], ["C07EZ1ABC23"]],
    ]);
  });
});

describe("the channels of an account", () => {
  const chat = { slack: { ...slack, approvals: ["C0000000003"], status: ["C0000000001"] }, teams };
  const rules = ["shop", "bank"].flatMap((name) =>
    rulesOf(on(chat), { chat: { slack: ["C0000000002", "C0000000001"] } }, name),
  );

  it("are configured once, however many speak there", () => {
    assert.deepEqual(
      planChannels(on(chat), rules).map(({ id, hearsStatus }) => [id, hearsStatus]),
      [
        ["C0000000001", true],
        ["C0000000002", false],
        ["C0000000003", false],
      ],
    );
  });

  it("hear the status topic where the platform says so, even if no application speaks there", () => {
    assert.deepEqual(
      planChannels(on(chat), []).map(({ id, hearsStatus }) => [id, hearsStatus]),
      [["C0000000001", true]],
    );
  });

  it("are made in the region of the pipelines where AWS takes calls there, else in Ohio", () => {
    const inRegion = (region: string): string =>
      chatRegion({ ...platform, cicd: { ...platform.cicd, region } });
    assert.equal(inRegion("eu-west-1"), "eu-west-1");
    assert.equal(inRegion("ap-southeast-1"), "ap-southeast-1");
    assert.equal(inRegion("eu-central-1"), "us-east-2");
  });
});
