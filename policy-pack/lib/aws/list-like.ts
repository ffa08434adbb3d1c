/**
 * Actions that only tell what there is. AWS calls many of them Read: the levels of the Service Authorization Reference
 * put `Describe` of one resource there, although it gives the same that a list gives, and nothing of what is in it
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html).
 */
import type { ActionInfo } from "./action-table";

/** What a name ends in that gives what is in a resource and not only that it is there. */
const CONTENT =
  /(Block|Client|Contact|Content|Credential|Entrie|Event|Execution|Face|Item|Log|Message|Parameter|Querie|Query|Record|Result|Secret|Segment|Session|User)s?$/;

/** Actions whose name does not say that they give what is in a resource, with the page of their answer. */
const GIVES_CONTENT: ReadonlyMap<string, string> = new Map([
  // Environment variables.
  ["apprunner:DescribeService", "https://docs.aws.amazon.com/apprunner/latest/api/API_DescribeService.html"],
  [
    "elasticbeanstalk:DescribeConfigurationSettings",
    "https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_DescribeConfigurationSettings.html",
  ],
  ["ecs:DescribeTasks", "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html"],
  [
    "sagemaker:DescribeTrainingJob",
    "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeTrainingJob.html",
  ],
  // Outputs and parameters of stacks.
  [
    "cloudformation:DescribeChangeSet",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html",
  ],
  // The secret that the provider gave.
  [
    "cognito-idp:DescribeIdentityProvider",
    "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeIdentityProvider.html",
  ],
]);

/**
 * What a secret is called, its rotation and its versions, and never its value:
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html
 */
const ABOUT_SECRETS = "secretsmanager:DescribeSecret";

/** Whether an action lists, by AWS's level or by what it gives. */
export function isListLike({ name, level }: ActionInfo): boolean {
  if (level === "L") return true;
  if (level !== "R" || !/:(Describe|List)[A-Z]/.test(name) || GIVES_CONTENT.has(name)) return false;
  return name === ABOUT_SECRETS || !CONTENT.test(name);
}
