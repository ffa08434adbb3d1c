import assert from "node:assert/strict";
import { contextOf, type Context } from "../../../../policy-pack/lib/document/context";
import { readDocument } from "../../../../policy-pack/lib/document/read-document";
import { takenForOwn } from "../../../../policy-pack/lib/measure/own-account";
import { ACCOUNT, document, OTHER_ACCOUNT } from "../../support/documents";

const KEY = contextOf("resource", "kms");

function allows(account: string, Action: unknown): Readonly<Record<string, unknown>> {
  return { Effect: "Allow", Principal: { AWS: account }, Action, Resource: "*" };
}

function taken(
  statements: readonly Readonly<Record<string, unknown>>[],
  context: Context = KEY,
): string | undefined {
  const found = takenForOwn(readDocument(document(...statements)).statements, context);
  return found === undefined ? undefined : `${found.account} of ${found.named}`;
}

describe("the account that is taken for a key's own", () => {
  it("is the only one that the policy names as a whole, in either form", () => {
    assert.equal(taken([allows(ACCOUNT, "kms:*")]), `${ACCOUNT} of 1`);
    assert.equal(taken([allows(`arn:aws:iam::${ACCOUNT}:root`, "kms:Decrypt")]), `${ACCOUNT} of 1`);
  });

  it("is of several the one that is given the most, whatever their order", () => {
    const statements = [allows(OTHER_ACCOUNT, "kms:*"), allows(ACCOUNT, ["kms:Decrypt", "kms:CreateGrant"])];
    assert.equal(taken(statements), `${OTHER_ACCOUNT} of 2`);
    assert.equal(taken(statements.toReversed()), `${OTHER_ACCOUNT} of 2`);
    const alike = [allows(OTHER_ACCOUNT, "kms:*"), allows(ACCOUNT, "kms:*")];
    assert.equal(taken(alike), taken(alike.toReversed()));
  });

  it("is one of ours, if the pack knows which are", () => {
    const statements = [allows(OTHER_ACCOUNT, "kms:*"), allows(ACCOUNT, "kms:Decrypt")];
    assert.equal(taken(statements, { ...KEY, accounts: [ACCOUNT] }), `${ACCOUNT} of 2`);
    assert.equal(taken(statements, { ...KEY, accounts: ["999999999999"] }), undefined);
  });

  it("is none where it was told, for other resources, and where no account is named as a whole", () => {
    assert.equal(taken([allows(ACCOUNT, "kms:*")], { ...KEY, account: OTHER_ACCOUNT }), undefined);
    assert.equal(taken([allows(ACCOUNT, "s3:*")], contextOf("resource", "s3")), undefined);
    assert.equal(taken([allows(`arn:aws:iam::${ACCOUNT}:role/app`, "kms:*")]), undefined);
    assert.equal(taken([{ ...allows(ACCOUNT, "kms:*"), Effect: "Deny" }]), undefined);
  });
});
