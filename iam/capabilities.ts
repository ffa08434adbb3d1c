import type { Capability } from "../definitions/application";
import * as names from "../names";
import type { Environment } from "../settings/settings";
import { allow, type Statement } from "./document";
import { applicationTag } from "./tags";

/**
 * A capability has two sides: what CloudFormation may make for the application (provisioning), and what the application's
 * running code may use (runtime). Both are bound to names that begin with the application and the environment, or, where
 * AWS picks the id, to the tag `Application`.
 */
export function provisioning(
  capability: Capability,
  environment: Environment,
  application: string,
): Statement[] {
  const name = names.workloadName(application, environment.name);
  switch (capability) {
    case "lambda":
      return [...functions(environment, name), ...functionRoles(environment, application, name)];
    case "http-api":
      return [...apis(environment, application, "apis"), invokePermission(environment, name, "HttpApi")];
    case "rest-api":
      return [...apis(environment, application, "restapis"), invokePermission(environment, name, "RestApi")];
    case "dynamodb":
      return [tables(environment, name)];
    case "sqs":
      return [queues(environment, name), ...queuePollers(environment, application, name)];
    case "secrets":
      return [];
    default:
      return capability satisfies never;
  }
}

/** `name` may be a policy variable's: the permissions boundary asks for every application at once. */
export function runtime(capability: Capability, environment: Environment, name: string): Statement[] {
  switch (capability) {
    case "lambda":
      return [writeFunctionLogs(environment, name)];
    case "http-api":
    case "rest-api":
      return [];
    case "dynamodb":
      return [useTables(environment, name)];
    case "sqs":
      return [useQueues(environment, name)];
    case "secrets":
      return [readSecrets(environment, name)];
    default:
      return capability satisfies never;
  }
}

function writeFunctionLogs(environment: Environment, name: string): Statement {
  return allow(
    "WriteFunctionLogs",
    ["logs:CreateLogStream", "logs:PutLogEvents"],
    [names.arn(environment, "logs", `log-group:/aws/lambda/${name}-*`)],
  );
}

function useTables(environment: Environment, name: string): Statement {
  return allow(
    "UseOwnTables",
    [
      "dynamodb:BatchGetItem",
      "dynamodb:BatchWriteItem",
      "dynamodb:ConditionCheckItem",
      "dynamodb:DeleteItem",
      "dynamodb:DescribeTable",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:Scan",
      "dynamodb:UpdateItem",
    ],
    [names.arn(environment, "dynamodb", `table/${name}-*`)],
  );
}

function useQueues(environment: Environment, name: string): Statement {
  return allow(
    "UseOwnQueues",
    [
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
      "sqs:ReceiveMessage",
      "sqs:SendMessage",
    ],
    [names.arn(environment, "sqs", `${name}-*`)],
  );
}

function readSecrets(environment: Environment, name: string): Statement {
  return allow(
    "ReadOwnSecrets",
    ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
    [names.arn(environment, "secretsmanager", `secret:${name}/*`)],
  );
}

function functions(environment: Environment, name: string): Statement[] {
  return [
    allow(
      "ManageOwnFunctions",
      [
        "lambda:CreateFunction",
        "lambda:DeleteFunction",
        "lambda:GetFunction",
        "lambda:GetFunctionCodeSigningConfig",
        "lambda:GetFunctionConfiguration",
        "lambda:GetPolicy",
        "lambda:GetRuntimeManagementConfig",
        "lambda:ListTags",
        "lambda:ListVersionsByFunction",
        "lambda:PublishVersion",
        "lambda:RemovePermission",
        "lambda:TagResource",
        "lambda:UntagResource",
        "lambda:UpdateFunctionCode",
        "lambda:UpdateFunctionConfiguration",
      ],
      [names.arn(environment, "lambda", `function:${name}-*`)],
    ),
    allow(
      "ManageOwnFunctionLogs",
      [
        "logs:CreateLogGroup",
        "logs:DeleteLogGroup",
        "logs:ListTagsForResource",
        "logs:PutRetentionPolicy",
        "logs:TagResource",
        "logs:UntagResource",
      ],
      [names.arn(environment, "logs", `log-group:/aws/lambda/${name}-*`)],
    ),
    allow("FindLogGroups", ["logs:DescribeLogGroups"], ["*"]),
  ];
}

/**
 * Roles that the application's stack makes carry the permissions boundary and the application's own tag, and keep both: the
 * boundary reads the tag, so a role that could be tagged anew could become another application's.
 */
