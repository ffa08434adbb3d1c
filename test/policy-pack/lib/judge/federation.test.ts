import assert from "node:assert/strict";
import fc from "fast-check";
import { readDocument } from "../../../../policy-pack/lib/document/read-document";
import { judgeOidc, judgeSaml } from "../../../../policy-pack/lib/judge/federation";
import { ACCOUNT, trust } from "../../support/documents";

const ISSUER = "token.actions.githubusercontent.com";
const AUDIENCE = { [`${ISSUER}:aud`]: "sts.amazonaws.com" };
const MAIN = "repo:example-org/orders:ref:refs/heads/main";
const NO_AUDIENCE = `error: is not held to an exact audience (${ISSUER}:aud).`;

type Conditions = Readonly<Record<string, unknown>>;

/** What the judge says of a provider that one statement lets in under the conditions. */
function judged(judge: typeof judgeOidc, principal: string, condition: Conditions): string[] {
  const policy = trust({ Federated: principal }, condition, "sts:AssumeRoleWithWebIdentity");
  return readDocument(policy).statements.flatMap((statement) =>
    statement.principals.flatMap((entry) =>
      judge(statement, entry).map(({ severity, reason }) => `${severity}: ${reason}`),
    ),
  );
}

const NOT_CHECKED = `error: lets in every workload of GitHub Actions: its subject (${ISSUER}:sub) is not checked.`;

function notNamed(parts: string): string {
  return `error: lets in more than one workload of GitHub Actions: its subject (${ISSUER}:sub) does not name the ${parts}.`;
}

describe("judgeOidc", () => {
  const oidc = (condition: Conditions): string[] =>
    judged(judgeOidc, `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`, condition);
  const withSubject = (operator: string, value: string | readonly string[]): string[] =>
    oidc({ StringEquals: AUDIENCE, [operator]: { [`${ISSUER}:sub`]: value } });

  it("takes an exact audience and a subject that names the branch", () => {
    assert.deepEqual(oidc({ StringEquals: { ...AUDIENCE, [`${ISSUER}:sub`]: MAIN } }), []);
    assert.deepEqual(withSubject("StringLike", MAIN), []);
  });

  it("sends back an audience by pattern", () => {
    const main = { [`${ISSUER}:sub`]: MAIN };
    assert.deepEqual(oidc({ StringEquals: main }), [NO_AUDIENCE]);
    assert.deepEqual(oidc({ StringEquals: main, StringLike: { [`${ISSUER}:aud`]: "sts.amazon*" } }), [
      NO_AUDIENCE,
    ]);
  });

  it("sends back a subject that may be absent, be another or be missing", () => {
    assert.deepEqual(oidc({ StringEquals: AUDIENCE }), [NOT_CHECKED]);
    for (const operator of ["StringEqualsIfExists", "StringLikeIfExists", "StringNotEquals"])
      assert.deepEqual(withSubject(operator, MAIN), [NOT_CHECKED], operator);
    assert.deepEqual(withSubject("ForAllValues:StringEquals", MAIN), [NOT_CHECKED]);
    assert.deepEqual(withSubject("StringLike", []), [NOT_CHECKED]);
  });

  it("sends back an open subject beside a named one", () => {
    assert.deepEqual(withSubject("StringLike", [MAIN, "repo:example-org/*"]), [notNamed("repository")]);
    assert.deepEqual(withSubject("StringLike", [MAIN, "*"]), [notNamed("owner and the repository")]);
  });

  it("tells of a repository whose every branch is let in", () => {
    assert.deepEqual(withSubject("StringLike", [MAIN, "repo:example-org/orders:*"]), [
      `warning: lets in every branch, tag or pull request of what its subject (${ISSUER}:sub) names.`,
    ]);
  });
});

describe("judgeSaml", () => {
  const COGNITO = "cognito-identity.amazonaws.com";
  const cognito = (condition: Conditions): string[] => judged(judgeSaml, COGNITO, condition);
  const pool = { StringEquals: { [`${COGNITO}:aud`]: "eu-west-1:00000000-0000-0000-0000-000000000000" } };

  it("lets users of an identity pool in, and no guests", () => {
    const signedIn = { [`${COGNITO}:amr`]: "authenticated" };
    assert.deepEqual(cognito({ ...pool, "ForAnyValue:StringLike": signedIn }), []);
    assert.deepEqual(cognito(pool), ["error: also lets in guests who have not signed in."]);
    assert.deepEqual(cognito({ "ForAnyValue:StringLike": signedIn }), [
      `error: is not held to an exact audience (${COGNITO}:aud).`,
    ]);
  });
});

