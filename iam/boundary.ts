import * as names from "../names";
import type { Environment } from "../settings/settings";
import { runtime } from "./capabilities";
import { document, type PolicyDocument, type Statement } from "./document";
import { callersApplication } from "./tags";

/**
 * The most that any role made for or by an application can ever do. It names the application through the role's own tag:
 * one boundary for all, and yet none reaches its neighbour's names.
 *
 * The tag alone would not do. A session may bring a tag of the same key along, which overrides the role's own, if the role's
 * trust lets it; and the trust of a role that an application's stack makes is written by the application. So the role's ARN,
 * which no session can change, must carry the same application's name:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
export function permissionsBoundary(environment: Environment): PolicyDocument {
  const name = names.workloadName(callersApplication, environment.name);
  const capabilities = ["lambda", "dynamodb", "sqs", "secrets"] as const;
  const statements = capabilities.flatMap((capability) => runtime(capability, environment, name));
  return document(...statements.map((statement) => ofOwnRoles(environment, statement)));
}

/** Only for roles whose ARN says that they belong to the application that the tag names. */
function ofOwnRoles(environment: Environment, statement: Statement): Statement {
  const roles = [
    names.iamArn(environment, `role/${names.workloadName(callersApplication, environment.name)}-*`),
    names.taskRoleArn(environment, callersApplication),
  ];
  return { ...statement, Condition: { ...statement.Condition, ArnLike: { "aws:PrincipalArn": roles } } };
}
