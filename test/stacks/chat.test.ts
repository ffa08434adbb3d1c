import assert from "node:assert/strict";
import type { PreviewDocument, StackPreview } from "../../preview/preview-document";
import { ProjectCopy } from "../support/project-copy";
import { input, ofType, resource, shippedStack, slipway, text } from "../support/shipped-preview";

const slackType = "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration";
const teamsType = "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration";
const ruleType = "aws:codestarnotifications/notificationRule:NotificationRule";
const teamsChannel = "slipway-teams-8070ef36647270e2";
const configuration = (name: string): string => `arn:aws:chatbot::111111111111:chat-configuration/${name}`;

describe("the CI/CD account's stack, once its platform and an application speak in chat", () => {
  let copy: ProjectCopy;
  let document: PreviewDocument;
  let stack: StackPreview;
  before(async () => {
    copy = new ProjectCopy();
    copy.replace(
      "Pulumi.yaml",
      "\n  slipway:people:",
      `
  slipway:chat:
    value:
      slack: { workspaceId: T07EA123LEP, approvals: [C0000000001], status: [C0000000001] }
      teams: { tenantId: 00000000-0000-4000-8000-000000000001, teamId: 00000000-0000-4000-8000-000000000002 }

  slipway:people:`,
    );
    copy.replace(
      "applications/hello-world.yaml",
      "\ntest:",
      '\nchat:\n  slack: [C07EZ1ABC23]\n  teams: ["19:E2a7-x_9@thread.tacv2"]\ntest:',
    );
    const { stdout } = await slipway(["preview", "--json", "--stack", "cicd"], copy.directory);
    document = JSON.parse(stdout) as PreviewDocument;
    const [cicd] = document.stacks;
    assert.ok(cicd, stdout);
    stack = cicd;
  });
  after(() => {
    copy.remove();
  });

  it("is right, and the policy pack has nothing against it", () => {
    assert.deepEqual(document.problems, []);
    assert.deepEqual(stack.policy.violations, []);
    assert.deepEqual(stack.policy.notVerifiable, []);
  });

  it("differs from the stack without chat by channels, their role and notification rules alone", async () => {
    const before = (await shippedStack("cicd")).resources.map(({ urn }) => urn);
    const kinds = [slackType, teamsType, ruleType].flatMap((type) => ofType(stack, type));
    const further = [
      resource(stack, "slipway:index:ChatChannels", "chat"),
      resource(stack, "slipway:index:Role", "slipway-chat"),
      resource(stack, "aws:iam/role:Role", "slipway-chat"),
    ];
    assert.deepEqual(
      stack.resources.map(({ urn }) => urn).toSorted(),
      [...before, ...[...kinds, ...further].map(({ urn }) => urn)].toSorted(),
    );
  });

  it("configures each channel once, under one role, with a guardrail that denies everything", () => {
    const guarded = {
      iamRoleArn: "arn:aws:iam::111111111111:role/slipway/chat/slipway-chat",
      guardrailPolicyArns: ["arn:aws:iam::aws:policy/AWSDenyAll"],
      userAuthorizationRequired: true,
      loggingLevel: "ERROR",
      region: "eu-west-1",
      tags: { ManagedBy: "slipway" },
    };
    assert.deepEqual(
      ofType(stack, slackType).map(({ inputs }) => inputs),
      [
        {
          ...guarded,
          configurationName: "slipway-C0000000001",
          slackTeamId: "T07EA123LEP",
          slackChannelId: "C0000000001",
          snsTopicArns: ["arn:aws:sns:eu-west-1:111111111111:slipway-status"],
        },
        {
          ...guarded,
          configurationName: "slipway-C07EZ1ABC23",
          slackTeamId: "T07EA123LEP",
          slackChannelId: "C07EZ1ABC23",
          snsTopicArns: [],
        },
      ],
    );
    assert.deepEqual(
      ofType(stack, teamsType).map(({ inputs }) => inputs),
      [
        {
          ...guarded,
          configurationName: teamsChannel,
          tenantId: "00000000-0000-4000-8000-000000000001",
          teamId: "00000000-0000-4000-8000-000000000002",
          channelId: "19%3AE2a7-x_9%40thread.tacv2",
          snsTopicArns: [],
        },
      ],
    );
    const role = resource(stack, "aws:iam/role:Role", "slipway-chat");
    assert.equal(role.parent, resource(stack, "slipway:index:Role", "slipway-chat").urn);
    assert.deepEqual(
      ofType(stack, "aws:iam/rolePolicy:RolePolicy").filter((policy) => policy.parent === role.parent),
      [],
    );
  });

  it("tells the application's channels of its own pipelines, and the platform's of every approval", () => {
    const rules = ofType(stack, ruleType);
    const targetsOf = (name: string): unknown => input(resource(stack, ruleType, name), "targets");
    assert.deepEqual(
      rules
        .map(({ name, inputs }) => `${name} of ${text(inputs["resource"])} ${text(inputs["detailType"])}`)
        .toSorted(),
      [
        "backend-flask-prod_approvals of arn:aws:codepipeline:eu-west-1:111111111111:backend-flask-prod FULL",
        "hello-world-main of arn:aws:codepipeline:eu-west-1:111111111111:hello-world-main FULL",
        "hello-world-main_approvals of arn:aws:codepipeline:eu-west-1:111111111111:hello-world-main FULL",
        "hello-world-pr of arn:aws:codepipeline:eu-west-1:111111111111:hello-world-pr FULL",
        "sso-dashboard-main_approvals of arn:aws:codepipeline:eu-west-1:111111111111:sso-dashboard-main FULL",
      ],
    );
    assert.deepEqual(targetsOf("hello-world-main"), [
      { address: configuration("slack-channel/slipway-C07EZ1ABC23"), type: "AWSChatbotSlack" },
      { address: configuration(`microsoft-teams-channel/${teamsChannel}`), type: "AWSChatbotMicrosoftTeams" },
    ]);
    for (const { name } of rules.filter(({ name: other }) => other.endsWith("_approvals"))) {
      assert.deepEqual(targetsOf(name), [
        { address: configuration("slack-channel/slipway-C0000000001"), type: "AWSChatbotSlack" },
      ]);
    }
    const { inputs } = resource(stack, ruleType, "hello-world-main");
    assert.deepEqual(inputs["eventTypeIds"], [
      "codepipeline-pipeline-manual-approval-needed",
      "codepipeline-pipeline-pipeline-execution-failed",
      "codepipeline-pipeline-pipeline-execution-canceled",
      "codepipeline-pipeline-pipeline-execution-succeeded",
    ]);
    assert.deepEqual(inputs["tags"], { ManagedBy: "slipway", Application: "hello-world" });
  });

  it("makes a rule after its pipeline and the channels", () => {
    const { dependencies } = resource(stack, ruleType, "hello-world-main");
    const needed = [
      resource(stack, "aws:codepipeline/pipeline:Pipeline", "hello-world-main"),
      resource(stack, slackType, "slipway-C07EZ1ABC23"),
      resource(stack, teamsType, teamsChannel),
    ];
    for (const { urn } of needed) assert.ok(dependencies.includes(urn), urn);
  });
});
