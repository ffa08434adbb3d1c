import assert from "node:assert/strict";
import { unreadable } from "../../evaluator/document";
import { evaluate } from "../../evaluator/evaluate";
import {
  ACCOUNT,
  alice,
  aliceArn,
  allow,
  deny,
  deployer,
  deployerArn,
  deployerSession,
  everything,
  policiesOf,
  policyCases,
  reads,
  readsFor,
  requestOf,
  root,
  testCases,
  writes,
  type Documents,
  type PolicyRow,
} from "./cases";

const aliceReads = readsFor({ AWS: aliceArn });
const deployerReads = readsFor({ AWS: deployerArn });
const sessionReads = readsFor({ AWS: deployerSession });
const roleByCondition = allow({
  Principal: "*",
  Condition: { ArnEquals: { "aws:PrincipalArn": deployerArn } },
});

const within: readonly PolicyRow[] = [
  ["Without any policy a request is denied", "evaluation", alice, {}, "no"],
  ["An Allow of the caller's own policies allows", "evaluation", alice, { identity: reads }, "yes"],
  ["An Allow of something else does not", "evaluation", alice, { identity: writes }, "no"],
  ["A Deny overrides an Allow", "evaluation", alice, { identity: [reads, deny()] }, "no"],
  ["A Deny before the Allow overrides it too", "evaluation", alice, { identity: [deny(), reads] }, "no"],
  [
    "A Deny of something else does not",
    "evaluation",
    alice,
    { identity: [reads, deny({ Action: "s3:PutObject" })] },
    "yes",
  ],
  [
    "A Deny alone allows nothing else",
    "evaluation",
    alice,
    { identity: deny({ Action: "s3:PutObject" }) },
    "no",
  ],
  ["The root user needs no Allow", "evaluation", root, {}, "yes"],
  [
    "An Allow of the resource's policy is enough within an account",
    "evaluation",
    alice,
    { resource: aliceReads },
    "yes",
  ],
  [
    "The caller's own Allow is enough beside a resource's policy",
    "evaluation",
    alice,
    { identity: reads, resource: deployerReads },
    "yes",
  ],
  [
    "A Deny of the resource's policy overrides the caller's Allow",
    "evaluation",
    alice,
    { identity: reads, resource: deny({ Principal: "*" }) },
    "no",
  ],
  [
    "A Deny of the caller's policy overrides the resource's Allow",
    "evaluation",
    alice,
    { identity: deny(), resource: aliceReads },
    "no",
  ],
  [
    "A Deny of the resource's policy binds the root user",
    "evaluation",
    root,
    { resource: deny({ Principal: "*" }) },
    "no",
  ],
];

const boundaries: readonly PolicyRow[] = [
  [
    "A boundary and the own policies must both allow",
    "boundaries",
    alice,
    { identity: reads, boundary: reads },
    "yes",
  ],
  [
    "What the boundary does not allow is denied",
    "boundaries",
    alice,
    { identity: reads, boundary: writes },
    "no",
  ],
  ["A boundary grants nothing", "boundaries", alice, { identity: writes, boundary: everything }, "no"],
  [
    "A Deny of the boundary denies",
    "boundaries",
    alice,
    { identity: reads, boundary: [everything, deny()] },
    "no",
  ],
  [
    "A boundary does not limit what a resource grants a user by name",
    "boundaries",
    alice,
    { resource: aliceReads, boundary: writes },
    "yes",
  ],
  [
    "A boundary limits what a resource grants a role by name",
    "boundaries",
    deployer,
    { resource: deployerReads, boundary: writes },
    "no",
  ],
  [
    "A role by name needs no own policy within the boundary",
    "boundaries",
    deployer,
    { resource: deployerReads, boundary: reads },
    "yes",
  ],
  [
    "A boundary does not limit what a resource grants a session by name",
    "boundaries",
    deployer,
    { resource: sessionReads, boundary: writes },
    "yes",
  ],
  [
    "A boundary does not limit a grant to * for the role's aws:PrincipalArn",
    "principal",
    deployer,
    { resource: roleByCondition, boundary: writes },
    "yes",
  ],
  [
    "A Deny of the boundary limits a grant to *",
    "principal",
    deployer,
    { resource: roleByCondition, boundary: [everything, deny()] },
    "no",
  ],
  [
    "A Deny of the boundary limits what a resource grants a user by name",
    "boundaries",
    alice,
    { resource: aliceReads, boundary: [everything, deny()] },
    "no",
  ],
];

const sessions: readonly PolicyRow[] = [
  [
    "A session's policy and the role's must both allow",
    "evaluation",
    deployer,
    { identity: reads, session: reads },
    "yes",
  ],
  [
    "What the session's policy does not allow is denied",
    "evaluation",
    deployer,
    { identity: reads, session: writes },
    "no",
  ],
  [
    "A session's policy grants nothing",
    "evaluation",
    deployer,
    { identity: writes, session: everything },
    "no",
  ],
  [
    "A session's policy limits what a resource grants the role by name",
    "evaluation",
    deployer,
    { resource: deployerReads, session: writes },
    "no",
  ],
  [
    "A session's policy does not limit what a resource grants the session by name",
    "evaluation",
    deployer,
    { resource: sessionReads, session: writes },
    "yes",
  ],
  [
    "A session's policy does not limit a grant to * for the role's aws:PrincipalArn",
    "principal",
    deployer,
    { resource: roleByCondition, session: writes },
    "yes",
  ],
  [
    "A session's policy, a boundary and the role's must all allow",
    "boundaries",
    deployer,
    { identity: reads, boundary: reads, session: writes },
    "no",
  ],
  [
    "A Deny of the session's policy denies",
    "evaluation",
    deployer,
    { resource: sessionReads, session: deny() },
    "no",
  ],
];

describe("evaluator: layers of policies within an account", () => {
  testCases(policyCases([...within, ...boundaries, ...sessions], { resourceAccount: ACCOUNT }));

  it("cannot know what a document allows that nobody can read, but a Deny beside it decides", () => {
    const secret = unreadable("it is known only after deployment");
    const answer = (documents: Documents): string =>
      evaluate(requestOf(), { ...policiesOf(documents), identity: [secret] }).answer;
    assert.equal(answer({}), "unknown");
    assert.equal(answer({ resource: deny({ Principal: "*" }) }), "no");
    assert.equal(answer({ boundary: writes }), "no");
  });
});
