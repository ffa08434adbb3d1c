import type { ContextValues } from "../../evaluator/context";
import type { Principal } from "../../evaluator/principal";
import {
  ACCOUNT,
  alice,
  allow,
  anonymous,
  codebuild,
  deny,
  deployer,
  deployerArn,
  deployerSession,
  everything,
  root,
  testCases,
  type Case,
} from "./cases";
import type { Page } from "./pages";

const rootArn = `arn:aws:iam::${ACCOUNT}:root`;
const somebody: Principal = { kind: "user", accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/bob` };

type KeyRow = readonly [
  rule: string,
  page: Page,
  who: Principal,
  operator: string,
  keys: ContextValues,
  answer: Case["answer"],
];
const conditionKeys: readonly KeyRow[] = [
  [
    "aws:PrincipalArn of a session is its role's ARN",
    "conditionKeys",
    deployer,
    "ArnEquals",
    { "aws:PrincipalArn": deployerArn },
    "yes",
  ],
  [
    "aws:PrincipalArn of a session is not the session's ARN",
    "conditionKeys",
    deployer,
    "ArnEquals",
    { "aws:PrincipalArn": deployerSession },
    "no",
  ],
  [
    "aws:PrincipalArn of a root user is its account's root",
    "conditionKeys",
    root,
    "ArnEquals",
    { "aws:PrincipalArn": rootArn },
    "yes",
  ],
  [
    "Callers without credentials have no aws:PrincipalArn",
    "conditionKeys",
    anonymous,
    "Null",
    { "aws:PrincipalArn": "true" },
    "yes",
  ],
  [
    "aws:PrincipalAccount is the caller's account",
    "conditionKeys",
    alice,
    "StringEquals",
    { "aws:PrincipalAccount": ACCOUNT },
    "yes",
  ],
  [
    "aws:PrincipalAccount is anonymous without credentials",
    "conditionKeys",
    anonymous,
    "StringEquals",
    { "aws:PrincipalAccount": "anonymous" },
    "yes",
  ],
  [
    "aws:PrincipalType of a user is User",
    "variables",
    alice,
    "StringEquals",
    { "aws:PrincipalType": "User" },
    "yes",
  ],
  [
    "aws:PrincipalType of a session is AssumedRole",
    "variables",
    deployer,
    "StringEquals",
    { "aws:PrincipalType": "AssumedRole" },
    "yes",
  ],
  [
    "aws:PrincipalType of a root user is Account",
    "variables",
    root,
    "StringEquals",
    { "aws:PrincipalType": "Account" },
    "yes",
  ],
  [
    "aws:PrincipalIsAWSService is true for a service",
    "conditionKeys",
    codebuild,
    "Bool",
    { "aws:PrincipalIsAWSService": "true" },
    "yes",
  ],
  [
    "aws:PrincipalIsAWSService is false for a role that a service uses",
    "conditionKeys",
    deployer,
    "Bool",
    { "aws:PrincipalIsAWSService": "false" },
    "yes",
  ],
  [
    "Callers without credentials have no aws:PrincipalIsAWSService",
    "conditionKeys",
    anonymous,
    "Null",
    { "aws:PrincipalIsAWSService": "true" },
    "yes",
  ],
  [
    "aws:PrincipalServiceName is the service's principal",
    "conditionKeys",
    codebuild,
    "StringEquals",
    { "aws:PrincipalServiceName": "codebuild.amazonaws.com" },
    "yes",
  ],
  [
    "Roles have no aws:PrincipalServiceName",
    "conditionKeys",
    deployer,
    "Null",
    { "aws:PrincipalServiceName": "true" },
    "yes",
  ],
  [
    "aws:PrincipalServiceNamesList has several values",
    "conditionKeys",
    codebuild,
    "ForAnyValue:StringEquals",
    { "aws:PrincipalServiceNamesList": "codebuild.amazonaws.com" },
    "yes",
  ],
  [
    "Callers without credentials have no tags",
    "conditionKeys",
    anonymous,
    "Null",
    { "aws:PrincipalTag/team": "true" },
    "yes",
  ],
  [
    "Callers without credentials have no organization",
    "conditionKeys",
    anonymous,
    "Null",
    { "aws:PrincipalOrgID": "true" },
    "yes",
  ],
  [
    "aws:ResourceAccount is the account that owns the resource",
    "conditionKeys",
    alice,
    "StringEquals",
    { "aws:ResourceAccount": ACCOUNT },
    "yes",
  ],
  [
    "Whether an id that nobody knows is the caller's cannot be known",
    "conditionKeys",
    somebody,
    "StringEquals",
    { "aws:userid": "AIDAALICE" },
    "unknown",
  ],
];

const keys: readonly Case[] = conditionKeys.map(([rule, page, who, operator, wanted, answer]) => ({
  rule,
  page,
  answer,
  request: { principal: who, resourceAccount: ACCOUNT, otherKeys: "unknown" },
  policies: { resource: allow({ Principal: "*", Condition: { [operator]: wanted } }) },
}));

const denials: readonly Case[] = [
  {
    rule: "A Deny for all but one role's ARN leaves its sessions",
    page: "principal",
    answer: "yes",
    request: { principal: deployer },
    policies: {
      identity: everything,
      resource: deny({ Principal: "*", Condition: { ArnNotEquals: { "aws:PrincipalArn": deployerArn } } }),
    },
  },
  {
    rule: "A Deny for all but one role's ARN denies everybody else",
    page: "principal",
    answer: "no",
    policies: {
      identity: everything,
      resource: deny({ Principal: "*", Condition: { ArnNotEquals: { "aws:PrincipalArn": deployerArn } } }),
    },
  },
  {
    rule: "A Deny for all but services and one network leaves services",
    page: "conditionKeys",
    answer: "yes",
    request: { principal: codebuild, resourceAccount: ACCOUNT },
    policies: {
      resource: [
        allow({ Principal: { Service: "codebuild.amazonaws.com" } }),
        deny({
          Principal: "*",
          Condition: {
            StringNotEqualsIfExists: { "aws:SourceVpc": "vpc-111bbb22" },
            BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
          },
        }),
      ],
    },
  },
  {
    rule: "A Deny for callers that are no service denies one without credentials only if the key may be missing",
    page: "conditionKeys",
    answer: "yes",
    request: { principal: anonymous, resourceAccount: ACCOUNT },
    policies: {
      resource: [
        allow({ Principal: "*" }),
        deny({ Principal: "*", Condition: { Bool: { "aws:PrincipalIsAWSService": "false" } } }),
      ],
    },
  },
];

describe("evaluator: keys that AWS sets from the caller", () => {
  testCases([...keys, ...denials]);
});
