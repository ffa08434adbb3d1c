import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ChatAccess } from "../access/chat-access";
import type { ChannelPlan } from "../delivery/chat";
import { chatConfigurationName, platformTags } from "../names";
import { Role } from "./role";

export interface ChatChannelsArgs {
  readonly access: ChatAccess;
  /** What channels hear that are told of everything. */
  readonly statusTopicArn: pulumi.Input<string>;
}

/** The configurations of all chat channels, one for each, with the role that they share. */
export class ChatChannels extends pulumi.ComponentResource {
  constructor(name: string, args: ChatChannelsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:ChatChannels", name, {}, opts);
    const { access } = args;

    const role = new Role(access.role.key, { plan: access.role }, { parent: this });
    for (const plan of access.channels) makeConfiguration(plan, role, args, this);

    this.registerOutputs({});
  }
}

function makeConfiguration(
  plan: ChannelPlan,
  role: Role,
  { access, statusTopicArn }: ChatChannelsArgs,
  parent: pulumi.Resource,
): void {
  const name = chatConfigurationName(plan);
  const shared = {
    configurationName: name,
    iamRoleArn: role.roleArn,
    guardrailPolicyArns: [access.guardrailArn],
    // Who types a command works under a role of their own, not under the channel's; the guardrail limits both.
    userAuthorizationRequired: true,
    loggingLevel: "ERROR",
    snsTopicArns: plan.hearsStatus ? [statusTopicArn] : [],
    region: access.region,
    tags: platformTags,
  };
  switch (plan.service) {
    case "slack": {
      const { workspaceId: slackTeamId, id: slackChannelId } = plan;
      const args = { ...shared, slackTeamId, slackChannelId };
      new aws.chatbot.SlackChannelConfiguration(name, args, { parent });
      return;
    }
    case "teams": {
      // AWS takes the id as a link holds it.
      const { tenantId, teamId, id } = plan;
      const args = { ...shared, tenantId, teamId, channelId: encodeURIComponent(id) };
      new aws.chatbot.TeamsChannelConfiguration(name, args, { parent });
      return;
    }
    default:
      plan satisfies never;
  }
}
