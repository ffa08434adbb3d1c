import assert from "node:assert/strict";
import { actionsMatching } from "../../../../policy-pack/lib/aws/action-table";
import { reachOf } from "../../../../policy-pack/lib/measure/reach";

/** `breadth` and the open segments, or `nothing` where the pattern means no resource of the action. */
function reachInWords(action: string, pattern: string): string {
  const info = actionsMatching(action)[0];
  assert.ok(info !== undefined, action);
  const found = reachOf(pattern, info);
  return found === undefined ? "nothing" : [found.breadth, ...found.open].join(" ");
}

describe("reach", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["s3:GetObject", "*", "everything"],
    ["s3:GetObject", "?*", "everything"],
    ["s3:GetObject", "arn:aws:s3:::reports/2026.csv", "exact"],
    ["s3:GetObject", "arn:aws:s3:::reports/*", "tail"],
    ["s3:GetObject", "arn:aws:s3:::reports/public/*", "tail"],
    ["s3:GetObject", "arn:aws:s3:::reports-*", "prefix"],
    ["s3:GetObject", "arn:aws:s3:::reports-*/*", "prefix"],
    ["s3:GetObject", "arn:aws:s3:::r*/*", "loose"],
    ["s3:GetObject", "arn:aws:s3:::*", "type"],
    ["s3:GetObject", "arn:aws:s3:::*/*", "type"],
    ["s3:GetObject", "arn:aws:s3:::*-prod/*", "loose"],
    ["s3:GetObject", "arn:aws:s3*", "type service region account"],
    ["s3:GetObject", "arn:aws:dynamodb:eu-west-1:123456789012:table/orders", "nothing"],
    ["s3:ListBucket", "arn:aws:s3:::reports/*", "nothing"],
    ["s3:ListBucket", "arn:aws:s3:::reports", "exact"],
    ["dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1:123456789012:table/*", "type"],
    ["dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1:123456789012:*", "type"],
    ["dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1:123456789012:table/orders", "exact"],
    ["dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1:123456789012:table/orders-*", "prefix"],
    ["dynamodb:GetItem", "arn:aws:dynamodb:*:123456789012:table/orders", "exact region"],
    ["dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1:*:table/orders", "exact account"],
    ["dynamodb:GetItem", "arn:*:dynamodb:eu-west-1:123456789012:table/orders", "exact partition"],
    ["dynamodb:GetItem", "arn:aws:dynamodb::123456789012:table/orders", "nothing"],
    ["dynamodb:Query", "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/index/*", "tail"],
    ["logs:PutLogEvents", "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/app:*", "tail"],
    ["logs:PutLogEvents", "arn:aws:logs:eu-west-1:123456789012:log-group:*", "type"],
    ["lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:123456789012:function:app:*", "tail"],
    ["lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:123456789012:function:app-*", "prefix"],
    [
      "lambda:InvokeFunction",
      "arn:aws:lambda:eu-west-1:123456789012:function:${aws:PrincipalTag/Application}-*",
      "prefix",
    ],
    [
      "secretsmanager:GetSecretValue",
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/db-??????",
      "tail",
    ],
    ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/*", "prefix"],
    [
      "cloudformation:UpdateStack",
      "arn:aws:cloudformation:eu-west-1:123456789012:stack/${aws:PrincipalTag/Application}-dev/*",
      "tail",
    ],
    ["ecs:RegisterTaskDefinition", "arn:aws:ecs:eu-west-1:123456789012:task-definition/app:*", "tail"],
    ["iam:PassRole", "arn:aws:iam::123456789012:role/slipway/*", "prefix"],
    ["iam:PassRole", "arn:aws:iam::123456789012:role/*", "type"],
    ["kms:Decrypt", "arn:aws:kms:eu-west-1:123456789012:key/*", "type"],
    ["kms:Decrypt", "arn:aws:kms:eu-west-1:123456789012:alias/app", "nothing"],
    ["apigateway:PATCH", "arn:aws:apigateway:eu-west-1::/apis/*", "type"],
    ["apigateway:POST", "arn:aws:apigateway:eu-west-1::/apis", "exact"],
  ];
  for (const [action, pattern, expected] of cases) {
    it(`${action} on ${pattern}: ${expected}`, () => {
      assert.equal(reachInWords(action, pattern), expected);
    });
  }
});
