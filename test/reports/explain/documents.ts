import type {
  Json,
  PreviewDocument,
  PreviewedResource,
  StackPreview,
} from "../../../preview/preview-document";

export function resource(
  type: string,
  name: string,
  inputs: Readonly<Record<string, Json>> = {},
  overrides: Partial<PreviewedResource> = {},
): PreviewedResource {
  return {
    urn: `urn:pulumi:stack::shop::${type}::${name}`,
    type,
    name,
    parent: "",
    provider: "",
    custom: type.startsWith("aws:"),
    inputs,
    outputs: {},
    dependencies: [],
    propertyDependencies: {},
    protect: false,
    ...overrides,
  };
}

export function stack(
  name: string,
  accountId: string,
  resources: readonly PreviewedResource[],
): StackPreview {
  return {
    name,
    kind: name === "cicd" ? "cicd" : "environment",
    accountId,
    region: "eu-west-1",
    resources,
    outputs: {},
    unknowns: [],
    policy: { pack: "", judged: 0, violations: [], notVerifiable: [], exempted: [] },
  };
}

export function documentOf(...stacks: readonly StackPreview[]): PreviewDocument {
  return { version: 1, stacks, problems: [] };
}

/** A role, and its inline policy of the statements. */
export function role(
  name: string,
  statements: readonly Json[],
  inputs: Readonly<Record<string, Json>> = {},
): PreviewedResource[] {
  const assumeRolePolicy = JSON.stringify({ Statement: inputs["trust"] ?? [] });
  return [
    resource("aws:iam/role:Role", name, { name, path: "/", assumeRolePolicy, ...inputs }),
    resource("aws:iam/rolePolicy:RolePolicy", `${name}-policy`, {
      name: "policy",
      role: name,
      policy: JSON.stringify({ Statement: statements }),
    }),
  ];
}