function functionRoles(environment: Environment, application: string, name: string): Statement[] {
  const roles = [names.iamArn(environment, `role/${name}-*`)];
  const bounded = { "iam:PermissionsBoundary": names.boundaryArn(environment) };
  return [
    allow("MakeOwnRoles", ["iam:CreateRole"], roles, {
      StringEquals: { ...bounded, [applicationTag.request]: application },
    }),
    allow("KeepOwnRolesBounded", ["iam:PutRolePermissionsBoundary"], roles, { StringEquals: bounded }),
    allow("TagOwnRolesWithOwnName", ["iam:TagRole"], roles, {
      StringEquals: { [applicationTag.request]: application },
    }),
    allow(
      "ManageOwnRoles",
      ["iam:AttachRolePolicy", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:PutRolePolicy"],
      roles,
      { StringEquals: bounded },
    ),
    allow(
      "ReadAndDeleteOwnRoles",
      [
        "iam:DeleteRole",
        "iam:GetRole",
        "iam:GetRolePolicy",
        "iam:ListAttachedRolePolicies",
        "iam:ListRolePolicies",
        "iam:ListRoleTags",
      ],
      roles,
    ),
    allow("PassOwnRolesToFunctions", ["iam:PassRole"], roles, {
      StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" },
    }),
  ];
}

/**
 * API Gateway picks the ids, so the tag decides: it must be given at creation and cannot be put on what another owns.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-iam-policy.html
 */
function apis(environment: Environment, application: string, collection: "apis" | "restapis"): Statement[] {
  const gateway = `arn:${names.partition(environment.region)}:apigateway:${environment.region}::`;
  const kind = collection === "apis" ? "HttpApis" : "RestApis";
  const own = { StringEquals: { [applicationTag.resource]: application } };
  return [
    allow(`Make${kind}WithOwnTag`, ["apigateway:POST"], [`${gateway}/${collection}`], {
      StringEquals: { [applicationTag.request]: application },
    }),
    allow(
      `ManageOwn${kind}`,
      ["apigateway:DELETE", "apigateway:GET", "apigateway:PATCH", "apigateway:POST", "apigateway:PUT"],
      [`${gateway}/${collection}/*`],
      own,
    ),
    allow(`TagOwn${kind}`, ["apigateway:POST", "apigateway:PUT"], [`${gateway}/tags/*`], {
      StringEquals: { [applicationTag.request]: application },
      // Absent while the API is being made; present, it must be the application's own.
      StringEqualsIfExists: { [applicationTag.resource]: application },
    }),
  ];
}

function invokePermission(environment: Environment, name: string, kind: string): Statement {
  return allow(
    `Let${kind}InvokeOwnFunctions`,
    ["lambda:AddPermission"],
    [names.arn(environment, "lambda", `function:${name}-*`)],
    { StringEquals: { "lambda:Principal": "apigateway.amazonaws.com" } },
  );
}

function tables(environment: Environment, name: string): Statement {
  return allow(
    "ManageOwnTables",
    [
      "dynamodb:CreateTable",
      "dynamodb:DeleteTable",
      "dynamodb:DescribeContinuousBackups",
      "dynamodb:DescribeTable",
      "dynamodb:DescribeTimeToLive",
      "dynamodb:ListTagsOfResource",
      "dynamodb:TagResource",
      "dynamodb:UntagResource",
      "dynamodb:UpdateContinuousBackups",
      "dynamodb:UpdateTable",
      "dynamodb:UpdateTimeToLive",
    ],
    [names.arn(environment, "dynamodb", `table/${name}-*`)],
  );
}

function queues(environment: Environment, name: string): Statement {
  return allow(
    "ManageOwnQueues",
    [
      "sqs:CreateQueue",
      "sqs:DeleteQueue",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
      "sqs:ListQueueTags",
      "sqs:SetQueueAttributes",
      "sqs:TagQueue",
      "sqs:UntagQueue",
    ],
    [names.arn(environment, "sqs", `${name}-*`)],
  );
}

/**
 * A function polls a queue by an event source mapping. AWS picks its id, so the function that it starts decides: only the
 * application's own, whose role in turn reads the application's own queues alone.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 */
function queuePollers(environment: Environment, application: string, name: string): Statement[] {
  const ownFunctions = {
    ArnLike: { "lambda:FunctionArn": names.arn(environment, "lambda", `function:${name}-*`) },
  };
  const pollers = [names.arn(environment, "lambda", "event-source-mapping:*")];
  return [
    allow("LetOwnFunctionsPollQueues", ["lambda:CreateEventSourceMapping"], ["*"], ownFunctions),
    allow(
      "ManageOwnPollers",
      ["lambda:DeleteEventSourceMapping", "lambda:GetEventSourceMapping", "lambda:UpdateEventSourceMapping"],
      pollers,
      ownFunctions,
    ),
    // CloudFormation puts the stack's tags on it.
    allow("TagOwnPollers", ["lambda:TagResource"], pollers, {
      StringEquals: { [applicationTag.request]: application },
      StringEqualsIfExists: { [applicationTag.resource]: application },
    }),
  ];
}
