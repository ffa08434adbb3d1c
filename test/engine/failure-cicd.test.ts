import type { Engine } from "./support/engine";
import { onlyApplication, platform } from "./support/platform";
import { spread, tryPoints, undisturbed, type Undisturbed } from "./support/points";
import { killEngineWhenReached, killProgramWhenReached } from "./support/recovery";
import { withEngine } from "./support/suite";
import type { Workspace } from "./support/workspace";

withEngine("when the deployment of the CI/CD account breaks off", (engine: Engine) => {
  let base: Workspace;
  let good: Undisturbed;
  before(async () => {
    base = platform(engine);
    // One application has every kind of resource; three would only take longer.
    onlyApplication(base, "sso-dashboard");
    await base.init("cicd");
    good = await undisturbed(base, "cicd");
  });
  after(() => {
    base.dispose();
  });

  it("because AWS fails, the next run finishes it", () =>
    tryPoints(base, good, {
      what: "CI/CD, a call fails",
      stack: "cicd",
      fault: { kind: "fail" },
      choose: spread(6),
    }));

  it("because the provider is killed after a change, nothing is orphaned or made twice, keys included", () =>
    tryPoints(base, good, {
      what: "CI/CD, provider killed after the change",
      stack: "cicd",
      fault: { kind: "die" },
      choose: spread(7),
    }));

  it("because the engine is killed, the next run finishes it", () =>
    tryPoints(base, good, {
      what: "CI/CD, engine killed (kill -9)",
      stack: "cicd",
      fault: { kind: "hang" },
      choose: spread(4),
      disturb: killEngineWhenReached,
    }));

  it("because the program is killed, the next run finishes it", () =>
    tryPoints(base, good, {
      what: "CI/CD, program killed (kill -9)",
      stack: "cicd",
      fault: { kind: "pause" },
      choose: spread(3),
      disturb: killProgramWhenReached,
    }));
});
