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
  const managed = all.filter(({ resource }) => MANAGED.has(resource.type));
  const references = referencesIn(all);
  return all
    .filter(({ resource }) => ROLES.has(resource.type))
    .map((role) => ({ urn: role.resource.urn, held: heldBy(role, referring(role, references), managed) }));
}

/** Which resources name a role, by what they name it: the role's name, or, while that is not known, its URN. */
type References = ReadonlyMap<unknown, readonly IamResource[]>;

/** Found once for all roles: in a large stack, thousands of resources name thousands of roles. */
function referencesIn(all: readonly IamResource[]): References {
  const references = new Map<unknown, IamResource[]>();
  for (const resource of all) {
    for (const key of new Set(REFERENCES.flatMap((property) => namesIn(resource, property)))) {
      const others = references.get(key);
      if (others === undefined) references.set(key, [resource]);
      else others.push(resource);
    }
  }
  return references;
}

/** What a property names: names that are known, and the URNs that an unknown one depends on. */
function namesIn({ resource, properties }: IamResource, property: string): unknown[] {
  const value = properties[property];
  const names = (Array.isArray(value) ? (value as unknown[]) : [value]).filter((name) => name !== undefined);
  const known = names.filter((name) => !isUnknown(name));
  return known.length === names.length ? known : [...known, ...resource.propertyDependencies(property)];
}

function referring({ resource, properties }: IamResource, references: References): IamResource[] {
  const keys = [...["name", "roleName", "id"].map((key) => properties[key]), resource.urn];
  const named = new Set(
    keys.filter((key) => key !== undefined && !isUnknown(key)).flatMap((key) => references.get(key) ?? []),
  );
  // A role names itself in `roleName`.
  return [...named].filter((other) => other.resource.urn !== resource.urn);
}

function heldBy(
  role: IamResource,
  referring: readonly IamResource[],
  managed: readonly IamResource[],
): HeldByRole {
  const attached = [
    // aws-native names the roles in the policy, aws has a resource of its own for it.
    ...referring.filter(({ resource }) => MANAGED.has(resource.type)).map(attachedPolicy),
    ...referring.flatMap((attachment) =>
      policyBehind(attachment, "policyArn", attachment.properties["policyArn"], managed),
    ),
    ...valuesAt(role.properties, ["managedPolicyArns", "*"]).flatMap(({ value }) =>
      policyBehind(role, "managedPolicyArns", value, managed),
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
    boundary: policyBehind(role, "permissionsBoundary", properties["permissionsBoundary"], managed)[0]
      ?.policy,
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
  managed: readonly IamResource[],
): AttachedPolicy[] {
  if (arn === undefined) return [];
  if (typeof arn === "string" && isAwsManaged(arn)) {
    const document = managedDocument(arn);
    return document === undefined ? [] : [{ policy: { name: arn, document }, boundary: false }];
  }
  return managed
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

function dependsOn({ resource }: IamResource, property: string, on: StackResource): boolean {
  return resource.propertyDependencies(property).includes(on.urn);
}
