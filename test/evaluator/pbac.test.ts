/**
 * The evaluator beside an independent one, https://github.com/monken/node-pbac (MIT), where that follows AWS: documents of an
 * identity with wildcards, one key for each operator, keys that are there, and variables in resources that have a value.
 * Everything else is listed with the page that says what AWS does.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import PBAC from "pbac";
import { evaluate } from "../../evaluator/evaluate";
import { allow, policyOf, requestOf, type Source, type Statement } from "./cases";
import { pages, type Page } from "./pages";

type Keys = Readonly<Record<string, string | number | readonly string[]>>;

interface Question {
  readonly statements: readonly Statement[];
  readonly action?: string;
  readonly resource?: string;
  /** Without their prefix `test:`. */
  readonly keys: Keys;
}

function ourAnswer({ statements, keys, ...question }: Question, source: Source = statements): string {
  const context = Object.entries(keys).map(([key, value]) => [
    `test:${key}`,
    typeof value === "number" ? String(value) : value,
  ]);
  return evaluate(
    { ...requestOf(question), context: Object.fromEntries(context) as Record<string, string> },
    { identity: [policyOf(source)] },
  ).answer;
}

function theirAnswer({ statements, keys, ...question }: Question): string {
  const { action, resource } = requestOf(question);
  const listed = statements.map((statement) =>
    Object.fromEntries(
      Object.entries(statement).map(([element, value]) => [
        element,
        /Action|Resource/.test(element) ? [value].flat() : value,
      ]),
    ),
  );
  const other = new PBAC([{ Version: "2012-10-17", Statement: listed }]);
  return other.evaluate({ action, resource, context: { test: keys } }) ? "yes" : "no";
}

const textOf = (parts: readonly string[], least: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...parts), { minLength: least, maxLength: 4 }).map((chosen) => chosen.join(""));
const some = (text: fc.Arbitrary<string>): fc.Arbitrary<string[]> =>
  fc.uniqueArray(text, { minLength: 1, maxLength: 3 });

const plain = textOf(["a", "b", "/", ".", "(", "+"], 1);
const pattern = textOf(["a", "b", "/", ".", "(", "+", "*", "?"], 1);
const topic = plain.map((name) => `arn:aws:sns:eu-west-1:111111111111:${name}`);
const topics = fc
  .tuple(fc.constantFrom("*", "eu-*", "us-*"), pattern)
  .map(([region, name]) => `arn:aws:sns:${region}:111111111111:${name}`);
const number = fc.integer({ min: 8, max: 12 });
const day = fc.integer({ min: 1, max: 4 }).map((date) => `2026-01-0${date}`);
const time = fc
  .tuple(day, fc.constantFrom("T00:00:00Z", "T12:00:00+01:00"))
  .map(([date, clock]) => date + clock);
const address = fc.integer({ min: 0, max: 255 }).map((last) => `203.0.113.${last}`);
const range = fc.tuple(address, fc.integer({ min: 22, max: 32 })).map(([from, bits]) => `${from}/${bits}`);

/** Operators, the key that each asks for, and the policy's values. Several only where that is no negation. */
const families: readonly (readonly [
  operators: readonly string[],
  key: string,
  wanted: fc.Arbitrary<unknown>,
])[] = [
  [["StringEquals", "StringEqualsIgnoreCase", "StringEqualsIfExists"], "Text", some(plain)],
  [["StringNotEquals", "StringNotEqualsIgnoreCase"], "Text", plain],
  [["StringLike", "StringLikeIfExists"], "Text", some(pattern)],
  [["StringNotLike"], "Text", pattern],
  [["ArnLike", "ArnEquals"], "Topic", some(topics)],
  [["ArnNotLike"], "Topic", topics],
  [["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals"], "Number", number],
  [["NumericGreaterThan", "NumericGreaterThanEquals"], "Number", number],
  [["DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals"], "Time", day],
  [["DateGreaterThan", "DateGreaterThanEquals"], "Time", day],
  [["Bool"], "Flag", fc.constantFrom("true", "false")],
  [["IpAddress"], "Address", some(range)],
  [["NotIpAddress"], "Address", range],
  [["ForAllValues:StringEquals", "ForAnyValue:StringEquals"], "List", some(plain)],
  [["ForAllValues:StringLike", "ForAnyValue:StringLike"], "List", some(pattern)],
];

/** An operator with its key and the values. */
const condition = fc
  .constantFrom(...families)
  .chain(([operators, key, wanted]) =>
    fc
      .tuple(fc.constantFrom(...operators), wanted)
      .map(([operator, values]): [string, Statement] => [operator, { [`test:${key}`]: values }]),
  );

const keys: fc.Arbitrary<Keys> = fc.record({
  Text: plain,
  Topic: topic,
  Number: number,
  Time: time,
  Flag: fc.constantFrom("true", "false"),
  Address: address,
  List: some(plain),
  Team: textOf(["a", "b"], 1),
});

const action = textOf(["Get", "Put", "Object"], 1).map((name) => `s3:${name}`);
const actions = some(textOf(["Get", "Put", "Object", "*", "?"], 1).map((name) => `s3:${name}`));
const resource = textOf(["a", "b", "/", ":"], 1).map((name) => `arn:aws:s3:::${name}`);
const resources = some(
  textOf(["a", "b", "/", ":", "*", "?", "${test:Team}"], 1).map((name) => `arn:aws:s3:::${name}`),
);

