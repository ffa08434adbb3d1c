import type { ApplicationPlan } from "../delivery/application-plan";
import { eventRules } from "../delivery/events";
import * as artifacts from "../iam/artifacts";
import type { PolicyDocument } from "../iam/document";
import * as topics from "../iam/topics";
import type { CicdSettings } from "../settings/settings";
import { type ApplicationAccess, planApplicationAccess, rolesOfApplication } from "./application-access";
import { type ChatAccess, planChatAccess } from "./chat-access";
import type { RolePlan } from "./role-plan";

/** Who may do what in the CI/CD account. */
export interface CicdAccess {
  readonly artifactBucket: PolicyDocument;
  readonly artifactKey: PolicyDocument;
  readonly notificationKey: PolicyDocument;
  readonly approvalTopic: PolicyDocument;
  readonly statusTopic: PolicyDocument;
  /** Absent where nobody is told in chat. */
  readonly chat?: ChatAccess;
  /** In the order of the plans. */
  readonly applications: readonly ApplicationAccess[];
}

export function planCicdAccess(settings: CicdSettings, plans: readonly ApplicationPlan[]): CicdAccess {
  const { platform } = settings;
  const ruleNames = eventRules(platform).map(({ name }) => name);
  const chat = planChatAccess(
    settings,
    plans.flatMap(({ chatRules }) => chatRules),
  );
  return {
    artifactBucket: artifacts.artifactBucketPolicy(platform),
    artifactKey: artifacts.artifactKeyPolicy(platform),
    notificationKey: artifacts.notificationKeyPolicy(platform),
    approvalTopic: topics.approvalTopicPolicy(platform),
    statusTopic: topics.statusTopicPolicy(platform, ruleNames),
    ...(chat && { chat }),
    applications: plans.map((plan) => planApplicationAccess(settings, plan)),
  };
}

/** Every role that is made in the CI/CD account. */
export function rolesOfCicd({ applications, chat }: CicdAccess): RolePlan[] {
  return [...applications.flatMap(rolesOfApplication), ...(chat ? [chat.role] : [])];
}
