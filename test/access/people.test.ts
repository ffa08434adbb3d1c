import assert from "node:assert/strict";
import { planApplicationAccess } from "../../access/application-access";
import type { RolePlan } from "../../access/role-plan";
import type { Application } from "../../definitions/application";
import { planApplication } from "../../delivery/plan-application";
import { application, cicdSettings, platform, track } from "../support/platform";

function people(changes: Partial<Application> = {}, ofPlatform = platform): readonly RolePlan[] {
  const plan = planApplication(ofPlatform, application("shop", "ecs", changes));
  return planApplicationAccess({ ...cicdSettings, platform: ofPlatform }, plan).people;
}

const namesOf = (roles: readonly RolePlan[]): string[] => roles.map(({ name }) => name);

/** Whom a role's trust asks for: the permission set and the attributes. */
function membersOf(roles: readonly RolePlan[]): Record<string, unknown> {
  return Object.fromEntries(
    roles.map(({ name, trust }) => {
      const { StringEquals = {}, ArnLike = {} } = trust.Statement[0]?.Condition ?? {};
      const { "aws:PrincipalOrgID": organization, ...attributes } = StringEquals;
      assert.equal(organization, platform.organizationId);
      const set = /AWSReservedSSO_(\w+)_\?{16}$/.exec(String(ArnLike["aws:PrincipalArn"]))?.[1];
      return [name, [set, attributes]];
    }),
  );
}

describe("roles for people", () => {
  const { starterPermissionSet, ...withoutStarters } = platform.people;
  const nobodyStarts = { ...platform, people: withoutStarters };

  it("are an approver, a starter and a reader where something is approved", () => {
    assert.equal(starterPermissionSet, "ReleaseStarters");
    assert.deepEqual(namesOf(people()), ["shop-approver", "shop-starter", "shop-reader"]);
  });

  it("are no approver where nothing is approved", () => {
    assert.deepEqual(namesOf(people({ tracks: [track("main", ["dev"])] })), ["shop-starter", "shop-reader"]);
  });

  it("are no starter where neither platform nor application names who starts", () => {
    assert.deepEqual(namesOf(people({}, nobodyStarts)), ["shop-approver", "shop-reader"]);
  });

  it("are a starter where the application alone names who starts", () => {
    const roles = people({ people: { starters: { permissionSet: "ShopStarters" } } }, nobodyStarts);
    assert.deepEqual(membersOf(roles)["shop-starter"], ["ShopStarters", {}]);
  });

  it("are the platform's permission sets', unless the application says otherwise", () => {
    assert.deepEqual(membersOf(people()), {
      "shop-approver": ["ReleaseApprovers", {}],
      "shop-starter": ["ReleaseStarters", {}],
      "shop-reader": ["Developers", {}],
    });
  });

  it("are the application's permission sets', the platform's narrowed down by attributes, or both", () => {
    const attributes = { CostCenter: "1234" };
    const roles = people({
      people: {
        approvers: { permissionSet: "ShopApprovers", attributes },
        starters: { permissionSet: "ShopStarters" },
        readers: { attributes },
      },
    });
    assert.deepEqual(membersOf(roles), {
      "shop-approver": ["ShopApprovers", { "aws:PrincipalTag/CostCenter": "1234" }],
      "shop-starter": ["ShopStarters", {}],
      "shop-reader": ["Developers", { "aws:PrincipalTag/CostCenter": "1234" }],
    });
  });
});
