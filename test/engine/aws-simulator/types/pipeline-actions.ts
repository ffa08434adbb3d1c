/** What CodePipeline checks of one action of a stage. */
import { AwsError } from "../errors";
import { between, match, objects, texts, type Call } from "../model";
import { object, text, type Props } from "../values";
import { connectionType } from "./connection";
import { action, namePattern, refuse, structure } from "./pipeline-faults";

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

/** What the actions of earlier stages, and the earlier ones of the same stage, have made. */
export interface Declared {
  readonly artifacts: Set<string>;
  readonly namespaces: Set<string>;
}

export function checkAction(call: Call, item: Props, first: boolean, declared: Declared): void {
  const where = `action ${text(item["name"])}`;
  match("ValidationException", item["name"], "action.name", namePattern);
  between("ValidationException", item["runOrder"], "action.runOrder", 1, 999);
  checkActionType(item, where, first);
  checkArtifacts(item, where, declared.artifacts);
  const minutes = item["timeoutInMinutes"];
  if (minutes !== undefined) between("ValidationException", minutes, `${where}: timeoutInMinutes`, 5, 86_400);
  const configuration = object(item["configuration"]);
  for (const [key, value] of Object.entries(configuration)) {
    if (key.length > 50 || text(value).length > call.limit("actionValue"))
      refuse(
        "ValidationException",
        `${where}: the value of ${key} has ${text(value).length} characters; ${call.limit("actionValue")} are allowed`,
      );
    checkVariables(call, text(value), where, declared.namespaces);
  }
  const space = text(item["namespace"]);
  if (declared.namespaces.has(space)) refuse(structure, `Namespace ${space} is used twice`);
  if (space !== "") declared.namespaces.add(space);
  checkConfiguration(call, item, configuration, where);
}

function checkActionType(item: Props, where: string, first: boolean): void {
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
    const isDeclared =
      space === "codepipeline"
        ? ["PipelineExecutionId"].includes(variable)
        : space === "variables"
          ? declared.includes(variable)
          : namespaces.has(space);
    if (!isDeclared)
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
    case "CodeBuild":
      need("ProjectName");
      allow(
        "ProjectName",
        "PrimarySource",
        "BatchEnabled",
        "CombineArtifacts",
        "EnvironmentVariables",
        "BuildspecOverride",
      );
      needProject(call, text(configuration["ProjectName"]));
      break;
    case "Manual":
      // Nobody looks whether the topic exists before an approval is asked for: `grants.ts` does.
      allow("NotificationArn", "CustomData", "ExternalEntityLink");
      break;
    default:
      if (item["timeoutInMinutes"] !== undefined && item["category"] !== "Approval")
        refuse(action, `${where}: a timeout is for approvals`);
  }
}

/** CodePipeline itself does not look, but starts a first run the moment a pipeline is made. */
function needProject(call: Call, name: string): void {
  const project = call.arn("codebuild", `project/${name}`);
  call.need(
    "aws:codebuild/project:Project",
    project,
    () => new AwsError(action, `The first run of the pipeline would fail: there is no project ${project}`),
  );
}
