import assert from "node:assert/strict";
import { unknownValue } from "../../evaluator/context";
import { unreadable } from "../../evaluator/document";
import { evaluate, type Policies, type Request } from "../../evaluator/evaluate";
import { allow, deny, policiesOf, readsFor, requestOf, writes, type Documents } from "./cases";

function reasons(policies: Policies, request: Partial<Request> = {}): string[] {
  return evaluate(requestOf(request), policies)
    .because()
    .map(
      ({ layer, role, statement, sentence }) => `${layer} ${role} ${statement?.number ?? "-"}: ${sentence}`,
    );
}

const inTeam = { StringEquals: { "aws:PrincipalTag/team": ["a", "b", "c"] } };

/** What a question's answer is said to come from. */
const rows: readonly (readonly [
  title: string,
  policies: Documents,
  request: Partial<Request>,
  expected: readonly string[],
])[] = [
  [
    "the first Allow of each layer for a yes",
    { identity: [writes, allow()], resource: readsFor("*") },
    {},
    [
      "identity allows 2: It allows: action, resource match.",
      "resource allows 1: It allows: action, resource, principal match.",
    ],
  ],
  [
    "every Deny for a no",
    { identity: [allow(), deny({ Condition: inTeam })], boundary: [allow(), deny()] },
    { context: { "aws:PrincipalTag/team": "a" } },
    [
      "identity denies 2: It denies: action, resource and every condition match.",
      "boundary denies 2: It denies: action, resource match.",
    ],
  ],
  [
    "that no statement is about the action",
    { identity: writes },
    {},
    ["identity misses -: No statement of the caller's own policies allows s3:GetObject."],
  ],
  [
    "the layer that only limits, where it does not allow",
    { identity: allow(), serviceControl: [writes] },
    {},
    ["serviceControl misses -: No statement of the service control policies allows s3:GetObject."],
  ],
  [
    "the statement about another resource",
    { identity: allow({ Resource: ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*", "arn:aws:s3:::c/*"] }) },
    {},
    [
      "identity misses 1: It is not about arn:aws:s3:::reports/2026/january.csv, but about arn:aws:s3:::a/*, arn:aws:s3:::b/* or 1 more.",
    ],
  ],
  [
    "the statement that came nearest: its condition, before one about another resource",
    { identity: [allow({ Resource: "arn:aws:s3:::a/*" }), allow({ Condition: inTeam })] },
    { context: { "aws:PrincipalTag/team": "d" } },
    [
      "identity misses 2: Its condition StringEquals aws:PrincipalTag/team = a, b or 1 more does not hold: the request has d.",
    ],
  ],
  [
    "the condition whose key the request does not have",
    { identity: allow({ Condition: inTeam }) },
    {},
    [
      "identity misses 1: Its condition StringEquals aws:PrincipalTag/team = a, b or 1 more does not hold: the request has no such key.",
    ],
  ],
  [
    "the condition whose key cannot be known",
    { identity: allow({ Condition: inTeam }) },
    { context: { "aws:PrincipalTag/team": unknownValue } },
    [
      "identity unknown 1: Its condition StringEquals aws:PrincipalTag/team = a, b or 1 more cannot be known to hold: what the request has there cannot be known.",
    ],
  ],
  [
    "the statement about somebody else",
    { resource: readsFor({ AWS: ["222222222222", "333333333333"] }) },
    {},
    [
      "identity misses -: No statement of the caller's own policies allows s3:GetObject.",
      "resource misses 1: It is not about this caller, but about 222222222222 or 333333333333.",
    ],
  ],
];

describe("evaluator: reasons", () => {
  for (const [title, policies, request, expected] of rows) {
    it(`gives ${title}`, () => {
      assert.deepEqual(reasons(policiesOf(policies), request), expected);
    });
  }

  it("gives the document that nobody can read", () => {
    assert.deepEqual(reasons({ identity: [unreadable("it is known only after deployment")] }), [
      "identity unknown -: A document of the caller's own policies cannot be read: it is known only after deployment.",
    ]);
  });
});
