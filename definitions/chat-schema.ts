import { z } from "zod";
import { slackChannels, teamsChannels } from "../settings/chat-schema";

/** The shape of `chat`. */
export const chat = z
  .strictObject({
    slack: slackChannels
      .min(1)
      .describe("Ids of channels in the platform's Slack workspace, at most 5.")
      .exactOptional(),
    teams: teamsChannels
      .min(1)
      .describe("Ids of channels in the platform's team of Microsoft Teams, at most 5.")
      .exactOptional(),
  })
  .refine((written) => Object.keys(written).length > 0, {
    // A key of another name is a fault of its own.
    when: ({ issues }) => issues.length === 0,
    error: "Nothing says which channel.\nAllowed: slack, teams or both.",
  })
  .meta({
    description: "Channels of the team, told of this application's releases and of approvals that wait.",
    minProperties: 1,
  });
