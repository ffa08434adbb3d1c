import * as names from "../../names";
import type { Platform } from "../../settings/settings";
import { document, type PolicyDocument, type Statement } from "../document";
import { cicdExceptions, trustedRoles } from "./exceptions";
import { writesOf, writesOn } from "./service-writes";
import {
  type Guard,
  keepEvidence,
  passOnlyBy,
  rolesOnlyByThePlatform,
  sessionTagsOnlyBy,
  statementsOf,
} from "./statements";

/**
 * Service control policies: what not even an administrator of the accounts may do. Role paths and tags are credentials
 * here, so who could make or tag a role below /slipway/, or start a deploy job with another buildspec, would own the doors.
 * They do not bind the management account and service-linked roles:
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export function cicdGuardrail(platform: Platform): PolicyDocument {
  const trusted = trustedRoles(platform, platform.cicd);
  return document(
    rolesOnlyByThePlatform(platform, trusted),
    passOnlyBy(platform, trusted),
    sessionTagsOnlyBy([names.roleArn(platform.cicd, names.paths.deploy("*"), "*")]),
    ...guarded(platform, [
      {
        // The only user that belongs here is the one that breaks the glass; its name is the bootstrap's.
        sid: "UsersOnlyByThePlatform",
        actions: writesOn("iam", "user", "mfa", "sms-mfa"),
        resources: ["user", "mfa", "sms-mfa"].map((kind) => `arn:*:iam::*:${kind}/*`),
        may: trusted,
      },
      {
        sid: "ArtifactBucketOnlyByThePlatform",
        actions: writesOn("s3", "bucket", "object"),
        resources: [names.bucketArn(platform), `${names.bucketArn(platform)}/*`],
        may: trusted,
      },
      ...keys(platform, trusted),
    ]),
    keepEvidence(trusted),
  );
}

/** A document of its own: with the rest, it would be longer than AWS allows. */
export function pipelineGuardrail(platform: Platform): PolicyDocument {
  const may = trustedRoles(platform, platform.cicd);
  return document(
    ...guarded(platform, [
      {
        sid: "PipelinesOnlyByThePlatform",
        actions: [
          ...writesOf("codepipeline"),
          ...writesOf("codebuild"),
          ...writesOf("codeconnections"),
          ...writesOf("codestar-connections"),
          ...writesOf("codestar-notifications"),
        ],
        resources: ["*"],
        may,
      },
      {
        sid: "RepositoriesOnlyByThePlatform",
        actions: writesOn("ecr", "repository"),
        resources: [names.arn(platform.cicd, "ecr", `repository/${names.repositoryName("*")}`)],
        may,
      },
      {
        // Who is let into all repositories at once, what is scanned, what is copied in from elsewhere.
        sid: "RegistryOnlyByThePlatform",
        actions: writesOn("ecr"),
        resources: ["*"],
        may,
      },
      ...alarms(platform, may),
    ]),
  );
}

/**
 * Also where nobody is told in chat: a channel with a role and a guardrail of one's own would be a way into the account. A document
 * of its own for the same reason.
 */
export function chatGuardrail(platform: Platform): PolicyDocument {
  return document(
    ...guarded(platform, [
      {
        sid: "ChatOnlyByThePlatform",
        actions: writesOf("chatbot"),
        resources: ["*"],
        may: trustedRoles(platform, platform.cicd),
      },
    ]),
  );
}

function guarded(platform: Platform, guards: readonly Guard[]): Statement[] {
  const exceptions = cicdExceptions(platform);
  return guards.flatMap((guard) => statementsOf(guard, exceptions));
}

/** A key's id is not known before it exists, so its alias names it; hence nobody may move the alias either. */
function keys({ cicd }: Platform, may: readonly string[]): Guard[] {
  const aliases = [names.artifactKeyAlias, names.notificationKeyAlias];
  return [
    {
      sid: "KeysOnlyByThePlatform",
      actions: writesOn("kms", "key"),
      resources: [names.arn(cicd, "kms", "key/*")],
      may,
      condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": aliases } },
    },
    {
      sid: "KeyAliasesOnlyByThePlatform",
      actions: writesOn("kms", "alias"),
      resources: aliases.map((alias) => names.arn(cicd, "kms", alias)),
      may,
    },
  ];
}

function alarms({ cicd }: Platform, may: readonly string[]): Guard[] {
  return [
    {
      sid: "AlarmsOnlyByThePlatform",
      actions: writesOn("events", "rule-on-default-event-bus"),
      resources: [names.arn(cicd, "events", "rule/slipway-*")],
      may,
    },
    {
      // Subscriptions are below their topic.
      sid: "TopicsOnlyByThePlatform",
      actions: writesOn("sns", "topic"),
      resources: [names.approvalTopicName, names.statusTopicName].flatMap((topic) => [
        names.arn(cicd, "sns", topic),
        names.arn(cicd, "sns", `${topic}:*`),
      ]),
      may,
    },
  ];
}
