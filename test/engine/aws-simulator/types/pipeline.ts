import { AwsError } from "../errors";
import { between, checkTags, match, objects, oneOf, texts, type Call, type TypeModel } from "../model";
import { list, object, text, type Props } from "../values";
import { needServiceRole } from "./iam";
import { needKey } from "./kms";
import { bucketType } from "./s3";

const pipelineType = "aws:codepipeline/pipeline:Pipeline";
export const connectionType = "aws:codeconnections/connection:Connection";

const structure = "InvalidStructureException";
const action = "InvalidActionDeclarationException";
const name = /^[A-Za-z0-9.@\-_]{1,100}$/;

const refuse = (code: string, message: string): never => {
  throw new AwsError(code, message);
};

const model: TypeModel = {
  token: pipelineType,
  api: ["CodePipeline", "CreatePipeline", "UpdatePipeline", "DeletePipeline"],
  retriesIam: true,
  replaceOn: ["name"],
  collision: (call) =>
    new AwsError(
      "PipelineNameInUseException",
      `A pipeline with the name '${call.text("name")}' already exists in account '${call.account}'`,
    ),
  id: (call) => call.text("name"),
  accept(call) {
    match("ValidationException", call.props["name"], "pipeline.name", name);
    oneOf("ValidationException", call.props["pipelineType"], "pipeline.pipelineType", ["V1", "V2"]);
    oneOf("ValidationException", call.props["executionMode"], "pipeline.executionMode", [
      "QUEUED",
      "SUPERSEDED",
      "PARALLEL",
    ]);
    if (
      call.props["pipelineType"] !== "V2" &&
      (list(call.props["triggers"]).length > 0 || ["QUEUED", "PARALLEL"].includes(call.text("executionMode")))
    ) {
      refuse(
        structure,
        "Triggers, variables and the execution modes QUEUED and PARALLEL need a pipeline of type V2",
      );
    }
    checkTags(call);
    if (call.others(pipelineType).length >= call.limit("pipelinesPerRegion"))
      refuse("LimitExceededException", "The number of pipelines exceeds the limit");
    checkStages(call);
    checkTriggers(call);
    checkStores(call);
    needServiceRole(
      call,
      call.text("roleArn"),
      "codepipeline.amazonaws.com",
      () =>
        new AwsError(
          structure,
          `CodePipeline is not authorized to perform AssumeRole on role ${call.text("roleArn")}`,
        ),
    );
  },
  computed: (call) => ({
    arn: call.arn("codepipeline", call.text("name")),
    executionMode: call.props["executionMode"] ?? "SUPERSEDED",
    pipelineType: call.props["pipelineType"] ?? "V1",
    triggerAlls: call.props["triggers"] ?? [],
  }),
};

function checkStages(call: Call): void {
  const stages = objects(call.props["stages"]);
  if (stages.length < 2 || stages.length > call.limit("stagesPerPipeline"))
    refuse(
      structure,
      `Pipeline has ${stages.length} stage(s). A pipeline must have 2 to ${call.limit("stagesPerPipeline")} stages`,
    );
  unique(
    stages.map((stage) => text(stage["name"])),
    "Stage",
  );
  const artifacts = new Set<string>();
  const namespaces = new Set<string>();
  for (const [index, stage] of stages.entries()) {
    match("ValidationException", stage["name"], "stage.name", name);
    const actions = objects(stage["actions"]);
    if (actions.length === 0 || actions.length > call.limit("actionsPerStage"))
      refuse(structure, `Stage ${text(stage["name"])} has ${actions.length} actions`);
    unique(
      actions.map((item) => text(item["name"])),
      `Action in stage ${text(stage["name"])}`,
    );
    const ordered = [...actions].sort(
      (left, right) => Number(left["runOrder"] ?? 1) - Number(right["runOrder"] ?? 1),
    );
    for (const item of ordered) checkAction(call, item, index === 0, artifacts, namespaces);
    checkCondition(call, object(object(stage["beforeEntry"])["condition"]));
    checkCondition(call, object(object(stage["onSuccess"])["condition"]));
    checkCondition(call, object(object(stage["onFailure"])["condition"]));
    oneOf("ValidationException", object(stage["onFailure"])["result"], "onFailure.result", [
      "ROLLBACK",
      "FAIL",
      "RETRY",
    ]);
    if (index === 0 && object(stage["onFailure"])["result"] === "ROLLBACK")
      refuse(structure, "The first stage of a pipeline cannot be rolled back");
  }
}

