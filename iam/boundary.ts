import * as names from "../names";
import type { Environment } from "../settings/settings";
import { runtime } from "./capabilities";
import { document, type PolicyDocument } from "./document";
import { callersApplication } from "./tags";

/**
 * The most that any role made for or by an application can ever do. It names the application through the role's own tag:
 * one boundary for all, and yet none reaches its neighbour's names.
 */
export function permissionsBoundary(environment: Environment): PolicyDocument {
  const name = names.workloadName(callersApplication, environment.name);
  const capabilities = ["lambda", "dynamodb", "sqs", "secrets"] as const;
  return document(...capabilities.flatMap((capability) => runtime(capability, environment, name)));
}
