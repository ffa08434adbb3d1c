/** Finds, among all resources of a stack, what each role holds; of the providers aws and aws-native. */
import type { PolicyResource } from "@pulumi/policy";
import { isBoundary, known } from "./adapter";
import { isUnknown } from "./lib/document";
import { isAwsManaged, managedDocument } from "./lib/managed-policies";
import { find } from "./lib/resource-grants";
import type { HeldByRole, HeldPolicy } from "./lib/role-reach";

export interface RoleInStack {
  readonly urn: string;
  readonly held: HeldByRole;
}

interface Plain {
  readonly resource: PolicyResource;
  readonly properties: Readonly<Record<string, unknown>>;
}

const ROLES = new Set(["aws:iam/role:Role", "aws-native:iam:Role"]);
const INLINE = new Set(["aws:iam/rolePolicy:RolePolicy", "aws-native:iam:RolePolicy"]);
const MANAGED = new Set(["aws:iam/policy:Policy", "aws-native:iam:ManagedPolicy"]);
/** The properties by which other resources name a role. */
const REFERENCES = ["role", "roles", "roleName"];

/** Every IAM role of the stack with the policies that the stack gives it. */
export function rolesOf(resources: readonly PolicyResource[]): RoleInStack[] {
  const all = resources
    .filter(({ type }) => /^(aws:iam\/|aws-native:iam:)/.test(type))
    .map((resource) => ({ resource, properties: known(resource.props) as Record<string, unknown> }));
  return all
    .filter(({ resource }) => ROLES.has(resource.type))
    .map((role) => ({ urn: role.resource.urn, held: heldBy(role, all) }));
}

function heldBy(role: Plain, all: readonly Plain[]): HeldByRole {
  const own = all.filter((one) => REFERENCES.some((property) => refersTo(one, property, role)));
  const attached = [
    // aws-native names the roles in the policy, aws has a resource of its own for it.
    ...own.filter(({ resource }) => MANAGED.has(resource.type)).map(attachedPolicy),
    ...own.flatMap((one) => policyBehind(one, "policyArn", one.properties["policyArn"], all)),
    ...find(role.properties, ["managedPolicyArns", "*"]).flatMap(({ value }) =>
      policyBehind(role, "managedPolicyArns", value, all),
    ),
  ];
  const { properties } = role;
  return {
    trust: properties["assumeRolePolicy"] ?? properties["assumeRolePolicyDocument"],
    policies: [
      ...find(properties, ["inlinePolicies", "*"]).map(({ value, property }) =>
        inlinePolicy(value, property),
      ),
      ...find(properties, ["policies", "*"]).map(({ value, property }) => inlinePolicy(value, property)),
      ...own.filter(({ resource }) => INLINE.has(resource.type)).map(heldPolicy),
      ...attached.filter(({ boundary }) => !boundary).map(({ policy }) => policy),
    ],
    boundariesAttached: attached.filter(({ boundary }) => boundary).map(({ policy }) => policy),
    hasBoundary: typeof properties["permissionsBoundary"] === "string",
  };
}

function documentOf(properties: Readonly<Record<string, unknown>>): unknown {
  return properties["policy"] ?? properties["policyDocument"];
}

function heldPolicy({ resource, properties }: Plain): HeldPolicy {
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

function attachedPolicy(managed: Plain): AttachedPolicy {
  const { type, urn } = managed.resource;
  return { policy: heldPolicy(managed), boundary: isBoundary(type, urn, managed.properties) };
}

/** The policy behind an ARN, if the stack makes it or AWS manages it. */
function policyBehind(from: Plain, property: string, arn: unknown, all: readonly Plain[]): AttachedPolicy[] {
  if (arn === undefined) return [];
  if (typeof arn === "string" && isAwsManaged(arn)) {
    const document = managedDocument(arn);
    return document === undefined ? [] : [{ policy: { name: arn, document }, boundary: false }];
  }
  return all
    .filter(({ resource }) => MANAGED.has(resource.type))
    .filter(({ resource, properties }) =>
      isUnknown(arn)
        ? dependsOn(from, property, resource)
        : properties["arn"] === arn || properties["policyArn"] === arn,
    )
    .map(attachedPolicy);
}

/** Whether a property names the role: by its name, or, while that is not known, by the dependency it makes. */
function refersTo(one: Plain, property: string, role: Plain): boolean {
  // A role names itself in `roleName`.
  if (one.resource.urn === role.resource.urn) return false;
  const value = one.properties[property];
  const names = (Array.isArray(value) ? (value as unknown[]) : [value]).filter((name) => name !== undefined);
  const own = ["name", "roleName", "id"]
    .map((key) => role.properties[key])
    .filter((name) => name !== undefined);
  const byName = names.some((text) => !isUnknown(text) && own.includes(text));
  return byName || (names.some(isUnknown) && dependsOn(one, property, role.resource));
}

function dependsOn({ resource }: Plain, property: string, on: PolicyResource): boolean {
  return (resource.propertyDependencies[property] ?? []).some(({ urn }) => urn === on.urn);
}
