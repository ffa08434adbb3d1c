/** The few questions to AWS that a program may ask while it runs. */
import type { Configuration } from "./provider";
import type { Props } from "./values";

export function invoke({ account, principal, region }: Configuration, token: string, args: Props): Props {
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { accountId: account, arn: principal, userId: "AIDASIMULATED", id: account };
    case "aws:index/getPartition:getPartition":
      return { partition: "aws", dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws", id: "aws" };
    case "aws:index/getRegion:getRegion": {
      const asked = typeof args["region"] === "string" ? args["region"] : region;
      return { region: asked, id: asked, endpoint: `ec2.${asked}.amazonaws.com`, description: asked };
    }
    default:
      throw new Error(
        `The AWS simulator cannot answer ${token}: describe it in test/engine/aws-simulator/invoke.ts.`,
      );
  }
}
