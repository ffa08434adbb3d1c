import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type YamlDialect, YamlSource } from "../../input/yaml-source";

function parse(text: string, dialect: YamlDialect = {}): YamlSource {
  const parsed = YamlSource.parse(text, "a.yaml", dialect);
  assert.ok("value" in parsed, JSON.stringify(parsed));
  return parsed.value;
}

const text = `# comment
tracks:
  - name: main
    environments: [dev, test]
? { a: b }
: 1
1: one
base: &base { x: 1 }
other: *base
`;

describe("the place of", () => {
  const cases = [
    ["a value", ["tracks", 0, "environments", 1], undefined, [4, 25]],
    ["a key", ["tracks", 0], "environments", [4, 5]],
    ["a value that is not there: the nearest value above it", ["tracks", 0, "paths"], undefined, [3, 5]],
    ["a key that is not there: the nearest key above it", ["tracks"], "name", [2, 1]],
    ["a key that is a number", [], "1", [7, 1]],
    ["a value below an alias: the alias", ["other", "x"], undefined, [9, 8]],
    ["a key of the whole file that is not there: the file's beginning", [], "name", [1, 1]],
    ["the whole file: where its content begins", [], undefined, [2, 1]],
  ] as const;
  for (const [name, path, key, [line, column]] of cases) {
    it(name, () => {
      assert.deepEqual(parse(text).locate(path, key), { file: "a.yaml", line, column });
    });
  }

  it("anything in an empty file is its beginning", () => {
    assert.deepEqual(parse("").locate(["a"], "b"), { file: "a.yaml", line: 1, column: 1 });
  });
});

describe("YAML as Pulumi reads it", () => {
  const pulumi = { merge: true, intAsBigInt: true, unknownTags: true };
  const messages = (written: string, dialect: YamlDialect): unknown => {
    const parsed = YamlSource.parse(written, "a.yaml", dialect);
    return "problems" in parsed ? parsed.problems.map(({ message }) => message) : [];
  };

  it("lets tags through that our own files must not have", () => {
    assert.deepEqual(messages("a: !x 1\n", pulumi), []);
    assert.deepEqual(messages("a: !x 1\n", {}), ["This is not valid YAML: unresolved tag: !x."]);
  });

  it("is refused where a value repeats itself, in both dialects", () => {
    const expected = ['The alias "*x" stands inside the value that it repeats.'];
    assert.deepEqual(messages("a: &x [1, *x]\nb: *x\n", pulumi), expected);
    assert.deepEqual(messages("a: &x { b: { c: *x } }\n", {}), expected);
  });

  it("is refused where aliases multiply, or where a list of numbers is merged", () => {
    const list = (anchor: string, alias: string): string =>
      `${anchor}: &${anchor} [${`${alias}, `.repeat(10)}]\n`;
    assert.deepEqual(messages(list("a", "x") + list("b", "*a") + list("c", "*b") + list("d", "*c"), pulumi), [
      "This file repeats itself through too many aliases.",
    ]);
    assert.deepEqual(messages("a: &x [1]\nb: { <<: *x }\n", pulumi), [
      "This is not valid YAML: merge sources must be maps or map aliases.",
    ]);
  });
});
