import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { applicationJsonSchema } from "../../definitions/json-schema";

const folder = join(__dirname, "../../applications");

describe("application.schema.json", () => {
  it("is what `npm run schema` would write", () => {
    const shipped: unknown = JSON.parse(readFileSync(join(folder, "application.schema.json"), "utf8"));
    assert.deepEqual(shipped, JSON.parse(JSON.stringify(applicationJsonSchema())));
  });

  it("describes every key in a sentence, for who writes the file", () => {
    const bare: string[] = [];
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== "object" || node === null) return;
      for (const [key, value] of Object.entries(node)) {
        if (key === "properties") {
          for (const [name, property] of Object.entries(value as Record<string, { description?: string }>)) {
            if (!/^[A-Z].*\.$/.test(property.description ?? "")) bare.push(`${path}.${name}`);
          }
        }
        visit(value, key === "properties" || key === "items" ? path : `${path}.${key}`);
      }
    };
    visit(applicationJsonSchema(), "");
    assert.deepEqual(bare, []);
  });

  it("is named by every shipped application", () => {
    for (const name of ["backend-flask", "hello-world", "sso-dashboard"]) {
      const [first] = readFileSync(join(folder, `${name}.yaml`), "utf8").split("\n");
      assert.equal(first, "# yaml-language-server: $schema=./application.schema.json");
    }
  });
});
