import assert from "node:assert/strict";
import { join } from "node:path";
import { planCicdAccess, rolesOfCicd } from "../../access/cicd-access";
import { planEnvironmentAccess, rolesOfEnvironment } from "../../access/environment-access";
import type { RolePlan } from "../../access/role-plan";
import type { Application } from "../../definitions/application";
import { readApplications } from "../../definitions/read";
import { buildspecSize } from "../../delivery/buildspec";
import { planApplication } from "../../delivery/plan-application";
import type { PreviewedResource, StackPreview } from "../../preview/preview-document";
import type { Settings } from "../../settings/settings";
import { settingsOf, shippedFiles, stackNames } from "../support/settings";
import { input, ofType, projectDirectory, shippedStack, text } from "../support/shipped-preview";

function plannedRoles(settings: Settings, applications: readonly Application[]): RolePlan[] {
  switch (settings.stack) {
    case "cicd": {
      const plans = applications.map((one) => planApplication(settings.platform, one));
      return rolesOfCicd(planCicdAccess(settings, plans));
    }
    case "environment":
      return rolesOfEnvironment(planEnvironmentAccess(settings, applications));
    default:
      return [];
  }
}

/** A previewed role with its inline policies, in the form of a plan. */
function previewedRole(stack: StackPreview, role: PreviewedResource): Partial<RolePlan> {
  const policies = ofType(stack, "aws:iam/rolePolicy:RolePolicy").filter(
    (policy) => policy.parent === role.parent,
  );
  const boundary = input(role, "permissionsBoundary");
  return {
    key: role.name,
    name: text(input(role, "name")),
    path: text(input(role, "path")),
    description: text(input(role, "description")),
    trust: JSON.parse(text(input(role, "assumeRolePolicy"))) as RolePlan["trust"],
    policies: Object.fromEntries(
      policies.map((policy) => [
        text(input(policy, "name")),
        JSON.parse(text(input(policy, "policy"))) as RolePlan["trust"],
      ]),
    ),
    ...(boundary !== undefined && { boundary: text(boundary) }),
    tags: input(role, "tags") as RolePlan["tags"],
    maxSessionSeconds: Number(input(role, "maxSessionDuration")),
  };
}

describe("the roles of every shipped stack", () => {
  for (const name of stackNames) {
    it(`are in ${name} exactly those of the plan, with its policies`, async () => {
      const { settings } = await settingsOf(shippedFiles, name);
      assert.ok(settings);
      const read = readApplications(join(projectDirectory, "applications"), settings.platform, buildspecSize);
      assert.ok("value" in read);
      const stack = await shippedStack(name);
      const previewed = ofType(stack, "aws:iam/role:Role").map((role) => {
        const { policies = {}, ...rest } = previewedRole(stack, role);
        // The one policy that is no part of a plan: it names the connection, whose ARN AWS may pick.
        const planned = Object.entries(policies).filter(([policy]) => policy !== "source");
        return { ...rest, policies: Object.fromEntries(planned) };
      });
      const byKey = (a: { key?: string }, b: { key?: string }): number =>
        (a.key ?? "") < (b.key ?? "") ? -1 : 1;
      const planned = plannedRoles(settings, read.value).map((role) =>
        Object.fromEntries(Object.entries(role).filter(([field]) => field !== "sourceRepository")),
      );
      assert.deepEqual(previewed.toSorted(byKey), planned.toSorted(byKey));
    });
  }

  it("use the connection for their own repository alone", async () => {
    const stack = await shippedStack("cicd");
    const sources = ofType(stack, "aws:iam/rolePolicy:RolePolicy").filter(
      (policy) => input(policy, "name") === "source",
    );
    const repositories = sources.map((policy) => {
      const { Statement } = JSON.parse(text(input(policy, "policy"))) as RolePlan["trust"];
      return [
        policy.name,
        ...Statement.map(({ Condition }) => Object.values(Condition?.["StringEquals"] ?? {})),
      ];
    });
    assert.deepEqual(repositories, [
      ["backend-flask-pipeline-source", ["example-org/backend-flask"], ["example-org/backend-flask"]],
      ["hello-world-pipeline-source", ["example-org/hello-world"], ["example-org/hello-world"]],
      ["sso-dashboard-pipeline-source", ["example-org/sso-dashboard"], ["example-org/sso-dashboard"]],
    ]);
  });
});
