import * as pulumi from "@pulumi/pulumi";
import { type CicdAccess, planCicdAccess } from "../access/cicd-access";
import { ApplicationDelivery } from "../components/application-delivery";
import { ArtifactBucket } from "../components/artifact-bucket";
import { ChatChannels } from "../components/chat-channels";
import { EncryptionKey } from "../components/encryption-key";
import { EventRules, Topic } from "../components/notifications";
import { SourceConnection } from "../components/source-connection";
import type { Application } from "../definitions/application";
import { eventRules } from "../delivery/events";
import { planApplication } from "../delivery/plan-application";
import * as names from "../names";
import type { CicdSettings, Platform } from "../settings/settings";

/** The CI/CD account: what all pipelines share, then each application's own. Returns the stack's outputs. */
export function cicdStack(
  settings: CicdSettings,
  applications: readonly Application[],
): Record<string, unknown> {
  const { platform } = settings;
  const access = planCicdAccess(
    settings,
    applications.map((application) => planApplication(platform, application)),
  );

  const { artifactKey, notificationKey } = makeKeys(access);
  const bucket = new ArtifactBucket("artifacts", {
    bucketName: names.artifactBucketName(platform),
    policy: access.artifactBucket,
    keyArn: artifactKey.keyArn,
    retentionDays: settings.artifactRetentionDays,
  });
  const connection = new SourceConnection("source", { connection: settings.connection });

  const notifications = makeNotifications(platform, access, notificationKey.keyArn);
  const deliveries = access.applications.map(
    (application) =>
      new ApplicationDelivery(application.plan.application, {
        access: application,
        logRetentionDays: settings.logRetentionDays,
        connectionArn: connection.connectionArn,
        artifactBucket: bucket.bucketName,
        artifactKeyArn: artifactKey.keyArn,
        approvalTopicArn: names.arn(platform.cicd, "sns", names.approvalTopicName),
        ...notifications,
      }),
  );

  return {
    artifactBucket: bucket.bucketName,
    artifactKeyArn: artifactKey.keyArn,
    connectionArn: connection.connectionArn,
    pipelines: pulumi
      .all(deliveries.map((delivery) => delivery.pipelineNames))
      .apply((lists) => lists.flat()),
  };
}

/** Two keys: EventBridge must be able to use the one of the topics, and has no business with artifacts. */
function makeKeys(access: CicdAccess): { artifactKey: EncryptionKey; notificationKey: EncryptionKey } {
  return {
    artifactKey: new EncryptionKey("artifact-key", {
      description: "Slipway: artifacts of all pipelines",
      alias: names.artifactKeyAlias,
      policy: access.artifactKey,
    }),
    notificationKey: new EncryptionKey("notification-key", {
      description: "Slipway: notification topics",
      alias: names.notificationKeyAlias,
      policy: access.notificationKey,
    }),
  };
}

/** The topics of approvals and of releases, with the rules that fill the latter, and the chat channels, if there are any. */
function makeNotifications(
  platform: Platform,
  access: CicdAccess,
  keyArn: pulumi.Input<string>,
): { readonly statusTopicArn: pulumi.Output<string>; readonly chatChannels?: ChatChannels } {
  new Topic("approvals", {
    topicName: names.approvalTopicName,
    displayName: "Slipway approvals",
    policy: access.approvalTopic,
    keyArn,
    emails: platform.notifications.approvals,
  });
  const status = new Topic("status", {
    topicName: names.statusTopicName,
    displayName: "Slipway releases",
    policy: access.statusTopic,
    keyArn,
    emails: platform.notifications.status,
  });
  new EventRules("events", { rules: eventRules(platform), topicArn: status.topicArn });
  const statusTopicArn = status.topicArn;
  if (access.chat === undefined) return { statusTopicArn };
  return { statusTopicArn, chatChannels: new ChatChannels("chat", { access: access.chat, statusTopicArn }) };
}
