/** Action wildcards in a policy on a resource, weighed by who is let in and by what they add. */
import type { ActionInfo } from "../aws/action-table";
import type { Context } from "../document/context";
import type { Entry, PrincipalEntry, Statement } from "../document/statement";
import { confinesAtLeast } from "../measure/caller-keys";
import { confinement } from "../measure/callers";
import { isOwner } from "../measure/own-account";
import { principalKind } from "../measure/principal-kinds";

/**
 * A policy that lets the account of its own resource do everything only hands the decision to that account's IAM. It
 * is AWS's default for keys, queues and containers, without which a key can become unmanageable
 * (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html,
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-examples-of-sqs-policies.html).
 */
export function delegatesToOwner(statement: Statement, context: Context): boolean {
  const { principals, notPrincipals } = statement;
  if (context.kind !== "resource" || notPrincipals !== undefined || principals.length === 0) return false;
  return principals.every((principal) => isOwner(statement, principal, context));
}

/**
 * Whether a pattern is one operation and its variants, for principals that are named, and adds no permissions
 * management and no tagging: `kms:GenerateDataKey*` for a trail, `es:ESHttp*` on a domain for a role. So AWS writes it
 * itself (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html,
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html). A verb alone, as `s3:Get*`, is many
 * operations that have nothing else in common.
 */
export function isOperationOfNamed(
  statement: Statement,
  { value }: Entry,
  added: readonly ActionInfo[],
  context: Context,
): boolean {
  if (context.kind !== "resource" || added.length === 0 || !/^[\w-]+:\w+\*+$/.test(value)) return false;
  if (added.some(({ level }) => level === "P" || level === "T")) return false;
  return isOneOperation(value.replaceAll("*", ""), added) && namesAll(statement, context);
}

/** The words before the star are an action of their own, or say more than a verb: `ReEncrypt`, `ESHttp`. */
function isOneOperation(literal: string, added: readonly ActionInfo[]): boolean {
  if (added.some(({ name }) => name.toLowerCase() === literal.toLowerCase())) return true;
  const [, name = ""] = (added[0]?.name.slice(0, literal.length) ?? "").split(":");
  return (name.match(/[A-Z]+(?=[A-Z][a-z])|[A-Z][a-z0-9]+/g) ?? []).length > 1;
}

function namesAll(statement: Statement, context: Context): boolean {
  const { principals, notPrincipals } = statement;
  if (notPrincipals !== undefined || principals.length === 0) return false;
  const { level } = confinement(statement, context);
  return principals.every((principal) => isNamed(principal) || confinesAtLeast(level, "account"));
}

function isNamed(principal: PrincipalEntry): boolean {
  return principalKind(principal) === "principal";
}
