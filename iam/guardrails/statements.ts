import * as names from "../../names";
import type { Platform } from "../../settings/settings";
import type { Conditions, Statement } from "../document";
import type { Exception } from "./exceptions";
import { writesOn } from "./service-writes";

/** Changes of some resources that a guardrail keeps to a few roles. */
export interface Guard {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** ARN patterns of the roles that may do all of it but what the exceptions say. */
  readonly may: readonly string[];
  readonly condition?: Conditions;
}

/** One statement for what only `may` may do, and one for each exception, which is kept to others. */
export function statementsOf(guard: Guard, exceptions: readonly Exception[] = []): Statement[] {
  const excepted = exceptions.map(({ sid, actions, may }) => ({
    sid,
    actions: guard.actions.filter((action) => actions.includes(action)),
    may,
  }));
  const rest = guard.actions.filter((action) => !excepted.some(({ actions }) => actions.includes(action)));
  return [
    deny(guard.sid, rest, guard.resources, guard.may, guard.condition),
    ...excepted.flatMap(({ sid, actions, may }) =>
      actions.length === 0 || may === "everyone"
        ? []
        : [deny(sid, actions, guard.resources, may, guard.condition)],
    ),
  ];
}

/** Denied to everyone but the roles and users named, by ARN. */
export function deny(
  Sid: string,
  actions: readonly string[],
  resources: readonly string[],
  except: readonly string[],
  condition: Conditions = {},
): Statement {
  const others: Conditions = except.length > 0 ? { ArnNotLike: { "aws:PrincipalArn": [...except] } } : {};
  const conditions = { ...others, ...condition };
  return {
    Sid,
    Effect: "Deny",
    Action: [...actions],
    Resource: [...resources],
    ...(Object.keys(conditions).length > 0 && { Condition: conditions }),
  };
}

const passRole = "iam:PassRole";

/** Roles below /slipway/, and those that it trusts itself: who could rewrite their trust would hold all the rest. */
function platformRoles({ platformRole, breakGlassRole }: Platform): string[] {
  return [`${names.paths.platform}*`, `/${platformRole}`, `/${breakGlassRole}`].map(
    (role) => `arn:*:iam::*:role${role}`,
  );
}

/** Their own policies lie below /slipway/ too (bootstrap/). */
export function rolesOnlyByThePlatform(platform: Platform, trusted: readonly string[]): Statement {
  return deny(
    "RolesOnlyByThePlatform",
    writesOn("iam", "role", "policy").filter((action) => action !== passRole),
    [...platformRoles(platform), `arn:*:iam::*:policy${names.paths.platform}*`],
    trusted,
  );
}

export function passOnlyBy(platform: Platform, except: readonly string[]): Statement {
  return deny("RolesPassedOnlyByThePlatform", [passRole], platformRoles(platform), except);
}

/** A session's own tags override its role's: who brings one of ours along would come as another application. */
export function sessionTagsOnlyBy(except: readonly string[]): Statement {
  return deny("ApplicationSessionsOnlyByThePlatform", ["sts:TagSession"], ["*"], except, withApplicationTags);
}

/** True of a request that brings one of the tags along that policies compare. */
export const withApplicationTags: Conditions = {
  "ForAnyValue:StringEquals": { "aws:TagKeys": Object.values(names.tagKeys) },
};

/** What is written down of changes, and found in it, by whichever account switches it on. */
export function keepEvidence(trusted: readonly string[]): Statement {
  return deny(
    "KeepEvidence",
    [
      "cloudtrail:DeleteTrail",
      "cloudtrail:PutEventSelectors",
      "cloudtrail:StopLogging",
      "cloudtrail:UpdateTrail",
      "config:DeleteConfigurationRecorder",
      "config:DeleteDeliveryChannel",
      "config:StopConfigurationRecorder",
      "guardduty:DeleteDetector",
      "guardduty:DisassociateFromAdministratorAccount",
      "guardduty:UpdateDetector",
    ],
    ["*"],
    trusted,
  );
}
