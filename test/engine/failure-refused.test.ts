import type { Engine } from "./support/engine";
import { platform } from "./support/platform";
import { spread, tryPoints, undisturbed, type Undisturbed } from "./support/points";
import { withEngine } from "./support/suite";
import type { Workspace } from "./support/workspace";

withEngine("when AWS refuses a call in the middle of an environment's deployment", (engine: Engine) => {
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

  it("running `pulumi up` again brings the account to what an undisturbed run makes, at every call", () =>
    tryPoints(base, good, { what: "environment, a call fails", stack: "dev", fault: { kind: "fail" } }));

  it("the same holds when the credentials may not make the call yet", () =>
    tryPoints(base, good, {
      what: "environment, a call is denied",
      stack: "dev",
      fault: { kind: "deny" },
      choose: spread(4),
    }));

  it("throttling within the provider's retries is not even noticed", () =>
    tryPoints(base, good, {
      what: "environment, a call is throttled 10 times",
      stack: "dev",
      fault: { kind: "throttle", times: 10 },
      choose: spread(4),
      breaks: false,
    }));

  it("throttling beyond the provider's retries ends the run, and the next one finishes it", () =>
    tryPoints(base, good, {
      what: "environment, a call is throttled 40 times",
      stack: "dev",
      fault: { kind: "throttle", times: 40 },
      choose: spread(4),
    }));
});
