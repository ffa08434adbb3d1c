import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { COMPARED_COMMAND } from "./support/compared-command";
import { COMPARED_CONSTRUCTS } from "./support/compared-constructs";
import { COMPARED_KINDS } from "./support/compared-kinds";

const COMPARED = { ...COMPARED_CONSTRUCTS, ...COMPARED_KINDS, ...COMPARED_COMMAND };

interface Row {
  readonly name: string;
  readonly slipway: string;
}

function rowsOfTable(): Row[] {
  const text = readFileSync(path.join(__dirname, "../../docs/rules/comparison.md"), "utf8");
  return text
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| ---") && !line.startsWith("| Construct"))
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .map((cells) => ({ name: cells[1] ?? "", slipway: cells[11] ?? "" }));
}

describe("docs/rules/comparison.md", () => {
  it("has the rows that are tested here and no others", () => {
    assert.deepEqual(
      rowsOfTable().map(({ name }) => name),
      Object.keys(COMPARED),
    );
  });

  it("claims for every row that the pack sees it, or is rightly silent", () => {
    for (const { name, slipway } of rowsOfTable()) {
      assert.equal(slipway, name.includes("quiet") ? "ok" : "Y", name);
    }
  });

  for (const [name, check] of Object.entries(COMPARED)) it(name, check);
});
