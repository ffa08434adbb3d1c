import type { Principal } from "../../evaluator/principal";
import {
  ACCOUNT,
  alice,
  allow,
  anonymous,
  codebuild,
  deny,
  deployer,
  deployerSession,
  everything,
  OTHER_ACCOUNT,
  root,
  testCases,
  type Case,
} from "./cases";

type Answer = Case["answer"];
type Row = readonly [rule: string, principal: unknown, who: Principal, answer: Answer];

const arn = (who: Principal): string => ("arn" in who ? who.arn : `arn:aws:iam::${ACCOUNT}:root`);
const provider = `arn:aws:iam::${ACCOUNT}:saml-provider/staff`;
const federated: Principal = { kind: "federated", provider };
const unnamed: Principal = { kind: "role", accountId: ACCOUNT, arn: arn(deployer) };

const named: readonly Row[] = [
  ["A user is named by its ARN", { AWS: arn(alice) }, alice, "yes"],
  ["A user's name is case-sensitive", { AWS: arn(alice).replace("alice", "Alice") }, alice, "no"],
  ["A wildcard matches no part of a principal", { AWS: `arn:aws:iam::${ACCOUNT}:user/*` }, alice, "no"],
  [
    "A wildcard names no sessions",
    { AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/deployer/*` },
    deployer,
    "no",
  ],
  ["A role is named by its ARN, for all its sessions", { AWS: arn(deployer) }, deployer, "yes"],
  ["A role session is named by its ARN, without the role's path", { AWS: deployerSession }, deployer, "yes"],
  ["Another session of the role is not named", { AWS: `${deployerSession}1` }, deployer, "no"],
  [
    "A session of the role in another account is not named",
    { AWS: deployerSession.replace(ACCOUNT, OTHER_ACCOUNT) },
    deployer,
    "no",
  ],
  [
    "Whether a session without a known name is named cannot be known",
    { AWS: deployerSession },
    unnamed,
    "unknown",
  ],
  ["Several principals are alternatives", { AWS: [arn(deployer), arn(alice)] }, alice, "yes"],
  ["A role's ARN became its unique id", { AWS: "AROADEPLOYER" }, deployer, "yes"],
  ["The unique id of a role that is gone names no new one", { AWS: "AROAFORMER" }, deployer, "no"],
  ["The unique id of a user that is gone names no new one", { AWS: "AIDAFORMER" }, alice, "no"],
  ["A service is named by its principal", { Service: "codebuild.amazonaws.com" }, codebuild, "yes"],
  ["Another service is not named", { Service: "ecs.amazonaws.com" }, codebuild, "no"],
  [
    "Several services are alternatives",
    { Service: ["ecs.amazonaws.com", "codebuild.amazonaws.com"] },
    codebuild,
    "yes",
  ],
  ["An identity provider is named as Federated", { Federated: provider }, federated, "yes"],
  ["Another identity provider is not named", { Federated: "accounts.google.com" }, federated, "no"],
  ["Principal * is everybody, without credentials too", "*", anonymous, "yes"],
  ["AWS * is everybody, without credentials too", { AWS: "*" }, anonymous, "yes"],
  ["Principal * is every user of the account", "*", alice, "yes"],
  ["An account's name is not everybody", { AWS: ACCOUNT }, anonymous, "no"],
  ["An account's name is its root user too", { AWS: `arn:aws:iam::${ACCOUNT}:root` }, root, "yes"],
  [
    "An account's ARN alone gives its users nothing of their own",
    { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    alice,
    "no",
  ],
  ["Whom a canonical user id names cannot be known", { CanonicalUser: "79a59df9" }, alice, "unknown"],
];

/** With everything allowed by the caller's own policies: an account's name then lets them count. */
const keyActions: readonly Row[] = [
  ["An account's ARN stands for every identity in it", { AWS: `arn:aws:iam::${ACCOUNT}:root` }, alice, "yes"],
  ["An account's number is the same as its ARN", { AWS: ACCOUNT }, alice, "yes"],
  ["Another account's number is not", { AWS: OTHER_ACCOUNT }, alice, "no"],
];

const key = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234`;
const grants: readonly Case[] = [
  ...named.map(([rule, principal, who, answer]): Case => ({
    rule,
    page: "principal",
    answer,
    request: { principal: who, resourceAccount: ACCOUNT },
    policies: { resource: allow({ Principal: principal }) },
  })),
  ...keyActions.map(([rule, principal, who, answer]): Case => ({
    rule,
    page: "principal",
    answer,
    request: { principal: who, action: "kms:Decrypt", resource: key },
    policies: { identity: everything, resource: allow({ Action: "kms:*", Principal: principal }) },
  })),
];

const accountArn = `arn:aws:iam::${ACCOUNT}:root`;
const exceptions: readonly Row[] = [
  [
    "NotPrincipal denies who is not listed",
    { AWS: [arn(deployer), accountArn.replace(ACCOUNT, OTHER_ACCOUNT)] },
    alice,
    "no",
  ],
  ["NotPrincipal leaves out a user listed with its account", { AWS: [arn(alice), accountArn] }, alice, "yes"],
  ["NotPrincipal with the user alone might deny its account", { AWS: arn(alice) }, alice, "unknown"],
  [
    "NotPrincipal leaves out a session listed with role and account",
    { AWS: [deployerSession, arn(deployer), accountArn] },
    deployer,
    "yes",
  ],
  [
    "NotPrincipal without the session might deny it",
    { AWS: [arn(deployer), accountArn] },
    deployer,
    "unknown",
  ],
  [
    "NotPrincipal without the role might deny its session",
    { AWS: [deployerSession, accountArn] },
    deployer,
    "unknown",
  ],
  ["NotPrincipal denies callers without credentials", { AWS: [arn(alice), accountArn] }, anonymous, "no"],
  ["NotPrincipal leaves out a listed service", { Service: "codebuild.amazonaws.com" }, codebuild, "yes"],
  ["NotPrincipal denies another service", { Service: "ecs.amazonaws.com" }, codebuild, "no"],
];

const notPrincipals: readonly Case[] = exceptions.map(([rule, principal, who, answer]) => ({
  rule,
  page: "notPrincipal",
  answer,
  request: { principal: who, resourceAccount: ACCOUNT },
  policies: { resource: [allow({ Principal: "*" }), deny({ NotPrincipal: principal })] },
}));

describe("evaluator: principals", () => {
  testCases([...grants, ...notPrincipals]);
});
