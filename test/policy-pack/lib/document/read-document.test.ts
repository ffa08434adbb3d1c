import assert from "node:assert/strict";
import { readDocument } from "../../../../policy-pack/lib/document/read-document";
import { UNKNOWN, UNKNOWN_MARKS } from "../../../../policy-pack/lib/document/unknown";

/** `path text` of every problem. */
function problems(value: unknown): string[] {
  return readDocument(value).problems.map(({ path, text }) => `${path} ${text}`);
}

const STATEMENT = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::reports/*" };

describe("readDocument", () => {
  it("reads the same statement from every form", () => {
    const forms: unknown[] = [
      { Version: "2012-10-17", Statement: [STATEMENT] },
      { Statement: STATEMENT },
      { statement: [{ effect: "Allow", ACTION: ["s3:GetObject"], resource: ["arn:aws:s3:::reports/*"] }] },
      JSON.stringify({ Statement: STATEMENT }),
      JSON.stringify(JSON.stringify({ Statement: [STATEMENT] })),
      encodeURIComponent(JSON.stringify({ Statement: [STATEMENT] })),
    ];
    for (const form of forms) {
      const { statements, problems: found, unknowns } = readDocument(form);
      assert.deepEqual([found, unknowns], [[], []]);
      assert.equal(statements.length, 1);
      const [statement] = statements;
      assert.equal(statement?.effect, "Allow");
      assert.deepEqual(
        statement.actions.map(({ value }) => value),
        ["s3:GetObject"],
      );
      assert.deepEqual(
        statement.resources.map(({ value }) => value),
        ["arn:aws:s3:::reports/*"],
      );
    }
  });

  it("says where each value stands", () => {
    const [statement] = readDocument({
      Statement: [{ ...STATEMENT, Action: ["s3:GetObject", "s3:PutObject"] }],
    }).statements;
    assert.deepEqual(
      statement?.actions.map(({ path }) => path),
      ["Statement[0].Action[0]", "Statement[0].Action[1]"],
    );
    assert.deepEqual(
      statement.resources.map(({ path }) => path),
      ["Statement[0].Resource"],
    );
  });

  it("reads principals of every kind", () => {
    const principals = (Principal: unknown): string[] =>
      readDocument({
        Statement: { Effect: "Allow", Action: "sts:AssumeRole", Principal },
      }).statements.flatMap((statement) => statement.principals.map(({ kind, value }) => `${kind} ${value}`));
    assert.deepEqual(principals("*"), ["* *"]);
    assert.deepEqual(principals({ AWS: ["123456789012", "*"], service: "ec2.amazonaws.com" }), [
      "AWS 123456789012",
      "AWS *",
      "Service ec2.amazonaws.com",
    ]);
  });

  const unreadable: readonly (readonly [string, unknown, readonly string[]])[] = [
    [
      "a version that there is not",
      { Version: "2012-10-71", Statement: STATEMENT },
      ['Version is "2012-10-71", neither "2012-10-17" nor "2008-10-17"'],
    ],
    [
      "a version that is no text",
      { Version: 2012, Statement: STATEMENT },
      ['Version is a number, neither "2012-10-17" nor "2008-10-17"'],
    ],
    [
      "an operator that there is not",
      { Statement: { ...STATEMENT, Condition: { StringsEqual: { "aws:username": "a" } } } },
      ['Statement.Condition has a condition operator "StringsEqual" that IAM does not know'],
    ],
    [
      "a Cyrillic letter in an action",
      { Statement: { ...STATEMENT, Action: ["s3:GetObject", "s3:PutObje\u0441t"] } },
      ["Statement.Action[1] has the character U+0441 (с), as no action"],
    ],
    [
      "a space without width around an action",
      { Statement: { ...STATEMENT, Action: "s3:GetObject\uFEFF" } },
      ["Statement.Action has the character U+FEFF, as no action"],
    ],
    [
      "a space in an action that is denied",
      { Statement: { ...STATEMENT, Effect: "Deny", Action: "s3: GetObject" } },
      ["Statement.Action has the character U+0020, as no action"],
    ],
    ["an empty text", "", ["document is empty"]],
    ["no JSON", "{Statement", ["document is not JSON"]],
    ["a list", [], ["document is a list, not an object"]],
    ["null", null, ["document is null, not an object"]],
    ["a number", 7, ["document is a number, not an object"]],
    ["nothing", undefined, ["document is unusable, not an object"]],
    ["no statement", {}, ["document has no Statement"]],
    ["an empty list of statements", { Statement: [] }, ["Statement is an empty list"]],
    ["a statement that is text", { Statement: "x" }, ["Statement is text, not an object"]],
    ["a statement that is null", { Statement: [null] }, ["Statement[0] is null, not an object"]],
    ["no action", { Statement: { Effect: "Deny" } }, ["Statement has neither Action nor NotAction"]],
    [
      "both actions",
      { Statement: { ...STATEMENT, NotAction: "s3:*" } },
      ["Statement has both Action and NotAction"],
    ],
    ["no effect", { Statement: { ...STATEMENT, Effect: undefined } }, ["Statement has no Effect"]],
    [
      "another effect",
      { Statement: { ...STATEMENT, Effect: "allow" } },
      ['Statement.Effect is "allow", neither "Allow" nor "Deny"'],
    ],
    [
      "an unknown element",
      { Statement: { ...STATEMENT, Actions: "*" } },
      ['Statement has an element "Actions" that IAM does not know'],
    ],
    [
      "an element twice",
      { Statement: { ...STATEMENT, action: "*" } },
      ["Statement has the element Action twice"],
    ],
    [
      "an action that is a number",
      { Statement: { ...STATEMENT, Action: [1] } },
      ["Statement.Action[0] is a number, not text"],
    ],
    ["an empty action", { Statement: { ...STATEMENT, Action: " " } }, ["Statement.Action is empty"]],
    [
      "no actions in the list",
      { Statement: { ...STATEMENT, Action: [] } },
      ["Statement.Action is an empty list"],
    ],
    [
      "a condition that is text",
      { Statement: { ...STATEMENT, Condition: "x" } },
      ["Statement.Condition is text, not an object"],
    ],
    [
      "an operator that is text",
      { Statement: { ...STATEMENT, Condition: { Bool: "true" } } },
      ["Statement.Condition.Bool is text, not an object"],
    ],
    [
      "a strange principal",
      { Statement: { ...STATEMENT, Principal: { Aws2: "x" } } },
      ['Statement.Principal has a kind of principal "Aws2" that IAM does not know'],
    ],
    [
      "a principal of nobody",
      { Statement: { ...STATEMENT, Principal: {} } },
      ["Statement.Principal names nobody"],
    ],
    [
      "a key twice",
      '{"Statement": {"Effect": "Allow", "Action": "a:b", "Action": "*"}}',
      ['document has the key "Action" twice in one object'],
    ],
    ["an escaped key twice", '{"a": 1, "\\u0061": 2}', ['document has the key "a" twice in one object']],
    ["a deep nest", `${"[".repeat(40)}${"]".repeat(40)}`, ["document is nested more than 32 levels deep"]],
    ["a very long text", " ".repeat(1_000_001), ["document is longer than 1000000 characters"]],
  ];
  for (const [name, value, expected] of unreadable) {
    it(`calls ${name} a problem`, () => {
      assert.deepEqual(problems(value), expected);
    });
  }

  it("takes everything but a plain Deny for a grant", () => {
    const effects = ["Allow", "Deny", "deny", "DENY", "Deny ", undefined, ["Deny"]].map(
      (effect) => readDocument({ Statement: { ...STATEMENT, Effect: effect } }).statements[0]?.effect,
    );
    assert.deepEqual(effects, ["Allow", "Deny", "Allow", "Allow", "Allow", "Allow", "Allow"]);
  });

  it("does not take equal keys of different objects, or equal values, for a repetition", () => {
    assert.deepEqual(
      problems(
        '{"Statement": [{"Effect": "Allow", "Action": ["a:b", "a:b"], "Resource": "*"}, {"Effect": "Deny", "Action": "a:b", "Resource": "*"}]}',
      ),
      [],
    );
  });

  it("names each value that is not known yet, and reads the rest", () => {
    const {
      statements,
      problems: found,
      unknowns,
    } = readDocument({
      Statement: [
        {
          ...STATEMENT,
          Resource: [UNKNOWN, "arn:aws:s3:::reports/*"],
          Condition: { StringEquals: { "aws:PrincipalOrgID": UNKNOWN } },
        },
        UNKNOWN,
        { ...STATEMENT, Principal: UNKNOWN, Condition: UNKNOWN },
      ],
    });
    assert.deepEqual(found, []);
    assert.deepEqual([...unknowns].sort(), [
      "Statement[0].Condition.StringEquals.aws:PrincipalOrgID",
      "Statement[0].Resource[0]",
      "Statement[1]",
      "Statement[2].Condition",
      "Statement[2].Principal",
    ]);
    assert.deepEqual(
      statements[0]?.resources.map(({ value }) => value),
      ["arn:aws:s3:::reports/*"],
    );
    assert.deepEqual(
      statements.map(({ conditionsUnknown }) => conditionsUnknown),
      [false, true],
    );
  });

  it("takes Pulumi's marks for values that are not known yet, alone and inside a longer text", () => {
    for (const mark of UNKNOWN_MARKS) {
      assert.deepEqual(readDocument(mark).unknowns, ["document"]);
      const inside = { Statement: { ...STATEMENT, Resource: `arn:aws:s3:::${mark}/*` } };
      assert.deepEqual(readDocument(JSON.stringify(inside)).unknowns, ["Statement.Resource"]);
    }
  });
});
