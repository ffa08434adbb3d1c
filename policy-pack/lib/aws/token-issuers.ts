/**
 * Providers of OpenID Connect tokens that AWS accounts trust, with the form of their subjects: which of its parts say
 * what one workload is. Each carries the page of its provider; those that sign for everybody are in
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html too.
 */

/** One form of a subject, and what its parts mean. */
export interface SubjectForm {
  /** Such as `repo:{owner}/{repository}:{run*}`: see `document/template.ts`. */
  readonly form: string;
  /** Parts that together name one workload, such as owner and repository; any one of the lists will do. */
  readonly workload: readonly (readonly string[])[];
  /** Parts that name a group of our own workloads, such as a project. */
  readonly group?: readonly string[];
  /** The part of the workload whose beginning names some of our own. */
  readonly family?: string;
  /** The part that says which runs of the workload are meant. */
  readonly run?: string;
}

export interface TokenIssuer {
  readonly name: string;
  /** The issuer without its scheme, in small letters. */
  readonly issuer: RegExp;
  /** Others run it too, so that the form of a subject tells it where the issuer does not. */
  readonly anyHost?: true;
  /** It signs for all its customers, so that a subject of no known form says nothing of whose it is. */
  readonly shared?: true;
  readonly forms: readonly SubjectForm[];
  /** Texts behind which slashes are part of a name, and set no parts apart. */
  readonly slashesAfter?: RegExp;
  /** Claims that name a workload wherever they stand in a subject that its owner composes. */
  readonly claims?: RegExp;
  /** The audience to ask for, in words. */
  readonly audience: string;
  /** A subject that names one workload and one kind of run. */
  readonly example: string;
  /** What a subject without the part `run` lets in, and whether that opens the workload to more people. */
  readonly runs?: { readonly words: string; readonly severity: "warning" | "note" };
  /** Keys besides the subject that name a workload; a claim without its issuer, or a whole key. */
  readonly keys?: readonly string[];
}

const AWS = '"sts.amazonaws.com"';

