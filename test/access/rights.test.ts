import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { connectionPolicy, rolesOfApplication } from "../../access/application-access";
import { planCicdAccess } from "../../access/cicd-access";
import { planEnvironmentAccess } from "../../access/environment-access";
import { planGuardrails } from "../../access/organization-access";
import { rolesOfTarget } from "../../access/target-access";
import { type Application, capabilitiesOf } from "../../definitions/application";
import { planApplication } from "../../delivery/plan-application";
import { application, cicdSettings, environmentSettings, platform, prod } from "../support/platform";
import { documentText, roleText } from "./rights";

const connectionArn = "arn:aws:codeconnections:eu-west-1:111111111111:connection/0f1e2d3c";

/** The rights that a file of test/access/rights/ lists, a blank line between two. */
function listed(file: string): string[] {
  return readFileSync(join(__dirname, "rights", file), "utf8")
    .trimEnd()
    .split("\n\n");
}

function cicdRights(applications: readonly Application[]): string[] {
  const plans = applications.map((one) => planApplication(platform, one));
  return planCicdAccess(cicdSettings, plans).applications.flatMap((access) =>
    rolesOfApplication(access).map((role) =>
      roleText(
        role,
        role === access.pipelineRole
          ? { source: connectionPolicy(access.pipelineRole, connectionArn) }
          : undefined,
      ),
    ),
  );
}

describe("the rights of one application", () => {
  for (const kind of ["serverless", "ecs", "kubernetes"] as const) {
    const shop = application("shop", kind, {
      capabilities: capabilitiesOf[kind],
      pullRequests: { branches: ["main"] },
    });

    it(`of kind ${kind} are these in the CI/CD account, in every role`, () => {
      assert.deepEqual(cicdRights([shop]), listed(`${kind}-cicd.txt`));
    });

    it(`of kind ${kind} are these in an environment, in every role`, () => {
      const { targets } = planEnvironmentAccess(environmentSettings(prod), [shop]);
      assert.deepEqual(
        targets.flatMap(rolesOfTarget).map((role) => roleText(role)),
        listed(`${kind}-environment.txt`),
      );
    });
  }
});

describe("the rights that all applications share", () => {
  it("are these at the door, whoever comes in, and in the boundary", () => {
    const { door, boundary } = planEnvironmentAccess(environmentSettings(prod), []);
    assert.deepEqual(
      [roleText(door), documentText("boundary", boundary.document)],
      listed("shared-environment.txt"),
    );
  });

  it("are these in the policies of the bucket, the keys and the topics", () => {
    const access = planCicdAccess(cicdSettings, []);
    assert.deepEqual(
      [
        documentText("artifact bucket", access.artifactBucket),
        documentText("artifact key", access.artifactKey),
        documentText("notification key", access.notificationKey),
        documentText("approval topic", access.approvalTopic),
        documentText("status topic", access.statusTopic),
      ],
      listed("shared-cicd.txt"),
    );
  });

  it("are limited by these service control policies", () => {
    assert.deepEqual(
      planGuardrails(platform).map(({ name, document }) => documentText(name, document)),
      listed("guardrails.txt"),
    );
  });
});

describe("who pulls an application's images", () => {
  for (const kind of ["ecs", "kubernetes"] as const) {
    it(`is one role of each environment (${kind})`, () => {
      const [access] = planCicdAccess(cicdSettings, [
        planApplication(platform, application("shop", kind)),
      ]).applications;
      assert.ok(access?.images);
      assert.deepEqual([documentText("repository", access.images.policy)], listed(`${kind}-repository.txt`));
    });
  }

  it("is nobody where there is no image", () => {
    const [access] = planCicdAccess(cicdSettings, [
      planApplication(platform, application("shop", "serverless")),
    ]).applications;
    assert.ok(access);
    assert.equal(access.images, undefined);
  });
});
