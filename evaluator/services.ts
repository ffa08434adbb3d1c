/** What differs between services. */

/**
 * Actions on resources whose own policy must allow, also within the account: identity policies count only as far as it says.
 * - Keys: https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 * - Roles: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html (trust policy)
 */
export function resourcePolicyDecides(action: string, resource: string): boolean {
  return isKmsKey(action, resource) || isRoleEntry(action);
}

/** Making and listing keys is no matter of a key's policy; `kms:CreateAlias` asks the key's and, for the alias, IAM alone. */
function isKmsKey(action: string, resource: string): boolean {
  return /^kms:/i.test(action) && /^arn:aws[a-z-]*:kms:[^:]*:[^:]*:key\//.test(resource);
}

const roleEntries = new Set([
  "sts:assumerole",
  "sts:assumerolewithsaml",
  "sts:assumerolewithwebidentity",
  "sts:tagsession",
  "sts:setsourceidentity",
]);

/** Whether the action asks a role's trust policy. */
export function isRoleEntry(action: string): boolean {
  return roleEntries.has(action.toLowerCase());
}

/**
 * A role that belongs to an AWS service, which no control policy binds:
 * - https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 * - https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export function isServiceLinked(roleArn: string): boolean {
  return /^arn:aws[a-z-]*:iam::\d{12}:role\/aws-service-role\//.test(roleArn);
}

/** The account in an ARN; undefined for ARNs without one, such as those of buckets. */
export function resourceAccountOf(arn: string): string | undefined {
  const account = arn.split(":", 5)[4];
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}
