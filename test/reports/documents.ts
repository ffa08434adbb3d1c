import type {
  PolicyFinding,
  PreviewDocument,
  PreviewedResource,
  StackPreview,
} from "../../preview/preview-document";

function resource(type: string, name: string, inputs: PreviewedResource["inputs"] = {}): PreviewedResource {
  return {
    urn: `urn:pulumi:cicd::shop::${type}::${name}`,
    type,
    name,
    parent: "",
    provider: "",
    custom: !type.startsWith("shop:"),
    inputs,
    outputs: {},
    dependencies: [],
    propertyDependencies: {},
    protect: false,
  };
}

function job(
  name: string,
  project: string,
  runOrder: number,
  category = "Build",
): Record<string, string | number | object> {
  return { name, category, provider: "CodeBuild", runOrder, configuration: { ProjectName: project } };
}

const PIPELINE = resource("aws:codepipeline/pipeline:Pipeline", "shop-main", {
  name: "shop-main",
  executionMode: "QUEUED",
  triggers: [
    {
      gitConfiguration: {
        pushes: [
          { branches: { includes: ["main", "release/*"] }, filePaths: { excludes: ["docs/**"] } },
          { tags: { includes: ["v*"] } },
        ],
        pullRequests: [{ branches: { includes: ["main"] } }],
      },
    },
  ],
  stages: [
    {
      name: "Source",
      actions: [{ name: "Source", category: "Source", configuration: { FullRepositoryId: "acme/shop" } }],
    },
    {
      name: "Build_and_Test",
      actions: [
        job("Image", "shop-image", 2),
        job("Lint", "shop-lint", 1, "Test"),
        job("Test", "shop-test", 1, "Test"),
      ],
    },
    {
      name: "Approve_Prod",
      actions: [{ name: "Approve", category: "Approval", timeoutInMinutes: 1440 }],
    },
    {
      name: "Prod",
      actions: [job("Deploy", "shop-deploy-prod", 1)],
      beforeEntry: {
        condition: {
          rules: [
            {
              name: "Window",
              ruleTypeId: { provider: "DeploymentWindow" },
              configuration: { Cron: "* * 8-16 ? * MON-FRI", TimeZone: "Europe/Berlin" },
            },
          ],
        },
      },
      onFailure: { result: "ROLLBACK" },
    },
  ],
} as unknown as PreviewedResource["inputs"]);

function finding(overrides: Partial<PolicyFinding>): PolicyFinding {
  return {
    rule: "no-wildcard-grants",
    level: "mandatory",
    severity: "high",
    urn: "urn:pulumi:cicd::shop::aws:iam/rolePolicy:RolePolicy::job",
    path: "policy",
    message:
      'Statement "ReadAll", Statement[0].Action: "s3:*" grants 150 actions. List the ones that the job needs.',
    ...overrides,
  };
}

function stack(name: string, overrides: Partial<StackPreview>): StackPreview {
  return {
    name,
    kind: "environment",
    accountId: "222222222222",
    region: "eu-west-1",
    resources: [resource("pulumi:pulumi:Stack", `shop-${name}`), resource("pulumi:providers:aws", "default")],
    outputs: {},
    unknowns: [],
    policy: { pack: "pack 1.0.0", judged: 2, violations: [], notVerifiable: [], exempted: [] },
    ...overrides,
  };
}

const CICD = stack("cicd", {
  kind: "cicd",
  accountId: "111111111111",
  resources: [
    resource("pulumi:pulumi:Stack", "shop-cicd"),
    resource("shop:index:Job", "job", { policy: { Statement: [] } }),
    resource("aws:iam/role:Role", "job", { assumeRolePolicy: '{"Statement":[]}' }),
    resource("aws:iam/role:Role", "other", { assumeRolePolicy: { Statement: [] } }),
    resource("aws:iam/rolePolicy:RolePolicy", "job", { policy: '{"Statement":[]}' }),
    resource("aws:ecr/repository:Repository", "shop"),
    PIPELINE,
  ],
  unknowns: [{ urn: "urn:pulumi:cicd::shop::aws:iam/role:Role::job", path: "name" }],
});

/** Two stacks and nothing to complain of. */
export const CLEAN: PreviewDocument = { version: 1, stacks: [CICD, stack("dev", {})], problems: [] };

/** The same with findings of every sort. */
export const BROKEN: PreviewDocument = {
  version: 1,
  stacks: [
    { ...CICD, policy: { ...CICD.policy, violations: [finding({})] } },
    stack("dev", {
      policy: {
        pack: "pack 1.0.0",
        judged: 2,
        violations: [
          finding({ urn: "urn:pulumi:dev::shop::aws:iam/rolePolicy:RolePolicy::job" }),
          finding({
            rule: "role-reach",
            level: "advisory",
            severity: "medium",
            path: "",
            message: "can make <roles>.",
          }),
        ],
        notVerifiable: [
          finding({
            rule: "readable-policies",
            level: "advisory",
            severity: "low",
            message: "policy cannot be known.",
          }),
        ],
        exempted: [
          finding({
            rule: "no-open-trust",
            level: "advisory",
            severity: "",
            message: "trusted by another team.",
          }),
        ],
      },
    }),
  ],
  problems: [],
};

export const REFUSED: PreviewDocument = {
  version: 1,
  stacks: [],
  problems: [
    {
      message: 'There is no environment "prd".',
      file: "applications/shop.yaml",
      line: 12,
      column: 5,
      stacks: ["cicd", "dev"],
      remedy: "The environments are: dev, prod.",
    },
    { message: "There is no stack file." },
  ],
};

/** A preview of which a part seems to be forgotten. */
export const WARNED: PreviewDocument = {
  ...CLEAN,
  warnings: [
    { message: "There are no <pipelines>.", file: "Pulumi.yaml" },
    {
      message: "The environment test has no stack file.",
      file: "Pulumi.yaml",
      line: 34,
      column: 13,
      remedy: "Add Pulumi.test.yaml.",
    },
  ],
};
