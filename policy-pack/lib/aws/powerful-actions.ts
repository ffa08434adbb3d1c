/**
 * Actions by which a principal can become more than it is, as data. The ways are public knowledge: Rhino Security
 * Labs' list of 2018 and its continuation at https://pathfinding.cloud.
 */

/** Rewrites what a principal may do. Tamed by the condition keys that are named; reach makes no difference. */
export const POLICY_WRITERS: Readonly<Record<string, readonly string[]>> = {
  "iam:AttachGroupPolicy": ["iam:PolicyARN"],
  "iam:AttachRolePolicy": ["iam:PermissionsBoundary", "iam:PolicyARN"],
  "iam:AttachUserPolicy": ["iam:PermissionsBoundary", "iam:PolicyARN"],
  "iam:CreatePolicyVersion": [],
  "iam:DeleteRolePermissionsBoundary": [],
  "iam:DeleteUserPermissionsBoundary": [],
  "iam:PutGroupPolicy": [],
  "iam:PutRolePermissionsBoundary": ["iam:PermissionsBoundary"],
  "iam:PutRolePolicy": ["iam:PermissionsBoundary"],
  "iam:PutUserPermissionsBoundary": ["iam:PermissionsBoundary"],
  "iam:PutUserPolicy": ["iam:PermissionsBoundary"],
  "iam:SetDefaultPolicyVersion": [],
  "iam:UpdateAssumeRolePolicy": ["aws:ResourceTag/", "iam:ResourceTag/"],
  "organizations:AttachPolicy": [],
  "organizations:DetachPolicy": [],
  "organizations:UpdatePolicy": [],
  "sso:AttachManagedPolicyToPermissionSet": [],
  "sso:PutInlinePolicyToPermissionSet": [],
};

/** Makes principals; without a boundary what it makes is limited by nobody. */
export const MAKERS: Readonly<Record<string, readonly string[]>> = {
  "iam:CreateRole": ["iam:PermissionsBoundary"],
  "iam:CreateUser": ["iam:PermissionsBoundary"],
};

/** Gives the credentials of another principal. Tamed by naming the caller itself. */
export const CREDENTIAL_MAKERS: ReadonlySet<string> = new Set([
  "iam:AddUserToGroup",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreateServiceSpecificCredential",
  "iam:ResetServiceSpecificCredential",
  "iam:UpdateLoginProfile",
  "sso:CreateAccountAssignment",
]);

/** Becomes another principal outright. */
export const ASSUMERS: ReadonlySet<string> = new Set([
  "sts:AssumeRole",
  "sts:AssumeRoleWithSAML",
  "sts:AssumeRoleWithWebIdentity",
]);

/** Runs code, or opens a shell, under whatever role the target has. The job of a deployer, on named targets. */
export const INJECTORS: ReadonlySet<string> = new Set([
  "bedrock-agentcore:InvokeCodeInterpreter",
  "cloudformation:ExecuteChangeSet",
  "cloudformation:UpdateStack",
  "codebuild:StartBuild",
  "codebuild:StartBuildBatch",
  "codebuild:UpdateProject",
  "codepipeline:UpdatePipeline",
  "datapipeline:PutPipelineDefinition",
  "ec2-instance-connect:SendSSHPublicKey",
  "ec2-instance-connect:SendSerialConsoleSSHPublicKey",
  "ec2:ModifyInstanceAttribute",
  "ecs:ExecuteCommand",
  "ecs:UpdateService",
  "glue:UpdateDevEndpoint",
  "glue:UpdateJob",
  "lambda:UpdateFunctionCode",
  "lambda:UpdateFunctionConfiguration",
  "sagemaker:CreatePresignedDomainUrl",
  "sagemaker:CreatePresignedNotebookInstanceUrl",
  "sagemaker:UpdateNotebookInstance",
  "ssm:SendCommand",
  "ssm:StartAutomationExecution",
  "ssm:StartSession",
  "states:UpdateStateMachine",
]);

/** Starts something under a role that iam:PassRole gave it: action to the service the role is passed to. */
export const STARTERS: Readonly<Record<string, string>> = {
  "amplify:CreateApp": "amplify",
  "apprunner:CreateService": "tasks.apprunner",
  "appsync:CreateDataSource": "appsync",
  "autoscaling:CreateAutoScalingGroup": "ec2",
  "autoscaling:CreateLaunchConfiguration": "ec2",
  "batch:RegisterJobDefinition": "ecs-tasks",
  "bedrock-agentcore:CreateAgentRuntime": "bedrock-agentcore",
  "bedrock-agentcore:CreateCodeInterpreter": "bedrock-agentcore",
  "bedrock:CreateAgent": "bedrock",
  "braket:CreateJob": "braket",
  "cloudformation:CreateChangeSet": "cloudformation",
  "cloudformation:CreateStack": "cloudformation",
  "cloudformation:CreateStackSet": "cloudformation",
  "cloudformation:UpdateStack": "cloudformation",
  "codebuild:CreateProject": "codebuild",
  "codebuild:UpdateProject": "codebuild",
  "codepipeline:CreatePipeline": "codepipeline",
  "codepipeline:UpdatePipeline": "codepipeline",
  "codestar:CreateProject": "codestar",
  "datapipeline:CreatePipeline": "datapipeline",
  "ec2:AssociateIamInstanceProfile": "ec2",
  "ec2:CreateFleet": "ec2",
  "ec2:ReplaceIamInstanceProfileAssociation": "ec2",
  "ec2:RequestSpotInstances": "ec2",
  "ec2:RunInstances": "ec2",
  "ecs:CreateService": "ecs-tasks",
  "ecs:RegisterTaskDefinition": "ecs-tasks",
  "ecs:RunTask": "ecs-tasks",
  "ecs:StartTask": "ecs-tasks",
  "elasticmapreduce:RunJobFlow": "ec2",
  "emr-serverless:StartJobRun": "emr-serverless",
  "events:PutTargets": "events",
  "gamelift:CreateFleet": "gamelift",
  "glue:CreateDevEndpoint": "glue",
  "glue:CreateJob": "glue",
  "glue:CreateSession": "glue",
  "glue:UpdateJob": "glue",
  "imagebuilder:CreateImagePipeline": "imagebuilder",
  "lambda:CreateFunction": "lambda",
  "lambda:UpdateFunctionConfiguration": "lambda",
  "pipes:CreatePipe": "pipes",
  "sagemaker:CreateDomain": "sagemaker",
  "sagemaker:CreateModel": "sagemaker",
  "sagemaker:CreateNotebookInstance": "sagemaker",
  "sagemaker:CreateProcessingJob": "sagemaker",
  "sagemaker:CreateTrainingJob": "sagemaker",
  "scheduler:CreateSchedule": "scheduler",
  "ssm:CreateAssociation": "ssm",
  "ssm:StartAutomationExecution": "ssm",
  "states:CreateStateMachine": "states",
  "states:UpdateStateMachine": "states",
};

export const PASS_ROLE = "iam:PassRole";

/** Every action above; a grant without one of them has no power of this kind. */
export const POWERFUL: ReadonlySet<string> = new Set([
  PASS_ROLE,
  ...Object.keys(POLICY_WRITERS),
  ...Object.keys(MAKERS),
  ...CREDENTIAL_MAKERS,
  ...ASSUMERS,
  ...INJECTORS,
  ...Object.keys(STARTERS),
]);
