import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const stack = pulumi.getStack();
const references = new pulumi.Config()
  .requireObject<string[]>("reads")
  .map((name) => new pulumi.StackReference(name));
const names = references.map((reference) => reference.requireOutput("name").apply(String));

new aws.sns.Topic("topic", {
  name: `topic-of-${stack}`,
  displayName: pulumi.interpolate`reads ${pulumi.all(names)}`,
});

export const name = stack;
export const hidden = pulumi.secret(`hidden in ${stack}`);
