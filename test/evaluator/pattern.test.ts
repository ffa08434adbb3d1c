import { allow, deny, everything, object, testCases, type Case } from "./cases";
import type { Page } from "./pages";

type Row = readonly [
  rule: string,
  written: string | readonly string[],
  asked: string,
  answer: Case["answer"],
];

const actions: readonly Row[] = [
  ["An action is allowed by its name", "s3:GetObject", "s3:GetObject", "yes"],
  ["Names of actions are not case-sensitive", "S3:getobject", "s3:GetObject", "yes"],
  ["Another action of the service is not allowed", "s3:GetObject", "s3:PutObject", "no"],
  ["The beginning of an action's name is not the action", "s3:Get", "s3:GetObject", "no"],
  ["A * at the end of an action stands for its rest", "s3:Get*", "s3:GetObject", "yes"],
  ["A * in an action stands for any part of the name", "iam:*AccessKey*", "iam:CreateAccessKey", "yes"],
  ["A * in an action stands for nothing too", "s3:GetObject*", "s3:GetObject", "yes"],
  ["A ? in an action stands for one character", "s3:?etObject", "s3:GetObject", "yes"],
  ["All actions of a service are service:*", "s3:*", "s3:DeleteBucket", "yes"],
  ["All actions of a service are none of another", "s3:*", "sqs:SendMessage", "no"],
  ["All actions of all services are *", "*", "sqs:SendMessage", "yes"],
  ["Several actions are alternatives", ["sqs:*", "s3:GetObject"], "s3:GetObject", "yes"],
];

const notActions: readonly Row[] = [
  ["NotAction is about every action but the named", "iam:*", "s3:GetObject", "yes"],
  ["NotAction is not about the named", "iam:*", "iam:CreateUser", "no"],
  ["NotAction ignores case too", "IAM:*", "iam:CreateUser", "no"],
  ["NotAction leaves out each of several", ["iam:*", "s3:*"], "s3:GetObject", "no"],
];

const queue = "arn:aws:sqs:us-east-2:111111111111:queue1";
const deep = "arn:aws:s3:::bucket/1/2/test/3/object.jpg";
const resources: readonly Row[] = [
  ["A resource is allowed by its ARN", queue, queue, "yes"],
  ["Another resource is not allowed", queue, `${queue}-dlq`, "no"],
  ["A bucket is not its objects", "arn:aws:s3:::reports", object, "no"],
  ["Objects are not their bucket", "arn:aws:s3:::reports/*", "arn:aws:s3:::reports", "no"],
  ["A * in a resource goes on over slashes", "arn:aws:s3:::bucket/*/test/*", deep, "yes"],
  [
    "A * in a resource takes part of a name",
    "arn:aws:s3:::bucket/*/test/*",
    "arn:aws:s3:::bucket/1/test/.jpg",
    "yes",
  ],
  [
    "A * in a resource may stand for nothing",
    "arn:aws:s3:::bucket/*/test/*",
    "arn:aws:s3:::bucket//test/",
    "yes",
  ],
  [
    "A * between slashes needs both slashes",
    "arn:aws:s3:::bucket/*/test/*",
    "arn:aws:s3:::bucket/test/object.jpg",
    "no",
  ],
  [
    "The text between two * must be there",
    "arn:aws:s3:::bucket/*/test/*",
    "arn:aws:s3:::bucket/1/2/test.jpg",
    "no",
  ],
  ["A ? in a resource is one character", "arn:aws:s3:::reports/202?/*", object, "yes"],
  ["A ? in a resource is not two characters", "arn:aws:s3:::reports/20?/*", object, "no"],
  ["A * may be a whole part of an ARN", "arn:aws:sqs:*:111111111111:queue1", queue, "yes"],
  ["A * for one part does not change the others", "arn:aws:sqs:*:222222222222:queue1", queue, "no"],
  [
    "A path of users is named by its beginning",
    "arn:aws:iam::111111111111:user/accounting/*",
    "arn:aws:iam::111111111111:user/accounting/ann",
    "yes",
  ],
  ["Several resources are alternatives", ["arn:aws:s3:::logs/*", "arn:aws:s3:::reports/*"], object, "yes"],
  ["Every resource is *", "*", queue, "yes"],
  ["An action without a resource is allowed on *", "*", "*", "yes"],
  [
    "Whether a * within a part goes on over a colon is not stated",
    "arn:aws:sqs:us*1:queue1",
    queue,
    "unknown",
  ],
];

const payroll = ["arn:aws:s3:::HRBucket/Payroll", "arn:aws:s3:::HRBucket/Payroll/*"];
const notResources: readonly Row[] = [
  ["NotResource is about every resource but the named", payroll, object, "yes"],
  ["NotResource is not about the named", payroll, "arn:aws:s3:::HRBucket/Payroll", "no"],
  ["NotResource leaves out what a wildcard matches", payroll, "arn:aws:s3:::HRBucket/Payroll/june", "no"],
  ["NotResource is about the same name elsewhere", payroll, "arn:aws:s3:::HRBucket/Plans/Payroll", "yes"],
];

/** An Allow with the element, and whether it allows. */
function cases(page: Page, element: string, rows: readonly Row[]): Case[] {
  return rows.map(([rule, written, asked, answer]) => ({
    rule,
    page,
    answer,
    request: element.endsWith("Action") ? { action: asked } : { resource: asked },
    policies: { identity: allow({ [element]: written }) },
  }));
}

const denials: readonly Case[] = [
  {
    rule: "A Deny with NotAction denies what is not named",
    page: "notAction",
    answer: "no",
    policies: { identity: [everything, deny({ NotAction: "iam:*" })] },
  },
  {
    rule: "A Deny with NotAction grants nothing that is named",
    page: "notAction",
    answer: "no",
    request: { action: "iam:CreateUser", resource: "*" },
    policies: { identity: deny({ NotAction: "iam:*" }) },
  },
  {
    rule: "A Deny with NotAction leaves another Allow of what is named",
    page: "notAction",
    answer: "yes",
    request: { action: "iam:CreateUser", resource: "*" },
    policies: { identity: [everything, deny({ NotAction: "iam:*" })] },
  },
  {
    rule: "NotAction with a resource is about that resource alone",
    page: "notAction",
    answer: "no",
    request: { action: "s3:ListAllMyBuckets", resource: "*" },
    policies: { identity: allow({ NotAction: "s3:DeleteBucket", Resource: "arn:aws:s3:::*" }) },
  },
  {
    rule: "A Deny with NotResource denies what is not named",
    page: "notResource",
    answer: "no",
    policies: { identity: [everything, deny({ NotResource: payroll })] },
  },
  {
    rule: "A Deny with NotResource is about its actions alone",
    page: "notResource",
    answer: "yes",
    request: { action: "ec2:RunInstances", resource: "*" },
    policies: { identity: [everything, deny({ Action: "s3:*", NotResource: payroll })] },
  },
  {
    rule: "Action * with NotResource allows all services elsewhere",
    page: "notResource",
    answer: "yes",
    request: { action: "iam:PutUserPolicy", resource: "arn:aws:iam::111111111111:user/alice" },
    policies: { identity: allow({ Action: "*", NotResource: "arn:aws:s3:::HRBucket" }) },
  },
];

describe("evaluator: actions and resources", () => {
  testCases([
    ...cases("action", "Action", actions),
    ...cases("notAction", "NotAction", notActions),
    ...cases("resource", "Resource", resources),
    ...cases("notResource", "NotResource", notResources),
    ...denials,
  ]);
});
