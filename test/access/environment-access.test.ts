import assert from "node:assert/strict";
import { planEnvironmentAccess } from "../../access/environment-access";
import { application, environmentSettings, prod, track } from "../support/platform";

describe("an environment's access", () => {
  it("holds nothing for applications that do not lead there", () => {
    const applications = [
      application("shop", "serverless", { tracks: [track("main", ["dev"])] }),
      application("cart", "ecs"),
    ];
    const { targets } = planEnvironmentAccess(environmentSettings(prod), applications);
    assert.deepEqual(
      targets.map(({ kind, application: name }) => [kind, name]),
      [["ecs", "cart"]],
    );
  });
});
