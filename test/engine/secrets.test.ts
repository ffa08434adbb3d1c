import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "./support/engine";
import { programWorkspace, succeeded } from "./support/platform";
import { withEngine } from "./support/suite";

withEngine("a secret that goes into a resource", (engine: Engine) => {
  it("stands in plain text neither in the state nor in what the runs print, not even when they fail", async () => {
    const plain = "correct horse battery staple";
    const workspace = programWorkspace(engine, join(__dirname, "programs", "secrets"));
    try {
      await workspace.init("dev");
      workspace.setFaults([{ kind: "fail", at: 2 }]);
      const failed = await workspace.up("dev", [], { checkpoints: true });
      assert.notEqual(failed.status, 0);
      workspace.setFaults([]);
      const previewed = await succeeded(workspace.preview("dev", ["--diff"]));
      const made = await succeeded(workspace.up("dev", [], { checkpoints: true }));
      const shown = await succeeded(workspace.refresh("dev"));
      for (const { output } of [failed, previewed, made, shown])
        assert.equal(output.includes(plain), false, output);
      const state = join(workspace.folder, "state");
      const files = readdirSync(state, { recursive: true, encoding: "utf8" }).filter((name) =>
        name.endsWith(".json"),
      );
      assert.ok(files.length > 0);
      for (const name of files)
        assert.equal(readFileSync(join(state, name), "utf8").includes(plain), false, name);
      const [topic] = workspace.accounts.list("111111111111", "aws:sns/topic:Topic");
      assert.equal(topic?.props["displayName"], plain);
    } finally {
      workspace.dispose();
    }
  });
});
