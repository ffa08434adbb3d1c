import assert from "node:assert/strict";
import fc from "fast-check";
import { contextOf } from "../../policy-pack/lib/document/context";
import { statementHash } from "../../policy-pack/lib/document/fingerprint";
import { readDocument } from "../../policy-pack/lib/document/read-document";
import { SEVERITIES, type Severity } from "../../policy-pack/lib/judge/findings";
import { judgeDocument } from "../../policy-pack/lib/judge/judge-document";
import { fuzz } from "./support/fuzz";

const IDENTITY = contextOf("identity");

const action = fc.constantFrom(
  "s3:GetObject",
  "s3:Put*",
  "s3:*",
  "s3:ListBucket",
  "dynamodb:GetItem",
  "dynamodb:Describe*",
  "iam:PassRole",
  "iam:CreateRole",
  "iam:P?ssRole",
  "sts:AssumeRole",
  "ec2:DescribeInstances",
  "kms:Decrypt",
  "lambda:CreateFunction",
  "logs:PutLogEvents",
  "*",
);
const resource = fc.constantFrom(
  "*",
  "arn:aws:s3:::reports/*",
  "arn:aws:s3:::reports",
  "arn:aws:s3:::*",
  "arn:aws:dynamodb:eu-west-1:123456789012:table/orders",
  "arn:aws:dynamodb:*:*:table/orders",
  "arn:aws:iam::123456789012:role/app",
  "arn:aws:iam::123456789012:role/*",
  "arn:aws:kms:eu-west-1:123456789012:key/*",
  "arn:aws:lambda:eu-west-1:123456789012:function:app-*",
);
const condition = fc.constantFrom(
  undefined,
  { Bool: { "aws:SecureTransport": "true" } },
  { StringEquals: { "aws:ResourceTag/Team": "orders" } },
  { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
  { StringLike: { "iam:PassedToService": "*" } },
);
const statement = fc
  .record({
    actions: fc.uniqueArray(action, { minLength: 1, maxLength: 4 }),
    resources: fc.uniqueArray(resource, { minLength: 1, maxLength: 3 }),
    condition,
  })
  .map(({ actions, resources, condition: block }) => ({
    Effect: "Allow",
    Action: actions,
    Resource: resources,
    ...(block === undefined ? {} : { Condition: block }),
  }));
const statements = fc.array(statement, { minLength: 1, maxLength: 3 });

/** Rule, severity and value of every finding, without the paths, which follow the form. */
function gist(value: unknown): string[] {
  return judgeDocument(value, IDENTITY)
    .findings.map(
      ({ rule, severity, value: about, reason }) =>
        `${rule} ${severity} ${about} ${reason.replaceAll(/\d+/g, "")}`,
    )
    .sort();
}

/** The gravest severity as a number; -1 when there is none. */
function worst(value: unknown): number {
  return Math.max(
    -1,
    ...judgeDocument(value, IDENTITY).findings.map(({ severity }) => SEVERITIES.indexOf(severity)),
  );
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

describe("the judgement", () => {
  it("is the same for text and object, one value and a list of it", () => {
    fc.assert(
      fc.property(statements, (list) => {
        const expected = gist({ Statement: list });
        assert.deepEqual(gist(JSON.stringify({ Statement: list })), expected);
        const [first] = list;
        if (first !== undefined) assert.deepEqual(gist({ Statement: first }), gist({ Statement: [first] }));
        const single = list.map((one) => ({
          ...one,
          Action: one.Action.length === 1 ? one.Action[0] : one.Action,
        }));
        assert.deepEqual(gist({ Statement: single }), expected);
      }),
    );
  });

  it("does not depend on the order of keys, or on the case of actions and elements", () => {
    fc.assert(
      fc.property(statements, (list) => {
        const turned = list.map((one) => Object.fromEntries(Object.entries(one).reverse()));
        assert.deepEqual(gist({ Statement: turned }), gist({ Statement: list }));
        const lower = list.map((one) =>
          Object.fromEntries(Object.entries(one).map(([key, value]) => [key.toLowerCase(), value])),
        );
        assert.deepEqual(gist({ Statement: lower }), gist({ Statement: list }));
        const shouted = list.map((one) => ({ ...one, Action: one.Action.map((name) => name.toUpperCase()) }));
        assert.equal(worst({ Statement: shouted }), worst({ Statement: list }));
      }),
    );
  });

  it("is as grave for a statement said twice, or said in parts", () => {
    fc.assert(
      fc.property(statements, (list) => {
        const once = worst({ Statement: list });
        assert.equal(worst({ Statement: [...list, ...list] }), once);
        const parts = list.flatMap((one) => one.Action.map((name) => ({ ...one, Action: [name] })));
        assert.equal(worst({ Statement: parts }), once);
        const byResource = list.flatMap((one) => one.Resource.map((name) => ({ ...one, Resource: [name] })));
        assert.ok(worst({ Statement: byResource }) >= once);
      }),
    );
  });

  it("is the same for * and ** and *?", () => {
    fc.assert(
      fc.property(statements, fc.constantFrom("**", "*?", "***"), (list, stars) => {
        const starred = list.map((one) => ({
          ...one,
          Resource: one.Resource.map((name) => (name === "*" ? stars : name)),
        }));
        assert.equal(worst({ Statement: starred }), worst({ Statement: list }));
      }),
    );
  });

  it("is never graver for a denial more", () => {
    fc.assert(
      fc.property(statements, statement, (list, denied) => {
        const denial = { ...denied, Effect: "Deny" };
        assert.ok(worst({ Statement: [...list, denial] }) <= worst({ Statement: list }));
      }),
    );
  });

  it("is never graver for a strong condition more", () => {
    const strong = {
      StringEquals: { "aws:ResourceTag/Team": "orders", "iam:PassedToService": "lambda.amazonaws.com" },
    };
    fc.assert(
      fc.property(statements, (list) => {
        const bare = list.map(({ Effect, Action, Resource }) => ({ Effect, Action, Resource }));
        const bound = bare.map((one) => ({ ...one, Condition: strong }));
        assert.ok(worst({ Statement: bound }) <= worst({ Statement: bare }));
      }),
    );
  });

  it("is never milder for a wildcard in place of a name", () => {
    fc.assert(
      fc.property(statements, (list) => {
        const everywhere = list.map((one) => ({ ...one, Resource: ["*"] }));
        assert.ok(worst({ Statement: everywhere }) >= worst({ Statement: list }));
        const anything = list.map((one) => ({ ...one, Action: ["*"] }));
        assert.ok(worst({ Statement: anything }) >= worst({ Statement: list }));
        assert.ok(worst({ Statement: anything }) >= rank("error"));
      }),
    );
  });

  it("binds exceptions to what a statement means and not to how it is written", () => {
    const hash = (value: object): string[] =>
      readDocument({ Statement: value }).statements.map(statementHash);
    fc.assert(
      fc.property(statement, action, (one, other) => {
        const rewritten = {
          Sid: "x",
          ...one,
          Action: [...one.Action, ...one.Action].reverse(),
          Resource: [...one.Resource].reverse(),
        };
        assert.deepEqual(hash(rewritten), hash(one));
        if (!one.Action.includes(other))
          assert.notDeepEqual(hash({ ...one, Action: [...one.Action, other] }), hash(one));
      }),
    );
  });
});

describe("documents that were tampered with", () => {
  // SLIPWAY_FUZZ=1000000 npx mocha test/policy-pack/properties.test.ts, or npm run bench, for many more.
  const count = Number(process.env["SLIPWAY_FUZZ"] ?? "5000");

  it("neither crash the analysis nor pass as garbage", function () {
    this.timeout(0);
    const { documents, readable, failures } = fuzz(count, 20261121);
    assert.equal(documents, count);
    assert.ok(readable > count / 10, "too few mutated documents were still JSON to prove anything");
    assert.deepEqual(failures.slice(0, 5), []);
  });
});
