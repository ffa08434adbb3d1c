import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { hasPatterns, type Patterns } from "../definitions/application";
import type {
  ActionPlan,
  ApprovalActionPlan,
  JobActionPlan,
  PipelinePlan,
  PipelineStart,
  SourceActionPlan,
  StagePlan,
} from "../delivery/application-plan";
import { applicationTags } from "../names";

export interface PipelineArgs {
  readonly application: string;
  readonly plan: PipelinePlan;
  readonly roleArn: pulumi.Input<string>;
  readonly connectionArn: pulumi.Input<string>;
  readonly artifactBucket: pulumi.Input<string>;
  readonly keyArn: pulumi.Input<string>;
  readonly approvalTopicArn: string;
  /**
   * What must be there when the pipeline comes to be: a new one runs at once. Given here, since a component's own
   * `dependsOn` does not reach its children.
   */
  readonly after: readonly pulumi.Resource[];
}

/** A CodePipeline V2 pipeline, rendered from its plan. */
export class Pipeline extends pulumi.ComponentResource {
  readonly pipelineName: pulumi.Output<string>;

  constructor(name: string, args: PipelineArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:index:Pipeline", name, {}, opts);
    const { plan } = args;

    const pipeline = new aws.codepipeline.Pipeline(
      name,
      {
        name: plan.name,
        pipelineType: "V2",
        executionMode: plan.executionMode,
        roleArn: args.roleArn,
        artifactStores: [
          {
            type: "S3",
            location: args.artifactBucket,
            encryptionKey: { type: "KMS", id: args.keyArn },
          },
        ],
        triggers: [
          { providerType: "CodeStarSourceConnection", gitConfiguration: gitConfiguration(plan.start) },
        ],
        stages: plan.stages.map((stage) => renderStage(stage, args)),
        tags: { ...applicationTags(args.application), Track: plan.track },
      },
      { parent: this, dependsOn: [...args.after] },
    );

    this.pipelineName = pipeline.name;
    this.registerOutputs({ pipelineName: this.pipelineName });
  }
}

type GitConfiguration = aws.types.input.codepipeline.PipelineTriggerGitConfiguration;

function gitConfiguration(start: PipelineStart): GitConfiguration {
  if (start.kind === "pullRequest") {
    return {
      sourceActionName: "Source",
      pullRequests: [{ events: ["OPEN", "UPDATED"], branches: { includes: [...start.branches] } }],
    };
  }
  // CodePipeline takes tags in a filter of their own; either filter starts the pipeline.
  const { branches, paths, tags } = start.trigger;
  const pushes = [];
  if (hasPatterns(branches)) {
    pushes.push({ branches: patterns(branches), ...(hasPatterns(paths) && { filePaths: patterns(paths) }) });
  }
  if (hasPatterns(tags)) pushes.push({ tags: patterns(tags) });
  return { sourceActionName: "Source", pushes };
}

function patterns({ includes, excludes }: Patterns): { includes?: string[]; excludes?: string[] } {
  return {
    ...(includes.length > 0 && { includes: [...includes] }),
    ...(excludes.length > 0 && { excludes: [...excludes] }),
  };
}

function renderStage(stage: StagePlan, args: PipelineArgs): aws.types.input.codepipeline.PipelineStage {
  return {
    name: stage.name,
    ...(stage.window && {
      beforeEntry: {
        condition: {
          result: "FAIL",
          rules: [
            {
              name: "DeploymentWindow",
              ruleTypeId: { category: "Rule", owner: "AWS", provider: "DeploymentWindow", version: "1" },
              configuration: { Cron: stage.window.cron, TimeZone: stage.window.timeZone },
              timeoutInMinutes: stage.window.timeoutMinutes,
            },
          ],
        },
      },
    }),
    ...(stage.onFailure === "ROLLBACK" && { onFailure: { result: "ROLLBACK" } }),
    actions: stage.actions.map((action) => renderAction(action, args)),
  };
}

type PipelineAction = aws.types.input.codepipeline.PipelineStageAction;

function renderAction(action: ActionPlan, args: PipelineArgs): PipelineAction {
  switch (action.kind) {
    case "source":
      return renderSource(action, args.connectionArn);
    case "approval":
      return renderApproval(action, args.approvalTopicArn);
    case "job":
      return renderJob(action);
    default:
      return action satisfies never;
  }
}

function renderSource(action: SourceActionPlan, connectionArn: pulumi.Input<string>): PipelineAction {
  return {
    name: action.name,
    category: "Source",
    owner: "AWS",
    provider: "CodeStarSourceConnection",
    version: "1",
    namespace: "SourceVariables",
    outputArtifacts: [action.output],
    configuration: {
      ConnectionArn: connectionArn,
      FullRepositoryId: action.repository,
      BranchName: action.branch,
      OutputArtifactFormat: "CODE_ZIP",
      // Triggers decide; with both on, every push would start the pipeline.
      DetectChanges: "false",
    },
  };
}

function renderApproval(action: ApprovalActionPlan, topicArn: string): PipelineAction {
  return {
    name: action.name,
    category: "Approval",
    owner: "AWS",
    provider: "Manual",
    version: "1",
    timeoutInMinutes: action.timeoutMinutes,
    configuration: { NotificationArn: topicArn, CustomData: action.message },
  };
}

function renderJob(action: JobActionPlan): PipelineAction {
  return {
    name: action.name,
    category: action.category,
    owner: "AWS",
    provider: "CodeBuild",
    version: "1",
    runOrder: action.runOrder,
    inputArtifacts: [...action.inputs],
    ...(action.namespace !== undefined && { namespace: action.namespace }),
    ...(action.output !== undefined && { outputArtifacts: [action.output] }),
    configuration: {
      ProjectName: action.project,
      ...(action.inputs.length > 1 && { PrimarySource: action.inputs[0] }),
      ...(Object.keys(action.variables).length > 0 && {
        EnvironmentVariables: environmentVariables(action.variables),
      }),
    },
  };
}

/** The form in which CodePipeline hands environment variables to CodeBuild. */
function environmentVariables(variables: Readonly<Record<string, string>>): string {
  return JSON.stringify(
    Object.entries(variables).map(([name, value]) => ({ name, value, type: "PLAINTEXT" })),
  );
}
