import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { edited, project, testMessages, type FaultySettings } from "../support/edited-settings";
import { settingsOf } from "../support/settings";

const slackForm =
  "  Allowed: C or G, then 8 to 20 capital letters and digits, as the channel's details show it at their end.";
const uuidForm =
  "  Allowed: 8, 4, 4, 4 and 12 hexadecimal digits with hyphens between them, as the link to a channel holds it.";
const withChat = (...lines: readonly string[]) =>
  project(
    "\n  slipway:people:",
    `\n  slipway:chat:\n    value:\n${lines.map((line) => `      ${line}\n`).join("")}\n  slipway:people:`,
  );
const slack = "slack: { workspaceId: T07EA123LEP, approvals: [C07EZ1ABC23] }";

/** What the platform says of chat. */
const cases: readonly FaultySettings[] = [
  {
    name: "a workspace by its name, a channel by its name and a channel twice",
    files: edited(
      withChat(
        "slack:",
        "  workspaceId: example",
        '  approvals: ["#releases"]',
        "  status: [C07EZ1ABC23, C07EZ1ABC23]",
      ),
    ),
    expected: [
      'Pulumi.yaml:66:22: slipway:chat.slack.workspaceId: "example" is not the id of a Slack workspace.',
      "  Allowed: T, then 8 to 20 capital letters and digits, as the console of AWS's chat application shows it.",
      "",
      'Pulumi.yaml:67:21: slipway:chat.slack.approvals[0]: "#releases" is not the id of a Slack channel.',
      slackForm,
      "",
      'Pulumi.yaml:68:31: slipway:chat.slack.status[1]: "C07EZ1ABC23" is listed twice.',
      "  Remove one.",
    ],
  },
  {
    name: "a team without its tenant, and an id that is none",
    files: edited(withChat("teams:", "  teamId: releases")),
    expected: [
      "Pulumi.yaml:66:9: slipway:chat.teams.tenantId is missing.",
      "  Wanted: The id of the Microsoft tenant.",
      "",
      'Pulumi.yaml:66:17: slipway:chat.teams.teamId: "releases" is not the id of a team of Microsoft Teams.',
      uuidForm,
    ],
  },
  {
    name: "a service that is none",
    files: edited(withChat(slack, "chime: {}")),
    expected: ['Pulumi.yaml:66:7: "chime" is not a known key of slipway:chat.', "  Allowed: slack, teams."],
  },
  {
    name: "nothing at all",
    files: edited(project("\n  slipway:people:", "\n  slipway:chat:\n    value: {}\n\n  slipway:people:")),
    expected: [
      "Pulumi.yaml:64:12: slipway:chat: Nothing says where.",
      "  Allowed: slack, teams or both; leave slipway:chat out, and nobody is told in chat.",
    ],
  },
];

describe("config: where the platform speaks in chat is read, or what is wrong is said", () => {
  testMessages(cases);

  it("and what is said rightly is read as it is written", async () => {
    const { settings } = await settingsOf(edited(withChat(slack)), "cicd");
    assert.deepEqual(settings?.platform.chat, {
      slack: { workspaceId: "T07EA123LEP", approvals: ["C07EZ1ABC23"], status: [] },
    });
  });
});
