import { AwsError } from "../errors";
import { between, checkTags, match, objects, oneOf, type Call, type TypeModel } from "../model";
import { object, text } from "../values";
import { needServiceRole } from "./iam";
import { needKey } from "./kms";
import { connection } from "./connection";
import { pipeline } from "./pipeline";

const projectType = "aws:codebuild/project:Project";
const reportGroupType = "aws:codebuild/reportGroup:ReportGroup";

const invalid = "InvalidInputException";

const project: TypeModel = {
  token: projectType,
  api: ["CodeBuild", "CreateProject", "UpdateProject", "DeleteProject"],
  retriesIam: true,
  replaceOn: ["name"],
  collision: (call) =>
    new AwsError(
      "ResourceAlreadyExistsException",
      `Project already exists: ${call.arn("codebuild", `project/${call.text("name")}`)}`,
    ),
  id: (call) => call.arn("codebuild", `project/${call.text("name")}`),
  accept(call) {
    match(invalid, call.props["name"], "name", /^[A-Za-z0-9][A-Za-z0-9\-_]{1,149}$/);
    match(invalid, call.props["description"], "description", /^[\s\S]{0,255}$/);
    between(invalid, call.props["buildTimeout"], "timeoutInMinutes", 5, 2160);
    between(invalid, call.props["queuedTimeout"], "queuedTimeoutInMinutes", 5, 480);
    checkTags(call);
    if (call.others(projectType).length >= call.limit("projectsPerRegion"))
      throw new AwsError(
        "AccountLimitExceededException",
        "Cannot have more than 5000 projects in this account",
      );
    checkSource(call);
    checkEnvironment(call);
    const key = call.text("encryptionKey");
    if (key !== "")
      match(
        invalid,
        key,
        "encryptionKey",
        /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(?:key\/[0-9a-f-]{36}|alias\/.+)$/,
      );
    needServiceRole(
      call,
      call.text("serviceRole"),
      "codebuild.amazonaws.com",
      () =>
        new AwsError(
          invalid,
          `CodeBuild is not authorized to perform: sts:AssumeRole on service role. Please verify that: 1) The provided service role exists, 2) The role name is case-sensitive and matches exactly, 3) The role has the necessary trust policy configured. (${call.text("serviceRole")})`,
        ),
    );
  },
  computed: (call) => ({
    arn: call.arn("codebuild", `project/${call.text("name")}`),
    badgeEnabled: call.props["badgeEnabled"] ?? false,
    badgeUrl: "",
    buildTimeout: call.props["buildTimeout"] ?? 60,
    queuedTimeout: call.props["queuedTimeout"] ?? 480,
    encryptionKey: call.props["encryptionKey"] ?? call.arn("kms", "alias/aws/s3"),
    projectVisibility: call.props["projectVisibility"] ?? "PRIVATE",
    autoRetryLimit: call.props["autoRetryLimit"] ?? 0,
    publicProjectAlias: "",
  }),
};

const sources = [
  "BITBUCKET",
  "CODECOMMIT",
  "CODEPIPELINE",
  "GITHUB",
  "GITHUB_ENTERPRISE",
  "GITLAB",
  "GITLAB_SELF_MANAGED",
  "NO_SOURCE",
  "S3",
];
const computeTypes =
  /^(BUILD_GENERAL1_(SMALL|MEDIUM|LARGE|XLARGE|2XLARGE)|BUILD_LAMBDA_(1|2|4|8|10)GB|ATTRIBUTE_BASED_COMPUTE|CUSTOM_INSTANCE_TYPE)$/;
const environmentTypes = [
  "LINUX_CONTAINER",
  "ARM_CONTAINER",
  "LINUX_EC2",
  "ARM_EC2",
  "LINUX_LAMBDA_CONTAINER",
  "ARM_LAMBDA_CONTAINER",
  "LINUX_GPU_CONTAINER",
  "WINDOWS_SERVER_2019_CONTAINER",
  "WINDOWS_SERVER_2022_CONTAINER",
  "WINDOWS_EC2",
  "MAC_ARM",
];

