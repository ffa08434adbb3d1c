import assert from "node:assert/strict";
import fc from "fast-check";
import { actionsMatching } from "../../../../policy-pack/lib/aws/action-table";
import { managedArns, managedDocument } from "../../../../policy-pack/lib/aws/managed-policies";
import { contextOf, type DocumentKind } from "../../../../policy-pack/lib/document/context";
import {
  isConditionOperator,
  sidProblems,
  strangeCharacter,
} from "../../../../policy-pack/lib/document/grammar";
import { readDocument } from "../../../../policy-pack/lib/document/read-document";
import { judgeDocument } from "../../../../policy-pack/lib/judge/judge-document";

/** What the rule about readable policies says of a document. */
function refusals(value: unknown, kind: DocumentKind, service?: string): string[] {
  return judgeDocument(value, contextOf(kind, service))
    .findings.filter(({ rule }) => rule === "readable-policies")
    .map(({ path, reason }) => `${path} ${reason}`);
}

function withSids(kind: DocumentKind, ...sids: readonly string[]): object {
  const statement = {
    Effect: "Allow",
    Action: kind === "trust" ? "sts:AssumeRole" : "s3:GetObject",
    ...(kind === "trust" || kind === "resource" ? { Principal: { AWS: "123456789012" } } : {}),
    ...(kind === "trust" ? {} : { Resource: "arn:aws:s3:::reports/*" }),
  };
  return { Version: "2012-10-17", Statement: sids.map((Sid) => ({ ...statement, Sid })) };
}

describe("the grammar of Sids", () => {
  const twice = (sid: string): string =>
    `Statement[1].Sid is "${sid}" as that of a statement before, and AWS refuses the whole document for it.`;
  const letters = (sid: string): string =>
    `Statement[0].Sid is "${sid}", but takes only letters and digits, and AWS refuses the whole document for it.`;

  for (const kind of ["identity", "trust", "boundary", "scp"] as const) {
    it(`of a document of kind ${kind} is letters and digits, each once`, () => {
      assert.deepEqual(refusals(withSids(kind, "Read", "Read2", ""), kind), []);
      assert.deepEqual(refusals(withSids(kind, "Read", "Read"), kind), [twice("Read")]);
      for (const sid of ["read data", "read_data", "read-data", "Lesen\u00fc", "Re\u0430d"])
        assert.deepEqual(refusals(withSids(kind, sid), kind), [letters(sid)]);
    });
  }

  it("takes Sids that differ by case for different", () => {
    assert.deepEqual(refusals(withSids("identity", "Read", "READ"), "identity"), []);
  });

  it("lets a resource's policy have blanks, and the same Sid twice but for queues and topics", () => {
    for (const service of ["s3", "kms", "ecr"])
      assert.deepEqual(
        refusals(withSids("resource", "Read the data", "Read the data"), "resource", service),
        [],
      );
    for (const service of ["sns", "sqs"])
      assert.deepEqual(refusals(withSids("resource", "a-b_c", "a-b_c"), "resource", service), [
        twice("a-b_c"),
      ]);
  });
});

describe("condition operators", () => {
  const known = [
    "StringEquals",
    "StringNotEqualsIgnoreCase",
    "ForAnyValue:StringLike",
    "ForAllValues:ArnNotLikeIfExists",
    "NumericLessThanEquals",
    "DateGreaterThanIfExists",
    "BoolIfExists",
    "BinaryEquals",
    "NotIpAddress",
    "Null",
    "stringequals",
  ];
  const unknown = [
    "StringEqual",
    "StringsEquals",
    "StringLikeIgnoreCase",
    "NotStringEquals",
    "IpNotAddress",
    "NullIfExists",
    "StringEqualsIfExist",
    "ForAnyValues:StringEquals",
    "ForAnyValue: StringEquals",
    "StringEquals ",
    "ArnNumericEquals",
    "",
  ];
  for (const operator of known)
    it(`has ${operator}`, () => {
      assert.ok(isConditionOperator(operator));
    });
  for (const operator of unknown)
    it(`has no ${JSON.stringify(operator)}`, () => {
      assert.ok(!isConditionOperator(operator));
    });
});

describe("the alphabet of actions", () => {
  it("is that of every action there is, and of AWS's own policies", function () {
    this.timeout(30_000);
    assert.deepEqual(
      actionsMatching("*").filter(({ name }) => strangeCharacter(name) !== undefined),
      [],
    );
    const refused = managedArns().filter((arn) => {
      const { statements, problems } = readDocument(managedDocument(arn));
      return [...problems, ...sidProblems(statements, "identity", undefined)].length > 0;
    });
    assert.deepEqual(refused, []);
  });

  it("refuses any other character wherever it stands, in grants and denials", () => {
    const places = fc.record({
      character: fc.oneof(
        fc.constantFrom("\u200b", "\u00a0", "\ufeff", "\u0430", "\u0435", "\u2010", "\uff0a", "_", "/", "$"),
        fc.string({ unit: "binary", minLength: 1, maxLength: 1 }).filter((text) => /\P{ASCII}/u.test(text)),
      ),
      at: fc.nat(12),
      effect: fc.constantFrom("Allow", "Deny"),
      element: fc.constantFrom("Action", "NotAction"),
    });
    fc.assert(
      fc.property(places, ({ character, at, effect, element }) => {
        const action = "s3:GetObject".slice(0, at) + character + "s3:GetObject".slice(at);
        const statement = { Effect: effect, [element]: action, Resource: "arn:aws:s3:::reports/*" };
        assert.equal(readDocument({ Statement: statement }).problems.length, 1, action);
      }),
    );
  });
});
