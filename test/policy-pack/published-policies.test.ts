import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { contextOf } from "../../policy-pack/lib/document/context";
import { judgeDocument } from "../../policy-pack/lib/judge/judge-document";
import { PUBLISHED_POLICIES } from "./support/published-policies";

describe("docs/rules/published-policies.md", () => {
  for (const { name, kind, service, document, stays } of PUBLISHED_POLICIES) {
    it(`${name}: no error but those that a strict reviewer would not sign`, () => {
      const errors = judgeDocument(document, contextOf(kind, service)).findings.filter(
        ({ severity }) => severity === "error",
      );
      assert.deepEqual(
        [...new Set(errors.map(({ path: place }) => place))].sort(),
        Object.keys(stays).sort(),
      );
    });
  }

  it("has a row for each of them, with the reasons that are held here", () => {
    const text = readFileSync(path.join(__dirname, "../../docs/rules/published-policies.md"), "utf8");
    const rows = text
      .split("\n")
      .filter((line) => line.startsWith("| ") && !/^\| (---|Policy|Before|Level)/.test(line))
      .map((line) => line.split(" | ").map((cell) => cell.replaceAll("|", "").trim()));
    const expected = PUBLISHED_POLICIES.flatMap(({ name, stays }) => {
      const reasons = Object.entries(stays);
      return reasons.length === 0
        ? [[name, "none", ""]]
        : reasons.map(([place, why]) => [name, `\`${place}\``, why]);
    });
    assert.deepEqual(
      rows.filter(([name]) => PUBLISHED_POLICIES.some((policy) => policy.name === name)),
      expected,
    );
  });
});
