import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { applicationSchema } from "../../definitions/schema";

/** Whether an application may have its Helm chart there. */
function takes(chart: string): boolean {
  return applicationSchema.safeParse({
    name: "shop",
    repository: "example-org/shop",
    test: { commands: ["make test"] },
    deployment: { kind: "kubernetes", chart },
    tracks: [{ name: "main", branches: ["main"], environments: ["dev"] }],
  }).success;
}

describe("paths inside the repository", () => {
  it("may have several parts, hidden ones too, and end in a slash", () => {
    for (const path of ["chart", "deploy/chart", ".deploy/chart-1.0_a@b+c/", "a..b/c"])
      assert.equal(takes(path), true, path);
  });

  it("hold nothing that a shell makes more of, in no part of them", () => {
    for (const character of [" ", "$", ";", "&", "|", "`", "'", '"', "*", "(", "\n", "\\", "~", "!"]) {
      for (const path of [`a${character}b`, `${character}a`, `a/b${character}c`, `a/${character}b`])
        assert.equal(takes(path), false, path);
    }
    assert.equal(takes("-rf"), false);
    assert.equal(takes("a/-rf"), false);
  });

  it("lead neither out of it nor to the machine's root", () => {
    for (const path of ["..", "../a", "a/..", "a/../b", "/a", "a//b", ""])
      assert.equal(takes(path), false, path);
  });
});
