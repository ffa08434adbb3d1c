import type { PreviewDocument, PreviewedResource, StackPreview } from "../../preview/preview-document";
import { field, text } from "../pipelines";
import { statementsOf, type Statement } from "./statements";

/** A role with both sides of its policies. */
export interface RoleFacts {
  readonly stack: string;
  readonly accountId: string;
  readonly urn: string;
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  /** "" for a role that belongs to no application. */
  readonly application: string;
  readonly trust: readonly Statement[];
  readonly identity: readonly Statement[];
}

const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const POLICY = "aws:iam/policy:Policy";

/** All roles of all stacks, in the order of the preview. */
export function rolesOf({ stacks }: PreviewDocument): RoleFacts[] {
  const tagged = stacks.flatMap(({ resources }) =>
    resources.map(({ inputs }) => text(field(inputs["tags"], "Application"))),
  );
  const applications = [...new Set(tagged)].filter((name) => name !== "").sort((a, b) => b.length - a.length);
  return stacks.flatMap((stack) => {
    const identity = identityOf(stack);
    return stack.resources
      .filter(({ type }) => type === ROLE)
      .map((role) => roleFacts(stack, role, identity, applications));
  });
}

function roleFacts(
  stack: StackPreview,
  role: PreviewedResource,
  identity: ReadonlyMap<string, Statement[]>,
  applications: readonly string[],
): RoleFacts {
  const name = text(role.inputs["name"]) || role.name;
  const path = text(role.inputs["path"]) || "/";
  const own = text(field(role.inputs["tags"], "Application"));
  return {
    stack: stack.name,
    accountId: stack.accountId,
    urn: role.urn,
    name,
    path,
    arn: `arn:${partitionOf(stack.region)}:iam::${stack.accountId}:role${path}${name}`,
    application: own || (applications.find((found) => name === found || name.startsWith(`${found}-`)) ?? ""),
    trust: statementsOf(stack, role, "assumeRolePolicy"),
    identity: identity.get(name) ?? [],
  };
}

/** The statements of a stack's identity policies, by the name of the role that has them. */
function identityOf(stack: StackPreview): Map<string, Statement[]> {
  const statements = new Map<string, Statement[]>();
  const add = (role: string, added: readonly Statement[]): void => {
    statements.set(role, [...(statements.get(role) ?? []), ...added]);
  };
  const policies = stack.resources.filter(({ type }) => type === POLICY);
  for (const resource of stack.resources) {
    const role = text(resource.inputs["role"]);
    if (resource.type === ROLE_POLICY) add(role, statementsOf(stack, resource, "policy"));
    if (resource.type !== ATTACHMENT) continue;
    const arn = text(resource.inputs["policyArn"]);
    const attached = policies.find(({ inputs }) => arn.endsWith(`/${text(inputs["name"])}`));
    if (attached !== undefined) add(role, statementsOf(stack, attached, "policy"));
  }
  return statements;
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
