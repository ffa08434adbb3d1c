import { z } from "zod";
import { refusal, refusalOf, unique } from "../input/shape";

/** The shape of `slipway:chat`, and of the ids that applications write as well. */

/**
 * A notification rule has at most ten targets, for both services together:
 * https://docs.aws.amazon.com/dtconsole/latest/userguide/limits.html
 */
const mostChannels = 5;

/** https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateSlackChannelConfiguration.html */
const slackChannel = z.string().regex(/^[CG][A-Z0-9]{8,20}$/, {
  error: refusal(
    "is not the id of a Slack channel.",
    "Allowed: C or G, then 8 to 20 capital letters and digits, as the channel's details show it at their end.",
  ),
});

/** https://docs.aws.amazon.com/chatbot/latest/APIReference/API_TeamsChannelConfiguration.html */
const teamsChannelId = /^19:[\w-]{1,128}@thread\.(tacv2|skype)$/;

const teamsChannel = z.string().regex(teamsChannelId, {
  error: ({ input }) => {
    // As a link holds it.
    const id = String(input).replace(/%3A/i, ":").replace("%40", "@");
    return refusalOf(
      input,
      "is not the id of a channel of Microsoft Teams.",
      ...(teamsChannelId.test(id) ? [`Write it as ${id}.`] : []),
      "Allowed: 19:, then letters, digits, _ and -, then @thread.tacv2.",
    );
  },
});

function channels(channel: z.ZodString): z.ZodArray<z.ZodString> {
  return unique(z.array(channel).max(mostChannels));
}

export const slackChannels = channels(slackChannel);
export const teamsChannels = channels(teamsChannel);

function uuid(what: string): z.ZodString {
  return z.string().regex(/^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/, {
    error: refusal(
      `is not the id of ${what}.`,
      "Allowed: 8, 4, 4, 4 and 12 hexadecimal digits with hyphens between them, as the link to a channel holds it.",
    ),
  });
}

export const chat = z
  .strictObject({
    slack: z
      .strictObject({
        workspaceId: z
          .string()
          .regex(/^T[A-Z0-9]{8,20}$/, {
            error: refusal(
              "is not the id of a Slack workspace.",
              "Allowed: T, then 8 to 20 capital letters and digits, as the console of AWS's chat application shows it.",
            ),
          })
          .describe("The id of the Slack workspace, for example T07EA123LEP."),
        approvals: slackChannels.default([]),
        status: slackChannels.default([]),
      })
      .exactOptional(),
    teams: z
      .strictObject({
        tenantId: uuid("a Microsoft tenant").describe("The id of the Microsoft tenant."),
        teamId: uuid("a team of Microsoft Teams").describe("The id of the team."),
        approvals: teamsChannels.default([]),
        status: teamsChannels.default([]),
      })
      .exactOptional(),
  })
  .refine((written) => Object.keys(written).length > 0, {
    // A key of another name is a fault of its own.
    when: ({ issues }) => issues.length === 0,
    error:
      "Nothing says where.\nAllowed: slack, teams or both; leave slipway:chat out, and nobody is told in chat.",
  });
