import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { credentialIn, findCredentials, hideCredentials } from "../../input/credentials";
import { quote } from "../../input/wording";

/** Put together here, so that no scanner takes this file for a leak. */
const repeat = (text: string, length: number): string => text.repeat(length).slice(0, length);
const credentials: readonly [kind: string, text: string][] = [
  ["an AWS access key id", `AKIA${repeat("ABCDEFGH234567", 16)}`],
  ["an AWS access key id", `ASIA${repeat("ABCDEFGH234567", 16)}`],
  ["an AWS secret access key", repeat("wJalrXUtnFEMI/K7MDENG/bPxRfiCY", 40)],
  ["a GitHub token", `ghp_${repeat("aB3", 36)}`],
  ["a GitHub token", `github_pat_${repeat("aB3_", 60)}`],
  ["a GitLab token", `glpat-${repeat("aB3-", 20)}`],
  ["an npm token", `npm_${repeat("aB3", 36)}`],
  ["a PyPI token", `pypi-${repeat("aB3", 60)}`],
  ["a Slack token", `xoxb-${repeat("123456-", 24)}`],
  ["a Slack webhook", `https://hooks.slack.com/services/${repeat("T0B0", 12)}`],
  [
    "a private key",
    ["-----BEGIN RSA", "PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA", "PRIVATE KEY-----"].join(" "),
  ],
  ["a URL with a password", "postgres://user:secretsecret@db.example.com/x"],
];

describe("credentials are found", () => {
  for (const [kind, text] of credentials) {
    it(`${kind}: ${text.slice(0, 8)}…`, () => {
      assert.equal(credentialIn(`before ${text} after`), kind);
      assert.ok(!hideCredentials(`before ${text} after`).includes(text.slice(10, 20)));
      assert.ok(!quote(`key ${text}`).includes(text.slice(10, 20)));
    });
  }

  it("at every depth, in keys too", () => {
    const token = `ghp_${repeat("aB3", 36)}`;
    assert.deepEqual(findCredentials({ a: [{ b: `x ${token}` }], [token]: 1 }), [
      { path: ["a", 0, "b"], kind: "a GitHub token" },
      { path: [], key: token, kind: "a GitHub token" },
    ]);
  });
});

describe("what is no credential is left alone", () => {
  for (const text of [
    "0123456789abcdef0123456789abcdef01234567", // a Git commit
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", // SHA-256
    "arn:aws:codeconnections:eu-west-1:111111111111:connection/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
    "curl -u $USER:$PASSWORD https://example.com",
    "https://user:$TOKEN@example.com/x",
    "components/ApplicationDelivery/Pipeline2Stages/index.ts",
    "reports/Junit5Platform/TestResults2026/Unit",
    `19:${repeat("aB3", 40)}@thread.tacv2`, // a channel of Microsoft Teams
    "git clone git@github.com:example-org/hello-world.git",
  ]) {
    it(text.slice(0, 40), () => {
      assert.equal(credentialIn(text), undefined);
      assert.equal(hideCredentials(text), text);
    });
  }
});
