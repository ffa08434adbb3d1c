import assert from "node:assert/strict";
import fc from "fast-check";
import { readDocument } from "../../../../policy-pack/lib/document/read-document";
import type { Statement } from "../../../../policy-pack/lib/document/statement";
import { includesPattern, matches } from "../../../../policy-pack/lib/document/wildcard";
import { coversShare, sharesOf, withoutDenied } from "../../../../policy-pack/lib/measure/denied";
import { ACCOUNT, document, OTHER_ACCOUNT } from "../../support/documents";

const OBJECTS = "arn:aws:s3:::reports/*";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;

describe("includesPattern", () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ["*", "a*", true],
    ["**", "*", true],
    ["a*", "a*", true],
    ["a*", "ab*", true],
    ["ab*", "a*", false],
    ["a*", "a?", true],
    ["a?", "a*", false],
    ["a?c", "abc", true],
    ["*c", "a*bc", true],
    ["a*c", "a*", false],
    ["a*b*c", "axbyb?c", true],
    ["reports/*", "reports", false],
    ["Reports/*", "reports/x", false],
  ];
  for (const [whole, part, expected] of cases) {
    it(`${whole} takes ${expected ? "all" : "not all"} that ${part} takes`, () => {
      assert.equal(includesPattern(whole, part), expected);
    });
  }

  it("never claims an inclusion that a text contradicts", () => {
    const pattern = fc
      .array(fc.constantFrom("a", "b", "*", "?"), { maxLength: 6 })
      .map((parts) => parts.join(""));
    const text = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 8 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(
        pattern,
        pattern,
        fc.array(text, { minLength: 20, maxLength: 20 }),
        (whole, part, texts) => {
          if (!includesPattern(whole, part)) return;
          for (const one of texts)
            assert.ok(!matches(part, one) || matches(whole, one), `${whole} ${part} ${one}`);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

type Elements = Readonly<Record<string, unknown>>;

function statement(elements: Elements): Statement {
  const [first] = readDocument(document(elements)).statements;
  assert.ok(first !== undefined);
  return first;
}

const allow = (elements: Elements): Statement =>
  statement({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: OBJECTS, ...elements });
const deny = (elements: Elements): Statement =>
  statement({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*", ...elements });

describe("coversShare", () => {
  function covers(granted: Statement, denial: Statement): boolean {
    const [principal] = granted.principals;
    return sharesOf(granted, principal).every((share) => coversShare(denial, share));
  }

  const without = (name: string, other: Elements): Elements => ({ [name]: undefined, ...other });
  const cases: readonly (readonly [string, Elements, Elements, boolean])[] = [
    ["everything", {}, {}, true],
    ["the same objects", {}, { Resource: OBJECTS }, true],
    ["one folder of them", {}, { Resource: "arn:aws:s3:::reports/secret/*" }, false],
    ["a bucket whose name has another case", {}, { Resource: "arn:aws:s3:::Reports/*" }, false],
    ["what a variable stands for", {}, { Resource: "arn:aws:s3:::${aws:PrincipalTag/Team}*" }, false],
    [
      "the same variable",
      { Resource: "arn:aws:s3:::reports/${aws:username}/*" },
      { Resource: "arn:aws:s3:::reports/${aws:username}/*" },
      true,
    ],
    [
      "more than any value of a variable",
      { Resource: "arn:aws:s3:::reports/${aws:username}/*" },
      { Resource: OBJECTS },
      true,
    ],
    ["all but another bucket", {}, without("Resource", { NotResource: "arn:aws:s3:::other/*" }), true],
    ["all but a folder", {}, without("Resource", { NotResource: "arn:aws:s3:::reports/open/*" }), false],
    ["the action in another case", {}, { Action: "S3:getobject" }, true],
    ["a narrower pattern of actions", { Action: "s3:Get*" }, { Action: "s3:GetObject*" }, false],
    ["a wider pattern of actions", { Action: "s3:GetObject*" }, { Action: "s3:Get*" }, true],
    ["all actions but another", {}, without("Action", { NotAction: "s3:PutObject" }), true],
    ["all actions but some like it", {}, without("Action", { NotAction: "s3:Get*" }), false],
    ["what NotAction grants, in part", without("Action", { NotAction: "s3:Put*" }), {}, false],
    ["everybody, under AWS", {}, { Principal: { AWS: "*" } }, true],
    ["every service only", {}, { Principal: { Service: "*" } }, false],
    ["one role of everybody", {}, { Principal: { AWS: ROLE } }, false],
    ["the same role", { Principal: { AWS: ROLE } }, { Principal: { AWS: ROLE } }, true],
    [
      "the account in its other form",
      { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } },
      { Principal: { AWS: ACCOUNT } },
      true,
    ],
    [
      "another account",
      { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } },
      { Principal: { AWS: OTHER_ACCOUNT } },
      false,
    ],
    [
      "all but somebody of another account",
      { Principal: { AWS: ROLE } },
      without("Principal", { NotPrincipal: { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:role/app` } }),
      true,
    ],
    [
      "all but the role's account",
      { Principal: { AWS: ROLE } },
      without("Principal", { NotPrincipal: { AWS: ACCOUNT } }),
      false,
    ],
  ];
  for (const [name, granted, denied, expected] of cases) {
    it(`${name}: ${expected ? "covered" : "not covered"}`, () => {
      assert.equal(covers(allow(granted), deny(denied)), expected);
    });
  }

  it("takes an Allow for no denial", () => {
    assert.equal(covers(allow({}), allow({ Action: "*", Resource: "*" })), false);
  });
});

describe("withoutDenied", () => {
  it("takes out what is denied outright and leaves the rest", () => {
    const granted = allow({
      Principal: { AWS: [ROLE, OTHER_ACCOUNT] },
      Action: ["s3:GetObject", "s3:PutObject"],
    });
    const left = withoutDenied(granted, [
      granted,
      deny({ Action: "s3:Put*" }),
      deny({ Principal: { AWS: OTHER_ACCOUNT } }),
    ]);
    assert.deepEqual(
      [left?.actions, left?.principals].map((entries) => entries?.map(({ value }) => value)),
      [["s3:GetObject"], [ROLE]],
    );
  });

  it("leaves nothing of what is denied whole, and all of what is denied under a condition or but to some", () => {
    const granted = allow({});
    assert.equal(withoutDenied(granted, [granted, deny({})]), undefined);
    const conditional = deny({ Condition: { Bool: { "aws:SecureTransport": "false" } } });
    assert.equal(withoutDenied(granted, [granted, conditional]), granted);
    const butSome = deny({ Principal: undefined, NotPrincipal: { AWS: ROLE } });
    assert.equal(withoutDenied(granted, [granted, butSome]), granted);
  });
});
