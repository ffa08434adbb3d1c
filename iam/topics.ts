import * as names from "../names";
import type { Platform } from "../settings/settings";
import { document, type PolicyDocument } from "./document";

/** Pipelines ask for approvals through their own roles, which need no word here beyond the account's. */
export function approvalTopicPolicy(platform: Platform): PolicyDocument {
  const topic = names.arn(platform.cicd, "sns", names.approvalTopicName);
  return document(
    {
      Sid: "PipelinesOfThisAccount",
      Effect: "Allow",
      Principal: { AWS: names.rootArn(platform.cicd) },
      Action: ["sns:Publish"],
      Resource: [topic],
      Condition: {
        ArnLike: { "aws:PrincipalArn": names.roleArn(platform.cicd, names.paths.pipeline, "*") },
      },
    },
    refuseInsecureTransport(topic),
  );
}

/** `rules` are the names of the EventBridge rules that publish here. */
export function statusTopicPolicy(platform: Platform, rules: readonly string[]): PolicyDocument {
  const topic = names.arn(platform.cicd, "sns", names.statusTopicName);
  return document(
    {
      Sid: "RulesOfThisAccount",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: ["sns:Publish"],
      Resource: [topic],
      Condition: {
        StringEquals: { "aws:SourceAccount": platform.cicd.accountId },
        ArnEquals: {
          "aws:SourceArn": rules.map((rule) => names.arn(platform.cicd, "events", `rule/${rule}`)),
        },
      },
    },
    refuseInsecureTransport(topic),
  );
}

function refuseInsecureTransport(topic: string): PolicyDocument["Statement"][number] {
  return {
    Sid: "RefuseInsecureTransport",
    Effect: "Deny",
    Principal: "*",
    Action: ["sns:Publish"],
    Resource: [topic],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
