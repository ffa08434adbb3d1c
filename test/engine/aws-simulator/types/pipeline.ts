import { AwsError } from "../errors";
import { checkTags, match, objects, oneOf, type Call, type TypeModel } from "../model";
import { list, object, text, type Props } from "../values";
import { needServiceRole } from "./iam";
import { needKey } from "./kms";
import { checkAction, type Declared } from "./pipeline-actions";
import { namePattern, refuse, structure } from "./pipeline-faults";
import { checkTriggers } from "./pipeline-triggers";
import { bucketType } from "./s3";

export const pipelineType = "aws:codepipeline/pipeline:Pipeline";

export const pipeline: TypeModel = {
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
    match("ValidationException", call.props["name"], "pipeline.name", namePattern);
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
  const declared: Declared = { artifacts: new Set(), namespaces: new Set() };
  for (const [index, stage] of stages.entries()) {
    match("ValidationException", stage["name"], "stage.name", namePattern);
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
    for (const item of ordered) checkAction(call, item, index === 0, declared);
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
    match("ValidationException", rule["name"], "rule.name", namePattern);
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
