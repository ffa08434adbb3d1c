import assert from "node:assert/strict";
import { contextOf } from "../../../../policy-pack/lib/document/context";
import { readDocument } from "../../../../policy-pack/lib/document/read-document";
import { judgeEscalation } from "../../../../policy-pack/lib/judge/escalation";
import { ACCOUNT, grant } from "../../support/documents";

function escalation(policy: object): string[] {
  return judgeEscalation(readDocument(policy).statements, contextOf("identity")).map(
    ({ severity, reason }) => `${severity}: ${reason}`,
  );
}

describe("judgeEscalation", () => {
  it("takes a user's own keys for harmless, and no other user's whose name begins so", () => {
    const keys = (user: string): object =>
      grant("iam:CreateAccessKey", `arn:aws:iam::${ACCOUNT}:user/\${aws:username}${user}`);
    assert.deepEqual(escalation(keys("")), []);
    assert.deepEqual(escalation(keys("*")), [
      "error: iam:CreateAccessKey gives its holder the credentials or the groups of every principal whose name begins so.",
    ]);
  });

  it("lets no condition tame a new version of a policy", () => {
    const policy = `arn:aws:iam::${ACCOUNT}:policy/app`;
    const rewrites = [
      "error: iam:CreatePolicyVersion lets its holder rewrite what the principal that is named may do, and so grant itself anything.",
    ];
    assert.deepEqual(escalation(grant("iam:CreatePolicyVersion", policy)), rewrites);
    for (const [key, value] of [
      ["iam:PolicyARN", policy],
      ["iam:PermissionsBoundary", policy],
      ["aws:ResourceTag/team", "orders"],
    ] as const) {
      assert.deepEqual(
        escalation(grant("iam:CreatePolicyVersion", policy, { StringEquals: { [key]: value } })),
        rewrites,
        key,
      );
    }
  });

  it("takes the policies that may be attached for tame where they are named and none gives everything", () => {
    const attach = (...policies: string[]): object =>
      grant("iam:AttachRolePolicy", `arn:aws:iam::${ACCOUNT}:role/app`, {
        ArnEquals: { "iam:PolicyARN": policies },
      });
    const own = `arn:aws:iam::${ACCOUNT}:policy/app`;
    assert.deepEqual(escalation(attach(own)), []);
    assert.deepEqual(escalation(attach(own, "arn:aws:iam::aws:policy/IAMFullAccess")), [
      "error: iam:AttachRolePolicy lets its holder rewrite what the principal that is named may do, and so grant itself anything.",
    ]);
  });
});
