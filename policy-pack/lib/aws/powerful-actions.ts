/**
 * Actions by which a principal can become more than it is, as data. The ways are public knowledge: Rhino Security
 * Labs' list of 2018 and its continuation at https://pathfinding.cloud. What starts or changes something that has a role
 * is read off the models of all of AWS's actions, with a review of what each service does with the role.
 */
import { readDataFile } from "./data-file";

/** Rewrites what a principal may do. Tamed by the condition keys that are named; reach makes no difference. */
export const POLICY_WRITERS: Readonly<Record<string, readonly string[]>> = {
  "iam:AttachGroupPolicy": ["iam:PolicyARN"],
  "iam:AttachRolePolicy": ["iam:PermissionsBoundary", "iam:PolicyARN"],
  "iam:AttachUserPolicy": ["iam:PermissionsBoundary", "iam:PolicyARN"],
  "iam:CreatePolicyVersion": [],
  "iam:DeleteRolePermissionsBoundary": [],
  "iam:DeleteUserPermissionsBoundary": [],
  "iam:PutGroupPolicy": [],
  "iam:PutRolePermissionsBoundary": ["iam:PermissionsBoundary"],
  "iam:PutRolePolicy": ["iam:PermissionsBoundary"],
  "iam:PutUserPermissionsBoundary": ["iam:PermissionsBoundary"],
  "iam:PutUserPolicy": ["iam:PermissionsBoundary"],
  "iam:SetDefaultPolicyVersion": [],
  "iam:UpdateAssumeRolePolicy": ["aws:ResourceTag/", "iam:ResourceTag/"],
  "organizations:AttachPolicy": [],
  "organizations:DetachPolicy": [],
  "organizations:UpdatePolicy": [],
  "sso:AttachManagedPolicyToPermissionSet": [],
  "sso:PutInlinePolicyToPermissionSet": [],
};

/** Makes principals; without a boundary what it makes is limited by nobody. */
export const MAKERS: Readonly<Record<string, readonly string[]>> = {
  "iam:CreateRole": ["iam:PermissionsBoundary"],
  "iam:CreateUser": ["iam:PermissionsBoundary"],
};

/** Gives the credentials of another principal. Tamed by naming the caller itself. */
export const CREDENTIAL_MAKERS: ReadonlySet<string> = new Set([
  "iam:AddUserToGroup",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreateServiceSpecificCredential",
  "iam:ResetServiceSpecificCredential",
  "iam:UpdateLoginProfile",
  "sso:CreateAccountAssignment",
]);

/** Becomes another principal outright. */
export const ASSUMERS: ReadonlySet<string> = new Set([
  "sts:AssumeRole",
  "sts:AssumeRoleWithSAML",
  "sts:AssumeRoleWithWebIdentity",
]);

/** A line of `data/role-takers.jsonl`, which says what the fields mean (`data/generate-role-takers.mjs`). */
interface RoleTaker {
  readonly service: string;
  readonly use: "runs" | "moves" | "none";
  readonly passedTo?: readonly string[];
  readonly except?: readonly string[];
  readonly starts?: readonly string[];
  readonly injects?: readonly string[];
  readonly takes: readonly string[];
}

/** The services that act with a role as their caller says; those that do one set thing with it give no power. */
const TAKERS: readonly RoleTaker[] = readDataFile("role-takers.jsonl")
  .toString("utf8")
  .trimEnd()
  .split("\n")
  .slice(1)
  .map((line) => JSON.parse(line) as RoleTaker)
  .filter(({ use }) => use === "runs");

function actionsOf(taker: RoleTaker, more: readonly string[] = [], which = /^/): string[] {
  const taking = taker.takes.filter((name) => which.test(name) && !taker.except?.includes(name));
  return [...new Set([...taking, ...more])].map((name) => `${taker.service}:${name}`);
}

/**
 * Runs code, or opens a shell, under whatever role the target has. The job of a deployer, on named targets. Whatever
 * changes the definition of something that has a role is one of them.
 */
export const INJECTORS: ReadonlySet<string> = new Set(
  TAKERS.flatMap((taker) => actionsOf(taker, taker.injects, /^(Update|Modify|Replace)/)),
);

/** Starts something under a role that iam:PassRole gave it: action to the service principals the role is passed to. */
export const STARTERS: ReadonlyMap<string, readonly string[]> = new Map(
  TAKERS.flatMap((taker) => {
    const principals = (taker.passedTo ?? [taker.service]).map((name) => `${name}.amazonaws.com`);
    return actionsOf(taker, taker.starts).map((action) => [action, principals] as const);
  }),
);

export const PASS_ROLE = "iam:PassRole";

/** Every action above; a grant without one of them has no power of this kind. */
export const POWERFUL: ReadonlySet<string> = new Set([
  PASS_ROLE,
  ...Object.keys(POLICY_WRITERS),
  ...Object.keys(MAKERS),
  ...CREDENTIAL_MAKERS,
  ...ASSUMERS,
  ...INJECTORS,
  ...STARTERS.keys(),
]);
