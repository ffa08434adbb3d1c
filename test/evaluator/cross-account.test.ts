import type { Principal } from "../../evaluator/principal";
import {
  ACCOUNT,
  alice,
  aliceArn,
  allow,
  anonymous,
  codebuild,
  deny,
  deployer,
  deployerArn,
  deployerSession,
  everything,
  OTHER_ACCOUNT,
  policyCases,
  reads,
  readsFor,
  root,
  testCases,
  writes,
  type Case,
  type Documents,
  type PolicyRow,
} from "./cases";

const toAlice = readsFor({ AWS: aliceArn });
const toAccount = readsFor({ AWS: ACCOUNT });
const toRole = readsFor({ AWS: deployerArn });
const toSession = readsFor({ AWS: deployerSession });

/** Somebody of ACCOUNT asks for what belongs to OTHER_ACCOUNT. */
const rows: readonly PolicyRow[] = [
  ["Across accounts both sides allow", "crossAccount", alice, { identity: reads, resource: toAlice }, "yes"],
  ["The own policies alone are not enough", "crossAccount", alice, { identity: reads }, "no"],
  ["The resource's policy alone is not enough", "crossAccount", alice, { resource: toAlice }, "no"],
  [
    "A resource's policy may name the whole account",
    "crossAccount",
    alice,
    { identity: reads, resource: toAccount },
    "yes",
  ],
  [
    "The whole account's name still asks for the own policies",
    "principal",
    alice,
    { resource: toAccount },
    "no",
  ],
  [
    "A resource's policy may name a role",
    "crossAccount",
    deployer,
    { identity: reads, resource: toRole },
    "yes",
  ],
  [
    "A resource's policy may name a session",
    "crossAccount",
    deployer,
    { identity: reads, resource: toSession },
    "yes",
  ],
  [
    "A session by name still needs the role's policies",
    "crossAccount",
    deployer,
    { resource: toSession },
    "no",
  ],
  [
    "A resource's policy that names somebody else is not enough",
    "crossAccount",
    alice,
    { identity: reads, resource: toRole },
    "no",
  ],
  [
    "Principal * still asks for the own policies of other accounts",
    "principal",
    alice,
    { resource: readsFor("*") },
    "no",
  ],
  [
    "Principal * with the own policies is enough",
    "principal",
    alice,
    { identity: reads, resource: readsFor("*") },
    "yes",
  ],
  [
    "A Deny on the caller's side denies",
    "crossAccount",
    alice,
    { identity: [reads, deny()], resource: toAlice },
    "no",
  ],
  [
    "A Deny on the resource's side denies",
    "crossAccount",
    alice,
    { identity: reads, resource: [toAlice, deny({ Principal: "*" })] },
    "no",
  ],
  [
    "A boundary limits the caller's side",
    "crossAccount",
    alice,
    { identity: reads, boundary: writes, resource: toAlice },
    "no",
  ],
  [
    "A session's policy limits the caller's side",
    "crossAccount",
    deployer,
    { identity: reads, session: writes, resource: toSession },
    "no",
  ],
  [
    "A service control policy limits the caller's side",
    "crossAccount",
    alice,
    { identity: reads, serviceControl: [writes], resource: toAlice },
    "no",
  ],
  [
    "A resource control policy limits callers of other accounts",
    "resourceControl",
    alice,
    { identity: reads, resourceControl: [[everything, deny()]], resource: toAlice },
    "no",
  ],
  ["A root user needs the resource's policy of the other account", "crossAccount", root, {}, "no"],
  ["A root user is named by its account", "principal", root, { resource: toAccount }, "yes"],
  [
    "A caller without credentials needs the resource's policy alone",
    "principal",
    anonymous,
    { resource: readsFor("*") },
    "yes",
  ],
  [
    "A service needs the resource's policy alone",
    "principal",
    codebuild,
    { resource: readsFor({ Service: "codebuild.amazonaws.com" }) },
    "yes",
  ],
];

const carlos: Principal = {
  kind: "user",
  accountId: ACCOUNT,
  arn: `arn:aws:iam::${ACCOUNT}:user/carlossalazar`,
};
/** The two policies of the page's example. */
const example: Documents = {
  identity: [
    allow({ Action: "s3:ListAllMyBuckets" }),
    allow({ Action: "s3:*Object*", Resource: "arn:aws:s3:::Production/*" }),
    deny({ Action: "s3:*", Resource: ["arn:aws:s3:::*log*", "arn:aws:s3:::*log*/*"] }),
  ],
  resource: allow({
    Action: ["s3:GetObject*", "s3:PutObject*", "s3:ReplicateObject", "s3:RestoreObject"],
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/carlossalazar` },
    Resource: "arn:aws:s3:::Production/*",
  }),
};
const carlosCase = (rule: string, action: string, asked: string, answer: Case["answer"]): Case => ({
  rule,
  page: "crossAccount",
  answer,
  request: { principal: carlos, action, resource: asked, resourceAccount: OTHER_ACCOUNT },
  policies: example,
});

const key = `arn:aws:kms:eu-west-1:${OTHER_ACCOUNT}:key/1234`;
const owners: readonly Case[] = [
  {
    rule: "The account in a resource's ARN owns it",
    page: "crossAccount",
    answer: "no",
    request: { action: "kms:Decrypt", resource: key },
    policies: { identity: everything },
  },
  {
    rule: "A key of another account asks for both sides too",
    page: "keyPolicies",
    answer: "yes",
    request: { action: "kms:Decrypt", resource: key },
    policies: {
      identity: everything,
      resource: allow({ Action: "kms:Decrypt", Principal: { AWS: ACCOUNT } }),
    },
  },
  {
    rule: "aws:ResourceAccount is the other account",
    page: "conditionKeys",
    answer: "no",
    request: { action: "kms:Decrypt", resource: key },
    policies: {
      identity: allow({
        Action: "*",
        Condition: { StringEquals: { "aws:ResourceAccount": "${aws:PrincipalAccount}" } },
      }),
      resource: allow({ Action: "kms:Decrypt", Principal: { AWS: ACCOUNT } }),
    },
  },
];

describe("evaluator: access between accounts", () => {
  testCases([
    ...policyCases(rows, { resourceAccount: OTHER_ACCOUNT }),
    carlosCase("Carlos may write to Production", "s3:PutObject", "arn:aws:s3:::Production/a", "yes"),
    carlosCase("Carlos may not delete there", "s3:DeleteObject", "arn:aws:s3:::Production/a", "no"),
    carlosCase("Carlos may not write to logs", "s3:PutObject", "arn:aws:s3:::Production-logs/a", "no"),
    ...owners,
  ]);
});
