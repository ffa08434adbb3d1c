import { unknownValue, type ContextValues } from "./context";
import type { Principal } from "./principal";

/**
 * The keys that AWS itself sets from who asks; an empty list says that AWS sets none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function principalKeys(principal: Principal): ContextValues {
  const keys = remembered.get(principal) ?? keysOf(principal);
  remembered.set(principal, keys);
  return keys;
}

const remembered = new WeakMap<Principal, ContextValues>();

function keysOf(principal: Principal): ContextValues {
  const isService = principal.kind === "service";
  if (principal.kind === "anonymous") return strangersKeys;
  const always = {
    "aws:PrincipalIsAWSService": String(isService),
    "aws:PrincipalServiceName": isService ? principal.service : [],
    "aws:PrincipalServiceNamesList": isService ? [principal.service] : [],
  };
  if (!("accountId" in principal)) return always;
  const { accountId } = principal;
  return { ...always, "aws:PrincipalAccount": accountId, ...identityKeys(principal) };
}

/** An anonymous caller belongs nowhere, yet AWS names its account; whether it is a service AWS does not say. */
const strangersKeys: ContextValues = {
  "aws:PrincipalArn": [],
  "aws:PrincipalAccount": "anonymous",
  "aws:PrincipalIsAWSService": [],
  "aws:PrincipalOrgID": [],
  "aws:PrincipalOrgPaths": [],
  "aws:PrincipalServiceName": [],
  "aws:PrincipalServiceNamesList": [],
  "aws:PrincipalTag/*": [],
  "aws:PrincipalType": "Anonymous",
  "aws:userid": "anonymous",
  "aws:username": [],
};

function identityKeys(principal: Extract<Principal, { accountId: string }>): ContextValues {
  if (principal.kind === "root") {
    const { accountId } = principal;
    const arn = `arn:aws:iam::${accountId}:root`;
    return {
      "aws:PrincipalArn": arn,
      "aws:PrincipalType": "Account",
      "aws:userid": accountId,
      "aws:username": [],
    };
  }
  const { kind, arn, id } = principal;
  if (kind === "user") {
    return {
      "aws:PrincipalArn": arn,
      "aws:PrincipalType": "User",
      "aws:userid": id ?? unknownValue,
      "aws:username": arn.slice(arn.lastIndexOf("/") + 1),
    };
  }
  const { session } = principal;
  return {
    "aws:PrincipalArn": arn,
    "aws:PrincipalType": "AssumedRole",
    "aws:userid": id === undefined || session === undefined ? unknownValue : `${id}:${session}`,
    "aws:username": [],
  };
}
