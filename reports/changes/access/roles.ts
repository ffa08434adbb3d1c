/** Which policies of a stack belong to which of its roles. */
import { isUnknown } from "../../../policy-pack/lib/document/unknown";
import type { PreviewedResource, StackPreview } from "../../../preview/preview-document";

export const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/policy:Policy";

export interface Roles {
  readonly all: readonly PreviewedResource[];
  /** The role that a policy or an attachment names. */
  readonly holding: (resource: PreviewedResource) => PreviewedResource | undefined;
}

export function rolesByName({ resources }: StackPreview): Roles {
  const all = resources.filter(({ type }) => type === ROLE);
  const byName = new Map(all.map((role) => [roleNameOf(role), role]));
  const byUrn = new Map(all.map((role) => [role.urn, role]));
  return {
    all,
    holding: ({ type, inputs, propertyDependencies }) => {
      if (!/^aws:iam\/rolePolicy/.test(type)) return undefined;
      const { role } = inputs;
      if (typeof role === "string" && !isUnknown(role)) return byName.get(role);
      return (propertyDependencies["role"] ?? [])
        .map((urn) => byUrn.get(urn))
        .find((each) => each !== undefined);
    },
  };
}

export function roleNameOf({ inputs, name }: PreviewedResource): string {
  const given = inputs["name"];
  return typeof given === "string" && !isUnknown(given) ? given : name;
}

/** The roles that hold a policy: the one in which it stands, the one it names, or those to which it is attached. */
export function holdersOf(
  policy: PreviewedResource,
  { resources }: StackPreview,
  roles: Roles,
): PreviewedResource[] {
  if (policy.type === ROLE) return [policy];
  if (policy.type !== POLICY) return [roles.holding(policy)].filter((role) => role !== undefined);
  const attached = resources
    .filter(({ type }) => type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    .filter((attachment) => names(attachment, "policyArn", policy))
    .flatMap((attachment) => roles.holding(attachment) ?? []);
  return [...attached, ...roles.all.filter((role) => names(role, "managedPolicyArns", policy))];
}

/** Whether a property holds the policy's ARN, or, while that is not known, depends on the policy. */
function names(resource: PreviewedResource, property: string, policy: PreviewedResource): boolean {
  const values = [resource.inputs[property] ?? []].flat();
  if (values.some((value) => typeof value === "string" && !isUnknown(value) && isArnOf(value, policy)))
    return true;
  return values.some(isUnknown) && (resource.propertyDependencies[property] ?? []).includes(policy.urn);
}

/** Whether an ARN is that of a managed policy, by its path and name. */
function isArnOf(arn: string, { inputs, name }: PreviewedResource): boolean {
  const path = typeof inputs["path"] === "string" ? inputs["path"] : "/";
  const given = typeof inputs["name"] === "string" ? inputs["name"] : name;
  return arn.endsWith(`:policy${path}${given}`);
}

/**
 * The ARNs of all permissions boundaries: of the stack's own roles, and those that a policy demands of roles which others
 * make.
 */
export function boundaryNames({ resources }: StackPreview): ReadonlySet<string> {
  const own = resources
    .map(({ inputs }) => inputs["permissionsBoundary"])
    .filter((value) => typeof value === "string");
  const demanded = resources
    .flatMap(({ inputs }) => Object.values(inputs))
    .filter((value) => typeof value === "string")
    .filter((text) => text.includes('"iam:PermissionsBoundary"'))
    .flatMap((text) => [...text.matchAll(/"(arn:[^"]*:policy\/[^"]*)"/g)].map(([, arn = ""]) => arn));
  return new Set([...own, ...demanded]);
}

export function isNamedBy(boundaries: ReadonlySet<string>, policy: PreviewedResource): boolean {
  return policy.type === POLICY && [...boundaries].some((arn) => isArnOf(arn, policy));
}
