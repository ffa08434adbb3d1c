import type { Engine } from "./support/engine";
import { platform } from "./support/platform";
import { tryPoints, undisturbed, type Undisturbed } from "./support/points";
import { killEngineWhenReached, killProgramWhenReached } from "./support/recovery";
import { withEngine } from "./support/suite";
import type { Workspace } from "./support/workspace";

withEngine("when `pulumi up` of an environment is killed while AWS works", (engine: Engine) => {
  let base: Workspace;
  before(async () => {
    base = platform(engine);
    await base.init("dev");
    await base.init("test");
  });
  after(() => {
    base.dispose();
  });

  it("the stack is unlocked, refreshed and finished, at every call (kill -9 of the engine)", async () => {
    const good: Undisturbed = await undisturbed(base, "dev");
    await tryPoints(base, good, {
      what: "environment, engine killed (kill -9)",
      stack: "dev",
      fault: { kind: "hang" },
      disturb: killEngineWhenReached,
    });
  });

  it("the same holds when the program is killed and the engine lives on", async () => {
    const good: Undisturbed = await undisturbed(base, "test");
    await tryPoints(base, good, {
      what: "environment, program killed (kill -9)",
      stack: "test",
      fault: { kind: "pause" },
      disturb: killProgramWhenReached,
    });
  });
});
