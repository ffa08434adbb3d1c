/** Finds, among all resources of a stack, what each role holds; of the providers aws and aws-native. */
import { isBoundary } from "./grant-violations";
import { isAwsManaged, managedDocument } from "./lib/aws/managed-policies";
import { isUnknown } from "./lib/document/unknown";
import { valuesAt } from "./lib/judge/resource-grants";
import type { HeldByRole, HeldPolicy } from "./lib/judge/role-reach";
import type { StackResource } from "./rule";

export interface RoleInStack {
  readonly urn: string;
  readonly held: HeldByRole;
}

interface IamResource {
  readonly resource: StackResource;
  readonly properties: Readonly<Record<string, unknown>>;
}

const ROLES = new Set(["aws:iam/role:Role", "aws-native:iam:Role"]);
const INLINE = new Set(["aws:iam/rolePolicy:RolePolicy", "aws-native:iam:RolePolicy"]);
const MANAGED = new Set(["aws:iam/policy:Policy", "aws-native:iam:ManagedPolicy"]);
/** The properties by which other resources name a role. */
const REFERENCES = ["role", "roles", "roleName"];

/** Every IAM role of the stack with the policies that the stack gives it. */
export function rolesOf(resources: readonly StackResource[]): RoleInStack[] {
  const all = resources
    .filter(({ type }) => /^(aws:iam\/|aws-native:iam:)/.test(type))
    .map((resource) => ({ resource, properties: resource.properties() }));
  return all
    .filter(({ resource }) => ROLES.has(resource.type))
    .map((role) => ({ urn: role.resource.urn, held: heldBy(role, all) }));
}

function heldBy(role: IamResource, all: readonly IamResource[]): HeldByRole {
  const referring = all.filter((resource) =>
    REFERENCES.some((property) => refersTo(resource, property, role)),
  );
  const attached = [
    // aws-native names the roles in the policy, aws has a resource of its own for it.
    ...referring.filter(({ resource }) => MANAGED.has(resource.type)).map(attachedPolicy),
    ...referring.flatMap((attachment) =>
      policyBehind(attachment, "policyArn", attachment.properties["policyArn"], all),
    ),
    ...valuesAt(role.properties, ["managedPolicyArns", "*"]).flatMap(({ value }) =>
      policyBehind(role, "managedPolicyArns", value, all),
    ),
  ];
  const { properties } = role;
  return {
    trust: properties["assumeRolePolicy"] ?? properties["assumeRolePolicyDocument"],
    policies: [
      ...valuesAt(properties, ["inlinePolicies", "*"]).map(({ value, property }) =>
        inlinePolicy(value, property),
      ),
      ...valuesAt(properties, ["policies", "*"]).map(({ value, property }) => inlinePolicy(value, property)),
      ...referring.filter(({ resource }) => INLINE.has(resource.type)).map(heldPolicy),
      ...attached.filter(({ boundary }) => !boundary).map(({ policy }) => policy),
    ],
    boundariesAttached: attached.filter(({ boundary }) => boundary).map(({ policy }) => policy),
    hasBoundary: typeof properties["permissionsBoundary"] === "string",
    boundary: policyBehind(role, "permissionsBoundary", properties["permissionsBoundary"], all)[0]?.policy,
  };
}

function documentOf(properties: Readonly<Record<string, unknown>>): unknown {
  return properties["policy"] ?? properties["policyDocument"];
}

function heldPolicy({ resource, properties }: IamResource): HeldPolicy {
  return { name: resource.name, document: documentOf(properties) };
}

function inlinePolicy(value: unknown, property: string): HeldPolicy {
  const properties = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  const name = properties["name"] ?? properties["policyName"];
  return {
    name: typeof name === "string" && !isUnknown(name) ? name : property,
    document: documentOf(properties),
  };
}

interface AttachedPolicy {
  readonly policy: HeldPolicy;
  readonly boundary: boolean;
}

function attachedPolicy(managed: IamResource): AttachedPolicy {
  const { type, urn } = managed.resource;
  return { policy: heldPolicy(managed), boundary: isBoundary(type, urn, managed.properties) };
}

/** The policy behind an ARN, if the stack makes it or AWS manages it. */
function policyBehind(
  from: IamResource,
  property: string,
  arn: unknown,
  all: readonly IamResource[],
): AttachedPolicy[] {
  if (arn === undefined) return [];
  if (typeof arn === "string" && isAwsManaged(arn)) {
    const document = managedDocument(arn);
    return document === undefined ? [] : [{ policy: { name: arn, document }, boundary: false }];
  }
  return all
    .filter(({ resource }) => MANAGED.has(resource.type))
    .filter(({ resource, properties }) =>
      isUnknown(arn) ? dependsOn(from, property, resource) : isArnOf(arn, properties),
    )
    .map(attachedPolicy);
}

/** Whether the ARN is that of a managed policy: as its output, or, before there is one, by its path and name. */
function isArnOf(arn: unknown, properties: Readonly<Record<string, unknown>>): boolean {
  if (properties["arn"] === arn || properties["policyArn"] === arn) return true;
  const path = properties["path"] ?? "/";
  const name = properties["name"] ?? properties["managedPolicyName"];
  if (typeof arn !== "string" || typeof path !== "string" || typeof name !== "string") return false;
  return !isUnknown(name) && arn.endsWith(`:policy${path}${name}`);
}

/** Whether a property names the role: by its name, or, while that is not known, by the dependency it makes. */
function refersTo(referring: IamResource, property: string, role: IamResource): boolean {
  // A role names itself in `roleName`.
  if (referring.resource.urn === role.resource.urn) return false;
  const value = referring.properties[property];
  const names = (Array.isArray(value) ? (value as unknown[]) : [value]).filter((name) => name !== undefined);
  const namesOfRole = ["name", "roleName", "id"]
    .map((key) => role.properties[key])
    .filter((name) => name !== undefined);
  const byName = names.some((text) => !isUnknown(text) && namesOfRole.includes(text));
  return byName || (names.some(isUnknown) && dependsOn(referring, property, role.resource));
}

function dependsOn({ resource }: IamResource, property: string, on: StackResource): boolean {
  return resource.propertyDependencies(property).includes(on.urn);
}
