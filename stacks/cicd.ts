import * as pulumi from "@pulumi/pulumi";
import { ApplicationDelivery } from "../components/application-delivery";
import { ArtifactBucket } from "../components/artifact-bucket";
import { EncryptionKey } from "../components/encryption-key";
import { EventRules, Topic } from "../components/notifications";
import { SourceConnection } from "../components/source-connection";
import type { Application } from "../definitions/application";
import { planApplication } from "../delivery/delivery-plan";
import { eventRules } from "../delivery/events";
import * as artifacts from "../iam/artifacts";
import * as topics from "../iam/topics";
import * as names from "../names";
import type { CicdSettings } from "../settings/settings";

/** The CI/CD account: what all pipelines share, then each application's own. Returns the stack's outputs. */
export function cicdStack(
  settings: CicdSettings,
  applications: readonly Application[],
): Record<string, unknown> {
  const { platform } = settings;

  const artifactKey = new EncryptionKey("artifact-key", {
    description: "Slipway: artifacts of all pipelines",
    alias: names.artifactKeyAlias,
    policy: artifacts.artifactKeyPolicy(platform),
  });
  const notificationKey = new EncryptionKey("notification-key", {
    description: "Slipway: notification topics",
    alias: names.notificationKeyAlias,
    policy: artifacts.notificationKeyPolicy(platform),
  });
  const bucket = new ArtifactBucket("artifacts", {
    bucketName: names.artifactBucketName(platform),
    policy: artifacts.artifactBucketPolicy(platform),
    keyArn: artifactKey.keyArn,
    retentionDays: settings.artifactRetentionDays,
  });
  const connection = new SourceConnection("source", { connection: settings.connection });

  const rules = eventRules(platform);
  new Topic("approvals", {
    topicName: names.approvalTopicName,
    displayName: "Slipway approvals",
    policy: topics.approvalTopicPolicy(platform),
    keyArn: notificationKey.keyArn,
    emails: platform.notifications.approvals,
  });
  const status = new Topic("status", {
    topicName: names.statusTopicName,
    displayName: "Slipway releases",
    policy: topics.statusTopicPolicy(
      platform,
      rules.map((rule) => rule.name),
    ),
    keyArn: notificationKey.keyArn,
    emails: platform.notifications.status,
  });
  new EventRules("events", { rules, topicArn: status.topicArn });

  const deliveries = applications.map(
    (application) =>
      new ApplicationDelivery(application.name, {
        settings,
        application,
        plan: planApplication(platform, application),
        connectionArn: connection.connectionArn,
        artifactBucket: bucket.bucketName,
        artifactKeyArn: artifactKey.keyArn,
        approvalTopicArn: names.arn(platform.cicd, "sns", names.approvalTopicName),
        statusTopicArn: status.topicArn,
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