/** Issuers with their audience, and subjects with what is to be said of them. */
const subjects: Readonly<Record<string, readonly (readonly [subject: string, verdict: string])[]>> = {
  "token.actions.githubusercontent.com": [
    ["repo:example/shop:environment:production", "quiet"],
    ["repo:example@1234/shop@5678:ref:refs/heads/main", "quiet"],
    ["repo:example/shop:ref:refs/heads/release/*", "warning: branch, tag or pull request"],
    ["repository_id:4711:*", "warning: branch, tag or pull request"],
    ["repository_owner:example:repository:example/shop:environment:production", "quiet"],
    ["repo:example/shop*:ref:refs/heads/main", "error: the repository"],
    ["repo:exam*/shop:ref:refs/heads/main", "error: the owner and the repository"],
    ["repo:*", "error: the owner and the repository"],
    ["*", "error: the owner and the repository"],
    ["repository_owner:example:*", "error: the repository"],
    // An organization composes its subjects itself: a stranger's can be just these.
    ["environment:production", "error: no workload"],
    ["job_workflow_ref:example/ci/.github/workflows/deploy.yml@refs/heads/main", "error: no workload"],
  ],
  "token.actions.githubusercontent.com/example-enterprise": [
    ["repo:example/shop:environment:production", "quiet"],
    ["repo:example/*", "error: the repository"],
  ],
  "github.example.com/_services/token": [["repo:example/*", "error: the repository"]],
  "gitlab.com": [
    ["project_path:example/shop:ref_type:branch:ref:main", "quiet"],
    ["project_path:example/web/shop:ref_type:branch:ref:main", "quiet"],
    ["project_path:example/shop:*", "warning: branch or tag"],
    ["project_path:example/shop:ref_type:tag:ref:v*", "warning: branch or tag"],
    ["project_path:example/web/*:ref_type:branch:ref:main", "error: the project"],
    ["project_path:example/*", "error: the project"],
    ["project_path:*/shop:ref_type:branch:ref:main", "error: the group and the project"],
  ],
  "gitlab.example.com": [
    ["project_path:example/shop:ref_type:branch:ref:main", "quiet"],
    ["project_path:example/*", "error: the project"],
  ],
  "app.terraform.io": [
    ["organization:example:project:shop:workspace:prod:run_phase:apply", "quiet"],
    ["organization:example:project:*:workspace:prod:run_phase:apply", "quiet"],
    ["organization:example:project:shop:workspace:prod:run_phase:*", "note: phase, plans included,"],
    ["organization:example:project:shop:workspace:*", "warning: workspace of the project"],
    ["organization:example:project:*:workspace:prod-*:run_phase:*", "warning: workspace whose name"],
    ["organization:example:project:*:workspace:p*:run_phase:*", "error: the workspace"],
    ["organization:example:project:*:workspace:*:run_phase:apply", "error: the workspace"],
    ["organization:example:*", "error: the workspace"],
    ["organization:*:project:shop:workspace:prod:run_phase:apply", "error: the organization"],
    ["organization:ex*:project:shop:workspace:prod:run_phase:apply", "error: the organization"],
  ],
  "api.bitbucket.org/2.0/workspaces/example/pipelines-config/identity/oidc": [
    ["{4f7a9c}:{b11d02}:*", "quiet"],
    ["{4f7a9c}*:{b11d02}:*", "quiet"],
    ["{4f7a9c}:*", "warning: branch and environment"],
    ["{4f7a*", "error: the repository"],
    ["*:{b11d02}:*", "error: the repository"],
  ],
  "oidc.circleci.com/org/6e1a": [
    ["org/6e1a/project/83bd/user/*/vcs-origin/*/vcs-ref/refs/heads/main", "quiet"],
    ["org/6e1a/project/*/user/*/vcs-origin/github.com/example/shop/vcs-ref/refs/heads/main", "quiet"],
    ["org/6e1a/project/83bd/user/c0de", "quiet"],
    ["org/6e1a/project/83bd/*", "warning: branch, tag or pull request"],
    [
      "org/6e1a/project/*/user/*/vcs-origin/github.com/example/*/vcs-ref/refs/heads/main",
      "error: the project",
    ],
    ["org/6e1a/*", "error: the project"],
  ],
  "agent.buildkite.com": [
    ["organization:example:pipeline:shop:ref:refs/heads/main:commit:*:step:*", "quiet"],
    ["organization:example:pipeline:shop:*", "warning: branch or tag"],
    [
      "organization:example:pipeline:shop-*:ref:refs/heads/main:commit:*:step:*",
      "warning: pipeline whose name",
    ],
    ["organization:example:*", "error: the pipeline"],
    ["organization:*:pipeline:shop:ref:refs/heads/main:commit:*:step:*", "error: the organization"],
  ],
  "example.app.spacelift.io": [
    ["space:shop-01HN:stack:prod:run_type:TRACKED:scope:write", "quiet"],
    ["space:shop-01HN:stack:prod:*", "note: type of run, proposed ones included,"],
    ["space:*:stack:prod:run_type:TRACKED:scope:write", "quiet"],
    ["space:shop-01HN:stack:*", "warning: stack of the space"],
    ["space:*", "error: the stack"],
  ],
  "api.pulumi.com/oidc": [
    ["pulumi:deploy:org:example:project:shop:stack:prod:operation:update:scope:write", "quiet"],
    ["pulumi:deploy:org:example:project:shop:*", "warning: stack of the project"],
    ["pulumi:deploy:org:example:*", "error: the project and the stack"],
  ],
  "oidc.vercel.com/example": [
    ["owner:example:project:shop:environment:production", "quiet"],
    ["owner:example:project:*:environment:production", "error: the project"],
  ],
  "oidc.eks.eu-west-1.amazonaws.com/id/0A1B": [
    ["system:serviceaccount:shop:cart", "quiet"],
    ["system:serviceaccount:shop:cart-*", "warning: service account whose name"],
    ["system:serviceaccount:shop:*", "error: the service account"],
    ["system:serviceaccount:shop-*:cart", "error: the namespace"],
    ["system:serviceaccount:*", "error: the namespace and the service account"],
  ],
  "clusters.example.com": [
    ["system:serviceaccount:shop:cart", "quiet"],
    ["system:serviceaccount:*:cart", "error: the namespace"],
  ],
  "tokens.example.com": [
    ["job:shop", "quiet"],
    ["job:shop:*", "error: open"],
    ["tenant:example:job:shop-*", "error: open"],
  ],
};