export const TOKEN_ISSUERS: readonly TokenIssuer[] = [
  {
    // https://docs.github.com/en/actions/reference/security/oidc. An enterprise's own issuer has its name behind a slash,
    // GitHub Enterprise Server is HOST/_services/token, data residency token.actions.NAME.ghe.com.
    name: "GitHub Actions",
    issuer:
      /^(token\.actions\.githubusercontent\.com(\/.*)?|.*\/_services\/token|token\.actions\..*\.ghe\.com)$/,
    shared: true,
    forms: [
      { form: "repo:{owner}/{repository}:{run*}", workload: [["owner", "repository"]], run: "run" },
      { form: "repository_owner:{owner}:{repository*}", workload: [["repository"]] },
    ],
    claims: /(^|:)(repo(sitory)?:[^:/*?]+\/[^:/*?]+|repository_id:\d+)(:|$)/i,
    audience: AWS,
    example: "repo:OWNER/REPOSITORY:ref:refs/heads/main",
    runs: { words: "branch, tag or pull request", severity: "warning" },
    keys: ["repository", "repository_id"],
  },
  {
    // https://docs.github.com/en/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/streaming-the-audit-log-for-your-enterprise
    name: "GitHub's audit log",
    issuer: /^oidc-configuration\.audit-log\.githubusercontent\.com$/,
    shared: true,
    forms: [{ form: "https://github.com/{enterprise}", workload: [["enterprise"]] }],
    audience: AWS,
    example: "https://github.com/ENTERPRISE",
  },
  {
    // https://docs.gitlab.com/ci/secrets/id_token_authentication/: what follows the path is composed by the project.
    name: "GitLab",
    issuer: /^gitlab\.com$/,
    anyHost: true,
    shared: true,
    forms: [{ form: "project_path:{group}/{project+}:{run*}", workload: [["group", "project"]], run: "run" }],
    audience: "what the job asks for, such as the address of the GitLab instance",
    example: "project_path:GROUP/PROJECT:ref_type:branch:ref:main",
    runs: { words: "branch or tag", severity: "warning" },
  },
  {
    // https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/workload-identity-tokens
    name: "HCP Terraform",
    issuer: /^app(\.eu)?\.terraform\.io$/,
    anyHost: true,
    shared: true,
    forms: [
      {
        form: "organization:{organization}:project:{project}:workspace:{workspace}:run_phase:{phase}",
        workload: [["organization", "workspace"]],
        group: ["organization", "project"],
        family: "workspace",
        run: "phase",
      },
      {
        form: "organization:{organization}:project:{project}:stack:{stack}:deployment:{deployment}:operation:{operation}",
        workload: [["organization", "stack"]],
        group: ["organization", "project"],
        family: "stack",
        run: "operation",
      },
    ],
    audience: '"aws.workload.identity"',
    example: "organization:ORGANIZATION:project:PROJECT:workspace:WORKSPACE:run_phase:apply",
    runs: { words: "phase, plans included,", severity: "note" },
  },
  {
    // https://support.atlassian.com/bitbucket-cloud/docs/integrate-pipelines-with-resource-servers-using-oidc/: each
    // workspace is an issuer of its own.
    name: "Bitbucket",
    issuer: /^api\.bitbucket\.org\/2\.0\/workspaces\/[^/]+\/pipelines-config\/identity\/oidc$/,
    forms: [
      { form: "{{repository}}:{{environment}}:{{step}}", workload: [["repository"]], run: "environment" },
      { form: "{{repository}}:{{step}}", workload: [["repository"]] },
    ],
    audience: '"ari:cloud:bitbucket::workspace/WORKSPACE-UUID"',
    example: "{REPOSITORY-UUID}:{ENVIRONMENT-UUID}:*",
    runs: { words: "branch and environment", severity: "warning" },
  },
  {
    // https://circleci.com/docs/guides/permissions-authentication/openid-connect-tokens/: each organization is an issuer of
    // its own, and $CIRCLE_OIDC_TOKEN ends with the user.
    name: "CircleCI",
    issuer: /^oidc\.circleci\.com\/org\/[^/]+$/,
    slashesAfter: /(\/vcs-origin\/|\/vcs-ref\/)/i,
    forms: [
      {
        form: "org/{organization}/project/{project}/user/{user}/vcs-origin/{origin}/vcs-ref/{ref}",
        workload: [["project"], ["origin"]],
        run: "ref",
      },
    ],
    audience: "the id of the organization",
    example: "org/ORGANIZATION-ID/project/PROJECT-ID/user/*/vcs-origin/*/vcs-ref/refs/heads/main",
    runs: { words: "branch, tag or pull request", severity: "warning" },
  },
  {
    // https://buildkite.com/docs/pipelines/security/oidc/aws
    name: "Buildkite",
    issuer: /^agent\.buildkite\.com$/,
    shared: true,
    forms: [
      {
        form: "organization:{organization}:pipeline:{pipeline}:ref:{ref}:commit:{commit}:step:{step}",
        workload: [["organization", "pipeline"]],
        family: "pipeline",
        run: "ref",
      },
    ],
    audience: AWS,
    example: "organization:ORGANIZATION:pipeline:PIPELINE:ref:refs/heads/main:commit:*:step:*",
    runs: { words: "branch or tag", severity: "warning" },
    keys: ["aws:RequestTag/pipeline_id"],
  },
  {
    // https://docs.spacelift.io/integrations/cloud-providers/oidc/: each account is an issuer of its own.
    name: "Spacelift",
    issuer: /^[^/.]+\.app(\.us)?\.spacelift\.io$/,
    forms: ["stack", "module"].map((kind) => ({
      form: `space:{space}:${kind}:{${kind}}:run_type:{type}:scope:{scope}`,
      workload: [[kind]],
      group: ["space"],
      family: kind,
      run: "type",
    })),
    audience: "the host of the account, as ACCOUNT.app.spacelift.io",
    example: "space:SPACE-ID:stack:STACK:run_type:TRACKED:scope:write",
    runs: { words: "type of run, proposed ones included,", severity: "note" },
  },
  {
    // https://www.pulumi.com/docs/deployments/guides/oidc/aws/, https://www.pulumi.com/docs/esc/guides/configuring-oidc/aws/
    name: "Pulumi Cloud",
    issuer: /^api\.pulumi\.com\/oidc$/,
    shared: true,
    forms: [
      {
        form: "pulumi:deploy:org:{organization}:project:{project}:stack:{stack}:operation:{operation}:scope:{scope}",
        workload: [["organization", "project", "stack"]],
        group: ["organization", "project"],
        family: "stack",
        run: "operation",
      },
      {
        form: "pulumi:environments:org:{organization}:env:{environment}",
        workload: [["organization", "environment"]],
        family: "environment",
      },
    ],
    audience: "the name of the organization",
    example: "pulumi:deploy:org:ORGANIZATION:project:PROJECT:stack:STACK:operation:update:scope:write",
    runs: { words: "operation, previews included,", severity: "note" },
  },
  {
    // https://vercel.com/docs/oidc/reference
    name: "Vercel",
    issuer: /^oidc\.vercel\.com(\/[^/]+)?$/,
    shared: true,
    forms: [
      {
        form: "owner:{team}:project:{project}:environment:{environment}",
        workload: [["team", "project"]],
        run: "environment",
      },
    ],
    audience: '"https://vercel.com/TEAM"',
    example: "owner:TEAM:project:PROJECT:environment:production",
    runs: { words: "environment, previews included,", severity: "warning" },
  },
  {
    // https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html: each cluster is an issuer of its
    // own, outside EKS at an address that its owner chooses.
    name: "Kubernetes",
    issuer: /^oidc\.eks\.[^/]+\/id\/[^/]+$/,
    anyHost: true,
    forms: [
      {
        form: "system:serviceaccount:{namespace}:{service_account}",
        workload: [["namespace", "service_account"]],
        family: "service_account",
      },
    ],
    audience: AWS,
    example: "system:serviceaccount:NAMESPACE:NAME",
  },
];
