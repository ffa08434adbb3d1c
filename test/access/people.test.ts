import assert from "node:assert/strict";
import { planApplicationAccess } from "../../access/application-access";
import { planApplication } from "../../delivery/plan-application";
import { application, cicdSettings, platform, track } from "../support/platform";

function people(environments: readonly string[]): string[] {
  const tracks = [track("main", environments)];
  const plan = planApplication(platform, application("shop", "ecs", { tracks }));
  return planApplicationAccess(cicdSettings, plan).people.map(({ name }) => name);
}

describe("roles for people", () => {
  it("are an approver and a reader where something is approved", () => {
    assert.deepEqual(people(["dev", "prod"]), ["shop-approver", "shop-reader"]);
  });

  it("are a reader alone where nothing is approved", () => {
    assert.deepEqual(people(["dev"]), ["shop-reader"]);
  });
});
