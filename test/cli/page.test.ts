import assert from "node:assert/strict";
import { pageOf } from "../../cli/page";
import { documentOf, resource, stack } from "../reports/explain/documents";

describe("the page of a preview", () => {
  it("has the proof, the cost and the limits of many applications", async () => {
    const projects = Array.from({ length: 40 }, (_, index) =>
      resource("aws:codebuild/project:Project", `shop-${String(index)}`, {
        name: `shop-${String(index)}`,
        tags: { Application: `shop-${String(index)}` },
      }),
    );
    const html = await pageOf(documentOf(stack("cicd", "111111111111", projects)), ".");
    for (const id of ["proof", "cost", "limits", "roles"]) {
      assert.equal(html.split(`<section id="${id}"`).length, 2, id);
    }
    assert.match(
      html,
      /No way leads from one application or environment into another, nor in from outside\./,
    );
  });
});
