import assert from "node:assert/strict";
import type { PreviewDocument } from "../../../preview/preview-document";
import { pathsOf } from "../../../reports/proof/paths";
import type { AccessPath } from "../../../reports/proof/report";
import { surveyOf } from "../../../reports/proof/survey";
import { holes } from "../../support/holes";
import { shippedPreview } from "../../support/shipped-preview";

function pathsIn(document: PreviewDocument): AccessPath[] {
  return pathsOf(surveyOf(document));
}

describe("holes that are put into the platform", () => {
  let shipped: PreviewDocument;

  before(async () => {
    shipped = await shippedPreview();
  });

  it("are at least forty, each of its own", () => {
    assert.ok(holes.length >= 40, `there are ${String(holes.length)}`);
    assert.equal(new Set(holes.map(({ id }) => id)).size, holes.length);
  });

  it("are not in the platform as it is shipped: there is no way across", () => {
    assert.deepEqual(
      pathsIn(shipped).map(({ summary }) => summary),
      [],
    );
  });

  for (const { id, description, edit, path } of holes) {
    it(`are found: ${id}`, () => {
      const summaries = pathsIn(edit(shipped)).map(({ summary }) => summary);
      assert.ok(
        summaries.some((summary) => summary.includes(path)),
        `${description} Nothing says "${path}". Found:\n${summaries.slice(0, 20).join("\n")}`,
      );
    });
  }
});
