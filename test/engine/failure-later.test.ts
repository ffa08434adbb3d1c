import type { Engine } from "./support/engine";
import { platform, succeeded } from "./support/platform";
import { spread, tryPoints, undisturbed } from "./support/points";
import { killEngineWhenReached } from "./support/recovery";
import { withEngine } from "./support/suite";
import type { Workspace } from "./support/workspace";

withEngine("when a later run breaks off in an environment that is deployed", (engine: Engine) => {
  let deployed: Workspace;
  before(async () => {
    deployed = platform(engine);
    await deployed.init("dev");
    await succeeded(deployed.up("dev"));
  });
  after(() => {
    deployed.dispose();
  });

  it("a change that was made half is made whole by the next run, at every call", async () => {
    const changing = deployed.fork();
    changing.edit(
      "components/role.ts",
      "description: plan.description",
      "description: `${plan.description}.`",
    );
    const good = await undisturbed(changing, "dev");
    await tryPoints(changing, good, {
      what: "environment, update: a call fails",
      stack: "dev",
      fault: { kind: "fail" },
    });
    await tryPoints(changing, good, {
      what: "environment, update: provider killed after the change",
      stack: "dev",
      fault: { kind: "die" },
      choose: spread(3),
    });
    await tryPoints(changing, good, {
      what: "environment, update: engine killed (kill -9)",
      stack: "dev",
      fault: { kind: "hang" },
      choose: spread(3),
      disturb: killEngineWhenReached,
    });
    changing.dispose();
  });

  it("a destruction that broke off is finished by the next one", async () => {
    const good = await undisturbed(deployed, "dev", "destroy");
    const destroy = { stack: "dev", command: "destroy" } as const;
    await tryPoints(deployed, good, {
      ...destroy,
      what: "environment, destroy: a call fails",
      fault: { kind: "fail" },
      choose: spread(4),
    });
    await tryPoints(deployed, good, {
      ...destroy,
      what: "environment, destroy: provider killed after the change",
      fault: { kind: "die" },
      choose: spread(4),
    });
    await tryPoints(deployed, good, {
      ...destroy,
      what: "environment, destroy: engine killed (kill -9)",
      fault: { kind: "hang" },
      choose: spread(3),
      disturb: killEngineWhenReached,
    });
  });
});
