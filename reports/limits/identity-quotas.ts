import { ask, docs, type Quota } from "./quota";

const several = "or build some applications in a second CI/CD account";

const iam = {
  service: "IAM",
  scope: "account",
  source: `${docs}/IAM/latest/UserGuide/reference_iam-quotas.html`,
  read: "2026-11-21",
} as const;

const organizations = {
  service: "Organizations",
  scope: "account",
  source: `${docs}/organizations/latest/userguide/orgs_reference_limits.html`,
  read: "2026-11-21",
} as const;

/** Of identities, keys and the organization. */
export const identityQuotas = {
  roles: {
    ...iam,
    name: "Roles per account",
    limit: 1000,
    unit: "roles",
    adjustable: true,
    remedy: `${ask}: up to 10,000, ${several}.`,
  },
  managedPolicies: {
    ...iam,
    name: "Customer managed policies per account",
    limit: 1500,
    unit: "policies",
    adjustable: true,
    remedy: `${ask}: up to 10,000.`,
  },
  inlinePolicies: {
    ...iam,
    name: "Inline policies of a role, together",
    limit: 10_240,
    unit: "characters without white space",
    adjustable: false,
    remedy: "Give the application fewer tracks or environments, or split it in two.",
  },
  trustPolicy: {
    ...iam,
    name: "Role trust policy length",
    limit: 2048,
    unit: "characters without white space",
    adjustable: true,
    remedy: `${ask}: up to 8,192.`,
  },
  managedPolicySize: {
    ...iam,
    name: "Managed policy size",
    limit: 6144,
    unit: "characters without white space",
    adjustable: false,
    remedy: "Split the policy in two.",
  },
  managedPoliciesOfRole: {
    ...iam,
    name: "Managed policies attached to a role",
    limit: 20,
    unit: "policies",
    adjustable: true,
    remedy: `${ask}: up to 25; or merge policies.`,
  },
  roleName: {
    ...iam,
    name: "Role name length",
    limit: 64,
    unit: "characters",
    adjustable: false,
    remedy: "Give the application a shorter name; names.ts cuts what would be too long.",
  },
  roleTags: {
    ...iam,
    name: "Tags per role",
    limit: 50,
    unit: "tags",
    adjustable: false,
    remedy: "Take out tags that no policy compares.",
  },
  keyPolicy: {
    service: "KMS",
    scope: "region",
    name: "Key policy document size",
    limit: 32_768,
    unit: "bytes",
    adjustable: false,
    source: `${docs}/kms/latest/developerguide/resource-limits.html`,
    read: "2026-11-21",
    remedy: "Have fewer environments in one CI/CD account: each adds a statement.",
  },
  keys: {
    service: "KMS",
    scope: "region",
    name: "KMS keys per account",
    limit: 100_000,
    unit: "keys",
    adjustable: true,
    source: `${docs}/kms/latest/developerguide/resource-limits.html`,
    read: "2026-11-21",
    remedy: `${ask}.`,
  },
  controlPolicySize: {
    ...organizations,
    name: "Service control policy size",
    limit: 10_240,
    unit: "characters",
    adjustable: false,
    remedy: "Split the policy in two: ten may be attached to an account.",
  },
  controlPolicies: {
    ...organizations,
    name: "Service control policies attached to an account, FullAWSAccess among them",
    limit: 10,
    unit: "policies",
    adjustable: false,
    remedy: "Merge policies, or attach some to the organizational unit above.",
  },
} as const satisfies Readonly<Record<string, Quota>>;
