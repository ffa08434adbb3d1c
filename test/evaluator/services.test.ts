import {
  ACCOUNT,
  alice,
  aliceArn,
  allow,
  deny,
  deployerArn,
  policyCases,
  root,
  testCases,
  type PolicyRow,
} from "./cases";

const key = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234`;
const kms = allow({ Action: "kms:*" });
const enables = { ...kms, Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } };
const keys: readonly PolicyRow[] = [
  ["Without the key's policy the own policies have no effect", "keyPolicies", alice, { identity: kms }, "no"],
  [
    "A key's policy that names the account lets the own policies count",
    "keyPolicies",
    alice,
    { identity: kms, resource: enables },
    "yes",
  ],
  [
    "A key's policy that names the account grants nothing alone",
    "keyPolicies",
    alice,
    { resource: enables },
    "no",
  ],
  [
    "A key's policy that names a user is enough",
    "keyPolicies",
    alice,
    { resource: { ...kms, Principal: { AWS: aliceArn } } },
    "yes",
  ],
  [
    "A key's policy that names another user is not",
    "keyPolicies",
    alice,
    { identity: kms, resource: { ...kms, Principal: { AWS: deployerArn } } },
    "no",
  ],
  [
    "The root user has no permission that the key's policy does not give",
    "keyPolicies",
    root,
    { resource: { ...kms, Principal: { AWS: aliceArn } } },
    "no",
  ],
  [
    "A Deny of the own policies needs no key's policy",
    "keyPolicies",
    alice,
    { identity: deny({ Action: "kms:*" }), resource: { ...kms, Principal: { AWS: aliceArn } } },
    "no",
  ],
];

describe("evaluator: keys, whose own policy must allow", () => {
  testCases(policyCases(keys, { action: "kms:Decrypt", resource: key }));
});
