import type { PolicyDocument } from "../iam/document";
import { chatGuardrail, cicdGuardrail, pipelineGuardrail } from "../iam/guardrails/cicd";
import { environmentGuardrail, productionGuardrail } from "../iam/guardrails/environment";
import * as names from "../names";
import type { Environment, Platform } from "../settings/settings";

/** A service control policy on one account: what nobody there may do. */
export interface GuardrailPlan {
  /** The policy's name in Pulumi. */
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly document: PolicyDocument;
  readonly accountId: string;
}

/** One to three for each account of the platform: a single one would be longer than AWS allows. */
export function planGuardrails(platform: Platform): GuardrailPlan[] {
  const { accountId } = platform.cicd;
  return [
    guardrail(
      "cicd",
      accountId,
      "roles, users, keys and artifacts of the CI/CD account",
      cicdGuardrail(platform),
    ),
    guardrail(
      "cicd/pipelines",
      accountId,
      "pipelines, builds, images and alarms of the CI/CD account",
      pipelineGuardrail(platform),
    ),
    guardrail("cicd/chat", accountId, "chat channels of the CI/CD account", chatGuardrail(platform)),
    ...platform.environments.flatMap((environment) => environmentGuardrails(platform, environment)),
  ];
}

function environmentGuardrails(platform: Platform, environment: Environment): GuardrailPlan[] {
  const { name, accountId, production } = environment;
  const roles = environmentGuardrail(platform, environment);
  return [
    guardrail(name, accountId, `door, boundary and roles of ${name}`, roles),
    ...(production
      ? [
          guardrail(
            `${name}/workloads`,
            accountId,
            `deployments in ${name}`,
            productionGuardrail(platform, environment),
          ),
        ]
      : []),
  ];
}

/** No name of an environment holds a slash, so no second policy of one is named as another's first. */
function guardrail(
  key: string,
  accountId: string,
  description: string,
  document: PolicyDocument,
): GuardrailPlan {
  return {
    key,
    name: names.guardrailName(key),
    description: `Slipway: ${description}`,
    document,
    accountId,
  };
}
