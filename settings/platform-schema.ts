import { z } from "zod";
import { limits } from "../names";
import type { Environment, Platform } from "./settings";
import { nearest } from "../input/wording";
import { chat } from "./chat-schema";
import { regions } from "./regions";
import { cronFault, isTimeZone } from "./schedule";
import { refusal, refusalOf, unique } from "../input/shape";

/** The shape of the settings that all stacks share. The description of a key is shown where the key is missing. */

function matching(pattern: RegExp, sentence: string, allowed: string): z.ZodString {
  return z.string().regex(pattern, { error: refusal(sentence, `Allowed: ${allowed}`) });
}

export const accountId = z
  .string({
    error: ({ input }) =>
      typeof input === "number"
        ? refusalOf(
            input,
            "is a number, and a number loses its leading zeros.",
            'Write all twelve digits in quotes: "012345678901".',
          )
        : undefined,
  })
  .regex(/^\d{12}$/, { error: refusal("is not an AWS account id.", "Allowed: twelve digits in quotes.") })
  .describe('The id of the AWS account, twelve digits in quotes, for example "111111111111".');

const region = z
  .string()
  .refine((value) => regions.includes(value), {
    error: ({ input }) => regionFault(String(input)),
  })
  .describe("The region, for example eu-west-1.");

/** What is wrong with a region that does not exist, then what is allowed: lines of one message. */
export function regionFault(name: string): string {
  return refusalOf(name, "is not a region of AWS.", ...nearRegions(name));
}

function nearRegions(region: string): string[] {
  const near = nearest(region, regions);
  const sameArea = regions.filter((name) => name.startsWith(region.slice(0, 3)));
  const some = sameArea.length === 0 ? regions : sameArea;
  return [
    ...(near === undefined ? [] : [`Did you mean ${near}?`]),
    `Allowed: ${some.join(", ")}${sameArea.length === 0 ? "." : " and others."}`,
  ];
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html */
const roleName = matching(
  /^[\w+=,.@-]{1,64}$/,
  "is not the name of an IAM role.",
  "letters, digits and + = , . @ _ -, at most 64 characters, without path or ARN.",
);

/** https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PermissionSet.html */
export const permissionSet = matching(
  /^[\w+=,.@-]{1,32}$/,
  "is not the name of a permission set.",
  "letters, digits and + = , . @ _ -, at most 32 characters.",
);

const email = z.email({
  error: refusal("is not an e-mail address.", "Allowed: an address such as team@example.com."),
});

/** Minutes that AWS allows for an approval: https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html */
const approvalMinutes = { least: 5, most: 86_400 };

function minutes(days: number): number {
  return Math.round(days * 24 * 60);
}

const approval = z.strictObject({
  timeoutDays: z
    .number()
    .refine((days) => minutes(days) >= approvalMinutes.least && minutes(days) <= approvalMinutes.most, {
      error: refusal(
        "days are not a time that AWS waits for an approval.",
        "Allowed: up to 60 days, at least 5 minutes (0.0035).",
      ),
    })
    .describe("Days until an unanswered approval fails, at most 60."),
});

const deploymentWindow = z.strictObject({
  cron: z.string().superRefine((value, context) => {
    const fault = cronFault(value);
    if (fault !== undefined) {
      context.addIssue({
        code: "custom",
        message: refusalOf(
          value,
          fault,
          'Example: "* * 8-16 ? * MON-FRI" opens on weekdays from 08:00 to 16:59.',
        ),
      });
    }
  }),
  timeZone: z.string().refine(isTimeZone, {
    error: refusal(
      "is not a time zone.",
      "Allowed: a name of the IANA database, for example Europe/Berlin or UTC.",
    ),
  }),
});

function resourceId(prefix: string, what: string): z.ZodString {
  return matching(
    new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`),
    `is not the id of ${what}.`,
    `${prefix}- and 8 or 17 hexadecimal digits.`,
  );
}

const ecs = z.strictObject({
  cluster: matching(
    /^[\w-]{1,255}$/,
    "is not the name of an ECS cluster.",
    "letters, digits, _ and -, at most 255 characters.",
  ),
  // At most 16 and 5: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html
  subnetIds: unique(z.array(resourceId("subnet", "a subnet")).min(1).max(16)),
  securityGroupIds: unique(z.array(resourceId("sg", "a security group")).min(1).max(5)),
});

const eks = z.strictObject({
  cluster: matching(
    /^[0-9A-Za-z][\w-]{0,99}$/,
    "is not the name of an EKS cluster.",
    "letters, digits, _ and -, a letter or digit first, at most 100 characters.",
  ),
  nodeRole: roleName,
});

const environment = z.strictObject({
  name: matching(
    new RegExp(`^(?=.{1,${limits.environmentName}}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$`),
    "is not the name of an environment.",
    `small letters, digits and single hyphens between them, a letter first, at most ${limits.environmentName} characters.`,
  ),
  accountId,
  region,
  production: z.boolean().default(false),
  approval: approval.exactOptional(),
  deploymentWindow: deploymentWindow.exactOptional(),
  ecs: ecs.exactOptional(),
  eks: eks.exactOptional(),
});

/** One schema for each key, as all keys have their own place in Pulumi.yaml. */
export const platformKeys = {
  organizationId: matching(
    /^o-[a-z0-9]{10,32}$/,
    "is not the id of an organization.",
    "o- and 10 to 32 small letters and digits, as `aws organizations describe-organization` shows it.",
  ).describe("The id of the AWS organization, for example o-example1234."),
  cicd: z.strictObject({ accountId, region }).describe("The keys accountId and region of the CI/CD account."),
  environments: z
    .array(environment)
    .min(1)
    .describe("The list of environments in the order in which a release passes through them."),
  platformRole: roleName.describe("The name of the IAM role that runs pulumi up."),
  breakGlassRole: roleName.describe("The name of the IAM role for emergencies."),
  notifications: z
    .strictObject({
      approvals: unique(z.array(email)).default([]),
      status: unique(z.array(email)).default([]),
    })
    .describe("The keys approvals and status, lists of e-mail addresses."),
  chat: chat.exactOptional(),
  people: z
    .strictObject({
      identityCenterRegion: region,
      approverPermissionSet: permissionSet,
      starterPermissionSet: permissionSet.exactOptional(),
      readerPermissionSet: permissionSet,
    })
    .describe(
      "The keys identityCenterRegion, approverPermissionSet, readerPermissionSet and, if need be, starterPermissionSet.",
    ),
};

type WrittenPlatform = z.output<z.ZodObject<typeof platformKeys>>;

export function toPlatform(written: WrittenPlatform): Platform {
  return { ...written, environments: written.environments.map(toEnvironment) };
}

function toEnvironment({ approval, ...rest }: z.output<typeof environment>): Environment {
  if (approval === undefined) return rest;
  return { ...rest, approval: { timeoutMinutes: minutes(approval.timeoutDays) } };
}
