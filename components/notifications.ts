import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { EventRule } from "../delivery/events";
import { platformTags } from "../names";

export interface TopicArgs {
  readonly topicName: string;
  readonly displayName: string;
  readonly policy: aws.iam.PolicyDocument;
  readonly keyArn: pulumi.Input<string>;
  /** E-mail addresses; each must confirm its subscription once. */
  readonly emails: readonly string[];
}

/** An encrypted SNS topic with its readers. */
export class Topic extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: TopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Topic", name, {}, opts);

    const topic = new aws.sns.Topic(
      name,
      {
        name: args.topicName,
        displayName: args.displayName,
        kmsMasterKeyId: args.keyArn,
        tags: platformTags,
      },
      { parent: this },
    );
    new aws.sns.TopicPolicy(`${name}-policy`, { arn: topic.arn, policy: args.policy }, { parent: this });
    for (const email of args.emails) {
      new aws.sns.TopicSubscription(
        `${name}-${email}`,
        { topic: topic.arn, protocol: "email", endpoint: email },
        { parent: this },
      );
    }

    this.topicArn = topic.arn;
    this.registerOutputs({ topicArn: this.topicArn });
  }
}

export interface EventRulesArgs {
  readonly rules: readonly EventRule[];
  readonly topicArn: pulumi.Input<string>;
}

/** A constant number of rules, however many pipelines there are. Events go out as AWS wrote them: chat clients read no other. */
export class EventRules extends pulumi.ComponentResource {
  constructor(name: string, args: EventRulesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:EventRules", name, {}, opts);

    for (const rule of args.rules) {
      const eventRule = new aws.cloudwatch.EventRule(
        rule.name,
        {
          name: rule.name,
          description: rule.description,
          eventPattern: JSON.stringify(rule.pattern),
          tags: platformTags,
        },
        { parent: this },
      );
      new aws.cloudwatch.EventTarget(
        rule.name,
        { rule: eventRule.name, targetId: "topic", arn: args.topicArn },
        { parent: this },
      );
    }

    this.registerOutputs({});
  }
}
