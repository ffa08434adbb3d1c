import type { Engine } from "./support/engine";
import { platform } from "./support/platform";
import { spread, tryPoints, undisturbed, type Undisturbed } from "./support/points";
import { withEngine } from "./support/suite";
import type { Workspace } from "./support/workspace";

withEngine("when the provider is killed in the middle of an environment's deployment", (engine: Engine) => {
  let base: Workspace;
  let good: Undisturbed;
  before(async () => {
    base = platform(engine);
    await base.init("dev");
    good = await undisturbed(base, "dev");
  });
  after(() => {
    base.dispose();
  });

  it("what it made without an answer can be taken over, and nothing is made twice, at every call", () =>
    tryPoints(base, good, {
      what: "environment, provider killed after the change",
      stack: "dev",
      fault: { kind: "die" },
    }));

  it("nothing is lost when it dies before the change", () =>
    tryPoints(base, good, {
      what: "environment, provider killed before the change",
      stack: "dev",
      fault: { kind: "die-before" },
      choose: spread(4),
    }));

  it("an answer that AWS did not get through is no loss either", () =>
    tryPoints(base, good, {
      what: "environment, answer of AWS lost after the change",
      stack: "dev",
      fault: { kind: "fail-after" },
      choose: spread(4),
    }));
});
