import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const hidden = pulumi.secret("correct horse battery staple");
const topic = new aws.sns.Topic("topic", { name: "topic", displayName: hidden });
const role = new aws.iam.Role("role", {
  name: "role",
  description: pulumi.interpolate`for ${topic.displayName}`,
  assumeRolePolicy: {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Events",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    ],
  },
});

export const arn = role.arn;
export const secret = hidden;
