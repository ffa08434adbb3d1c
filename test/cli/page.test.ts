import assert from "node:assert/strict";
import { pageOf } from "../../cli/page";
import type { PreviewDocument } from "../../preview/preview-document";
import { documentOf, resource, stack } from "../reports/explain/documents";

function withApplications(count: number): PreviewDocument {
  const projects = Array.from({ length: count }, (_, index) =>
    resource("aws:codebuild/project:Project", `shop-${String(index)}`, {
      name: `shop-${String(index)}`,
      tags: { Application: `shop-${String(index)}` },
    }),
  );
  return documentOf(stack("cicd", "111111111111", projects));
}

describe("the page of a preview", () => {
  const reason =
    "With more than 10 applications the proof takes minutes, so the page is made without it: run slipway prove.";

  it("has the proof of up to ten applications", async () => {
    const html = await pageOf(withApplications(10), ".");
    assert.match(html, /No way leads from one application or environment into another one\./);
    assert.ok(!html.includes(reason));
  });

  it("says why it has none of more", async () => {
    const html = await pageOf(withApplications(11), ".");
    assert.ok(html.includes(`<p>${reason}</p>`));
    assert.ok(!html.includes("No way leads from one application"));
    assert.ok(!html.includes("ways across borders"));
  });
});
