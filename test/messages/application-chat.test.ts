import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { platform, problemsHere, shop, testMessages, type FaultyFile } from "../support/application-files";
import { inFolder } from "../support/settings";

const slackForm =
  "  Allowed: C or G, then 8 to 20 capital letters and digits, as the channel's details show it at their end.";
const teamsForm = "  Allowed: 19:, then letters, digits, _ and -, then @thread.tacv2.";
const withChat = (...lines: readonly string[]): string =>
  `${shop}chat:\n${lines.map((line) => `  ${line}\n`).join("")}`;

/** What an application says of its channels. */
const cases: readonly FaultyFile[] = [
  [
    "the name of a channel, a direct message and an id in small letters, and a channel twice",
    withChat('slack: ["#shop", D07EZ1ABC23, c07ez1abc23, C07EZ1ABC23, C07EZ1ABC23]'),
    '22:11: chat.slack[0]: "#shop" is not the id of a Slack channel.',
    slackForm,
    "",
    '22:20: chat.slack[1]: "D07EZ1ABC23" is not the id of a Slack channel.',
    slackForm,
    "",
    '22:33: chat.slack[2]: "c07ez1abc23" is not the id of a Slack channel.',
    slackForm,
    "",
    '22:59: chat.slack[4]: "C07EZ1ABC23" is listed twice.',
    "  Remove one.",
  ],
  [
    "a channel of Teams as its link holds it, and as people call it",
    withChat('teams: ["19%3aE2a7-x_9%40thread.tacv2", General]'),
    '22:11: chat.teams[0]: "19%3aE2a7-x_9%40thread.tacv2" is not the id of a channel of Microsoft Teams.',
    "  Write it as 19:E2a7-x_9@thread.tacv2.",
    teamsForm,
    "",
    '22:43: chat.teams[1]: "General" is not the id of a channel of Microsoft Teams.',
    teamsForm,
  ],
  [
    "no channel, no list, and a service that is none",
    withChat("slack: []", "teams: 19:a@thread.tacv2", "discord: [C07EZ1ABC23]"),
    "22:10: chat.slack: The list has no entries; at least 1 entry is wanted.",
    "",
    '23:10: chat.teams: "19:a@thread.tacv2" is text; a list is wanted.',
    "",
    '24:3: "discord" is not a known key of chat.',
    "  Allowed: slack, teams.",
  ],
  [
    "nothing at all",
    `${shop}chat: {}\n`,
    "21:7: chat: Nothing says which channel.",
    "  Allowed: slack, teams or both.",
  ],
  [
    "more channels than a notification rule has targets",
    withChat(`slack: [${[1, 2, 3, 4, 5, 6].map((digit) => `C0000000${digit}`).join(", ")}]`),
    "22:10: chat.slack: The list has 6 entries; at most 5 entries are wanted.",
  ],
];

describe("application files: channels that are not named rightly are said with place and remedy", () => {
  testMessages(cases);

  const both = withChat("slack: [C07EZ1ABC23]", 'teams: ["19:E2a7-x_9@thread.tacv2"]');
  const slack = { workspaceId: "T07EA123LEP", approvals: [], status: [] };
  const teams = {
    tenantId: "00000000-0000-4000-8000-000000000001",
    teamId: "00000000-0000-4000-8000-000000000002",
    approvals: [],
    status: [],
  };
  const problemsOn = (chat: NonNullable<typeof platform.chat>): string =>
    inFolder({ "applications/shop.yaml": both }, () => problemsHere({ ...platform, chat }));
  const noSlack = [
    "applications/shop.yaml:22:10: chat.slack: the platform has no Slack workspace.",
    "  Remove it; or the platform team adds slack to slipway:chat in Pulumi.yaml.",
  ];
  const noTeams = [
    "applications/shop.yaml:23:10: chat.teams: the platform has no team of Microsoft Teams.",
    "  Remove it; or the platform team adds teams to slipway:chat in Pulumi.yaml.",
  ];

  it("channels where the platform speaks in no workspace and no team", () => {
    assert.equal(problemsOn({}), [...noSlack, "", ...noTeams].join("\n"));
    assert.equal(
      inFolder({ "applications/shop.yaml": both }, () => problemsHere(platform)),
      [...noSlack, "", ...noTeams].join("\n"),
    );
    assert.equal(problemsOn({ slack }), noTeams.join("\n"));
    assert.equal(problemsOn({ teams }), noSlack.join("\n"));
  });

  it("but not where it speaks in both, nor where the settings are not right themselves", () => {
    assert.equal(problemsOn({ slack, teams }), "");
    assert.equal(
      inFolder({ "applications/shop.yaml": both }, () => problemsHere(undefined)),
      "",
    );
  });
});
