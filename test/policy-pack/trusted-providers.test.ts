import assert from "node:assert/strict";
import { ACCOUNT, trust, worst } from "./support/documents";

describe("trust policies", () => {
  const cases: readonly (readonly [string, object, string | undefined])[] = [
    [
      "a SAML provider without audience",
      trust({ Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/idp` }, undefined, "sts:AssumeRoleWithSAML"),
      "error",
    ],
    [
      "a SAML provider with audience",
      trust(
        { Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/idp` },
        { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
        "sts:AssumeRoleWithSAML",
      ),
      undefined,
    ],
    [
      "guests of an identity pool",
      trust(
        { Federated: "cognito-identity.amazonaws.com" },
        { StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-west-1:pool" } },
        "sts:AssumeRoleWithWebIdentity",
      ),
      "error",
    ],
  ];
  for (const [name, value, expected] of cases) {
    it(`${name}: ${expected ?? "quiet"}`, () => {
      assert.equal(worst(value, "trust"), expected);
    });
  }

  it("of a Kubernetes service account name the account", () => {
    const issuer = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE";
    const irsa = (subject: string): string | undefined =>
      worst(
        trust(
          { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}` },
          {
            StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" },
            StringLike: { [`${issuer}:sub`]: subject },
          },
          "sts:AssumeRoleWithWebIdentity",
        ),
        "trust",
      );
    assert.equal(irsa("system:serviceaccount:orders:app"), undefined);
    assert.equal(irsa("system:serviceaccount:*:app"), "error");
    assert.equal(irsa("system:serviceaccount:orders:app-*"), "warning");
  });
});
