/** Finds, among all resources of a stack, what each role holds. */
import type { PolicyResource } from "@pulumi/policy";
import { isBoundary, known } from "./adapter";
import { isAwsManaged, managedDocument } from "./lib/managed-policies";
import { find } from "./lib/resource-grants";
import type { HeldByRole, HeldPolicy } from "./lib/role-reach";
import { isUnknown } from "./lib/document";

export interface RoleInStack {
  readonly urn: string;
  readonly held: HeldByRole;
}

interface Plain {
  readonly resource: PolicyResource;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Every IAM role of the stack with the policies that the stack gives it. */
export function rolesOf(resources: readonly PolicyResource[]): RoleInStack[] {
  const all = resources
    .filter(({ type }) => type.startsWith("aws:iam/"))
    .map((resource) => ({ resource, properties: known(resource.props) as Record<string, unknown> }));
  return all
    .filter(({ resource }) => resource.type === "aws:iam/role:Role")
    .map((role) => ({ urn: role.resource.urn, held: heldBy(role, all) }));
}

function heldBy(role: Plain, all: readonly Plain[]): HeldByRole {
  const own = all.filter((one) => refersTo(one, "role", role) || refersTo(one, "roles", role));
  const inline = own.filter(({ resource }) => resource.type === "aws:iam/rolePolicy:RolePolicy");
  const attachments = own.filter(({ resource }) => /Attachment:/.test(resource.type));
  const attached = [
    ...attachments.map((one) => attachedPolicy(one, "policyArn", one.properties["policyArn"], all)),
    ...find(role.properties, ["managedPolicyArns", "*"]).map(({ value }) =>
      attachedPolicy(role, "managedPolicyArns", value, all),
    ),
  ].filter((policy) => policy !== undefined);
  return {
    trust: role.properties["assumeRolePolicy"],
    policies: [
      ...find(role.properties, ["inlinePolicies", "*"]).map(({ value, property }) =>
        inlinePolicy(value, property),
      ),
      ...inline.map(({ resource, properties }) => ({ name: resource.name, document: properties["policy"] })),
      ...attached.filter(({ boundary }) => !boundary).map(({ policy }) => policy),
    ],
    boundariesAttached: attached.filter(({ boundary }) => boundary).map(({ policy }) => policy),
    hasBoundary: typeof role.properties["permissionsBoundary"] === "string",
  };
}

function inlinePolicy(value: unknown, property: string): HeldPolicy {
  const { name, policy } = (value ?? {}) as { readonly name?: unknown; readonly policy?: unknown };
  return { name: typeof name === "string" && !isUnknown(name) ? name : property, document: policy };
}

interface AttachedPolicy {
  readonly policy: HeldPolicy;
  readonly boundary: boolean;
}

/** The policy that an attachment names, if the stack makes it or AWS manages it. */
function attachedPolicy(
  from: Plain,
  property: string,
  arn: unknown,
  all: readonly Plain[],
): AttachedPolicy | undefined {
  if (typeof arn === "string" && isAwsManaged(arn)) {
    const document = managedDocument(arn);
    return document === undefined ? undefined : { policy: { name: arn, document }, boundary: false };
  }
  const known = all.find(
    ({ resource, properties }) =>
      resource.type === "aws:iam/policy:Policy" &&
      (isUnknown(arn) ? dependsOn(from, property, resource) : properties["arn"] === arn),
  );
  if (known === undefined) return undefined;
  const { resource, properties } = known;
  return {
    policy: { name: resource.name, document: properties["policy"] },
    boundary: isBoundary(resource.type, resource.urn, properties),
  };
}

/** Whether a property names the role: by its name, or, while that is not known, by the dependency it makes. */
function refersTo(one: Plain, property: string, role: Plain): boolean {
  const value = one.properties[property];
  const names = (Array.isArray(value) ? (value as unknown[]) : [value]).filter((name) => name !== undefined);
  if (names.length === 0) return false;
  const name = role.properties["name"];
  const byName = names.some((text) => !isUnknown(text) && (text === name || text === role.properties["id"]));
  return byName || (names.some(isUnknown) && dependsOn(one, property, role.resource));
}

function dependsOn({ resource }: Plain, property: string, on: PolicyResource): boolean {
  return (resource.propertyDependencies[property] ?? []).some(({ urn }) => urn === on.urn);
}
