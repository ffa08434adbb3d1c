import * as names from "../names";
import type { Platform } from "../settings/settings";
import type { PolicyDocument } from "./document";
import { serviceTrust } from "./trust";

/**
 * The role of every chat channel: the chat application asks for one, and works under it for whoever types a command there. It
 * has no policy, since what is told needs none: https://docs.aws.amazon.com/chatbot/latest/adminguide/understanding-permissions.html
 * AWS does not document which source keys the chat application sends, so a setting decides as for CodePipeline; what ARN it
 * would send is known even less, hence the account alone.
 */
export function chatTrust({ cicd }: Platform, sourceConditions: boolean): PolicyDocument {
  return serviceTrust(
    "chatbot.amazonaws.com",
    sourceConditions ? { StringEquals: { "aws:SourceAccount": cicd.accountId } } : undefined,
  );
}

/**
 * The most that any member of a channel can do there, under the channel's role or one of their own: nothing. Without one, AWS takes
 * AdministratorAccess. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSDenyAll.html
 */
export function chatGuardrailArn({ cicd }: Platform): string {
  return `arn:${names.partition(cicd.region)}:iam::aws:policy/AWSDenyAll`;
}
