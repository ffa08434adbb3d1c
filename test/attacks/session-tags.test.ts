import assert from "node:assert/strict";
import { planEnvironmentAccess } from "../../access/environment-access";
import { applicationTag } from "../../iam/tags";
import * as names from "../../names";
import { application, dev, environmentSettings } from "../support/platform";
import { allows } from "../support/policy-evaluator";

/**
 * The application's template writes the trust of the roles that it makes. With a foreign principal and `sts:TagSession` in
 * it, whoever takes such a role brings the tag `Application` along, which overrides the role's own.
 */
describe("a session that brings another application's tag along", () => {
  const { boundary } = planEnvironmentAccess(environmentSettings(dev), [
    application("shop", "serverless"),
    application("billing", "ecs"),
  ]);

  const own = {
    table: ["dynamodb:GetItem", (name: string) => names.arn(dev, "dynamodb", `table/${name}-dev-orders`)],
    queue: ["sqs:ReceiveMessage", (name: string) => names.arn(dev, "sqs", `${name}-dev-orders`)],
    secret: [
      "secretsmanager:GetSecretValue",
      (name: string) => names.arn(dev, "secretsmanager", `secret:${name}-dev/database-Ab12Cd`),
    ],
    log: [
      "logs:PutLogEvents",
      (name: string) => names.arn(dev, "logs", `log-group:/aws/lambda/${name}-dev-hello:log-stream:x`),
    ],
  } as const;
  const roles = {
    "a function's role": (name: string) => names.iamArn(dev, `role/${name}-dev-hello`),
    "a task's role": (name: string) => names.taskRoleArn(dev, name),
  };

  for (const [what, [action, arnOf]] of Object.entries(own)) {
    for (const [role, roleArn] of Object.entries(roles)) {
      const may = (holder: string, tag: string | undefined, target: string): boolean =>
        allows(boundary.document, {
          action,
          resource: arnOf(target),
          context: {
            "aws:PrincipalArn": roleArn(holder),
            ...(tag !== undefined && { [applicationTag.principal]: tag }),
          },
        });

      it(`reaches no ${what} of the other application as ${role}`, () => {
        assert.equal(may("shop", "billing", "billing"), false);
      });

      it(`reaches no ${what} of its own application as ${role} either`, () => {
        assert.equal(may("shop", "billing", "shop"), false);
        assert.equal(may("shop", undefined, "shop"), false);
      });

      it(`leaves the ${what} to ${role} with its own tag`, () => {
        assert.equal(may("shop", "shop", "shop"), true);
      });
    }
  }

  it("is no other role of the account with the right tag", () => {
    for (const role of [
      "role/shop-dev",
      "role/shop-prod-hello",
      "role/admin",
      "role/slipway/execution/shop-cloudformation",
    ]) {
      const context = { "aws:PrincipalArn": names.iamArn(dev, role), [applicationTag.principal]: "shop" };
      const resource = names.arn(dev, "dynamodb", "table/shop-dev-orders");
      assert.equal(allows(boundary.document, { action: "dynamodb:GetItem", resource, context }), false, role);
    }
  });
});
