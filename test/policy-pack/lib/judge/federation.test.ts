import assert from "node:assert/strict";
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

function subject(state: "not checked" | "open"): string {
  return `error: lets in every workload of the provider: its subject (${ISSUER}:sub) is ${state}.`;
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
    assert.deepEqual(oidc({ StringEquals: AUDIENCE }), [subject("not checked")]);
    for (const operator of ["StringEqualsIfExists", "StringLikeIfExists", "StringNotEquals"])
      assert.deepEqual(withSubject(operator, MAIN), [subject("not checked")], operator);
    assert.deepEqual(withSubject("ForAllValues:StringEquals", MAIN), [subject("not checked")]);
    assert.deepEqual(withSubject("StringLike", []), [subject("not checked")]);
  });

  it("sends back an open subject beside a named one", () => {
    assert.deepEqual(withSubject("StringLike", [MAIN, "repo:example-org/*"]), [subject("open")]);
    assert.deepEqual(withSubject("StringLike", [MAIN, "*"]), [subject("open")]);
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
