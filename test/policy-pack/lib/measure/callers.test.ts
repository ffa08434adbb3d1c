import assert from "node:assert/strict";
import { contextOf, type Context } from "../../../../policy-pack/lib/document/context";
import { readDocument } from "../../../../policy-pack/lib/document/read-document";
import type { Statement } from "../../../../policy-pack/lib/document/statement";
import { confinedByDenial, confinement } from "../../../../policy-pack/lib/measure/callers";
import { access, ACCOUNT, document, ORGANIZATION } from "../../support/documents";

function statementsOf(policy: object): [Statement, ...Statement[]] {
  const [first, ...others] = readDocument(policy).statements;
  assert.ok(first !== undefined);
  return [first, ...others];
}

const BUCKET = contextOf("resource", "s3");

describe("confinement", () => {
  function level(condition: Readonly<Record<string, unknown>>, context: Context = BUCKET): string {
    return confinement(statementsOf(access("*", "s3:GetObject", condition))[0], context).level;
  }

  it("is as wide as the widest value of a condition", () => {
    const role = `arn:aws:iam::${ACCOUNT}:role/app`;
    const any = `arn:aws:iam::${ACCOUNT}:*`;
    assert.equal(level({ ArnLike: { "aws:PrincipalArn": [role] } }), "principal");
    assert.equal(level({ ArnLike: { "aws:PrincipalArn": [role, any] } }), "account");
    const ours = { ...BUCKET, organizations: [ORGANIZATION] };
    const organizations = (...ids: string[]): object => ({ "aws:PrincipalOrgID": ids });
    assert.equal(level({ StringEquals: organizations(ORGANIZATION) }, ours), "organization");
    assert.equal(level({ StringEquals: organizations(ORGANIZATION, "o-stranger123") }, ours), "none");
  });

  it("is the narrowest of several conditions", () => {
    const organization = { "aws:PrincipalOrgID": ORGANIZATION };
    assert.equal(level({ StringEquals: { ...organization, "aws:PrincipalAccount": ACCOUNT } }), "account");
    assert.equal(level({ StringEquals: { "aws:PrincipalAccount": ACCOUNT, ...organization } }), "account");
  });
});

describe("confinedByDenial", () => {
  /** How far the denial of these actions to all others than a network confines a grant of reading and deleting. */
  function confined(...denied: string[]): string {
    const toAll = { Principal: "*", Resource: "*" };
    const [allowed, ...others] = statementsOf(
      document(
        { ...toAll, Effect: "Allow", Action: ["s3:GetObject", "s3:DeleteObject"] },
        {
          ...toAll,
          Effect: "Deny",
          Action: denied,
          Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-0a" } },
        },
      ),
    );
    const [everybody] = allowed.principals;
    assert.ok(everybody !== undefined);
    return confinedByDenial(allowed, everybody, [allowed, ...others], BUCKET);
  }

  it("confines only where every action that is allowed is denied", () => {
    assert.equal(confined("s3:*"), "network");
    assert.equal(confined("s3:GetObject", "s3:DeleteObject"), "network");
    assert.equal(confined("s3:GetObject"), "none");
  });
});
