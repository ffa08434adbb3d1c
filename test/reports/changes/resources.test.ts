import assert from "node:assert/strict";
import type { PreviewedResource } from "../../../preview/preview-document";
import { matchResources } from "../../../reports/changes/matching";
import { resourceChanges } from "../../../reports/changes/resources";
import { resource } from "../cost/documents";
import { platform } from "./platform";

const bucket = (inputs: PreviewedResource["inputs"] = {}): PreviewedResource =>
  resource("aws:s3/bucket:Bucket", "logs", { bucket: "logs", ...inputs });

function told(before: readonly PreviewedResource[], after: readonly PreviewedResource[]): string[] {
  return resourceChanges(matchResources(platform(...before), platform(...after))).map(
    ({ kind, name, loss, properties }) =>
      [kind, name, ...properties.map((each) => `${each.path}${each.replaces ? "!" : ""}`), loss]
        .join(" ")
        .trim(),
  );
}

describe("changes of resources", () => {
  it("tell what is lost first, then what is removed, replaced, changed and added", () => {
    const role = resource("aws:iam/role:Role", "role", { name: "a" });
    const before = [
      bucket(),
      role,
      resource("aws:ecr/lifecyclePolicy:LifecyclePolicy", "rule"),
      resource("aws:sns/topic:Topic", "topic", { displayName: "a" }),
    ];
    const after = [
      bucket({ bucket: "other" }),
      { ...role, inputs: { name: "b" } },
      resource("aws:sns/topic:Topic", "topic", { displayName: "b" }),
      resource("aws:sns/topic:Topic", "new"),
    ];
    assert.deepEqual(told(before, after), [
      "replaced logs bucket! Every object in the bucket is lost; AWS refuses while it holds any.",
      "removed rule",
      "replaced role name!",
      "changed topic displayName",
      "added new",
    ]);
  });

  it("tell nothing of what is the same", () => {
    assert.deepEqual(told([bucket()], [bucket()]), []);
  });

  it("tell of another URN by an alias, and that nothing is replaced for it", () => {
    const renamed = {
      ...resource("aws:s3/bucket:Bucket", "new", { bucket: "logs" }),
      aliases: [bucket().urn],
    };
    assert.deepEqual(told([bucket()], [renamed]), ["renamed new"]);
    const [change] = resourceChanges(matchResources(platform(bucket()), platform(renamed)));
    assert.equal(change?.formerUrn, bucket().urn);
  });

  it("tell that another URN without an alias is a new resource and one that is lost", () => {
    assert.deepEqual(told([bucket()], [resource("aws:s3/bucket:Bucket", "new", { bucket: "logs" })]), [
      "removed logs Every object in the bucket is lost; AWS refuses while it holds any.",
      "added new",
    ]);
  });

  it("tell what Pulumi refuses, and what it leaves in the account", () => {
    assert.deepEqual(told([{ ...bucket(), protect: true }], []), [
      "removed logs Pulumi refuses: the s3 bucket is protected. Take the protection off first.",
    ]);
    assert.deepEqual(told([{ ...bucket(), retainOnDelete: true }], []), [
      "removed logs The s3 bucket stays in the account, and Pulumi forgets it: whoever wants it gone deletes it by hand.",
    ]);
  });
});
