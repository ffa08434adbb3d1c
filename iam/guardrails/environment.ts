import * as names from "../../names";
import type { Environment, Platform } from "../../settings/settings";
import { document, type PolicyDocument } from "../document";
import { productionExceptions, trustedRoles } from "./exceptions";
import { writesOf, writesOn } from "./service-writes";
import {
  deny,
  keepEvidence,
  passOnlyBy,
  rolesOnlyByThePlatform,
  sessionTagsOnlyBy,
  statementsOf,
  withApplicationTags,
} from "./statements";

/** For an environment's account, where the door, the boundary and the execution roles live. */
export function environmentGuardrail(platform: Platform, environment: Environment): PolicyDocument {
  const trusted = trustedRoles(platform, environment);
  const execution = names.roleArn(environment, names.paths.execution, "*");
  return document(
    rolesOnlyByThePlatform(platform, trusted),
    passOnlyBy(platform, [...trusted, names.doorRoleArn(environment)]),
    // The boundary reads this tag: who could set it could make a role another application's.
    deny(
      "ApplicationTagsOnlyByThePlatform",
      ["iam:TagRole", "iam:UntagRole"],
      ["*"],
      [...trusted, execution],
      withApplicationTags,
    ),
    sessionTagsOnlyBy(trusted),
    deny(
      "ClusterAccessOnlyByThePlatform",
      [
        "eks:AssociateAccessPolicy",
        "eks:CreateAccessEntry",
        "eks:DeleteAccessEntry",
        "eks:DisassociateAccessPolicy",
        "eks:UpdateAccessEntry",
      ],
      ["*"],
      trusted,
    ),
    keepEvidence(trusted),
  );
}

/**
 * No way around the pipeline to production: what a deployment of any kind comes down to, and the roles that applications'
 * stacks make for their functions.
 */
export function productionGuardrail(platform: Platform, environment: Environment): PolicyDocument {
  const may = [
    ...trustedRoles(platform, environment),
    names.doorRoleArn(environment),
    names.roleArn(environment, names.paths.execution, "*"),
  ];
  return document(
    ...statementsOf(
      {
        sid: "ProductionOnlyThroughTheDoor",
        actions: [...writesOf("cloudformation"), ...writesOf("ecs"), ...writesOf("lambda")],
        resources: ["*"],
        may,
      },
      productionExceptions,
    ),
    deny(
      "ApplicationRolesOnlyThroughTheDoor",
      writesOn("iam", "role"),
      [`arn:*:iam::*:role/${names.workloadName("*", environment.name)}-*`],
      may,
    ),
  );
}
