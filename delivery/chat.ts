import type { Application } from "../definitions/application";
import * as names from "../names";
import { chatRegions } from "../settings/regions";
import type { MicrosoftTeam, Platform, SlackWorkspace } from "../settings/settings";
import type { PipelinePlan } from "./application-plan";

/** A channel, and where it is. */
export type Channel = SlackChannel | TeamsChannel;

interface ConfiguredChannel extends names.ChatChannel {
  readonly configurationArn: string;
}

interface SlackChannel extends ConfiguredChannel {
  readonly service: "slack";
  readonly workspaceId: string;
}

interface TeamsChannel extends ConfiguredChannel {
  readonly service: "teams";
  readonly tenantId: string;
  readonly teamId: string;
}

/**
 * One notification rule: which events of a pipeline some channels hear of, in AWS's own words and with the text of an
 * approval. EventBridge and a topic would carry neither that text nor more than 300 rules on a bus.
 */
export interface ChatRule {
  readonly name: string;
  readonly pipelineArn: string;
  /** https://docs.aws.amazon.com/dtconsole/latest/userguide/concepts.html#events-ref-pipeline */
  readonly eventTypeIds: readonly string[];
  /** At most ten. */
  readonly channels: readonly Channel[];
}

const waiting = "codepipeline-pipeline-manual-approval-needed";
const ended = ["failed", "canceled", "succeeded"].map(
  (state) => `codepipeline-pipeline-pipeline-execution-${state}`,
);

/** The application's channels hear of everything in its pipelines, the platform's of approvals. */
export function chatRules(
  platform: Platform,
  application: Application,
  pipelines: readonly PipelinePlan[],
): ChatRule[] {
  const own = channelsOf(platform, application.chat);
  const approvals = channelsOf(platform, platformIds(platform, "approvals"));
  return pipelines.flatMap((pipeline) => {
    const pipelineArn = names.arn(platform.cicd, "codepipeline", pipeline.name);
    const asks = pipeline.stages.some(({ actions }) => actions.some(({ kind }) => kind === "approval"));
    return [
      {
        name: names.chatRuleName(pipeline.name),
        pipelineArn,
        eventTypeIds: [...(asks ? [waiting] : []), ...ended],
        channels: own,
      },
      {
        name: names.approvalChatRuleName(pipeline.name),
        pipelineArn,
        eventTypeIds: asks ? [waiting] : [],
        channels: approvals,
      },
    ].filter(({ channels, eventTypeIds }) => channels.length > 0 && eventTypeIds.length > 0);
  });
}

/** AWS's configuration of one channel: an account has one for each, however many applications speak there. */
export type ChannelPlan = Channel & {
  /** Whether everything that the status topic is told is told here as well. */
  readonly hearsStatus: boolean;
};

/** Every channel that anybody speaks to, in the order of their names. */
export function planChannels(platform: Platform, rules: readonly ChatRule[]): ChannelPlan[] {
  const status = channelsOf(platform, platformIds(platform, "status"));
  const statusNames = status.map(names.chatConfigurationName);
  const channels = new Map(
    [...status, ...rules.flatMap((rule) => rule.channels)].map((channel) => [
      names.chatConfigurationName(channel),
      channel,
    ]),
  );
  return [...channels]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, channel]) => ({ ...channel, hearsStatus: statusNames.includes(name) }));
}

/** Where the configurations are made: AWS keeps them for all regions, but does not take calls in each. */
export function chatRegion({ cicd }: Platform): string {
  return chatRegions.find((region) => region === cicd.region) ?? "us-east-2";
}

interface Ids {
  readonly slack?: readonly string[];
  readonly teams?: readonly string[];
}

function platformIds({ chat }: Platform, kind: "approvals" | "status"): Ids {
  return { slack: chat?.slack?.[kind] ?? [], teams: chat?.teams?.[kind] ?? [] };
}

/** Nothing of a service that the platform does not use. */
function channelsOf({ cicd, chat }: Platform, ids: Ids = {}): Channel[] {
  return [
    ...slackChannels(cicd, chat?.slack, ids.slack ?? []),
    ...teamsChannels(cicd, chat?.teams, ids.teams ?? []),
  ];
}

function slackChannels(
  cicd: names.Account,
  workspace: SlackWorkspace | undefined,
  ids: readonly string[],
): SlackChannel[] {
  if (workspace === undefined) return [];
  const { workspaceId } = workspace;
  return ids.map((id) => ({ ...configured(cicd, { service: "slack", id }), workspaceId }));
}

function teamsChannels(
  cicd: names.Account,
  team: MicrosoftTeam | undefined,
  ids: readonly string[],
): TeamsChannel[] {
  if (team === undefined) return [];
  const { tenantId, teamId } = team;
  return ids.map((id) => ({ ...configured(cicd, { service: "teams", id }), tenantId, teamId }));
}

function configured<Channel extends names.ChatChannel>(
  cicd: names.Account,
  channel: Channel,
): Channel & ConfiguredChannel {
  return { ...channel, configurationArn: names.chatConfigurationArn(cicd, channel) };
}
