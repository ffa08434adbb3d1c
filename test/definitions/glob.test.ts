import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { readGlob } from "../../definitions/glob";

function matches(pattern: string, text: string): boolean {
  const glob = readGlob(pattern);
  assert.ok("matches" in glob, pattern);
  return glob.matches(text);
}

describe("globs match as java.nio.file's do", () => {
  const cases: readonly [pattern: string, yes: readonly string[], no: readonly string[]][] = [
    ["main", ["main"], ["Main", "main2", "a/main"]],
    ["*", ["main", ""], ["a/b"]],
    ["**", ["main", "a/b/c"], []],
    ["release/*", ["release/1", "release/"], ["release/1/2", "release"]],
    ["release/**", ["release/1", "release/1/2"], ["release"]],
    ["**/*.md", ["docs/a.md", "a/b/c.md"], ["a.md"]],
    ["v?", ["v1"], ["v", "v12", "v/"]],
    ["*.{js,ts}", ["a.js", "a.ts"], ["a.jsx", "a.{js,ts}"]],
    ["{a,b/*}", ["a", "b/c"], ["b"]],
    ["[a-c]x", ["ax", "cx"], ["dx", "-x"]],
    ["[!a-c]x", ["dx"], ["ax", "/x"]],
    ["[-a]", ["-", "a"], ["b"]],
    ["[a^]", ["^", "a"], ["b"]],
    ["[*?\\]", ["*", "?", "\\"], ["x"]],
    ["\\*", ["*"], ["a"]],
    ["a,b}", ["a,b}"], ["a"]],
    ["a.b+c(d)|$", ["a.b+c(d)|$"], ["axb+c(d)|$"]],
  ];
  for (const [pattern, yes, no] of cases) {
    it(pattern, () => {
      for (const text of yes) assert.ok(matches(pattern, text), `${pattern} matches ${text}`);
      for (const text of no) assert.ok(!matches(pattern, text), `${pattern} does not match ${text}`);
    });
  }
});

describe("globs that Java refuses", () => {
  const cases: readonly [pattern: string, fault: string][] = [
    ["{a", "has a { without its }."],
    ["{a,{b}}", "has a { inside { }; groups cannot be nested."],
    ["[a", "has a [ without its ]."],
    ["[]", "has nothing between [ and ]."],
    ["[!]", "has nothing between [ and ]."],
    ["[a/b]", "has a slash between [ and ]."],
    ["[z-a]", "has the range z-a, whose end comes before its beginning."],
    ["a\\", "ends in a backslash that escapes nothing."],
  ];
  for (const [pattern, fault] of cases) {
    it(pattern, () => {
      assert.deepEqual(readGlob(pattern), { fault });
    });
  }
});
