import { z } from "zod";
import { logRetentionDays } from "./log-retention";
import { accountId, platformKeys } from "./platform-schema";
import { refusal } from "../input/shape";

/** What every stack has, set once in Pulumi.yaml. */
export const sharedKeys = {
  ...platformKeys,
  logRetentionDays: z
    .number()
    .refine((days) => logRetentionDays.includes(days), {
      error: refusal(
        "days are not a time that CloudWatch Logs keeps events.",
        `Allowed: ${logRetentionDays.join(", ")}.`,
      ),
    })
    .default(365),
  confusedDeputyConditions: z.boolean().default(true),
};

export const connectionArn =
  /^arn:(?:aws|aws-cn|aws-us-gov):(?:codeconnections|codestar-connections):([a-z0-9-]+):(\d{12}):connection\/[0-9a-f-]{36}$/;

const connection = z
  .strictObject({
    arn: z
      .string()
      .regex(connectionArn, {
        error: refusal(
          "is not the ARN of a connection.",
          "Allowed: arn:aws:codeconnections:<region>:<CI/CD account>:connection/<id>, as `aws codeconnections list-connections` shows it.",
        ),
      })
      .exactOptional(),
    name: z
      .string()
      .regex(/^[\w.-]{1,32}$/, {
        error: refusal(
          "is not the name of a connection.",
          "Allowed: letters, digits and . _ -, at most 32 characters.",
        ),
      })
      .exactOptional(),
    providerType: z.enum(["GitHub", "GitLab", "Bitbucket"]).exactOptional(),
  })
  .describe("The arn of a connection that exists, or name and providerType of one to make.");

/** What a stack of each kind has beside them, set in its own file. */
export const kindKeys = {
  cicd: {
    connection,
    artifactRetentionDays: z
      .int()
      .refine((days) => days >= 1 && days <= 3650, {
        error: refusal("days are not a time to keep artifacts.", "Allowed: 1 to 3650."),
      })
      .default(90),
  },
  environment: {
    environment: z.string().describe("The name of the environment whose account this is."),
  },
  organization: { managementAccountId: accountId },
};

export type Kind = keyof typeof kindKeys;
export type Connection = z.output<typeof connection>;
export const kinds = Object.keys(kindKeys) as Kind[];