describe("the subjects of providers", () => {
  for (const [issuer, cases] of Object.entries(subjects)) {
    for (const [value, verdict] of cases) {
      it(`${issuer} ${value}: ${verdict}`, () => {
        const policy = trust(
          { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}` },
          { StringEquals: { [`${issuer}:aud`]: "audience" }, StringLike: { [`${issuer}:sub`]: value } },
          "sts:AssumeRoleWithWebIdentity",
        );
        const [first = "quiet", ...others] = verdicts(policy);
        assert.deepEqual(others, []);
        assert.equal(inShort(first), verdict);
      });
    }
  }

  /** The part of a sentence in which they differ. */
  function inShort(message: string): string {
    const [severity = ""] = message.split(":");
    const [, what = message] =
      /does not name (the .*)\.$/.exec(message) ??
      /lets in every ([\w ]+ (?:whose name|of the \w+(?= that)))/.exec(message) ??
      /lets in every (.*) of what its subject/.exec(message) ??
      /\) is (open)\.$/.exec(message) ??
      [];
    return message === "quiet"
      ? "quiet"
      : `${severity}: ${what.includes("not one that") ? "no workload" : what}`;
  }

  function verdicts(policy: object): string[] {
    return readDocument(policy).statements.flatMap((statement) =>
      statement.principals.flatMap((entry) =>
        judgeOidc(statement, entry).map(({ severity, reason }) => `${severity}: ${reason}`),
      ),
    );
  }

  it("are never judged milder for a star in place of any part of them", () => {
    const grave = (issuer: string, value: string): number => {
      const [first] = verdicts(
        trust(
          { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}` },
          { StringEquals: { [`${issuer}:aud`]: "audience" }, StringLike: { [`${issuer}:sub`]: value } },
        ),
      );
      return first === undefined
        ? 0
        : ["note", "warning", "error"].findIndex((word) => first.startsWith(word)) + 1;
    };
    const all = Object.entries(subjects).flatMap(([issuer, cases]) =>
      cases.map(([value]) => [issuer, value] as const),
    );
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.nat(80), fc.nat(80), ([issuer, value], start, length) => {
        const wider = `${value.slice(0, start)}*${value.slice(start + length)}`;
        assert.ok(grave(issuer, wider) >= grave(issuer, value), `${wider} is milder than ${value}`);
      }),
      { numRuns: 2_000 },
    );
  });

  it("of a repository may be open where another key names the repository", () => {
    const issuer = "token.actions.githubusercontent.com";
    const policy = (key: string, value: string): object =>
      trust(
        { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}` },
        {
          StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" },
          StringLike: { [`${issuer}:sub`]: "repo:example/*", [`${issuer}:${key}`]: value },
        },
      );
    assert.deepEqual(verdicts(policy("repository_id", "4711")), [
      `warning: lets in every branch, tag or pull request of what its subject (${issuer}:sub) names.`,
    ]);
    for (const [key, value] of [
      ["repository", "example/*"],
      ["actor", "somebody"],
    ] as const)
      assert.deepEqual(verdicts(policy(key, value)), [notNamed("repository")]);
  });

  it("are asked for in words of their provider", () => {
    const remedies = (issuer: string): string[] =>
      readDocument(
        trust({ Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}` }),
      ).statements.flatMap((statement) =>
        statement.principals.flatMap((entry) => judgeOidc(statement, entry).map(({ remedy }) => remedy)),
      );
    assert.deepEqual(remedies("app.terraform.io"), [
      'Add StringEquals app.terraform.io:aud, for HCP Terraform "aws.workload.identity".',
      'Add StringEquals app.terraform.io:sub with the workload that is meant, as "organization:ORGANIZATION:project:PROJECT:workspace:WORKSPACE:run_phase:apply".',
    ]);
    assert.deepEqual(remedies("tokens.example.com"), [
      'Add StringEquals tokens.example.com:aud, for AWS "sts.amazonaws.com".',
      "Add StringEquals tokens.example.com:sub with the workload that is meant.",
    ]);
  });
});
