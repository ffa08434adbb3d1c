import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

class Holder extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("fixture:index:Holder", name, { size: 1 }, opts);
    const first = new aws.sns.Topic(`${name}-first`, { name: `${name}-first` }, { parent: this });
    new aws.sns.Topic(
      `${name}-second`,
      { name: `${name}-second`, displayName: first.name },
      { parent: this, dependsOn: [first] },
    );
    this.registerOutputs({ size: 1 });
  }
}

const elsewhere = new aws.Provider("elsewhere", { region: "us-east-1", allowedAccountIds: ["111111111111"] });
const holder = new Holder("holder", { protect: true, providers: { aws: elsewhere } });

const key = new aws.kms.Key("key", { enableKeyRotation: true });
const topic = new aws.sns.Topic(
  "topic",
  { name: "topic", kmsMasterKeyId: key.keyId },
  { dependsOn: [holder] },
);

new aws.sns.Topic(
  "all-options",
  { name: "all-options", displayName: pulumi.interpolate`of ${topic.name}` },
  {
    aliases: [{ name: "former-name" }],
    ignoreChanges: ["displayName"],
    deleteBeforeReplace: true,
    additionalSecretOutputs: ["displayName"],
    customTimeouts: { create: "1h30m" },
    retainOnDelete: true,
    transforms: [({ props, opts }) => ({ props: { ...props, tags: { Transformed: "yes" } }, opts })],
  },
);

new aws.sns.TopicPolicy("document", {
  arn: topic.arn,
  policy: {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AllowEvents",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topic.arn,
        Condition: { StringEquals: { "aws:SourceAccount": aws.getCallerIdentityOutput().accountId } },
      },
    ],
  },
});

export const region = aws.getRegionOutput().region;