function checkSource(call: Call): void {
  const source = object(call.props["source"]);
  const artifacts = object(call.props["artifacts"]);
  oneOf(invalid, source["type"], "source.type", sources);
  oneOf(invalid, artifacts["type"], "artifacts.type", ["CODEPIPELINE", "NO_ARTIFACTS", "S3"]);
  if ((source["type"] === "CODEPIPELINE") !== (artifacts["type"] === "CODEPIPELINE")) {
    throw new AwsError(
      invalid,
      "Invalid input: when using CodePipeline both sourceType, and artifactType must be set to: CODEPIPELINE",
    );
  }
  if (source["type"] === "CODEPIPELINE" && source["location"] !== undefined)
    throw new AwsError(invalid, "Invalid source: location must not be given for CODEPIPELINE");
  if (source["type"] === "NO_SOURCE" && text(source["buildspec"]) === "")
    throw new AwsError(invalid, "Invalid project source: buildspec is needed for NO_SOURCE");
}

function checkEnvironment(call: Call): void {
  const environment = object(call.props["environment"]);
  match(invalid, environment["computeType"], "environment.computeType", computeTypes);
  oneOf(invalid, environment["type"], "environment.type", environmentTypes);
  oneOf(invalid, environment["imagePullCredentialsType"], "environment.imagePullCredentialsType", [
    "CODEBUILD",
    "SERVICE_ROLE",
  ]);
  if (text(environment["image"]) === "") throw new AwsError(invalid, "Invalid environment: image is needed");
  const variables = objects(environment["environmentVariables"]);
  for (const { name, type, value } of variables) {
    oneOf(invalid, type, "environmentVariables.type", ["PLAINTEXT", "PARAMETER_STORE", "SECRETS_MANAGER"]);
    if (text(name) === "" || typeof value !== "string")
      throw new AwsError(invalid, `Invalid environment variable: ${JSON.stringify({ name, value })}`);
    if (text(name).startsWith("CODEBUILD_"))
      throw new AwsError(
        invalid,
        `Invalid environment variable name: ${text(name)}: names that begin with CODEBUILD_ are reserved`,
      );
  }
  if (new Set(variables.map(({ name }) => name)).size !== variables.length)
    throw new AwsError(invalid, "Invalid environment variables: duplicate name");
}

const reportGroup: TypeModel = {
  token: reportGroupType,
  api: ["CodeBuild", "CreateReportGroup", "UpdateReportGroup", "DeleteReportGroup"],
  autoName: "name",
  replaceOn: ["name", "type"],
  collision: (call) =>
    new AwsError(
      "ResourceAlreadyExistsException",
      `Report group already exists: ${call.arn("codebuild", `report-group/${call.text("name")}`)}`,
    ),
  id: (call) => call.arn("codebuild", `report-group/${call.text("name")}`),
  accept(call) {
    match(invalid, call.props["name"], "name", /^[A-Za-z0-9][A-Za-z0-9\-_]{1,127}$/);
    oneOf(invalid, call.props["type"], "type", ["TEST", "CODE_COVERAGE"]);
    checkTags(call);
    const destination = object(call.props["exportConfig"]);
    oneOf(invalid, destination["type"], "exportConfig.exportConfigType", ["S3", "NO_EXPORT"]);
    const key = text(object(destination["s3Destination"])["encryptionKey"]);
    if (key !== "")
      needKey(call, key, () => new AwsError(invalid, `Invalid export config: the key ${key} does not exist`));
    if (call.others(reportGroupType).length >= call.limit("reportGroupsPerRegion"))
      throw new AwsError(
        "AccountLimitExceededException",
        "Cannot have more than 5000 report groups in this account",
      );
  },
  computed: (call) => ({
    arn: call.arn("codebuild", `report-group/${call.text("name")}`),
    created: call.old?.props["created"] ?? "2026-01-01T00:00:00Z",
    deleteReports: call.props["deleteReports"] ?? false,
  }),
};

export const code: readonly TypeModel[] = [project, reportGroup, pipeline, connection];
