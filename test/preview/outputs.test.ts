import assert from "node:assert/strict";
import { awsFacts, computedOutputs } from "../../preview/outputs";
import { secret, type Properties } from "../../preview/values";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const PROVIDER = { region: "eu-west-1", allowedAccountIds: '["111111111111"]' };

function computed(
  type: string,
  inputs: Properties,
  provider: Properties = PROVIDER,
): Record<string, unknown> {
  const { id, outputs } = computedOutputs(type, inputs, provider, "");
  const made = Object.entries(outputs).filter(([key]) => inputs[key] === undefined);
  return { id, ...Object.fromEntries(made) };
}

describe("computedOutputs", () => {
  const cases: readonly (readonly [string, Properties, Record<string, unknown>])[] = [
    ["aws:iam/role:Role", { name: "r" }, { id: "r", arn: "arn:aws:iam::111111111111:role/r" }],
    [
      "aws:iam/role:Role",
      { name: "r", path: "/slipway/" },
      { id: "r", arn: "arn:aws:iam::111111111111:role/slipway/r" },
    ],
    ["aws:iam/role:Role", { name: "r", path: UNKNOWN }, { id: "r" }],
    ["aws:iam/role:Role", { path: "/slipway/" }, { id: "" }],
    ["aws:iam/role:Role", { name: secret("r") }, { id: "" }],
    [
      "aws:iam/policy:Policy",
      { name: "p" },
      { id: "arn:aws:iam::111111111111:policy/p", arn: "arn:aws:iam::111111111111:policy/p" },
    ],
    ...(
      [
        ["aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration", "slack-channel"],
        ["aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration", "microsoft-teams-channel"],
      ] as const
    ).map(([type, channel]): readonly [string, Properties, Record<string, unknown>] => {
      const arn = `arn:aws:chatbot::111111111111:chat-configuration/${channel}/c`;
      return [type, { configurationName: "c" }, { id: arn, chatConfigurationArn: arn }];
    }),
    [
      "aws:sns/topic:Topic",
      { name: "t" },
      {
        id: "arn:aws:sns:eu-west-1:111111111111:t",
        arn: "arn:aws:sns:eu-west-1:111111111111:t",
        owner: "111111111111",
      },
    ],
    [
      "aws:sns/topic:Topic",
      { name: "t", region: "us-east-1" },
      {
        id: "arn:aws:sns:us-east-1:111111111111:t",
        arn: "arn:aws:sns:us-east-1:111111111111:t",
        owner: "111111111111",
      },
    ],
    [
      "aws:codebuild/project:Project",
      { name: "p" },
      {
        id: "arn:aws:codebuild:eu-west-1:111111111111:project/p",
        arn: "arn:aws:codebuild:eu-west-1:111111111111:project/p",
      },
    ],
    [
      "aws:codebuild/reportGroup:ReportGroup",
      { name: "g" },
      {
        id: "arn:aws:codebuild:eu-west-1:111111111111:report-group/g",
        arn: "arn:aws:codebuild:eu-west-1:111111111111:report-group/g",
      },
    ],
    [
      "aws:codepipeline/pipeline:Pipeline",
      { name: "p" },
      { id: "p", arn: "arn:aws:codepipeline:eu-west-1:111111111111:p" },
    ],
    [
      "aws:ecr/repository:Repository",
      { name: "a/b" },
      {
        id: "a/b",
        arn: "arn:aws:ecr:eu-west-1:111111111111:repository/a/b",
        registryId: "111111111111",
        repositoryUrl: "111111111111.dkr.ecr.eu-west-1.amazonaws.com/a/b",
      },
    ],
    [
      "aws:cloudwatch/logGroup:LogGroup",
      { name: "/l" },
      { id: "/l", arn: "arn:aws:logs:eu-west-1:111111111111:log-group:/l" },
    ],
    [
      "aws:cloudwatch/eventRule:EventRule",
      { name: "r" },
      { id: "r", arn: "arn:aws:events:eu-west-1:111111111111:rule/r" },
    ],
    [
      "aws:cloudwatch/eventRule:EventRule",
      { name: "r", eventBusName: "b" },
      { id: "b/r", arn: "arn:aws:events:eu-west-1:111111111111:rule/b/r" },
    ],
    [
      "aws:kms/alias:Alias",
      { name: "alias/a" },
      { id: "alias/a", arn: "arn:aws:kms:eu-west-1:111111111111:alias/a" },
    ],
    ["aws:kms/key:Key", { description: "d" }, { id: "" }],
    ["aws:eks/accessEntry:AccessEntry", { clusterName: "c", principalArn: "arn:x" }, { id: "c:arn:x" }],
    [
      "aws:ssm/parameter:Parameter",
      { name: "/a/b" },
      { id: "/a/b", arn: "arn:aws:ssm:eu-west-1:111111111111:parameter/a/b" },
    ],
    [
      "aws:ssm/parameter:Parameter",
      { name: "a" },
      { id: "a", arn: "arn:aws:ssm:eu-west-1:111111111111:parameter/a" },
    ],
    ["other:index:Thing", { name: "t" }, { id: "" }],
  ];
  for (const [type, inputs, expected] of cases) {
    it(`knows of ${type} with ${JSON.stringify(inputs)} what AWS would answer`, () => {
      assert.deepEqual(computed(type, inputs), expected);
    });
  }

  it("says nothing about the account when the provider allows several", () => {
    const provider = { region: "eu-west-1", allowedAccountIds: '["111111111111","222222222222"]' };
    assert.deepEqual(computed("aws:iam/role:Role", { name: "r" }, provider), { id: "r" });
  });

  it("derives the inputs of a resource that exists from its id", () => {
    assert.deepEqual(computedOutputs("aws:s3/bucket:Bucket", {}, PROVIDER, "b"), {
      id: "b",
      outputs: {
        bucket: "b",
        arn: "arn:aws:s3:::b",
        bucketDomainName: "b.s3.amazonaws.com",
        bucketRegionalDomainName: "b.s3.eu-west-1.amazonaws.com",
      },
    });
  });
});

describe("awsFacts", () => {
  it("takes the account of the last role that a provider assumes", () => {
    const assumeRoles =
      '[{"roleArn":"arn:aws:iam::111111111111:role/a"},{"roleArn":"arn:aws:iam::222222222222:role/b"}]';
    assert.deepEqual(awsFacts({ assumeRoles }), { account: "222222222222" });
  });

  it("knows the partitions and their domains", () => {
    const regions = ["eu-west-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1"];
    assert.deepEqual(
      regions.map((region) => [awsFacts({ region }).partition, awsFacts({ region }).dns]),
      [
        ["aws", "amazonaws.com"],
        ["aws-cn", "amazonaws.com.cn"],
        ["aws-us-gov", "amazonaws.com"],
        ["aws-eusc", "amazonaws.eu"],
      ],
    );
  });
});
