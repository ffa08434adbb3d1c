import assert from "node:assert/strict";
import type { StackPreview } from "../../preview/preview-document";
import { input, ofType, resource, shippedStack } from "../support/shipped-preview";

describe("an environment's stack, as shipped", () => {
  let dev: StackPreview;
  let test: StackPreview;
  let prod: StackPreview;
  before(async () => {
    dev = await shippedStack("dev");
    test = await shippedStack("test");
    prod = await shippedStack("prod");
  });

  it("lives in the environment's own account", () => {
    assert.deepEqual(
      [dev, test, prod].map(({ kind, accountId }) => `${kind} ${accountId}`),
      ["environment 222222222222", "environment 333333333333", "environment 444444444444"],
    );
  });

  it("has one door, which carries neither of the tags that it compares", () => {
    for (const stack of [dev, test, prod]) {
      const doors = ofType(stack, "aws:iam/role:Role").filter(
        ({ inputs }) => inputs["name"] === "CICDCrossAccountRole",
      );
      assert.equal(doors.length, 1);
      assert.deepEqual(doors[0]?.inputs["tags"], { ManagedBy: "slipway" });
      assert.equal(doors[0].inputs["path"], "/slipway/");
    }
  });

  it("is the same in dev and prod but for names: environments differ in data only", () => {
    const types = (stack: StackPreview): string[] => stack.resources.map(({ type }) => type).sort();
    assert.deepEqual(types(dev), types(prod));
  });

  it("gives a serverless application its CloudFormation role wherever it leads", () => {
    for (const stack of [dev, test, prod]) {
      const role = resource(stack, "aws:iam/role:Role", "hello-world-cloudformation");
      assert.equal(role.inputs["path"], "/slipway/execution/");
    }
  });

  it("gives an ecs application a cluster, a log group and two roles, the code's own under the boundary", () => {
    assert.equal(resource(dev, "aws:ecs/cluster:Cluster", "applications").inputs["name"], "slipway-dev");
    assert.equal(
      resource(dev, "aws:cloudwatch/logGroup:LogGroup", "backend-flask").inputs["name"],
      "/slipway/backend-flask-dev",
    );
    assert.equal(
      resource(dev, "aws:iam/role:Role", "backend-flask-task").inputs["permissionsBoundary"],
      "arn:aws:iam::222222222222:policy/slipway/slipway-boundary",
    );
    const task = resource(dev, "aws:iam/role:Role", "backend-flask-task");
    assert.ok(task.dependencies.some((urn) => urn.endsWith("aws:iam/policy:Policy::door-boundary")));
    resource(dev, "aws:iam/role:Role", "backend-flask-task-execution");
  });

  it("gives a kubernetes application an access entry for its own namespace and no other", () => {
    const entry = resource(dev, "aws:eks/accessEntry:AccessEntry", "sso-dashboard");
    assert.equal(
      entry.inputs["principalArn"],
      "arn:aws:iam::222222222222:role/slipway/namespace/sso-dashboard",
    );
    const access = resource(dev, "aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "sso-dashboard");
    assert.deepEqual(input(access, "accessScope"), { type: "namespace", namespaces: ["sso-dashboard"] });
    assert.equal(access.inputs["policyArn"], "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy");
  });

  it("makes nothing for applications that do not lead here", () => {
    assert.deepEqual(test.outputs["applications"], ["hello-world"]);
    assert.equal(ofType(test, "aws:ecs/cluster:Cluster").length, 0);
  });

  it("tells the door and the boundary as outputs", () => {
    assert.equal(dev.outputs["doorRoleArn"], "arn:aws:iam::222222222222:role/slipway/CICDCrossAccountRole");
    assert.equal(dev.outputs["boundaryArn"], "arn:aws:iam::222222222222:policy/slipway/slipway-boundary");
  });

  it("knows every value before the first deployment, and passes the policy pack", () => {
    for (const stack of [dev, test, prod]) {
      assert.deepEqual(stack.unknowns, []);
      assert.deepEqual(stack.policy.notVerifiable, []);
      assert.deepEqual(
        stack.policy.violations.map(({ urn, message }) => `${urn} ${message}`),
        [],
      );
    }
  });
});
