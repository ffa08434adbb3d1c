import assert from "node:assert/strict";
import fc from "fast-check";
import { STARTERS } from "../../../../policy-pack/lib/aws/powerful-actions";
import { contextOf } from "../../../../policy-pack/lib/document/context";
import { readDocument } from "../../../../policy-pack/lib/document/read-document";
import { judgeEscalation } from "../../../../policy-pack/lib/judge/escalation";
import { ACCOUNT, grant } from "../../support/documents";

function escalation(policy: object): string[] {
  return judgeEscalation(readDocument(policy).statements, contextOf("identity")).map(
    ({ severity, reason }) => `${severity}: ${reason}`,
  );
}

describe("judgeEscalation", () => {
  it("takes a user's own keys for harmless, and no other user's whose name begins so", () => {
    const keys = (user: string): object =>
      grant("iam:CreateAccessKey", `arn:aws:iam::${ACCOUNT}:user/\${aws:username}${user}`);
    assert.deepEqual(escalation(keys("")), []);
    assert.deepEqual(escalation(keys("*")), [
      "error: iam:CreateAccessKey gives its holder the credentials or the groups of every principal whose name begins so.",
    ]);
  });

  it("lets no condition tame a new version of a policy", () => {
    const policy = `arn:aws:iam::${ACCOUNT}:policy/app`;
    const rewrites = [
      "error: iam:CreatePolicyVersion lets its holder rewrite what the principal that is named may do, and so grant itself anything.",
    ];
    assert.deepEqual(escalation(grant("iam:CreatePolicyVersion", policy)), rewrites);
    for (const [key, value] of [
      ["iam:PolicyARN", policy],
      ["iam:PermissionsBoundary", policy],
      ["aws:ResourceTag/team", "orders"],
    ] as const) {
      assert.deepEqual(
        escalation(grant("iam:CreatePolicyVersion", policy, { StringEquals: { [key]: value } })),
        rewrites,
        key,
      );
    }
  });

  it("takes the policies that may be attached for tame where they are named and none gives everything", () => {
    const attach = (...policies: string[]): object =>
      grant("iam:AttachRolePolicy", `arn:aws:iam::${ACCOUNT}:role/app`, {
        ArnEquals: { "iam:PolicyARN": policies },
      });
    const own = `arn:aws:iam::${ACCOUNT}:policy/app`;
    assert.deepEqual(escalation(attach(own)), []);
    assert.deepEqual(escalation(attach(own, "arn:aws:iam::aws:policy/IAMFullAccess")), [
      "error: iam:AttachRolePolicy lets its holder rewrite what the principal that is named may do, and so grant itself anything.",
    ]);
  });

  const role = `arn:aws:iam::${ACCOUNT}:role/shop-task`;
  const passing = (resource: string, service?: string): object => ({
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: resource,
    ...(service === undefined ? {} : { Condition: { StringEquals: { "iam:PassedToService": service } } }),
  });
  const starting = (action: string): object => ({ Effect: "Allow", Action: action, Resource: "*" });

  it("notes a named role beside the means to start something under it", () => {
    const noted = [
      "note: iam:PassRole together with apprunner:UpdateService (statement 2) lets its holder run code as the role that is named.",
    ];
    const update = starting("apprunner:UpdateService");
    const about = (...statements: object[]): string[] =>
      escalation({ Statement: statements }).filter((text) => text.includes("iam:PassRole"));
    assert.deepEqual(about(passing(role, "tasks.apprunner.amazonaws.com"), update), noted);
    assert.deepEqual(about(passing(role), update), noted);
    assert.deepEqual(about(passing(role, "ec2.amazonaws.com"), update), []);
    assert.deepEqual(about(passing(role)), []);
    assert.deepEqual(
      about(passing(`arn:aws:iam::${ACCOUNT}:role/*`, "tasks.apprunner.amazonaws.com"), update),
      [
        "error: iam:PassRole together with apprunner:UpdateService (statement 2) lets its holder run code as every role of the account.",
      ],
    );
  });

  it("takes a role to pass for the same role where its account is open, with and without a starter", () => {
    const open = role.replace(ACCOUNT, "*");
    for (const service of [undefined, "ecs-tasks.amazonaws.com"]) {
      for (const others of [[], [starting("ecs:RegisterTaskDefinition")]]) {
        assert.deepEqual(
          escalation({ Statement: [passing(open, service), ...others] }),
          escalation({ Statement: [passing(role, service), ...others] }),
        );
      }
    }
    assert.deepEqual(escalation(grant("sts:AssumeRole", open)), [
      "error: sts:AssumeRole lets its holder become the roles of that name in any account.",
    ]);
    const own = { StringEquals: { "aws:ResourceAccount": "${aws:PrincipalAccount}" } };
    assert.deepEqual(escalation(grant("sts:AssumeRole", open, own)), []);
  });

  it("notes who may change or run one thing that has a role, and sends back who may change all", () => {
    const targets: readonly (readonly [action: string, one: string, all: string])[] = [
      [
        "lambda:UpdateFunctionCode",
        "lambda:eu-west-1:ACCOUNT:function:shop",
        "lambda:eu-west-1:ACCOUNT:function:*",
      ],
      [
        "codebuild:StartBuild",
        "codebuild:eu-west-1:ACCOUNT:project/shop",
        "codebuild:eu-west-1:ACCOUNT:project/*",
      ],
      [
        "ec2:CreateLaunchTemplateVersion",
        "ec2:eu-west-1:ACCOUNT:launch-template/lt-0a1b",
        "ec2:eu-west-1:ACCOUNT:launch-template/*",
      ],
      ["ssm:StartSession", "ec2:eu-west-1:ACCOUNT:instance/i-0a1b", "ec2:eu-west-1:ACCOUNT:instance/*"],
      ["elasticmapreduce:AddJobFlowSteps", "elasticmapreduce:eu-west-1:ACCOUNT:cluster/j-1", "*"],
    ];
    for (const [action, one, all] of targets) {
      const arn = (text: string): string =>
        text === "*" ? "*" : `arn:aws:${text.replace("ACCOUNT", ACCOUNT)}`;
      assert.deepEqual(escalation(grant(action, arn(one))), [
        `note: ${action} lets its holder run code as the role of the target that is named.`,
      ]);
      assert.deepEqual(escalation(grant(action, arn(all))), [
        `error: ${action} lets its holder run code as the role of every target that it reaches.`,
      ]);
    }
  });

  it("has at least a note for every starter beside a role that its service may be passed", () => {
    fc.assert(
      fc.property(fc.constantFrom(...STARTERS), fc.boolean(), ([action, principals], open) => {
        const [principal] = principals;
        const found = escalation({
          Statement: [passing(open ? "*" : role, principal), starting(action)],
        }).filter((text) => text.includes("iam:PassRole together with"));
        assert.deepEqual(
          found.map((text) => text.slice(0, text.indexOf(":"))),
          [open ? "error" : "note"],
          action,
        );
      }),
    );
  });
});
