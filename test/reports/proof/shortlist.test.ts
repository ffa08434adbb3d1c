import assert from "node:assert/strict";
import type { PreviewDocument } from "../../../preview/preview-document";
import { callersIn } from "../../../reports/proof/callers";
import { surveyOf } from "../../../reports/proof/survey";
import { thingsOf } from "../../../reports/proof/things";
import { holes } from "../../support/holes";
import { shippedPreview } from "../../support/shipped-preview";

/** Everything that every caller could ask for, asked one by one. */
function overlooked(document: PreviewDocument): string[] {
  const { inquiry, estate, possibilities, entrances } = surveyOf(document);
  const things = thingsOf(estate);
  // Things of the survey and of this list are made alike.
  const nameOf = (thing: { readonly name: string; readonly kind: string }, action: string): string =>
    `${thing.kind} ${thing.name} ${action}`;
  return callersIn(inquiry, estate).flatMap(({ session }) => {
    const listed = new Set(possibilities.of(session).map(({ thing, action }) => nameOf(thing, action)));
    const open = new Set(entrances.of(session));
    const requests = things.flatMap((thing) =>
      thing.actions
        .filter((action) => !listed.has(nameOf(thing, action)))
        .filter((action) => inquiry.can(session, action, thing.resource, thing.context).answer !== "no")
        .map((action) => `${session.name}: ${nameOf(thing, action)}`),
    );
    const roles = estate.members
      .filter((member) => !open.has(member) && inquiry.assume(session, member.role, {}).answer !== "no")
      .map(({ role }) => `${session.name}: take ${role.name}`);
    return [...requests, ...roles];
  });
}

describe("the shortlist of what could be granted", () => {
  it("leaves nothing out that is granted, or perhaps, on the shipped platform", async () => {
    assert.deepEqual(overlooked(await shippedPreview()), []);
  });

  it("leaves nothing out behind a hole of each kind", async () => {
    const shipped = await shippedPreview();
    const ids = ["bucket-for-everybody", "decrypt-without-context", "all-but-iam", "task-without-boundary"];
    const chosen = holes.filter(({ id }) => ids.includes(id));
    assert.equal(chosen.length, ids.length);
    for (const { id, edit } of chosen) assert.deepEqual(overlooked(edit(shipped)), [], id);
  });
});
