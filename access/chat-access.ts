import { type ChannelPlan, chatRegion, type ChatRule, planChannels } from "../delivery/chat";
import { chatGuardrailArn, chatTrust } from "../iam/chat";
import * as names from "../names";
import type { CicdSettings } from "../settings/settings";
import { type RolePlan, shortestSession } from "./role-plan";

/** The chat channels of the CI/CD account, and what may be done there: nothing. */
export interface ChatAccess {
  readonly channels: readonly ChannelPlan[];
  /** Where their configurations are made. */
  readonly region: string;
  readonly role: RolePlan;
  /** ARN of the policy that limits every member of every channel. */
  readonly guardrailArn: string;
}

/** Absent where nobody is told in chat. */
export function planChatAccess(settings: CicdSettings, rules: readonly ChatRule[]): ChatAccess | undefined {
  const { platform, confusedDeputyConditions } = settings;
  const channels = planChannels(platform, rules);
  if (channels.length === 0) return undefined;
  return {
    channels,
    region: chatRegion(platform),
    role: {
      key: names.chatRoleName,
      name: names.chatRoleName,
      path: names.paths.chat,
      description: "Chat channels of all pipelines; may do nothing",
      trust: chatTrust(platform, confusedDeputyConditions),
      policies: {},
      tags: names.platformTags,
      maxSessionSeconds: shortestSession,
    },
    guardrailArn: chatGuardrailArn(platform),
  };
}