const statement: fc.Arbitrary<Statement> = fc
  .record({
    Effect: fc.constantFrom("Allow", "Allow", "Deny"),
    action: fc.tuple(
      fc.constantFrom("Action", "Action", "NotAction"),
      fc.oneof(actions, fc.constant(["s3:*"])),
    ),
    resource: fc.tuple(
      fc.constantFrom("Resource", "Resource", "NotResource"),
      fc.oneof(resources, fc.constant(["*"])),
    ),
    conditions: fc.array(condition, { maxLength: 2 }),
  })
  .map(({ Effect, action: actionPart, resource: resourcePart, conditions }) => ({
    Effect,
    [actionPart[0]]: actionPart[1],
    [resourcePart[0]]: resourcePart[1],
    ...(conditions.length > 0 && { Condition: Object.fromEntries(conditions) }),
  }));

const one = (elements: Statement): Statement[] => [allow(elements)];
const when = (operator: string, tests: Statement): Statement[] => one({ Condition: { [operator]: tests } });

/** What pbac leaves out or does otherwise than AWS; in each the evaluator says what the page says. */
const differences: readonly (readonly [
  what: string,
  page: Page,
  question: Question,
  ours: string,
  theirs: string,
])[] = [
  ["the case of actions", "action", { statements: one({ Action: "S3:getobject" }), keys: {} }, "yes", "no"],
  [
    "the case of keys",
    "condition",
    { statements: when("StringEquals", { "Test:team": "a" }), keys: { Team: "a" } },
    "yes",
    "no",
  ],
  [
    "the second key of an operator",
    "multipleValues",
    {
      statements: when("StringEquals", { "test:Team": "a", "test:Unit": "x" }),
      keys: { Team: "a", Unit: "y" },
    },
    "no",
    "yes",
  ],
  [
    "several values of a negated operator",
    "multipleValues",
    { statements: when("StringNotEquals", { "test:Team": ["a", "b"] }), keys: { Team: "a" } },
    "no",
    "yes",
  ],
  [
    "StringLike * without the key",
    "operators",
    { statements: when("StringLike", { "test:Team": "*" }), keys: {} },
    "no",
    "yes",
  ],
  [
    "IfExists without the key",
    "operators",
    { statements: when("StringEqualsIfExists", { "test:Team": "a" }), keys: {} },
    "yes",
    "no",
  ],
  [
    "Null without the key",
    "operators",
    { statements: when("Null", { "test:Team": true }), keys: {} },
    "yes",
    "no",
  ],
  [
    "Null false with the key",
    "operators",
    { statements: when("Null", { "test:Team": false }), keys: { Team: "a" } },
    "yes",
    "no",
  ],
  [
    "ForAllValues without the key",
    "multivaluedKeys",
    { statements: when("ForAllValues:StringEquals", { "test:Team": ["a"] }), keys: {} },
    "yes",
    "no",
  ],
  [
    "numbers that are written as text",
    "operators",
    { statements: when("NumericEquals", { "test:Number": "10" }), keys: { Number: 10 } },
    "yes",
    "no",
  ],
  [
    "seconds since 1970",
    "operators",
    { statements: when("DateEquals", { "test:Time": "1767225600" }), keys: { Time: "2026-01-01T00:00:00Z" } },
    "yes",
    "no",
  ],
  [
    "variables in conditions",
    "variables",
    { statements: when("StringEquals", { "test:Team": "${test:Unit}" }), keys: { Team: "a", Unit: "a" } },
    "yes",
    "no",
  ],
  [
    "a variable without a value",
    "variables",
    {
      statements: one({ Resource: "arn:aws:s3:::${test:Team}" }),
      resource: "arn:aws:s3:::test:Team",
      keys: {},
    },
    "no",
    "yes",
  ],
  [
    "a variable's default",
    "variables",
    {
      statements: one({ Resource: "arn:aws:s3:::${test:Team, 'all'}" }),
      resource: "arn:aws:s3:::all",
      keys: {},
    },
    "yes",
    "no",
  ],
  [
    "${*}, an asterisk",
    "variables",
    { statements: one({ Resource: "arn:aws:s3:::${*}" }), resource: "arn:aws:s3:::a", keys: {} },
    "no",
    "yes",
  ],
];

describe("evaluator: beside pbac", () => {
  it("gives the same answer on documents that pbac reads as AWS does", () => {
    const statements = fc.array(statement, { minLength: 1, maxLength: 3 });
    const question = fc.record({ statements, action, resource, keys });
    fc.assert(
      fc.property(question, (asked) => {
        assert.equal(ourAnswer(asked), theirAnswer(asked));
      }),
      { numRuns: 1000 },
    );
  });

  for (const [what, page, question, ours, theirs] of differences) {
    it(`follows AWS where pbac does not, in ${what}`, () => {
      assert.equal(ourAnswer(question), ours, `See ${pages[page]}`);
      assert.equal(
        theirAnswer(question),
        theirs,
        "pbac follows AWS here now: compare it in the generated cases.",
      );
    });
  }

  it("leaves variables alone in documents without a version, where pbac does not", () => {
    const statements = one({ Resource: "arn:aws:s3:::${test:Team}" });
    const question: Question = { statements, resource: "arn:aws:s3:::a", keys: { Team: "a" } };
    assert.equal(ourAnswer(question, { Statement: statements }), "no", `See ${pages.variables}`);
    assert.equal(theirAnswer(question), "yes");
  });
});