function unique(names: readonly string[], what: string): void {
  const twice = names.find((item, index) => names.indexOf(item) !== index);
  if (twice !== undefined) refuse(structure, `${what} name must be unique: ${twice}`);
}

const providers: Record<string, readonly string[]> = {
  Source: ["CodeStarSourceConnection", "S3", "ECR", "CodeCommit"],
  Build: ["CodeBuild", "ECRBuildAndPublish"],
  Test: ["CodeBuild"],
  Compute: ["Commands"],
  Deploy: [
    "ECS",
    "CodeDeployToECS",
    "EKS",
    "EC2",
    "Lambda",
    "S3",
    "CloudFormation",
    "CloudFormationStackSet",
    "CloudFormationStackInstances",
    "CodeDeploy",
    "AppConfig",
    "ServiceCatalog",
  ],
  Approval: ["Manual"],
  Invoke: ["Lambda", "StepFunctions", "CodePipeline", "InspectorScan"],
};

function checkAction(
  call: Call,
  item: Props,
  first: boolean,
  artifacts: Set<string>,
  namespaces: Set<string>,
): void {
  const where = `action ${text(item["name"])}`;
  match("ValidationException", item["name"], "action.name", name);
  between("ValidationException", item["runOrder"], "action.runOrder", 1, 999);
  const category = text(item["category"]);
  if (!(providers[category] ?? []).includes(text(item["provider"])))
    refuse(
      action,
      `ActionType (Category: '${category}', Provider: '${text(item["provider"])}', Owner: '${text(item["owner"])}', Version: '${text(item["version"])}') is not available`,
    );
  if (text(item["owner"]) !== "AWS" || text(item["version"]) !== "1")
    refuse(action, `${where}: owner must be AWS and version 1`);
  if (first !== (category === "Source"))
    refuse(
      structure,
      first
        ? "Pipeline should start with a stage that only contains source actions"
        : `Source actions are allowed in the first stage only: ${text(item["name"])}`,
    );
  checkArtifacts(item, where, artifacts);
  const minutes = item["timeoutInMinutes"];
  if (minutes !== undefined) between("ValidationException", minutes, `${where}: timeoutInMinutes`, 5, 86_400);
  const configuration = object(item["configuration"]);
  for (const [key, value] of Object.entries(configuration)) {
    if (key.length > 50 || text(value).length > call.limit("actionValue"))
      refuse(
        "ValidationException",
        `${where}: the value of ${key} has ${text(value).length} characters; ${call.limit("actionValue")} are allowed`,
      );
    checkVariables(call, text(value), where, namespaces);
  }
  const space = text(item["namespace"]);
  if (namespaces.has(space)) refuse(structure, `Namespace ${space} is used twice`);
  if (space !== "") namespaces.add(space);
  checkConfiguration(call, item, configuration, where);
}

function checkArtifacts(item: Props, where: string, artifacts: Set<string>): void {
  const [inputs, outputs] = [texts(item["inputArtifacts"]), texts(item["outputArtifacts"])];
  for (const artifact of [...inputs, ...outputs])
    match("ValidationException", artifact, `${where}: artifact`, /^[A-Za-z0-9_-]{1,100}$/);
  const unknown = inputs.find((artifact) => !artifacts.has(artifact));
  if (unknown !== undefined)
    refuse(structure, `Input artifact ${unknown} of ${where} is not the output of an earlier action`);
  const twice = outputs.find((artifact) => artifacts.has(artifact));
  if (twice !== undefined) refuse(structure, `Output artifact name must be unique: ${twice}`);
  const provider = text(item["provider"]);
  if (provider === "CodeBuild" && inputs.length === 0)
    refuse(action, `${where}: CodeBuild needs 1 to 5 input artifacts`);
  if (provider === "Manual" && inputs.length + outputs.length > 0)
    refuse(action, `${where}: an approval has no artifacts`);
  if (provider === "CodeStarSourceConnection" && outputs.length !== 1)
    refuse(action, `${where}: a source has one output artifact`);
  for (const artifact of outputs) artifacts.add(artifact);
}

