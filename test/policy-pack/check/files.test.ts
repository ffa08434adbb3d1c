import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inputFiles, parse, readText } from "../../../policy-pack/check/files";

describe("the text of a file", () => {
  const problems: readonly [string, string, string][] = [
    [
      "policy.json",
      '{\n  "Statement": [\n    { "Effect": "Allow" }\n',
      "at line 4, column 1: a closing bracket is missing",
    ],
    ["policy.json", '{ "a": 1,\n "b" 2 }', "at line 2, column 6: a colon is missing"],
    ["policy.json", '{ "a": 1\n "b": 2 }', "at line 2, column 2: a comma is missing"],
    [
      "policy.json",
      '{ "a": 1, }',
      "at line 1, column 11: the name of a property in double quotes is missing",
    ],
    ["policy.json", '{ "a": 1 } {}', "at line 1, column 12: more text follows the end of the value"],
    ["policy.json", "// a\n{}", "at line 1, column 1: JSON has no comments"],
    [
      "policy.json",
      "{ 'a': 1 }",
      "at line 1, column 3: a value must be text in double quotes, a number, true, false, null, a list or an object",
    ],
  ];
  for (const [file, text, expected] of problems)
    it(`that is no JSON is refused with line, column and what is wrong: ${JSON.stringify(text)}`, () => {
      const source = parse(text, file);
      assert.equal("problem" in source ? source.problem : "read", `is not JSON ${expected}`);
    });

  it("that is no YAML is refused with line and column", () => {
    const source = parse("Resources:\n  A: [\n", "template.yaml");
    assert.match(
      "problem" in source ? source.problem : "read",
      /^is not YAML at line 3, column 1: Flow sequence/,
    );
  });

  it("that is empty, deep or without end is refused", () => {
    const told = (text: string, file: string): string => {
      const source = parse(text, file);
      return "problem" in source ? source.problem : "read";
    };
    assert.equal(told(" \n", "a.json"), "is empty");
    assert.equal(told("", "a.yaml"), "is empty");
    assert.equal(told("[".repeat(100_000), "a.json"), "is nested too deep");
    const aliases = Array.from(
      { length: 12 },
      (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(9)}]`,
    );
    assert.equal(
      told(["a0: &a0 x", ...aliases].join("\n"), "a.yaml"),
      "is nested too deep, or has aliases without end",
    );
  });

  it("is YAML or JSON by how it begins, whatever its name", () => {
    const value = (text: string, file: string): unknown => {
      const source = parse(text, file);
      return "value" in source ? source.value : source.problem;
    };
    assert.deepEqual(value('{ "A": 1 }', "a.yaml"), { A: 1 });
    assert.deepEqual(value("{ A: 1 }", "a.yaml"), { A: 1 });
    assert.deepEqual(value("A: 1", "-"), { A: 1 });
    assert.deepEqual(value("A: &x { B: 1 }\nC: { <<: *x, D: *x }\n", "a.yml"), {
      A: { B: 1 },
      C: { B: 1, D: { B: 1 } },
    });
    assert.deepEqual(value("A: 1\n---\nB: !Ref C\n", "a.yaml"), [{ A: 1 }, { B: { Ref: "C" } }]);
    assert.equal(value("%7B%22A%22%3A1%7D\n", "-"), "%7B%22A%22%3A1%7D");
  });
});

describe("the files that paths name", () => {
  let folder: string;
  const write = (file: string, content: string | Buffer): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), content);
  };
  const found = (...paths: string[]): string[] =>
    [...inputFiles(paths.map((name) => path.join(folder, name)))].map((one) =>
      "error" in one ? one.error.replace(folder, "") : path.relative(folder, one.file),
    );

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "slipway-files-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("are those of a folder that may hold policies, each once", () => {
    for (const file of [
      "b.json",
      "a/c.yaml",
      "a/d.yml",
      "e.template",
      "f.ts",
      "node_modules/g.json",
      ".git/h.json",
    ])
      write(`in/${file}`, "{}");
    symlinkSync(path.join(folder, "in"), path.join(folder, "in/loop"));
    assert.deepEqual(found("in"), ["in/a/c.yaml", "in/a/d.yml", "in/b.json", "in/e.template"]);
  });

  it("are the templates alone where the CDK wrote them", () => {
    const files = ["cdk.out", "manifest.json", "tree.json", "App.template.json", "App.assets.json"];
    for (const file of [
      ...files,
      "asset.1/x.json",
      "assembly-Prod/Prod.template.json",
      "assembly-Prod/tree.json",
    ])
      write(`cdk.out/${file}`, "{}");
    write("cdk.out/assembly-Prod/manifest.json", "{}");
    write("cdk.out/assembly-Prod/cdk.out", "{}");
    assert.deepEqual(found("cdk.out"), [
      "cdk.out/App.template.json",
      "cdk.out/assembly-Prod/Prod.template.json",
    ]);
  });

  it("are told when they are not there, and the others are read on", () => {
    write("a.txt", "{}");
    assert.deepEqual(found("none", "a.txt"), ["/none does not exist", "a.txt"]);
  });

  it("are read without the mark that some editors begin them with", () => {
    const text = '{ "Größe": 1 }';
    write("utf8.json", `\uFEFF${text}`);
    write("utf16.json", Buffer.from(`\uFEFF${text}`, "utf16le"));
    for (const name of ["utf8.json", "utf16.json"])
      assert.deepEqual(readText(path.join(folder, name)), { text }, name);
  });
});
