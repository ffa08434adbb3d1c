import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { picturesOf } from "../scripts/pictures";
import { projectDirectory, shippedPreview } from "./support/shipped-preview";

describe("the pictures of the documentation", () => {
  it("are those that the page shows; npm run pictures draws them anew", async () => {
    for (const [name, svg] of await picturesOf(await shippedPreview())) {
      const stored = readFileSync(path.join(projectDirectory, "docs", "pictures", name), "utf8");
      assert.ok(stored === svg, `docs/pictures/${name} is out of date: npm run pictures`);
    }
  });
});