/** `#{namespace.variable}`: the namespace must be that of an earlier action, `codepipeline`, or `variables` with a declared name. */
function checkVariables(call: Call, value: string, where: string, namespaces: ReadonlySet<string>): void {
  const declared = objects(call.props["variables"]).map((variable) => text(variable["name"]));
  for (const [, space = "", variable = ""] of value.matchAll(/#\{([^.}]+)\.([^}]+)\}/g)) {
    const known =
      space === "codepipeline"
        ? ["PipelineExecutionId"].includes(variable)
        : space === "variables"
          ? declared.includes(variable)
          : namespaces.has(space);
    if (!known)
      refuse(
        structure,
        `Valid format for a pipeline execution variable reference is a namespace and a key separated by a period (.). #{${space}.${variable}} in ${where} names nothing that is declared before`,
      );
  }
}

function checkConfiguration(call: Call, item: Props, configuration: Props, where: string): void {
  const need = (...keys: string[]): void => {
    const missing = keys.find((key) => text(configuration[key]) === "");
    if (missing !== undefined) refuse(action, `${where} configuration is missing ${missing}`);
  };
  const allow = (...keys: string[]): void => {
    const stray = Object.keys(configuration).find((key) => !keys.includes(key));
    if (stray !== undefined) refuse(action, `${where} configuration contains unknown key '${stray}'`);
  };
  switch (item["provider"]) {
    case "CodeStarSourceConnection": {
      need("ConnectionArn", "FullRepositoryId", "BranchName");
      allow("ConnectionArn", "FullRepositoryId", "BranchName", "OutputArtifactFormat", "DetectChanges");
      const arn = text(configuration["ConnectionArn"]);
      call.need(connectionType, arn, () => new AwsError(action, `Connection ${arn} not found`));
      break;
    }
    case "CodeBuild": {
      need("ProjectName");
      allow(
        "ProjectName",
        "PrimarySource",
        "BatchEnabled",
        "CombineArtifacts",
        "EnvironmentVariables",
        "BuildspecOverride",
      );
      // CodePipeline itself does not look, but starts a first run the moment a pipeline is made.
      const project = call.arn("codebuild", `project/${text(configuration["ProjectName"])}`);
      call.need(
        "aws:codebuild/project:Project",
        project,
        () =>
          new AwsError(action, `The first run of the pipeline would fail: there is no project ${project}`),
      );
      break;
    }
    case "Manual":
      // Nobody looks whether the topic exists before an approval is asked for: `grants.ts` does.
      allow("NotificationArn", "CustomData", "ExternalEntityLink");
      break;
    default:
      if (item["timeoutInMinutes"] !== undefined && item["category"] !== "Approval")
        refuse(action, `${where}: a timeout is for approvals`);
  }
}

function checkCondition(call: Call, condition: Props): void {
  if (Object.keys(condition).length === 0) return;
  oneOf("ValidationException", condition["result"], "condition.result", [
    "ROLLBACK",
    "FAIL",
    "RETRY",
    "SKIP",
  ]);
  const rules = objects(condition["rules"]);
  if (rules.length < 1 || rules.length > 5) refuse(structure, "A condition has 1 to 5 rules");
  for (const rule of rules) {
    match("ValidationException", rule["name"], "rule.name", name);
    const type = object(rule["ruleTypeId"]);
    oneOf("ValidationException", type["provider"], "ruleTypeId.provider", [
      "DeploymentWindow",
      "CloudWatchAlarm",
      "LambdaInvoke",
      "VariableCheck",
      "CodeBuild",
      "Commands",
    ]);
    if (
      type["provider"] === "DeploymentWindow" &&
      !/^\S+( \S+){5,6}$/.test(text(object(rule["configuration"])["Cron"]))
    )
      refuse(structure, `The Cron expression of rule ${text(rule["name"])} is not a Quartz expression`);
    if (call.props["pipelineType"] !== "V2") refuse(structure, "Conditions need a pipeline of type V2");
  }
}

function checkTriggers(call: Call): void {
  const triggers = objects(call.props["triggers"]);
  if (triggers.length > call.limit("triggersPerPipeline")) refuse(structure, "Too many triggers");
  const [source] = objects(call.props["stages"]);
  const names = objects(source?.["actions"]).map((item) => text(item["name"]));
  for (const trigger of triggers) {
    oneOf("ValidationException", trigger["providerType"], "trigger.providerType", [
      "CodeStarSourceConnection",
    ]);
    const git = object(trigger["gitConfiguration"]);
    if (!names.includes(text(git["sourceActionName"])))
      refuse(
        structure,
        `The trigger names the source action ${text(git["sourceActionName"])}, which does not exist`,
      );
    const [pushes, pulls] = [objects(git["pushes"]), objects(git["pullRequests"])];
    if (pushes.length > 3 || pulls.length > 3)
      refuse("ValidationException", "A trigger has at most 3 filters of a kind");
    for (const filter of [...pushes, ...pulls]) checkFilter(call, filter);
  }
}

function checkFilter(call: Call, filter: Props): void {
  const kinds = ["branches", "filePaths", "tags"].filter((kind) => filter[kind] !== undefined);
  if (kinds.includes("tags") && kinds.length > 1)
    refuse(structure, "A filter for tags cannot be combined with branches or file paths");
  if (kinds.includes("filePaths") && !kinds.includes("branches"))
    refuse(structure, "A filter for file paths needs branches");
  for (const kind of kinds) {
    const { includes, excludes } = object(filter[kind]);
    if (includes === undefined && excludes === undefined)
      refuse("ValidationException", `The filter ${kind} is empty`);
    for (const patterns of [includes, excludes].filter((item) => item !== undefined).map(texts)) {
      if (patterns.length < 1 || patterns.length > call.limit("patternsPerFilter"))
        refuse(
          "ValidationException",
          `The filter ${kind} has ${patterns.length} patterns; 1 to ${call.limit("patternsPerFilter")} are allowed`,
        );
      for (const pattern of patterns) match("ValidationException", pattern, `${kind} pattern`, /^.{1,255}$/);
    }
  }
  for (const event of texts(filter["events"]))
    oneOf("ValidationException", event, "pullRequest.events", ["OPEN", "UPDATED", "CLOSED"]);
}

function checkStores(call: Call): void {
  const stores = objects(call.props["artifactStores"]);
  if (stores.length === 0) refuse(structure, "Pipeline has no artifact store");
  for (const store of stores) {
    const bucket = text(store["location"]);
    call.need(bucketType, bucket, () => new AwsError(structure, `The bucket named ${bucket} is not found`));
    const key = object(store["encryptionKey"]);
    if (Object.keys(key).length === 0) continue;
    oneOf("ValidationException", key["type"], "encryptionKey.type", ["KMS"]);
    needKey(
      call,
      text(key["id"]),
      () => new AwsError(structure, `The encryption key ${text(key["id"])} is not found`),
    );
  }
}

const connection: TypeModel = {
  token: connectionType,
  api: ["CodeConnections", "CreateConnection", "TagResource", "DeleteConnection"],
  autoName: "name",
  replaceOn: ["name", "providerType", "hostArn"],
  exclusive: [["providerType", "hostArn"]],
  id: (call) => call.old?.id ?? call.arn("codeconnections", `connection/${call.freshUuid("connection")}`),
  accept(call) {
    match("ValidationException", call.props["name"], "connectionName", /^[\s\S]{1,32}$/);
    oneOf("ValidationException", call.props["providerType"], "providerType", [
      "Bitbucket",
      "GitHub",
      "GitHubEnterpriseServer",
      "GitLab",
      "GitLabSelfManaged",
      "AzureDevOps",
    ]);
    checkTags(call);
    if (call.others(connectionType).length >= call.limit("connectionsPerAccount"))
      refuse("LimitExceededException", "Connection limit exceeded");
  },
  computed: (call, id) => ({ arn: id, connectionStatus: call.old?.props["connectionStatus"] ?? "PENDING" }),
};

export const pipeline: readonly TypeModel[] = [model, connection];
